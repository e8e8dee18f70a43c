import type { Months } from '../policy/months.ts';
import { daysInMonth, parseMonth } from '../values/date.ts';
import type { Seeded } from './seeded.ts';

/** January 2020 holds the first day of Level I (the 24th), April the last (the 29th): both cut a month. */
const FIRST_MONTH = parseMonth('2020-01') ?? 0;
const MONTHS = 4;

/** Kinds by what a worker is in the mix, as the pack names them. */
export type Mix = {
  readonly shared: readonly string[];
  readonly grid: string;
  readonly added: string;
  readonly refused: readonly string[];
};

/**
 * Day maps of invented workers, as duty folds into them: 60 in a hundred of one of the shared kinds, 25 of the grid, 15
 * of both (two rows), four months each. Of the first, 3 in a hundred are of a kind that is refused and 1 of one the
 * district must add. About two days in three are served, one in ten of those by half; some begin within a month, some
 * were paid by another scheme for a week, some are reported under the second kind without holding it.
 */
export function workerMonths(count: number, mix: Mix, places: readonly string[], random: Seeded): Months {
  const kinds = [...mix.shared, mix.grid, mix.added, ...mix.refused];
  const kindOf = (id: string): number => kinds.indexOf(id);
  const room = Math.ceil(count * 1.2);
  const person = new Int32Array(room);
  const month = new Int32Array(room);
  const place = new Int32Array(room);
  const kind = new Uint16Array(room);
  const full = new Int32Array(room);
  const half = new Int32Array(room);
  const active = new Int32Array(room);
  const paidElsewhere = new Int32Array(room);
  let rows = 0;
  for (let p = 0; p * MONTHS < count; p++) {
    const sort = random.next();
    const own =
      sort >= 0.6 && sort < 0.85
        ? mix.grid
        : random.chance(0.03)
          ? random.one(mix.refused)
          : random.chance(0.01)
            ? mix.added
            : random.one(mix.shared);
    const isBoth = sort >= 0.85 && mix.shared.includes(own);
    const at = random.below(places.length);
    const served = 0.5 + random.next() * 0.35;
    const begins = random.chance(0.04) ? random.below(MONTHS * 30) : 0;
    const holdsSecond = !random.chance(0.1);
    for (let m = 0; m < MONTHS; m++) {
      const whole = mapOf(daysInMonth(FIRST_MONTH + m), 0);
      const held = begins > m * 30 ? whole & ~mapOf(Math.min(31, begins - m * 30), 0) : whole;
      const paid = random.chance(0.03) ? whole & mapOf(7, random.below(24)) : 0;
      const days = random.days(served) & whole;
      const byHalf = random.days(0.1) & days;
      for (let second = 0; second < (isBoth ? 2 : 1); second++) {
        // Of the second kind some records are its own, on days of the first and on others.
        const mine = second === 0 ? days : random.days(0.4) & whole;
        const mineByHalf = second === 0 ? byHalf : random.days(0.1) & mine;
        person[rows] = p;
        month[rows] = FIRST_MONTH + m;
        place[rows] = at;
        kind[rows] = kindOf(second === 0 ? own : mix.grid);
        full[rows] = mine & ~mineByHalf;
        half[rows] = mineByHalf;
        active[rows] = second === 0 ? held : holdsSecond ? whole : 0;
        paidElsewhere[rows] = paid;
        rows++;
      }
    }
  }
  return {
    count: rows,
    person: person.slice(0, rows),
    month: month.slice(0, rows),
    place: place.slice(0, rows),
    kind: kind.slice(0, rows),
    full: full.slice(0, rows),
    half: half.slice(0, rows),
    active: active.slice(0, rows),
    paidElsewhere: paidElsewhere.slice(0, rows),
    places,
    kinds,
  };
}

/** `days` bits from bit `from` on. */
function mapOf(days: number, from: number): number {
  return ((days === 31 ? 0x7fff_ffff : (1 << days) - 1) << from) & 0x7fff_ffff;
}

/** How many workers' months the rows are: a person of two kinds has two rows in one month and is one worker. */
export function workersIn(months: Months): number {
  let workers = 0;
  for (let r = 0; r < months.count; r++) {
    if (r === 0 || months.person[r] !== months.person[r - 1] || months.month[r] !== months.month[r - 1])
      workers++;
  }
  return workers;
}
