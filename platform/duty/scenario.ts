import type { Policy } from '../../policy/policy.ts';
import type { ScenarioFold, ScenarioPeople } from '../../policy/prove.ts';
import {
  type Day,
  daysInMonth,
  EVER,
  firstDay,
  isoDay,
  type Month,
  monthOf,
  NEVER,
  parseDay,
  partsOf,
} from '../../values/date.ts';
import { readIdentity } from '../../values/identity.ts';
import { common, type Period } from '../../values/period.ts';
import type { Vocabulary } from '../../values/vocabulary.ts';
import { readTime } from '../../values/written-date.ts';
import type { Cell } from '../sheets/contract.ts';
import type {
  DutyContext,
  DutySheet,
  Engaged,
  Enrolled,
  Folded,
  PaidSheet,
  RosterFacts,
} from './contract.ts';
import { type DutyReader, dutyReader } from './duty.ts';
import { foldDuty } from './fold.ts';
import { gridReader } from './grid.ts';
import { paidReader } from './paid.ts';
import { termFinder } from './wording.ts';

/**
 * Turns the people of a scenario into months the way sheets are turned: their duty is typed, cell by cell, into the
 * readers of the duty sheet, of the monthly grid and of the days already paid, and goes through the one fold. What a
 * scenario proves is therefore what a sheet gets.
 *
 * Entries with one identity number, written with 15 or 18 digits, are one person who goes by the name of the first.
 * Whoever has no number is given an invented one. `problems` says what of a scenario cannot be meant: a post, kind,
 * place or number that is none, hours beside marks. What a sheet may rightly hold (duty outside the engagement, a kind
 * not held) is no such problem.
 */
export const foldScenario: ScenarioFold = (people, policy, period) => {
  const vocabulary = policy.vocabulary();
  const problems: string[] = [];
  const enrolled = enrol(people, policy, vocabulary, period.until, problems);
  const context: DutyContext = {
    roster: enrolled.roster,
    vocabulary,
    from: period.from,
    until: period.until,
    file: null,
  };
  const entries = Object.entries(people);
  const hours = entries.some(([, p]) => p.duty.length > 0);
  const marks = entries.some(([, p]) => p.days.length > 0);
  if (hours && marks) problems.push('duty and days: a scenario has hours or marks, not both');
  const duty =
    marks && !hours ? markSheet(people, enrolled, context) : recordSheet(people, enrolled, context, problems);
  const paid = paidSheet(people, enrolled, context);
  const folded = foldDuty({
    roster: enrolled.roster,
    vocabulary,
    duty,
    paid,
    credit: policy,
    from: period.from,
    until: period.until,
  });
  return {
    months: { ...folded.months, area: areasOf(folded, enrolled.areas), served: servedOn(folded, period) },
    persons: enrolled.roster.persons.map((p) => p.name),
    problems,
  };
};

const DAY_MINUTES = 1440;

type Area = 'urban' | 'rural' | null;

/** The roster of a scenario; `written` is each entry's number as it wrote it, `areas` the 城乡 of each engagement. */
type EnrolledPeople = {
  readonly roster: RosterFacts;
  readonly written: ReadonlyMap<string, string>;
  readonly areas: readonly Area[];
};

function enrol(
  people: ScenarioPeople,
  policy: Policy,
  vocabulary: Vocabulary,
  asOf: Day,
  problems: string[],
): EnrolledPeople {
  const persons: Enrolled[] = [];
  const engagements: Engaged[] = [];
  const areas: Area[] = [];
  const written = new Map<string, string>();
  const findKind = termFinder(vocabulary.kinds);
  for (const [name, given] of Object.entries(people)) {
    const number = given.id ?? inventedNumber(written.size);
    const read = readIdentity(number, asOf);
    if (read.ok === null) problems.push(`${name}: ${read.reason.en}`);
    const id = read.ok ?? number;
    written.set(name, number);
    let person = persons.find((p) => p.id === id);
    if (!person) {
      person = { index: persons.length, id, name };
      persons.push(person);
    }
    for (const e of given.engagements) {
      const place = policy.divisions.of(e.place);
      if (!place) problems.push(`${name}: there is no division ${e.place}`);
      const known = findKind(e.kind);
      if (known < 0 && !vocabulary.kindsAreOpen) problems.push(`${name}: "${e.kind}" is no kind of the pack`);
      const paying = policy.terms.divisionOf(policy.pack.pays, e.place) ?? e.place;
      engagements.push({
        index: engagements.length,
        person: person.index,
        kind: vocabulary.kinds[known]?.id ?? `?${e.kind.replace(/^\?/, '')}`,
        kindText: vocabulary.kinds[known]?.label ?? e.kind.replace(/^\?/, ''),
        place: e.place,
        paying,
        community: place?.name ?? e.place,
        street: null,
        district: policy.divisions.of(paying)?.name ?? paying,
        period: daysOf(e.from, e.to),
      });
      areas.push(e.area ?? null);
    }
  }
  return { roster: { persons, engagements }, written, areas };
}

/** A number nobody has: the fifteen digits of somebody born on 1 January 1900, which every reader knows how to complete. */
function inventedNumber(sequence: number): string {
  const fifteen = `120101000101${String(sequence + 1).padStart(3, '0')}`;
  return readIdentity(fifteen, NEVER).ok ?? fifteen;
}

/** Inclusive days as a scenario writes them; either end may be open. */
function daysOf(from: string | undefined, to: string | undefined): Period {
  return {
    from: from === undefined ? EVER : (parseDay(from) ?? EVER),
    until: to === undefined ? NEVER : (parseDay(to) ?? NEVER - 1) + 1,
  };
}

const DUTY = ['id', 'date', 'post', 'start', 'end', 'kind'] as const;

function recordSheet(
  people: ScenarioPeople,
  { written }: EnrolledPeople,
  context: DutyContext,
  problems: string[],
): DutySheet {
  const findPost = termFinder(context.vocabulary.posts);
  const findKind = termFinder(context.vocabulary.kinds);
  const rows: Cell[][] = [];
  for (const [name, person] of Object.entries(people)) {
    for (const d of person.duty) {
      if (findPost(d.at) < 0) problems.push(`${name}: "${d.at}" is no post of the pack`);
      if (d.as !== undefined && findKind(d.as) < 0 && !context.vocabulary.kindsAreOpen)
        problems.push(`${name}: "${d.as}" is no kind of the pack`);
      if (readTime(d.from) === null || readTime(d.to) === null)
        problems.push(`${name}: ${d.from} to ${d.to} are no times of day`);
      const { from, until } = daysOf(d.on, d.through ?? d.on);
      if (until <= from) problems.push(`${name}: duty through ${d.through} ends before ${d.on}`);
      for (let day = from; day < until; day++)
        rows.push([written.get(name) ?? null, isoDay(day), d.at, d.from, d.to, d.as ?? null]);
    }
  }
  return typed(dutyReader(context), DUTY, rows);
}

/** The marks of a scenario as monthly grids, one worksheet a month: what the reader of 考勤表 expects. */
function markSheet(people: ScenarioPeople, { written }: EnrolledPeople, context: DutyContext): DutySheet {
  const reading = gridReader(context);
  const months = new Set<Month>();
  const stretches = Object.entries(people).flatMap(([name, person]) =>
    person.days.map((d) => ({ name, period: daysOf(d.from, d.to), mark: d.credit === 1 ? '√' : '△' })),
  );
  for (const { period } of stretches)
    for (let day = period.from; day < period.until; day++) months.add(monthOf(day));
  for (const month of [...months].sort((a, b) => a - b)) {
    const first = firstDay(month);
    const whole = { from: first, until: first + daysInMonth(month) };
    const days = Array.from({ length: daysInMonth(month) }, (_, i) => i + 1);
    const { year, month: number } = partsOf(first);
    const rows: Cell[][] = [];
    for (const { name, period, mark } of stretches) {
      const within = common(period, whole);
      if (!within) continue;
      const row: Cell[] = [
        name,
        written.get(name) ?? null,
        ...days.map((d) => (first + d - 1 >= within.from && first + d - 1 < within.until ? mark : null)),
      ];
      // One row for each person: a second stretch of theirs fills what the first left empty.
      const before = rows.find((r) => r[0] === name);
      if (before)
        row.forEach((cell, i) => {
          before[i] ??= cell;
        });
      else rows.push(row);
    }
    const title = `值守考勤表（${year} 年 ${number} 月）`;
    handOver(reading, `${year}年${number}月`, { name: 0, id: 1 }, ['姓名', '身份证号', ...days], rows, [
      title,
    ]);
  }
  return reading.finish();
}

function paidSheet(
  people: ScenarioPeople,
  { written }: EnrolledPeople,
  context: DutyContext,
): PaidSheet | null {
  const rows = Object.entries(people).flatMap(([name, person]) =>
    person['paid-elsewhere'].map((p): Cell[] => [written.get(name) ?? null, p.from, p.to]),
  );
  return rows.length === 0 ? null : typed(paidReader(context), ['id', 'first', 'last'], rows);
}

function typed<Sheet>(
  reading: DutyReader<Sheet>,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Sheet {
  handOver(reading, '', Object.fromEntries(columns.map((id, i) => [id, i])), columns, rows);
  return reading.finish();
}

/** Hands rows to a reader as a file would: the heading in row 1, the first record in row 2. */
function handOver<Sheet>(
  { reader }: DutyReader<Sheet>,
  sheet: string,
  at: Readonly<Record<string, number>>,
  headings: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  titles: readonly string[] = [],
): void {
  reader.header({ sheet, row: 1, at, headings, titles });
  rows.forEach((cells, i) => {
    reader.row(i + 2, cells);
  });
}

/** The 城乡 of each row of the months, as the kernel codes it: a formula may ask for it. */
function areasOf({ months, engagementOf }: Folded, areas: readonly Area[]): Uint8Array {
  return Uint8Array.from({ length: months.count }, (_, r) => {
    const area = engagementOf[r] < 0 ? null : areas[engagementOf[r]];
    return area === 'urban' ? 1 : area === 'rural' ? 2 : 0;
  });
}

/**
 * For each row of the months the civil days on which the person had any duty at all, too short to be credited or not: a
 * rest day has none (reading D4). A shift over midnight is duty on both days, whichever of them it is credited to.
 */
function servedOn({ months, recordsOf }: Folded, { from, until }: Period): Int32Array {
  const served = new Int32Array(months.count);
  let person = -1;
  let days: Day[] = [];
  for (let r = 0; r < months.count; r++) {
    if (months.person[r] !== person) {
      person = months.person[r];
      days = recordsOf(person).flatMap((record) => {
        const began = parseDay(record.date) as Day;
        return record.to !== null && record.to > DAY_MINUTES ? [began, began + 1] : [began];
      });
    }
    const first = firstDay(months.month[r]);
    const end = Math.min(until, first + daysInMonth(months.month[r]));
    for (const day of days) if (day >= Math.max(from, first) && day < end) served[r] |= 1 << (day - first);
  }
  return served;
}
