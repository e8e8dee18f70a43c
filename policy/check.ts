import { type Day, daysInMonth, firstDay, weekdayOf } from '../values/date.ts';
import { fraction } from '../values/fraction.ts';
import type { Text } from '../values/text.ts';
import { evaluate, Gaps } from './evaluate.ts';
import type { Months } from './months.ts';
import type { Duty } from './pack.ts';
import type { Terms } from './terms.ts';

/** A duty found not to be kept: a fact about an arrangement, never a score of a person. Both days are included. */
export type Finding = {
  readonly duty: string;
  readonly clause: string;
  readonly person: number;
  readonly from: Day;
  readonly to: Day;
  readonly effect: 'warn' | 'lock';
  /** From this day on the person may not be put on a shift, where the effect is a lock. */
  readonly lockedFrom: Day | null;
  readonly says: Text;
};

/**
 * Holds the duties of the pack against who served when. A week is judged only where the months show it whole and the
 * person was engaged on all its days; a run of duty days is told once, on the day it reaches what the duty allows.
 * Source: the rest clauses of each notice; readings D4 (a rest day is a civil day without any duty), D5 and D6.
 */
export function checkDuties(duties: readonly Duty[], terms: Terms, months: Months): Finding[] {
  const findings: Finding[] = [];
  for (let start = 0; start < months.count; ) {
    let end = start + 1;
    while (end < months.count && months.person[end] === months.person[start]) end++;
    const served = new Set<Day>();
    const active = new Set<Day>();
    for (let r = start; r < end; r++) {
      const first = firstDay(months.month[r]);
      const duty = months.served?.[r] ?? months.full[r] | months.half[r];
      for (let d = 0; d < daysInMonth(months.month[r]); d++) {
        if (((duty >>> d) & 1) === 1) served.add(first + d);
        if ((((duty | months.active[r]) >>> d) & 1) === 1) active.add(first + d);
      }
    }
    const place = months.places[months.place[start]];
    for (const duty of duties) {
      const found =
        duty.each === 'week'
          ? weeks(duty, terms, place, active, served)
          : longRuns(duty, terms, place, served);
      findings.push(
        ...found.map((f) => ({
          ...f,
          duty: duty.id,
          clause: duty.clause,
          person: months.person[start],
          effect: duty.effect,
          says: duty.says,
        })),
      );
    }
    start = end;
  }
  return findings;
}

type Span = Pick<Finding, 'from' | 'to' | 'lockedFrom'>;

function weeks(
  duty: Duty,
  terms: Terms,
  place: string,
  active: ReadonlySet<Day>,
  served: ReadonlySet<Day>,
): Span[] {
  const out: Span[] = [];
  for (const from of [...active].sort((a, b) => a - b)) {
    const sunday = duty.weekStarts !== null && terms.reading(duty.weekStarts, place, from).value === 'sunday';
    if (weekdayOf(from) !== (sunday ? 7 : 1)) continue;
    const week = Array.from({ length: 7 }, (_, i) => from + i);
    if (!week.every((d) => active.has(d))) continue;
    const rest = week.filter((d) => !served.has(d)).length;
    if (holds(duty, terms, place, from + 6, { 'rest-days': rest, 'days-in-week': 7 }))
      out.push({ from, to: from + 6, lockedFrom: duty.effect === 'lock' ? from + 7 : null });
  }
  return out;
}

function longRuns(duty: Duty, terms: Terms, place: string, served: ReadonlySet<Day>): Span[] {
  const out: Span[] = [];
  let from = 0;
  let told = false;
  let last = Number.NEGATIVE_INFINITY;
  for (const day of [...served].sort((a, b) => a - b)) {
    if (day !== last + 1) {
      from = day;
      told = false;
    }
    last = day;
    if (!told && holds(duty, terms, place, day, { 'run-days': day - from + 1 })) {
      out.push({ from, to: day, lockedFrom: duty.effect === 'lock' ? day + 1 : null });
      told = true;
    }
  }
  return out;
}

function holds(duty: Duty, terms: Terms, place: string, day: Day, numbers: Record<string, number>): boolean {
  const facts = Object.fromEntries(Object.entries(numbers).map(([k, v]) => [k, fraction(v)]));
  const value = evaluate(duty.findingWhen, { terms, place, day, facts });
  return !(value instanceof Gaps) && value === true;
}
