import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day, daysInMonth, EVER, firstDay, NEVER, parseMonth } from './date.ts';
import {
  ALWAYS,
  common,
  countBits,
  covers,
  inclusive,
  joined,
  monthBits,
  overlaps,
  type Period,
} from './period.ts';

const of = (from: string, until: string): Period => ({ from: day(from), until: day(until) });
const FEBRUARY = parseMonth('2020-02')!;

describe('a period', () => {
  const feb = of('2020-02-01', '2020-03-01');
  test('has its first day and not the day it runs until', () =>
    expect(['2020-01-31', '2020-02-01', '2020-02-29', '2020-03-01'].map((d) => covers(feb, day(d)))).toEqual([
      false,
      true,
      true,
      false,
    ]));
  test('that touches another does not overlap it', () =>
    expect([
      overlaps(feb, of('2020-03-01', '2020-03-02')),
      overlaps(feb, of('2020-02-29', '2020-03-02')),
      overlaps(feb, ALWAYS),
    ]).toEqual([false, true, true]));
  test('has days in common with another, or none', () => {
    expect(common(feb, of('2020-02-20', '2020-03-20'))).toEqual(of('2020-02-20', '2020-03-01'));
    expect(common(feb, of('2020-03-01', '2020-03-20'))).toBeNull();
    expect(common(feb, ALWAYS)).toEqual(feb);
  });
  test('is written with both its days', () => {
    expect(inclusive(feb)).toEqual({ from: '2020-02-01', to: '2020-02-29' });
    expect(inclusive(ALWAYS)).toEqual({ from: null, to: null });
    expect(inclusive({ from: EVER, until: day('2020-01-25') })).toEqual({ from: null, to: '2020-01-24' });
  });
});

describe('periods joined', () => {
  test.each([
    [
      'touching',
      [of('2020-02-01', '2020-02-05'), of('2020-02-05', '2020-02-09')],
      [of('2020-02-01', '2020-02-09')],
    ],
    [
      'overlapping',
      [of('2020-02-01', '2020-02-07'), of('2020-02-05', '2020-02-09')],
      [of('2020-02-01', '2020-02-09')],
    ],
    [
      'one within another',
      [of('2020-02-01', '2020-02-09'), of('2020-02-03', '2020-02-05')],
      [of('2020-02-01', '2020-02-09')],
    ],
    [
      'a day apart',
      [of('2020-02-06', '2020-02-09'), of('2020-02-01', '2020-02-05')],
      [of('2020-02-01', '2020-02-05'), of('2020-02-06', '2020-02-09')],
    ],
    ['none', [], []],
  ])('%s', (_, periods, out) => expect(joined(periods)).toEqual(out));

  test('hold the same days, in order, apart, and leave what they were made of', () => {
    const some = fc.array(
      fc
        .tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }))
        .map(([from, n]): Period => ({ from, until: from + n })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(some, (periods) => {
        const before = JSON.stringify(periods);
        const out = joined(periods);
        expect(JSON.stringify(periods)).toBe(before);
        for (let d = -1; d < 90; d++)
          expect(out.some((p) => covers(p, d))).toBe(periods.some((p) => covers(p, d)));
        for (let i = 1; i < out.length; i++) expect(out[i].from).toBeGreaterThan(out[i - 1].until);
      }),
      { seed: 20200303, numRuns: 500 },
    );
  });
});

describe('a month as a map of days', () => {
  test.each([
    ['all of it', ALWAYS, 0x1fff_ffff],
    ['its first day', of('2020-02-01', '2020-02-02'), 1],
    ['its last', of('2020-02-29', '2020-03-01'), 1 << 28],
    ['what lies before', of('2020-01-01', '2020-02-01'), 0],
    ['what lies after', of('2020-03-01', '2020-04-01'), 0],
    ['from the month before into it', of('2020-01-20', '2020-02-03'), 3],
  ])('%s', (_, period, bits) => expect(monthBits(period, FEBRUARY)).toBe(bits));
  test('has 31 days where the month has, and is no negative number', () =>
    expect(monthBits(ALWAYS, parseMonth('2020-01')!)).toBe(0x7fff_ffff));
  test('holds a day for each day of the period, bit by bit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 24_200, max: 24_300 }),
        fc.integer({ min: -10, max: 45 }),
        fc.nat(60),
        (month, start, length) => {
          const period = { from: firstDay(month) + start, until: firstDay(month) + start + length };
          const bits = monthBits(period, month);
          let days = 0;
          for (let d = 0; d < daysInMonth(month); d++) {
            const there = covers(period, firstDay(month) + d);
            if (there) days++;
            expect((bits >>> d) & 1).toBe(there ? 1 : 0);
          }
          expect(countBits(bits)).toBe(days);
        },
      ),
      { seed: 20200303, numRuns: 1_000 },
    );
  });
  test.each([
    [0, 0],
    [1, 1],
    [0x7fff_ffff, 31],
    [0x4000_0000, 1],
    [0x5555_5555, 16],
  ])('%i holds %i days', (bits, n) => expect(countBits(bits)).toBe(n));
});

test('for ever is before and after all days', () =>
  expect([covers(ALWAYS, day('1900-01-01')), covers(ALWAYS, day('2200-12-31')), EVER < NEVER]).toEqual([
    true,
    true,
    true,
  ]));
