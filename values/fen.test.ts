import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inWords, parseYuan, plainYuan, yuan } from './fen.ts';

describe('an amount as written', () => {
  test.each([
    [90, 9000],
    [90.5, 9050],
    [0, 0],
    [105.30000000000001, 10530],
    ['90', 9000],
    ['90.5', 9050],
    ['90.50', 9050],
    ['90元', 9000],
    ['90 元/天', 9000],
    ['90元/人·天', 9000],
    ['90元每人每天', 9000],
    ['90元整', 9000],
    ['￥90.00', 9000],
    ['¥1,234.50', 123450],
    ['人民币1,234.50元', 123450],
    ['1,234.50', 123450],
    ['12,345,678.90', 1234567890],
    ['1 409.50', 140950],
    ['９０．５０元', 9050],
    ['1，234', 123400],
    ['-35.00', -3500],
  ])('%s is %s fen', (written, fen) => expect(parseYuan(written)).toBe(fen));

  test.each([
    ['more than two decimals', '70.005'],
    ['more than two decimals in a number cell', 70.005],
    ['groups that are not of three', '1,23'],
    ['a group of four', '1,2345'],
    ['ten-thousands', '9万元'],
    ['a count of days', '90天'],
    ['a month, which is no day', '2000元/月'],
    ['a dot without decimals', '90.'],
    ['words', '按规定'],
    ['nothing', ''],
    ['nothing at all', null],
    ['two amounts', '70 90'],
    ['more than can be counted', '99999999999999999'],
  ])('with %s is not read', (_, written) => expect(parseYuan(written)).toBeNull());

  test('and printed comes back the same, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), (fen) => {
        expect(parseYuan(yuan(fen))).toBe(fen);
        expect(parseYuan(plainYuan(fen))).toBe(fen);
      }),
    );
  });

  test('prints with groups for people and without for banks', () => {
    expect([yuan(140950), plainYuan(140950)]).toEqual(['1,409.50', '1409.50']);
    expect([yuan(-100000005), yuan(5), yuan(0), yuan(99999)]).toEqual([
      '-1,000,000.05',
      '0.05',
      '0.00',
      '999.99',
    ]);
    expect(() => yuan(0.5)).toThrow(RangeError);
  });
});

/** A reader that knows nothing of how the words are made: each unit multiplies what stands before it. */
function fenOf(words: string): number {
  let text = words.replace(/整$/, '');
  const sign = text.startsWith('负') ? -1 : 1;
  text = text.replace(/^负/, '');
  const worth = (numeral: string): number => {
    for (const [name, unit] of [
      ['亿', 1e8],
      ['万', 1e4],
      ['仟', 1e3],
      ['佰', 1e2],
      ['拾', 10],
    ] as const) {
      const at = numeral.lastIndexOf(name);
      if (at >= 0) return worth(numeral.slice(0, at)) * unit + worth(numeral.slice(at + 1));
    }
    const bare = numeral.replaceAll('零', '');
    return bare === '' ? 0 : '零壹贰叁肆伍陆柒捌玖'.indexOf(bare);
  };
  const cut = (unit: string): number => {
    const at = text.indexOf(unit);
    if (at < 0) return 0;
    const part = text.slice(0, at);
    text = text.slice(at + 1);
    return worth(part);
  };
  return sign * (cut('元') * 100 + cut('角') * 10 + cut('分'));
}

describe('an amount in capital numerals', () => {
  test.each([
    [679000, '陆仟柒佰玖拾元整'],
    [10700053, '壹拾万柒仟元零伍角叁分'],
    [140950, '壹仟肆佰零玖元伍角'],
    [35, '叁角伍分'],
    [0, '零元整'],
    [5, '伍分'],
    [1640902, '壹万陆仟肆佰零玖元零贰分'],
    [32504, '叁佰贰拾伍元零肆分'],
    [168032, '壹仟陆佰捌拾元零叁角贰分'],
    [600714, '陆仟零柒元壹角肆分'],
    [1000000, '壹万元整'],
    [1000100, '壹万零壹元整'],
    [1050000, '壹万零伍佰元整'],
    [10000000000, '壹亿元整'],
    [10000000100, '壹亿零壹元整'],
    [10001000000, '壹亿零壹万元整'],
    [10010000000, '壹亿零壹拾万元整'],
    [10 ** 14, '壹万亿元整'],
    [-7000, '负柒拾元整'],
  ])('of %s fen is %s', (fen, words) => expect(inWords(fen)).toBe(words));

  test('means the amount, for every amount up to 10^12 yuan and its negative', () => {
    const size = fc.oneof(
      fc.integer({ min: 0, max: 10 ** 14 }),
      fc.integer({ min: 0, max: 10 ** 6 }),
      fc.integer({ min: 0, max: 10 ** 10 }).map((n) => n * 10 ** 4),
    );
    fc.assert(
      fc.property(size, fc.boolean(), (n, negative) => {
        const fen = negative && n > 0 ? -n : n;
        expect(fenOf(inWords(fen))).toBe(fen);
      }),
      { numRuns: 5_000 },
    );
  });

  test('never has two zeros side by side, a zero at its end, or 壹 left out before 拾', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 14 }), (fen) => {
        expect(inWords(fen)).not.toMatch(/零零|零$|零元|零万|零亿|(^|[^壹贰叁肆伍陆柒捌玖])拾/);
      }),
      { numRuns: 5_000 },
    );
  });
});
