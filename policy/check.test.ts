import { describe, expect, test } from 'vitest';
import { isoDay } from '../values/date.ts';
import { inventedPack, inventedPolicy, monthsFor, REEDS, set, WELL, WILLOW } from './invented-notice.ts';
import type { Months } from './months.ts';
import type { Policy } from './policy.ts';

/** Findings in words: "weekly-rest 2020-02-03..2020-02-09", with the day a lock begins. */
const found = (months: Months, policy: Policy = inventedPolicy()): string[] =>
  policy
    .check(months)
    .map(
      (f) =>
        `${f.duty}${f.person > 0 ? ` of person ${f.person}` : ''} ${isoDay(f.from)}..${isoDay(f.to)}${f.lockedFrom === null ? '' : `, locked from ${isoDay(f.lockedFrom)}`}`,
    );

describe('a day of rest in each week', () => {
  test.each([
    [
      'a week served on all seven days is found',
      '2020-02-03..2020-02-09',
      ['weekly-rest 2020-02-03..2020-02-09'],
    ],
    ['a week with one day free is not', '2020-02-03..2020-02-08', []],
    ['the free day may stand anywhere', '2020-02-03..2020-02-05 2020-02-07..2020-02-09', []],
    ['seven days in a row across two weeks are no week', '2020-02-05..2020-02-11', []],
    [
      'a week over the end of a month is one week',
      '2020-02-24..2020-03-01',
      ['weekly-rest 2020-02-24..2020-03-01'],
    ],
    [
      'each week is told',
      '2020-02-03..2020-02-09 2020-02-17..2020-02-23',
      ['weekly-rest 2020-02-03..2020-02-09', 'weekly-rest 2020-02-17..2020-02-23'],
    ],
  ])('%s', (_, on, findings) => expect(found(monthsFor({ on }))).toEqual(findings));

  test('a half day is a day of duty, not of rest', () =>
    expect(found(monthsFor({ on: '2020-02-03..2020-02-08', half: '2020-02-09' }))).toEqual([
      'weekly-rest 2020-02-03..2020-02-09',
    ]));
  test('duty that earns no credit is duty all the same', () => {
    const months = monthsFor({ on: '2020-02-03..2020-02-08' });
    expect(found(months)).toEqual([]);
    expect(found({ ...months, served: Int32Array.from(months.full, (bits) => bits | (1 << 8)) })).toEqual([
      'weekly-rest 2020-02-03..2020-02-09',
    ]);
  });
  test('a week of which the person was engaged only a part is not judged', () => {
    expect(found(monthsFor({ on: '2020-02-05..2020-02-09', inForce: '2020-02-05..2020-02-29' }))).toEqual([]);
    expect(found(monthsFor({ on: '2020-02-10..2020-02-16', inForce: '2020-02-05..2020-02-29' }))).toEqual([
      'weekly-rest 2020-02-10..2020-02-16',
    ]);
  });
  test('a week the months do not show to its end is not judged', () =>
    expect(found(monthsFor({ on: '2020-02-24..2020-02-29' }))).toEqual([]));
  test('two engagements of one person are one life: rest means rest from both', () => {
    expect(
      found(
        monthsFor(
          { on: '2020-02-03..2020-02-05' },
          { on: '2020-02-06..2020-02-09', place: WELL, kind: 'warden' },
        ),
      ),
    ).toEqual(['weekly-rest 2020-02-03..2020-02-09']);
  });
  test('two persons are two', () => {
    expect(
      found(monthsFor({ on: '2020-02-03..2020-02-05' }, { person: 1, on: '2020-02-03..2020-02-09' })),
    ).toEqual(['weekly-rest of person 1 2020-02-03..2020-02-09']);
  });
  test('where a county lets the week start on Sunday, it does there and nowhere else', () => {
    const policy = inventedPolicy([set('990101', 'R-week', 'sunday')]);
    expect(found(monthsFor({ on: '2020-02-02..2020-02-08' }), policy)).toEqual([
      'weekly-rest 2020-02-02..2020-02-08',
    ]);
    expect(found(monthsFor({ on: '2020-02-02..2020-02-08', place: REEDS }), policy)).toEqual([]);
    expect(found(monthsFor({ on: '2020-02-03..2020-02-09' }), policy)).toEqual([]);
  });
});

describe('a run of duty without rest', () => {
  const runs = (months: Months) => found(months).filter((f) => f.startsWith('long-run'));

  test('thirteen days are not yet two weeks', () =>
    expect(runs(monthsFor({ on: '2020-02-01..2020-02-13' }))).toEqual([]));
  test('the fourteenth day is told, and locks from the fifteenth', () =>
    expect(runs(monthsFor({ on: '2020-02-01..2020-02-14' }))).toEqual([
      'long-run 2020-02-01..2020-02-14, locked from 2020-02-15',
    ]));
  test('a longer run is told once', () =>
    expect(runs(monthsFor({ on: '2020-02-01..2020-02-29' }))).toEqual([
      'long-run 2020-02-01..2020-02-14, locked from 2020-02-15',
    ]));
  test('a day of rest begins the count anew', () => {
    expect(runs(monthsFor({ on: '2020-02-01..2020-02-13 2020-02-15..2020-02-27' }))).toEqual([]);
    expect(runs(monthsFor({ on: '2020-02-01..2020-02-14 2020-02-16..2020-02-29' }))).toHaveLength(2);
  });
  test('a run goes over the end of a month, a leap day counted', () =>
    expect(runs(monthsFor({ on: '2020-02-20..2020-03-04' }))).toEqual([
      'long-run 2020-02-20..2020-03-04, locked from 2020-03-05',
    ]));
  test('a run of two kinds is one run', () =>
    expect(
      runs(monthsFor({ on: '2020-02-01..2020-02-07' }, { half: '2020-02-08..2020-02-14', kind: 'warden' })),
    ).toHaveLength(1));
});

test('a pack that switches the measure off finds nothing', () => {
  const pack = inventedPack({ 'pack.yaml': [['rest: true', 'rest: false']] });
  expect(found(monthsFor({ on: '2020-02-01..2020-02-29' }), inventedPolicy([], { pack }))).toEqual([]);
});

test('a finding says which duty, under which clause, in both languages', () => {
  expect(inventedPolicy().check(monthsFor({ on: '2020-02-03..2020-02-09', place: WILLOW }))).toMatchObject([
    {
      duty: 'weekly-rest',
      clause: 'Y-3',
      effect: 'warn',
      says: { zh: '本周没有休息', en: 'no rest this week' },
    },
  ]);
});
