import { describe, expect, test } from 'vitest';
import { day } from './date.ts';
import { checkBankCard, checkPhone, type IdentityFault, maskIdentity, readIdentity } from './identity.ts';

const asOf = day('2020-06-30');
const GOOD = '11010519491231002X';

/** What is wrong with a cell, or the number it gives. */
function read(raw: string | number | null): string {
  const r = readIdentity(raw, asOf);
  return r.ok ?? r.fault;
}

/** A number with a right check character, computed here by the other statement of the rule: ISO 7064 MOD 11-2. */
function numbered(seventeen: string): string {
  let rest = 0;
  for (const digit of seventeen) rest = ((rest + Number(digit)) * 2) % 11;
  const check = (12 - rest) % 11;
  return seventeen + (check === 10 ? 'X' : check);
}

describe('an identity number', () => {
  test('as printed on the card is taken as it is', () => {
    expect(read(GOOD)).toBe(GOOD);
    expect(read('440524188001010014')).toBe('440524188001010014');
  });

  test.each([
    ['with a small x', '11010519491231002x'],
    ['in full width', '１１０１０５１９４９１２３１００２Ｘ'],
    ['with blanks inside', ' 110105 19491231 002X '],
    ['with an ideographic blank', '110105\u300019491231002X'],
    ['with the apostrophe that forces text', "'11010519491231002X"],
    ['with a curly apostrophe', '‘11010519491231002X'],
    ['with a direction mark pasted from another program', '\u202d11010519491231002X\u202c'],
    ['with a multiplication sign for X', '11010519491231002×'],
    ['with a Cyrillic letter for X', '11010519491231002Х'],
    ['with a zero-width blank at its end', '11010519491231002X\u200b'],
  ])('%s is the same number', (_, raw) => expect(read(raw)).toBe(GOOD));

  test('of fifteen digits is the same person as the eighteen: 19 before the year, check character computed', () => {
    expect(read('110105491231002')).toBe(GOOD);
    expect(read(110105491231002)).toBe(GOOD);
  });

  test('of a resident from Hong Kong, Macao or Taiwan follows the same rule', () => {
    for (const area of ['810000', '820000', '830000']) {
      const id = numbered(`${area}19900307001`);
      expect(read(id)).toBe(id);
    }
  });

  test('typed into a number cell has lost its digits, and the clerk is told to use text', () => {
    expect(read(110105194912310020)).toBe('digitsLost');
    expect(read('1.10105E+17')).toBe('digitsLost');
    expect(read('１.10105e+17')).toBe('digitsLost');
    const r = readIdentity('1.10105E+17', asOf);
    expect(r.ok === null && r.suggestion.zh).toContain('文本');
  });

  test('that ends in three zeros and fails is suspected of having been rounded', () => {
    const r = readIdentity('110105194912310000', asOf);
    expect(r.ok === null && [r.fault, r.suggestion.zh.includes('文本')]).toEqual(['checkDigit', true]);
  });

  test.each<[string, string | number | null, IdentityFault]>([
    ['nothing', null, 'missing'],
    ['blanks', ' \u3000', 'missing'],
    ['one wrong digit', '11010519491231003X', 'checkDigit'],
    ['two digits exchanged', '11010519491213002X', 'checkDigit'],
    ['seventeen digits', '11010519491231002', 'length'],
    ['sixteen digits as a number', 1101051949123100, 'digitsLost'],
    ['a letter O for a zero', '11O10519491231002X', 'characters'],
    ['X in the middle', '1101051949123100X2', 'characters'],
    ['a name', '张三', 'characters'],
    ['stars in the middle', '110105********002X', 'masked'],
    ['the thirtieth of February', numbered('11010519800230001'), 'birth'],
    ['month thirteen', numbered('11010519801301001'), 'birth'],
    ['day zero', numbered('11010519800100001'), 'birth'],
  ])('with %s is none', (_, raw, fault) => expect(read(raw)).toBe(fault));

  test('of someone born on the day asked about is good, of someone born the day after is not', () => {
    expect(read(numbered('11010520200630001'))).toBe(numbered('11010520200630001'));
    expect(read(numbered('11010520200701001'))).toBe('future');
  });

  test('of someone born on 29 February is good in a leap year alone', () => {
    expect(read(numbered('11010520000229001'))).toBe(numbered('11010520000229001'));
    expect(read(numbered('11010519000229001'))).toBe('birth');
    expect(read(numbered('11010517991231001'))).toBe('birth');
  });

  test('with any single digit changed is refused (the rule finds every single error)', () => {
    for (let i = 0; i < 17; i++)
      for (let d = 0; d < 10; d++) {
        const changed = GOOD.slice(0, i) + d + GOOD.slice(i + 1);
        expect(readIdentity(changed, asOf).ok).toBe(changed === GOOD ? GOOD : null);
      }
  });

  test('is posted with its middle hidden, never whole', () => {
    expect(maskIdentity(GOOD)).toBe('110105********002X');
    expect(maskIdentity(GOOD, 'strict')).toBe('110*************2X');
    expect(maskIdentity('1101')).toBe('****');
  });

  test('is never shown the digit that would make a wrong one right', () => {
    const r = readIdentity('110105194912310021', asOf);
    expect(r.ok === null && JSON.stringify(r)).not.toContain(GOOD);
  });

  test('of a whole city of duty rows is read in under a second of processor time', () => {
    const ids = Array.from({ length: 500 }, (_, i) =>
      numbered(
        `110105${1950 + (i % 60)}${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}${String(i).padStart(3, '0')}`,
      ),
    );
    const before = process.cpuUsage();
    let good = 0;
    for (let i = 0; i < 2_600_000; i++) if (readIdentity(ids[i % 500]!, asOf).ok !== null) good++;
    const used = process.cpuUsage(before);
    expect(good).toBe(2_600_000);
    expect((used.user + used.system) / 1e6).toBeLessThan(1);
  });
});

describe('a bank card', () => {
  test('with a right length and check digit raises nothing, blanks or not', () => {
    expect(checkBankCard('6200000000001234566')).toEqual({ value: '6200000000001234566', issue: null });
    expect(checkBankCard('6200 0000 0000 1234 566').issue).toBeNull();
  });

  test.each([
    ['missing', null, null],
    ['missing', '  ', null],
    ['luhn', '6200000000001234567', '6200000000001234567'],
    ['length', '620000000000123', '620000000000123'],
    ['characters', '62000000000O1234566', '62000000000O1234566'],
    ['digitsLost', 62 * 10 ** 17, null],
    ['digitsLost', '6.2E+18', null],
  ] as const)('is doubted for %s (%s) and what was typed is kept', (kind, raw, value) => {
    const r = checkBankCard(raw);
    expect([r.issue?.kind, r.value]).toEqual([kind, value]);
  });
});

describe('a telephone', () => {
  test('is a mobile number, with or without the country, or a landline with its area code', () => {
    for (const raw of ['13812341234', '138 1234 1234', '+8613812341234', 13812341234])
      expect(checkPhone(raw)).toEqual({ value: '13812341234', issue: null });
    expect(checkPhone('022-12345678').issue).toBeNull();
  });

  test('of ten digits, of a range not given out, or with words is doubted', () => {
    for (const raw of ['1381234123', '12812341234', '138xxxx1234'])
      expect(checkPhone(raw).issue).not.toBeNull();
    expect(checkPhone(null).issue?.kind).toBe('missing');
  });
});
