import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fraction, fraction, parseFraction, times } from '../values/fraction.ts';
import { addUp, type ClaimDay } from './claim.ts';

/** Days at a rate in fen, whole unless said, shared in the parts given: the last bearer takes the rest. */
function days(
  n: number,
  fenADay: Fraction | number,
  parts: readonly string[],
  options: { half?: boolean; upTo?: readonly (number | null)[] } = {},
): ClaimDay[] {
  const credit = fraction(options.half ? 1 : 2, 2);
  const rate = typeof fenADay === 'number' ? fraction(fenADay) : fenADay;
  const shares = {
    parts: [...parts.map((p) => parseFraction(p) as Fraction), null],
    upTo: [
      ...parts.map((_, k) => options.upTo?.[k] ?? null).map((u) => (u === null ? null : fraction(u))),
      null,
    ],
  };
  return Array.from({ length: n }, () => ({ amount: times(rate, credit), credit, shares }));
}

describe('less than a fen (reading D18: dropped from the claim, before it is shared)', () => {
  test.each([
    ['three days at 33.335 yuan are 100.005, so 100.00', days(3, fraction(66670, 20), ['0']), 10000],
    ['one half day at 33.33 yuan is 16.665, so 16.66', days(1, 3333, ['0'], { half: true }), 1666],
    [
      'two half days at 33.33 yuan are 33.33: the halves of a fen are not dropped day by day',
      days(2, 3333, ['0'], { half: true }),
      3333,
    ],
    [
      '20.5 days at 60 yuan are 1230.00',
      [...days(20, 6000, ['30%']), ...days(1, 6000, ['30%'], { half: true })],
      123000,
    ],
    ['nothing served is nothing', [], 0],
  ])('%s', (_, claim, fen) => expect(addUp(claim).fen).toBe(fen));
});

describe('who bears the odd fen (reading D12: upper bearers rounded down on the claim, the last takes the rest)', () => {
  test.each([
    ['35.01 yuan by halves: 17.50 above, 17.51 below', days(1, 3501, ['50%']), [1750, 1751]],
    [
      'three days at 0.01 yuan by halves: 0.01 above (not three times nothing), 0.02 below',
      days(3, 1, ['1/2']),
      [1, 2],
    ],
    [
      '100 yuan by thirds over three: 33.33, 33.33, 33.34',
      days(1, 10000, ['1/3', '1/3']),
      [3333, 3333, 3334],
    ],
    [
      '20.5 days at 60 yuan, 30% above: 369 and 861',
      [...days(20, 6000, ['30%']), ...days(1, 6000, ['30%'], { half: true })],
      [36900, 86100],
    ],
    [
      'five bearers of 1 yuan: 0.14, 0.14, 0.14, 0.14, 0.44',
      days(1, 100, ['1/7', '1/7', '1/7', '1/7']),
      [14, 14, 14, 14, 44],
    ],
    ['all above, nothing left below', days(2, 7000, ['100%']), [14000, 0]],
    ['nothing above', days(2, 7000, ['0']), [0, 14000]],
    ['one bearer takes all', days(97, 7000, []), [679000]],
    [
      'the part changes within the month: 10 days by halves, 10 at 60%',
      [...days(10, 7000, ['1/2']), ...days(10, 7000, ['60%'])],
      [35000 + 42000, 35000 + 28000],
    ],
    [
      'the fen dropped from the amount is not shared: of 100.005 yuan by halves 50.00 and 50.00',
      days(3, fraction(66670, 20), ['1/2']),
      [5000, 5000],
    ],
    // As written on a sheet for a third; over a month of days this leaves the range of exact numbers on the way.
    ['31 days at 70.01 yuan, 33.3333% above', days(31, 7001, ['33.3333%']), [72343, 217031 - 72343]],
    ['31 days at 70.01 yuan, 66.666667% above', days(31, 7001, ['66.666667%']), [144687, 217031 - 144687]],
  ])('%s', (_, claim, shares) => expect(addUp(claim).shares).toEqual(shares));

  test('one day whose shares are not known leaves the shares of the claim unknown, and the amount known', () => {
    expect(addUp([...days(2, 7000, ['1/2']), { ...days(1, 7000, ['1/2'])[0], shares: null }])).toEqual({
      fen: 21000,
      shares: null,
    });
  });
});

describe('a share of no more than the notice names (reading D14)', () => {
  test.each([
    [
      '90 yuan set, 70 in the notice, ten days: half of 70 above, the rest below',
      days(10, 9000, ['1/2'], { upTo: [7000] }),
      [35000, 55000],
    ],
    ['60 yuan set: half of what is paid', days(10, 6000, ['1/2'], { upTo: [7000] }), [30000, 30000]],
    ['half a day has half the ceiling', days(1, 9000, ['1/2'], { half: true, upTo: [7000] }), [1750, 2750]],
    [
      'day by day, not on the sum: 5 days at 90 and 5 at 50 are shared on 600, not on 700',
      [...days(5, 9000, ['1/2'], { upTo: [7000] }), ...days(5, 5000, ['1/2'], { upTo: [7000] })],
      [30000, 40000],
    ],
  ])('%s', (_, claim, shares) => expect(addUp(claim).shares).toEqual(shares));
});

describe('a cap on the amount', () => {
  test('what is over comes off the latest days, and shares follow', () => {
    // Left are 90, 90 and 20 yuan: shared are 70, 70 and 20.
    expect(addUp(days(3, 9000, ['1/2'], { upTo: [7000] }), fraction(20000))).toEqual({
      fen: 20000,
      shares: [8000, 12000],
    });
  });
  test('a cap above the sum changes nothing', () =>
    expect(addUp(days(2, 7000, ['1/2']), fraction(20000))).toEqual({ fen: 14000, shares: [7000, 7000] }));
  test('a cap used up leaves nothing to pay or to share', () =>
    expect(addUp(days(2, 7000, ['1/2']), fraction(0))).toEqual({ fen: 0, shares: [0, 0] }));
  test('a cap that is not whole fen is rounded down with the sum', () =>
    expect(addUp(days(2, 7000, ['1/2']), fraction(20001, 2)).fen).toBe(10000));
});

test('no fen is lost: in 100,000 random claims the shares sum to the amount, and nobody above bears more than its part', () => {
  const parts = ['0', '1/2', '1/3', '10%', '33.3333%', '1/7', '0.07', '12.5%'];
  const part = fc.constantFrom(...parts);
  const stretch = fc.record({
    n: fc.integer({ min: 1, max: 16 }),
    rate: fc.integer({ min: 0, max: 30000 }),
    half: fc.boolean(),
    upTo: fc.option(fc.integer({ min: 0, max: 10000 })),
  });
  let claims = 0;
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 2 }),
      fc.array(stretch, { minLength: 1, maxLength: 2 }),
      fc.option(fc.integer({ min: 0, max: 300000 }), { freq: 3 }),
      (bearers, stretches, cap) => {
        claims++;
        const claim = stretches.flatMap((s) =>
          days(s.n, s.rate, bearers, { half: s.half, upTo: bearers.map(() => s.upTo) }),
        );
        const { fen, shares } = addUp(claim, cap === null ? null : fraction(cap));
        const exact = stretches.reduce((sum, s) => sum + s.n * s.rate * (s.half ? 1 : 2), 0);
        expect(fen).toBe(Math.min(Math.floor(exact / 2), cap ?? Infinity));
        expect(shares?.reduce((a, b) => a + b, 0)).toBe(fen);
        bearers.forEach((b, k) => {
          const p = parseFraction(b) as Fraction;
          if (!shares || shares[k] < 0 || shares[k] * p.d > fen * p.n)
            throw new Error(`${b} of ${fen} is no ${shares?.[k]}`);
        });
        if (!shares || shares[shares.length - 1] < 0) throw new Error('the last bears less than nothing');
      },
    ),
    { seed: 20200303, numRuns: 100_000 },
  );
  expect(claims).toBe(100_000);
});
