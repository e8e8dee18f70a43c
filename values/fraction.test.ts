import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compare,
  type Fraction,
  floor,
  fraction,
  gcd,
  minus,
  ONE,
  parseFraction,
  plus,
  times,
  ZERO,
} from './fraction.ts';

describe('an exact fraction', () => {
  test.each([
    [2, 4, 1, 2],
    [-2, 4, -1, 2],
    [2, -4, -1, 2],
    [-2, -4, 1, 2],
    [0, 7, 0, 1],
    [0, -7, 0, 1],
    [7, 1, 7, 1],
  ])('%i/%i is %i/%i in lowest terms', (n, d, top, bottom) => {
    const f = fraction(n, d);
    expect([f.n === 0 ? 0 : f.n, f.d]).toEqual([top, bottom]);
  });
  test.each([
    [1, 0],
    [0.5, 1],
    [1, 0.5],
    [2 ** 53, 1],
    [Number.NaN, 1],
    [Infinity, 1],
  ])('%d/%d is none', (n, d) => expect(() => fraction(n, d)).toThrow(RangeError));

  const small = fc
    .tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 1, max: 10_000 }))
    .map(([n, d]) => fraction(n, d));
  const seen = { seed: 20200303, numRuns: 2_000 };
  test('sums, differences and products are those of big integers', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        const big = (n: bigint, d: bigint) => (f: { n: number; d: number }) =>
          expect(BigInt(f.n) * d).toBe(n * BigInt(f.d));
        const [an, ad, bn, bd] = [BigInt(a.n), BigInt(a.d), BigInt(b.n), BigInt(b.d)];
        big(an * bd + bn * ad, ad * bd)(plus(a, b));
        big(an * bd - bn * ad, ad * bd)(minus(a, b));
        big(an * bn, ad * bd)(times(a, b));
        expect(Math.sign(compare(a, b))).toBe(an * bd < bn * ad ? -1 : an * bd > bn * ad ? 1 : 0);
        expect(gcd(Math.abs(plus(a, b).n), plus(a, b).d)).toBe(1);
      }),
      seen,
    );
  });
  test('rounded down is towards less, below nothing too', () =>
    expect([
      floor(fraction(7, 2)),
      floor(fraction(-7, 2)),
      floor(ONE),
      floor(ZERO),
      floor(fraction(-1, 3)),
    ]).toEqual([3, -4, 1, 0, -1]));
});

describe('as written', () => {
  test.each([
    ['1/2', 1, 2],
    ['2/4', 1, 2],
    [' 1/2'.trim(), 1, 2],
    ['1 / 2', 1, 2],
    ['0.5', 1, 2],
    ['50%', 1, 2],
    ['12.5%', 1, 8],
    ['12.5 %', 1, 8],
    ['33.3333%', 333_333, 1_000_000],
    ['0', 0, 1],
    ['-0.5', -1, 2],
    ['3', 3, 1],
    ['0.123456789', 123_456_789, 1_000_000_000],
  ] as const)('%s is %i/%i', (text, n, d) => expect(parseFraction(text)).toEqual({ n, d }));
  test.each([
    '',
    'a',
    '1/0',
    '1,5',
    '.5',
    '5.',
    '1e3',
    '0.1234567891',
    '1/2%',
    '--1',
    '1/-2',
    '99999999999999999999',
    '½',
  ])('%s is no fraction', (text) => expect(parseFraction(text)).toBeNull());
});

describe('products beyond exact numbers on the way', () => {
  test('a share of 33.333333% taken twice is exact', () => {
    const third = parseFraction('33.333333%') as Fraction;
    expect(plus(third, third)).toEqual(parseFraction('66.666666%'));
    expect(compare(third, parseFraction('33.333334%') as Fraction)).toBeLessThan(0);
    expect(compare(minus(third, third), ZERO)).toBe(0);
  });
});
