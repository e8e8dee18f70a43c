import { describe, expect, test } from 'vitest';
import {
  chineseDay,
  day,
  dayOf,
  daysInMonth,
  firstDay,
  isoDay,
  isoMonth,
  monthOf,
  parseDay,
  parseMonth,
  partsOf,
  weekdayOf,
} from './date.ts';

describe('a civil day', () => {
  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2020-02-29', 18_321],
    ['2020-03-01', 18_322],
    ['1900-01-01', -25_567],
    ['2200-12-31', 84_370],
  ] as const)('%s is day %i', (iso, n) => {
    expect(day(iso)).toBe(n);
    expect(isoDay(n)).toBe(iso);
  });
  test.each([
    '2019-02-29',
    '2020-02-30',
    '2020-04-31',
    '2020-13-01',
    '2020-00-01',
    '2020-01-00',
    '2020-1-1',
    '20200101',
    ' 2020-01-01',
    '1899-12-31',
    '2201-01-01',
    '1900-02-29',
  ])('%s is none', (iso) => {
    expect(parseDay(iso)).toBeNull();
    expect(() => day(iso)).toThrow(iso);
  });
  test('of parts that are no whole numbers there is none', () =>
    expect([dayOf(2020.5, 1, 1), dayOf(2020, 2, 30), dayOf(2020, 2, 29)]).toEqual([null, null, 18_321]));
  test('every day of two centuries is one later than the day before, and reads back', () => {
    for (let d = day('1900-01-01'); d <= day('2100-01-01'); d += 1) {
      const { year, month, dayOfMonth } = partsOf(d);
      if (
        dayOf(year, month, dayOfMonth) !== d ||
        day(isoDay(d)) !== d ||
        firstDay(monthOf(d)) + dayOfMonth - 1 !== d
      )
        throw new Error(isoDay(d));
    }
  });
  test.each([
    ['2020-02-03', 1],
    ['2020-02-09', 7],
    ['1970-01-01', 4],
    ['1969-12-31', 3],
    ['2020-02-29', 6],
  ] as const)('%s is weekday %i', (iso, n) => expect(weekdayOf(day(iso))).toBe(n));
  test('in Chinese', () => expect(chineseDay(day('2020-03-04'))).toBe('2020年3月4日'));
});

describe('a month', () => {
  test.each([
    ['2020-02', 29],
    ['2019-02', 28],
    ['2000-02', 29],
    ['2100-02', 28],
    ['2020-12', 31],
    ['2020-04', 30],
  ] as const)('%s has %i days', (iso, n) => expect(daysInMonth(parseMonth(iso)!)).toBe(n));
  test('is the same written and read', () =>
    expect(['2019-12', '2020-01', '2020-12'].map((m) => isoMonth(parseMonth(m)!))).toEqual([
      '2019-12',
      '2020-01',
      '2020-12',
    ]));
  test('ends with its last day', () =>
    expect([monthOf(day('2020-02-29')), monthOf(day('2020-03-01'))]).toEqual([2020 * 12 + 1, 2020 * 12 + 2]));
  test.each(['2020-13', '2020-00', '2020-1', '2020', '2020-01-01'])('%s is none', (text) =>
    expect(parseMonth(text)).toBeNull(),
  );
});
