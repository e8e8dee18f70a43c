import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, day, firstDay, isoDay } from '../../values/date.ts';
import type { DayCredit, DutySheet, Engaged, Folded, PaidSheet, RosterFacts } from './contract.ts';
import { foldDuty } from './fold.ts';
import { gridReader } from './grid.ts';
import {
  context,
  dutySheet,
  feed,
  GRID_HEADINGS,
  gridRows,
  gridSheet,
  type Held,
  NUMBERS,
  roster,
  SIX_EIGHT_FOUR,
  VOCABULARY,
} from './invented.ts';
import { placeKeys } from './wording.ts';

type Row = {
  person: number;
  month: string;
  engagement: number;
  kind: string;
  place: string;
  full: string[];
  half: string[];
  active: string[];
  paidElsewhere: string[];
  posts: Record<string, string[]>;
};

const days = (bits: number, month: number): string[] =>
  Array.from({ length: 31 }, (_, i) => i)
    .filter((i) => (bits >>> i) & 1)
    .map((i) => isoDay(firstDay(month) + i));

/** The rows of a fold with their maps written out as dates. */
function rowsOf({ months, engagementOf }: Folded): Row[] {
  return Array.from({ length: months.count }, (_, n) => {
    const month = months.month[n]!;
    const map = (bits: Int32Array) => days(bits[n]!, month);
    return {
      person: months.person[n]!,
      month: isoDay(firstDay(month)).slice(0, 7),
      engagement: engagementOf[n]!,
      kind: months.kinds[months.kind[n]!]!,
      place: months.places[months.place[n]!]!,
      full: map(months.full),
      half: map(months.half),
      active: map(months.active),
      paidElsewhere: map(months.paidElsewhere),
      posts: Object.fromEntries((months.posts ?? []).map((bits, k) => [VOCABULARY.posts[k]!.id, map(bits)])),
    };
  });
}

type Fold = { from?: string; to?: string; credit?: DayCredit; paid?: PaidSheet };

function fold(
  facts: RosterFacts,
  duty: DutySheet,
  { from = '2020-02-01', to = '2020-02-29', credit, paid }: Fold = {},
): Folded {
  return foldDuty({
    roster: facts,
    vocabulary: VOCABULARY,
    duty,
    paid: paid ?? null,
    credit: credit ?? SIX_EIGHT_FOUR,
    from: day(from),
    until: day(to) + 1,
  });
}

const NIGHTS_WHOLE: DayCredit = { ...SIX_EIGHT_FOUR, attribution: () => 'shift-start' };

/** One record: post, start, end, then community and kind where they matter. */
type Shift = [date: string, post: string, start: string, end: string, community?: string, kind?: string];
const worked = (facts: RosterFacts, shifts: Shift[], { from = '2020-02-01', to = '2020-02-29' } = {}) =>
  dutySheet(
    context(facts, from, to),
    shifts.map(([date, post, start, end, community, kind]) => [
      NUMBERS[0],
      null,
      date,
      post,
      start,
      end,
      null,
      community ?? null,
      kind ?? null,
    ]),
  );

const one = (holds: readonly Held[]) => roster([{ name: '王小明', holds }]);
const worker = one([{}]);

describe('a month of duty', () => {
  it('is credited day by day as the pack says', () => {
    const duty = worked(worker, [
      ['2020-02-03', '卡口', '08:00', '14:01'],
      ['2020-02-04', '卡口', '08:00', '14:00'],
      ['2020-02-05', '卡口', '08:00', '12:00'],
    ]);
    expect(rowsOf(fold(worker, duty))).toMatchObject([
      { month: '2020-02', kind: 'worker', full: ['2020-02-03'], half: ['2020-02-04'] },
    ]);
  });

  it('shows a day below the threshold only where it is explained', () => {
    const duty = worked(worker, [['2020-02-05', '卡口', '08:00', '12:00']]);
    const folded = fold(worker, duty);
    expect(rowsOf(folded)).toEqual([]);
    expect(folded.daysOf(0)).toEqual([{ date: '2020-02-05', minutes: [240, 0], credit: 0, engagement: 0 }]);
    expect(folded.recordsOf(0)).toEqual([
      {
        sheet: 'Sheet1',
        row: 2,
        date: '2020-02-05',
        post: 'gate',
        from: 480,
        to: 720,
        marked: null,
        kind: null,
        community: null,
      },
    ]);
  });

  it('adds two posts of one day up, and names the one with most minutes', () => {
    const duty = worked(worker, [
      ['2020-02-03', '卡口', '08:00', '11:00'],
      ['2020-02-03', '党群服务中心', '12:00', '17:00'],
      ['2020-02-04', '党群服务中心', '08:00', '12:00'],
      ['2020-02-04', '卡口', '12:00', '16:00'],
    ]);
    expect(rowsOf(fold(worker, duty))).toMatchObject([
      { full: ['2020-02-03', '2020-02-04'], posts: { centre: ['2020-02-03'], gate: ['2020-02-04'] } },
    ]);
  });

  it('counts overlapping time once, for the record that begins first', () => {
    const duty = worked(worker, [
      ['2020-02-03', '党群服务中心', '10:00', '14:00'],
      ['2020-02-03', '卡口', '08:00', '12:00'],
      ['2020-02-03', '卡口', '08:00', '12:00'],
    ]);
    expect(fold(worker, duty).daysOf(0)).toMatchObject([{ minutes: [240, 120], credit: 1 }]);
  });

  it('splits a night at midnight, so that two hours and six are nothing and half a day', () => {
    const duty = worked(worker, [['2020-02-03', '卡口', '22:00', '06:00']]);
    expect(rowsOf(fold(worker, duty))).toMatchObject([{ full: [], half: ['2020-02-04'] }]);
  });

  it('gives a night whole to the day it began where that reading is in use', () => {
    const duty = worked(worker, [['2020-02-03', '卡口', '22:00', '06:00']]);
    expect(rowsOf(fold(worker, duty, { credit: NIGHTS_WHOLE }))).toMatchObject([
      { full: ['2020-02-03'], half: [] },
    ]);
  });

  it('counts of the night before the period only what lies within it', () => {
    const duty = worked(worker, [['2020-01-31', '卡口', '22:00', '06:00']]);
    expect(rowsOf(fold(worker, duty))).toMatchObject([{ month: '2020-02', half: ['2020-02-01'] }]);
    expect(rowsOf(fold(worker, duty, { credit: NIGHTS_WHOLE }))).toEqual([]);
  });

  it('leaves the morning after the last day of the period out', () => {
    const duty = worked(worker, [['2020-02-29', '卡口', '17:00', '06:00']]);
    expect(rowsOf(fold(worker, duty))).toMatchObject([{ month: '2020-02', full: ['2020-02-29'], half: [] }]);
  });

  it('puts the night that begins the last day of a month into the line of the next month', () => {
    const duty = worked(worker, [['2020-02-29', '卡口', '23:00', '07:00']], { to: '2020-03-31' });
    expect(rowsOf(fold(worker, duty, { to: '2020-03-31' }))).toMatchObject([
      { month: '2020-03', full: ['2020-03-01'] },
    ]);
  });

  it('changes kind on the day the engagement changes', () => {
    const facts = one([
      { kind: 'grid', to: '2020-02-03' },
      { kind: 'worker', from: '2020-02-04' },
    ]);
    const duty = worked(facts, [
      ['2020-02-03', '卡口', '08:00', '16:00'],
      ['2020-02-04', '卡口', '08:00', '16:00'],
    ]);
    expect(rowsOf(fold(facts, duty))).toMatchObject([
      { kind: 'worker', full: ['2020-02-04'] },
      { kind: 'grid', full: ['2020-02-03'], active: ['2020-02-01', '2020-02-02', '2020-02-03'] },
    ]);
  });

  it('marks the days already paid elsewhere on every row of the month', () => {
    const duty = worked(worker, [['2020-02-03', '卡口', '08:00', '16:00']]);
    const stretch = {
      person: 0,
      period: { from: day('2020-01-30'), until: day('2020-02-03') },
      item: null,
      sheet: null,
      row: 2,
    };
    const paid: PaidSheet = { stretches: [stretch], rows: 1, problems: [] };
    const folded = fold(worker, duty, { paid });
    expect(rowsOf(folded)).toMatchObject([{ paidElsewhere: ['2020-02-01', '2020-02-02'] }]);
    expect(folded.paidOf(0)).toEqual([stretch]);
  });
});

describe('two kinds on one day', () => {
  const both = one([{ kind: 'grid' }, { kind: 'worker' }]);

  it('are credited to the kind that comes first; the second has its own records for the kernel to refuse', () => {
    const duty = worked(both, [
      ['2020-02-10', '卡口', '08:00', '15:00', undefined, '社区工作者'],
      ['2020-02-10', '卡口', '15:00', '20:00', undefined, '网格员'],
    ]);
    expect(rowsOf(fold(both, duty))).toMatchObject([
      { kind: 'worker', full: ['2020-02-10'], half: [] },
      { kind: 'grid', full: [], half: ['2020-02-10'] },
    ]);
  });

  it('do not make a second claim where no record names the second kind', () => {
    const named = worked(both, [['2020-02-10', '卡口', '08:00', '15:00', undefined, '社区工作者']]);
    expect(rowsOf(fold(both, named))).toMatchObject([{ kind: 'worker' }]);
    const unnamed = worked(both, [['2020-02-10', '卡口', '08:00', '15:00']]);
    expect(rowsOf(fold(both, unnamed))).toMatchObject([
      { kind: 'worker' },
      { kind: 'grid', full: ['2020-02-10'] },
    ]);
  });

  it('give the time of all records to the first, also time reported under the second', () => {
    const duty = worked(both, [
      ['2020-02-10', '卡口', '08:00', '11:30', undefined, '社区工作者'],
      ['2020-02-10', '卡口', '12:00', '15:30', undefined, '网格员'],
    ]);
    expect(rowsOf(fold(both, duty))).toMatchObject([{ kind: 'worker', full: ['2020-02-10'] }]);
  });

  it('show a kind that is reported but not held in a row without engagement, after what is held', () => {
    const grid = one([{ kind: 'grid' }]);
    const duty = worked(grid, [
      ['2020-02-10', '卡口', '08:00', '15:00', undefined, '网格员'],
      ['2020-02-10', '卡口', '10:00', '15:00', undefined, '社区工作者'],
      ['2020-02-11', '卡口', '08:00', '15:00', undefined, '网格员'],
    ]);
    expect(rowsOf(fold(grid, duty))).toMatchObject([
      { kind: 'grid', engagement: 0, full: ['2020-02-10', '2020-02-11'] },
      {
        kind: 'worker',
        engagement: -1,
        full: [],
        half: ['2020-02-10'],
        // Not held is not in force: the kernel may refuse such a day and never pay it.
        active: [],
        place: grid.engagements[0]!.place,
      },
    ]);
  });

  it('never let a kind that is not held take a day for which the held kind has none', () => {
    const late = one([{ kind: 'grid' }]);
    const duty = worked(late, [
      ['2020-02-10', '党群服务中心', '09:00', '16:30', undefined, '网格员'],
      ['2020-02-10', '卡口', '09:00', '16:30', undefined, '社区工作者'],
    ]);
    const centreOnlyWhole: DayCredit = {
      attribution: () => 'natural-day',
      credit: (_place, _day, minutes) => ((minutes[0] ?? 0) > 360 || (minutes[1] ?? 0) >= 480 ? 2 : 0),
    };
    expect(rowsOf(fold(late, duty, { credit: centreOnlyWhole }))).toEqual([]);
  });
});

describe('one kind in two communities of one district', () => {
  const two = one([{ community: '福安里社区' }, { community: '康宁里社区' }]);

  it('goes to the community a record names, else to the first on the roster, and is never claimed twice', () => {
    const duty = worked(two, [
      ['2020-02-10', '卡口', '08:00', '15:00', '康宁里居委会'],
      ['2020-02-11', '卡口', '08:00', '15:00'],
      ['2020-02-12', '卡口', '08:00', '12:00', '康宁里'],
      ['2020-02-12', '卡口', '12:00', '16:00', '福安里'],
    ]);
    expect(rowsOf(fold(two, duty))).toMatchObject([
      { engagement: 0, full: ['2020-02-11', '2020-02-12'] },
      { engagement: 1, full: ['2020-02-10'] },
    ]);
  });
});

describe('two terms of one kind in one community', () => {
  it('are one row within a month, so that the month is rounded once', () => {
    const twice = one([{ to: '2020-02-10' }, { from: '2020-02-20' }]);
    const duty = worked(twice, [
      ['2020-02-10', '卡口', '08:00', '15:00'],
      ['2020-02-15', '卡口', '08:00', '15:00'],
      ['2020-02-20', '卡口', '08:00', '13:00'],
    ]);
    const rows = rowsOf(fold(twice, duty));
    expect(rows).toMatchObject([{ engagement: 0, full: ['2020-02-10'], half: ['2020-02-20'] }]);
    expect(rows[0]!.active).toHaveLength(20);
  });
});

describe('engagements in two districts on one day', () => {
  const two = one([{ district: '甲区' }, { district: '乙区', from: '2020-02-10' }]);

  it('each have the credit of the whole day, for the kernel to leave undetermined', () => {
    const duty = worked(two, [
      ['2020-02-09', '卡口', '08:00', '15:00', '福安里'],
      ['2020-02-10', '卡口', '08:00', '15:00', '福安里'],
    ]);
    expect(rowsOf(fold(two, duty))).toMatchObject([
      { engagement: 0, full: ['2020-02-09', '2020-02-10'] },
      { engagement: 1, full: ['2020-02-10'] },
    ]);
  });

  it('stand in the month together even where the second has no day of its own', () => {
    const duty = worked(two, [['2020-02-09', '卡口', '08:00', '15:00']]);
    const rows = rowsOf(fold(two, duty));
    expect(rows).toMatchObject([
      { engagement: 0, full: ['2020-02-09'] },
      { engagement: 1, full: [], half: [] },
    ]);
    expect(rows[1]!.active[0]).toBe('2020-02-10');
  });
});

describe('a grid folded', () => {
  const two = one([{ community: '福安里社区' }, { community: '康宁里社区', kind: 'grid' }]);
  const facts = context(two, '2020-02-01', '2020-02-29');

  it('takes credits as recorded, without asking about hours or posts', () => {
    const folded = fold(two, gridSheet(facts, [{ id: NUMBERS[0], marks: { 3: '√', 4: '△' } }]), {
      credit: {
        attribution: () => {
          throw new Error('no hours were seen');
        },
        credit: () => {
          throw new Error('no hours were seen');
        },
      },
    });
    expect(rowsOf(folded)).toMatchObject([{ kind: 'worker', full: ['2020-02-03'], half: ['2020-02-04'] }]);
    expect(folded.months.posts).toBeUndefined();
    expect(folded.recordsOf(0)[1]).toEqual({
      sheet: '2月',
      row: 2,
      date: '2020-02-04',
      post: null,
      from: null,
      to: null,
      marked: 1,
      kind: null,
      community: '福安里',
    });
    expect(folded.daysOf(0)[1]).toEqual({ date: '2020-02-04', minutes: null, credit: 1, engagement: 0 });
  });

  it('counts a day marked twice in one community once, and adds two communities up to a day', () => {
    const same = gridSheet(facts, [
      { id: NUMBERS[0], marks: { 3: '△' } },
      { id: NUMBERS[0], marks: { 3: '△' } },
    ]);
    expect(rowsOf(fold(two, same))).toMatchObject([{ full: [], half: ['2020-02-03'] }]);
    const grid = gridReader(facts);
    for (const community of ['福安里', '康宁里'])
      feed(grid, GRID_HEADINGS, gridRows([{ id: NUMBERS[0], marks: { 3: '△', 4: '√' } }]), {
        sheet: community,
        titles: [`${community}社区考勤表（2020年2月）`],
      });
    expect(rowsOf(fold(two, grid.finish()))).toMatchObject([
      { kind: 'worker', full: ['2020-02-03', '2020-02-04'], half: [] },
      { kind: 'grid', full: ['2020-02-04'], half: ['2020-02-03'] },
    ]);
  });
});

// The third reading: every minute of every day by itself, every rule as the brief sentence says it, no columns, no sweeps.

type Served = {
  person: number;
  start: number;
  end: number;
  post: number;
  kind: string | null;
  community: string | null;
};
type Terms = { gate: number; centre: number; half: number; whole: boolean };
type Case = {
  facts: RosterFacts;
  records: Served[];
  from: Day;
  until: Day;
  terms: Map<string, Terms>;
  numbered: boolean;
};

function creditOf({ terms, numbered }: Case): DayCredit {
  const places = [...terms.keys()];
  const credit: DayCredit = {
    attribution: (place, d) => (terms.get(place)!.whole !== (d % 2 === 0) ? 'shift-start' : 'natural-day'),
    credit(place, d, minutes) {
      const { gate, centre, half } = terms.get(place)!;
      const a = minutes[0]! + (d % 3);
      if (a > gate || minutes[1]! >= centre) return 2;
      return a + minutes[1]! > half ? 1 : 0;
    },
  };
  return numbered
    ? { ...credit, termsOf: (place, d) => places.indexOf(place) * 6 + (((d % 6) + 6) % 6) }
    : credit;
}

function naive(of: Case): Row[] {
  const { facts, records, from, until } = of;
  const credit = creditOf(of);
  const key = placeKeys(VOCABULARY);
  const packKinds = VOCABULARY.kinds.map((k) => k.id);
  const rows: Row[] = [];
  for (const { index: person } of facts.persons) {
    const mine = facts.engagements.filter((e) => e.person === person);
    const openKinds = [...new Set(mine.map((e) => e.kind).filter((k) => !packKinds.includes(k)))];
    const precedence = (kind: string) =>
      packKinds.includes(kind) ? packKinds.indexOf(kind) : packKinds.length + openKinds.indexOf(kind);
    const inOrder = [...mine].sort((a, b) => precedence(a.kind) - precedence(b.kind) || a.index - b.index);
    const inForce = (d: Day) => inOrder.filter((e) => d >= e.period.from && d < e.period.until);
    const his = records
      .filter((r) => r.person === person)
      // A record wholly outside every engagement was set aside when it was read.
      .filter((r) => inForce(dayAt(r.start)).length > 0 || inForce(dayAt(r.end - 1)).length > 0);

    /** The day a minute of a record counts for. */
    const dayFor = (r: Served, minute: number): Day => {
      const began = dayAt(r.start);
      const place = (inForce(began)[0] ?? inForce(began + 1)[0])?.place;
      if (place === undefined) return dayAt(minute);
      return credit.attribution(place, began) === 'shift-start' ? began : dayAt(minute);
    };
    const minutesOn = (d: Day, some: Served[]): number[] => {
      const minutes = VOCABULARY.posts.map(() => 0);
      for (let minute = d * 1440; minute < (d + 2) * 1440; minute++) {
        let owner: Served | null = null;
        for (const r of some) {
          if (r.start <= minute && minute < r.end && (owner === null || r.start < owner.start)) owner = r;
        }
        if (owner && dayFor(owner, minute) === d) minutes[owner.post]!++;
      }
      return minutes;
    };
    const on = (d: Day) => his.filter((r) => dayFor(r, r.start) === d || dayFor(r, r.end - 1) === d);

    const credited = new Map<
      string,
      { row: Omit<Row, 'full' | 'half' | 'posts' | 'paidElsewhere'>; full: Day[]; half: Day[] }
    >();
    const posts = new Map<string, Map<string, Day[]>>();
    const put = (d: Day, e: Engaged | null, kind: string, place: string, half: number) => {
      if (half === 0) return;
      const month = isoDay(d).slice(0, 7);
      const id = `${month} ${e?.index ?? `${kind} ${place}`}`;
      const entry = credited.get(id) ?? {
        row: { person, month, engagement: e?.index ?? -1, kind, place, active: [] },
        full: [],
        half: [],
      };
      entry[half === 2 ? 'full' : 'half'].push(d);
      credited.set(id, entry);
    };

    for (let d = from; d < until; d++) {
      const candidates = inForce(d);
      const whole = minutesOn(d, his);
      if (candidates.length === 0 || whole.every((m) => m === 0)) continue;
      const main = whole.indexOf(Math.max(...whole));
      const month = isoDay(d).slice(0, 7);
      const ofMonth = posts.get(month) ?? new Map<string, Day[]>();
      posts.set(month, ofMonth);
      ofMonth.set(VOCABULARY.posts[main]!.id, [...(ofMonth.get(VOCABULARY.posts[main]!.id) ?? []), d]);

      // One kind under one paying division is one claim.
      const claims: Engaged[][] = [];
      for (const e of candidates) {
        const same = claims.find((c) => c[0]!.kind === e.kind && c[0]!.paying === e.paying);
        if (same) same.push(e);
        else claims.push([e]);
      }
      const chosen = claims.map(
        (c) => c.find((e) => on(d).some((r) => r.community === key(e.community))) ?? c[0]!,
      );
      const paying = new Set<string>();
      let paid = false;
      claims.forEach((claim, n) => {
        const e = chosen[n]!;
        if (!paying.has(e.paying)) {
          paying.add(e.paying);
          const half = credit.credit(e.place, d, whole);
          if (half > 0) paid = true;
          put(d, e, e.kind, e.place, half);
          return;
        }
        const own = his.filter((r) => {
          const named =
            r.kind !== null && (packKinds.includes(r.kind) || candidates.some((c) => c.kind === r.kind))
              ? r.kind
              : null;
          if (named === null && r.community === null) return true;
          return named === e.kind || claim.some((c) => key(c.community) === r.community);
        });
        put(d, e, e.kind, e.place, credit.credit(e.place, d, minutesOn(d, own)));
      });
      if (!paid) continue;
      for (const kind of packKinds) {
        if (candidates.some((c) => c.kind === kind) || !on(d).some((r) => r.kind === kind)) continue;
        const own = his.filter((r) => r.kind === kind);
        const { place } = chosen[0]!;
        put(d, null, kind, place, credit.credit(place, d, minutesOn(d, own)));
      }
    }

    for (const month of [...new Set([...credited.values()].map((c) => c.row.month))].sort()) {
      const entries = [...credited.values()].filter((c) => c.row.month === month);
      const payers = new Set(entries.flatMap((c) => facts.engagements[c.row.engagement]?.paying ?? []));
      const active = (e: Engaged) => {
        const out: string[] = [];
        for (let d = from; d < until; d++) {
          if (isoDay(d).slice(0, 7) === month && d >= e.period.from && d < e.period.until)
            out.push(isoDay(d));
        }
        return out;
      };
      const base = {
        paidElsewhere: [],
        posts: Object.fromEntries(
          VOCABULARY.posts.map((post) => [post.id, (posts.get(month)?.get(post.id) ?? []).map(isoDay)]),
        ),
      };
      // Terms of one kind in one community within the month are one claim.
      const inMonth = inOrder.filter((e) => active(e).length > 0);
      for (const e of inMonth) {
        const terms = inMonth.filter((o) => o.kind === e.kind && o.place === e.place);
        if (terms[0] !== e) continue;
        const theirs = entries.filter((c) => terms.some((t) => t.index === c.row.engagement));
        if (theirs.length === 0 && ![...payers].some((p) => p !== e.paying)) continue;
        const written = (found: Day[]) => [...new Set(found)].sort((a, b) => a - b).map(isoDay);
        rows.push({
          person,
          month,
          engagement: e.index,
          kind: e.kind,
          place: e.place,
          active: [...new Set(terms.flatMap(active))].sort(),
          full: written(theirs.flatMap((c) => c.full)),
          half: written(theirs.flatMap((c) => c.half)),
          ...base,
        });
      }
      for (const { row, full, half } of entries.filter((c) => c.row.engagement < 0)) {
        rows.push({ ...row, active: [], full: full.map(isoDay), half: half.map(isoDay), ...base });
      }
    }
  }
  return rows;
}

const dayAt = (minute: number): Day => Math.floor(minute / 1440);

const FROM = day('2020-02-27');
const UNTIL = day('2020-03-03');
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const held = fc.record({
  kind: fc.constantFrom('committee', 'worker', 'grid', '?保洁员', '?楼长'),
  community: fc.constantFrom('福安里社区', '康宁里社区', '长乐里社区'),
  district: fc.constantFrom('甲区', '甲区', '甲区', '乙区'),
  from: fc.option(fc.integer({ min: -3, max: 5 }), { freq: 2 }),
  length: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 2 }),
});

const shift = fc.record({
  person: fc.nat({ max: 1 }),
  day: fc.integer({ min: -2, max: 5 }),
  // Half hours meet and overlap often; every minute of the day would hardly ever.
  start: fc.integer({ min: 0, max: 47 }).map((n) => n * 30),
  minutes: fc.integer({ min: 1, max: 48 }).map((n) => n * 30),
  post: fc.nat({ max: 1 }),
  kind: fc.option(fc.constantFrom('committee', 'worker', 'grid', '?保洁员', '?楼长'), { freq: 2 }),
  community: fc.option(fc.constantFrom('福安里', '康宁里', '长乐里', '别处'), { freq: 2 }),
});

const terms = fc.record({
  gate: fc.constantFrom(120, 240, 360),
  centre: fc.constantFrom(240, 480),
  half: fc.constantFrom(60, 180, 240),
  whole: fc.boolean(),
});

describe('the fold', () => {
  it('comes to what counting every minute by itself comes to, for any people, engagements, records and terms', () => {
    let rowsSeen = 0;
    let notHeldSeen = 0;
    let secondsSeen = 0;
    fc.assert(
      fc.property(
        fc.array(fc.array(held, { maxLength: 4 }), { minLength: 2, maxLength: 2 }),
        fc.array(shift, { maxLength: 9 }),
        fc.array(terms, { minLength: 6, maxLength: 6 }),
        fc.boolean(),
        (holdings, shifts, termsDrawn, numbered) => {
          const facts = roster(
            holdings.map((holds, i) => ({
              name: `某${i}`,
              holds: holds.map((h) => ({
                ...h,
                from: h.from === null ? null : isoDay(FROM + h.from),
                to: h.length === null ? null : isoDay(FROM + (h.from ?? 0) + h.length - 1),
              })),
            })),
          );
          const places = [...new Set(facts.engagements.map((e) => e.place))].sort();
          const open = new Set(facts.engagements.map((e) => e.kind));
          const of: Case = {
            facts,
            // An open kind that nobody holds is no kind of the sheet's.
            records: shifts.map((s) => ({
              person: s.person,
              start: (FROM + s.day) * 1440 + s.start,
              end: (FROM + s.day) * 1440 + s.start + s.minutes,
              post: s.post,
              kind: s.kind?.startsWith('?') && !open.has(s.kind) ? null : s.kind,
              community: s.community,
            })),
            from: FROM,
            until: UNTIL,
            terms: new Map(places.map((place, i) => [place, termsDrawn[i]!])),
            numbered,
          };
          const duty = dutySheet(
            context(facts, isoDay(FROM), isoDay(UNTIL - 1)),
            shifts.map((s) => {
              const end = s.start + s.minutes;
              return [
                NUMBERS[s.person]!,
                null,
                isoDay(FROM + s.day),
                VOCABULARY.posts[s.post]!.label,
                clock(s.start),
                end === 1440
                  ? '24:00'
                  : end - 1440 >= s.start
                    ? `次日${clock(end - 1440)}`
                    : clock(end % 1440),
                null,
                s.community,
                s.kind?.replace('?', '') ?? null,
              ];
            }),
          );
          const folded = foldDuty({
            roster: facts,
            vocabulary: VOCABULARY,
            duty,
            credit: creditOf(of),
            from: FROM,
            until: UNTIL,
          });
          const rows = rowsOf(folded);
          expect(rows).toEqual(naive(of));
          rowsSeen += rows.length;
          notHeldSeen += rows.filter((row) => row.engagement < 0).length;
          secondsSeen += rows.filter(
            (row, i) => row.person === rows[i - 1]?.person && row.month === rows[i - 1]?.month,
          ).length;
          // The days a person is shown agree with the rows.
          for (const person of [0, 1]) {
            for (const seen of folded.daysOf(person)) {
              if (seen.credit === 0) continue;
              const { kind, place } = facts.engagements[seen.engagement]!;
              const row = rows.find(
                (r) =>
                  r.person === person &&
                  r.engagement >= 0 &&
                  r.kind === kind &&
                  r.place === place &&
                  r.month === seen.date.slice(0, 7),
              );
              expect(seen.credit === 2 ? row?.full : row?.half).toContain(seen.date);
            }
          }
        },
      ),
      { numRuns: 400, seed: 20200303 },
    );
    // The draw must have reached what it is for.
    expect(rowsSeen).toBeGreaterThan(400);
    expect(notHeldSeen).toBeGreaterThan(40);
    expect(secondsSeen).toBeGreaterThan(100);
  });

  it('does not depend on the order of the rows of the sheet', () => {
    const shifts: Shift[] = [
      ['2020-02-03', '卡口', '08:00', '12:00'],
      ['2020-02-01', '卡口', '22:00', '06:00'],
      ['2020-02-03', '党群服务中心', '11:00', '17:00'],
      ['2020-02-02', '卡口', '05:00', '12:00'],
    ];
    const first = rowsOf(fold(worker, worked(worker, shifts)));
    expect(rowsOf(fold(worker, worked(worker, [...shifts].reverse())))).toEqual(first);
    expect(first).toMatchObject([{ full: ['2020-02-02', '2020-02-03'] }]);
  });

  it('stops when it is told to', () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped by hand'));
    expect(() =>
      foldDuty({
        roster: worker,
        vocabulary: VOCABULARY,
        duty: worked(worker, [['2020-02-03', '卡口', '08:00', '16:00']]),
        credit: SIX_EIGHT_FOUR,
        from: FROM,
        until: UNTIL,
        progress: { report: () => {}, signal: stop.signal },
      }),
    ).toThrow('stopped by hand');
  });
});
