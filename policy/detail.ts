import { daysInMonth, firstDay } from '../values/date.ts';
import { compare, type Fraction, fraction, minus, ONE, plus, times, ZERO } from '../values/fraction.ts';
import { addUp, type ClaimDay, type ClaimSum } from './claim.ts';
import { type DayOutcome, type DaysRead, daysRead, kindFor, readShares } from './day.ts';
import { evaluate, Gaps } from './evaluate.ts';
import type { Months } from './months.ts';
import type { Benefit, Refusal } from './pack.ts';
import type { Missing, Terms } from './terms.ts';

/** One credited day of one row, and what became of it. `credit` is in half-days. */
export type DayResult = { readonly day: number; readonly credit: 1 | 2; readonly outcome: DayResultOutcome };
type DayResultOutcome =
  | Extract<DayOutcome, { is: 'granted' }>
  | { readonly is: 'refused'; readonly refusal: Refusal; readonly second?: number }
  | { readonly is: 'undetermined'; readonly missing: readonly Missing[] }
  /** Told by another row of the same person, or reported under a kind not held: nothing to report here. */
  | { readonly is: 'elsewhere' };

/** One row of the months read day by day: each credited day, the days paid, the sum. */
export type RowResult = {
  readonly row: number;
  readonly days: readonly DayResult[];
  /** Half-days granted. */
  readonly granted: number;
  readonly sum: ClaimSum;
  /** The cap on the amount that the days counted would exceed, if there is one. */
  readonly capped: Refusal | null;
  readonly shareMissing: readonly Missing[];
};

/** What a person has drawn under a benefit before this month, in half-days and fen: what caps over a period count from. */
export type Drawn = { half: number; fen: number };

/** Nothing yet, to be added to: a new one each time. */
export const NOT_DRAWN = (): Drawn => ({ half: 0, fen: 0 });

const ALREADY_PAID = { zh: '该日已由其他项目发放', en: 'the day was already paid under another scheme' };

/** The refusal of a day that another scheme has paid, under the clause that forbids drawing twice. */
export const paidElsewhere = (benefit: Benefit): Refusal => ({
  clause: benefit.once?.clause ?? benefit.clause,
  says: ALREADY_PAID,
});
/** True of a refusal made by `paidElsewhere`. */
export const isPaidElsewhere = (refusal: Refusal): boolean => refusal.says === ALREADY_PAID;

/**
 * Reads the rows of one person in one month (from `start` to before `end`) under one benefit, one day after another, the
 * way a clerk would: is the day already paid elsewhere, do two districts hold the person, does an earlier kind hold the
 * day, what do the terms of that day say, is a cap reached. The batch must agree with this to the fen.
 */
export function readRows(
  benefit: Benefit,
  terms: Terms,
  months: Months,
  start: number,
  end: number,
  drawn: Drawn = NOT_DRAWN(),
): RowResult[] {
  const month = months.month[start];
  const first = firstDay(month);
  const rows: RowResult[] = [];
  const days: DayResult[][] = [];
  const read: DaysRead[] = [];
  for (let r = start; r < end; r++) {
    days.push([]);
    const area = months.area?.[r] ?? 0;
    read.push(
      daysRead(
        benefit,
        terms,
        months.places[months.place[r]],
        months.kinds[months.kind[r]],
        area === 1 ? 'urban' : area === 2 ? 'rural' : null,
      ),
    );
  }
  const length = daysInMonth(month);
  for (let d = 0; d < length; d++) {
    let heldBy = -1;
    const two = twoDistricts(terms, months, read, start, end, first, d);
    let twoTold = false;
    for (let r = start; r < end; r++) {
      const credit = creditOf(months, r, d);
      if (credit === 0) continue;
      const tell = (outcome: DayResultOutcome): void => {
        days[r - start].push({ day: first + d, credit, outcome });
      };
      const inForce = ((months.active[r] >>> d) & 1) === 1;
      if (!inForce && !(benefit.once && heldBy >= 0)) tell({ is: 'elsewhere' });
      else if (((months.paidElsewhere[r] >>> d) & 1) === 1) {
        tell({ is: 'refused', refusal: paidElsewhere(benefit) });
      } else {
        const outcome = read[r - start].on(first + d, postOf(months, r, d), credit);
        if (two && outcome.is !== 'refused') {
          tell(twoTold ? { is: 'elsewhere' } : { is: 'undetermined', missing: [two] });
          twoTold = true;
          continue;
        }
        if (benefit.once && heldBy >= 0 && outcome.is !== 'refused') {
          tell({
            is: 'refused',
            refusal: { clause: benefit.once.clause, says: benefit.once.says },
            second: heldBy,
          });
          continue;
        }
        if (outcome.is !== 'refused') heldBy = r;
        tell(outcome);
      }
    }
  }
  // A cap per month is the person's, whatever number of rows the month has.
  const inMonth = NOT_DRAWN();
  for (let r = start; r < end; r++)
    rows.push(sumRow(benefit, terms, months, r, days[r - start], drawn, inMonth));
  return rows;
}

function creditOf(months: Months, r: number, d: number): 0 | 1 | 2 {
  return ((months.full[r] >>> d) & 1) === 1 ? 2 : ((months.half[r] >>> d) & 1) === 1 ? 1 : 0;
}

/** The main post of a day, as an index into the pack's posts; −1 when none was seen. */
function postOf(months: Months, r: number, d: number): number {
  const { posts } = months;
  if (posts) for (let p = 0; p < posts.length; p++) if (((posts[p][r] >>> d) & 1) === 1) return p;
  return -1;
}

/**
 * Reading D22: two paying divisions hold the person on one day; whoever stands above both decides. An engagement that is
 * owed nothing on that day (a volunteer's, or outside the period) contests nothing.
 */
function twoDistricts(
  terms: Terms,
  months: Months,
  read: readonly DaysRead[],
  start: number,
  end: number,
  first: number,
  d: number,
): Missing | null {
  if (end - start < 2) return null;
  let seen: string | null = null;
  let credited = false;
  let apart: [string, string] | null = null;
  for (let r = start; r < end; r++) {
    const credit = creditOf(months, r, d);
    credited ||= credit > 0;
    if (((months.active[r] >>> d) & 1) === 0) continue;
    const place = months.places[months.place[r]];
    const paying = terms.divisionOf(terms.pack.pays, place) ?? place;
    if (paying === seen) continue;
    const outcome = read[r - start].on(first + d, postOf(months, r, d), credit || 2);
    if (outcome.is === 'refused') continue;
    if (seen !== null) apart ??= [seen, paying];
    seen ??= paying;
  }
  return credited && apart ? twoDistrictsMissing(terms, apart[0], apart[1]) : null;
}

function twoDistrictsMissing(terms: Terms, a: string, b: string): Missing {
  const above = terms.commonDivision(a, b) ?? undefined;
  const level = above
    ? terms.pack.levels.find((l) => terms.divisionOf(l.id, above) === above)?.id
    : undefined;
  const body = [...terms.pack.bodies.values()].find((x) => x.level === level && x.line === 'government');
  const name = (code: string) => terms.divisions.of(code)?.name ?? code;
  return {
    name: `two-districts ${a} ${b}`,
    missing: {
      zh: `${name(a)}与${name(b)}同日都有任职，由谁发放`,
      en: `which of ${name(a)} and ${name(b)} pays: both hold an engagement on the day`,
    },
    body: body?.id ?? '',
    clause: terms.pack.twoDistricts.clause,
    division: above,
  };
}

/** Caps, then the sum. Days over a cap of days become refusals of that cap; a day may be granted by half. */
function sumRow(
  benefit: Benefit,
  terms: Terms,
  months: Months,
  r: number,
  days: DayResult[],
  drawn: Drawn,
  inMonth: Drawn,
): RowResult {
  const place = months.places[months.place[r]];
  const granted: { result: DayResult; outcome: Extract<DayOutcome, { is: 'granted' }>; half: number }[] = [];
  const capAt = days.find((d) => d.outcome.is === 'granted');
  const written = months.kinds[months.kind[r]];
  // A kind the notice does not name was included as another by then: formulas ask for that one.
  const included = capAt ? kindFor(written, terms, place, capAt.day) : written;
  const kind = typeof included === 'string' ? included : written;
  const caps = capAt ? benefit.caps.map((c) => readCap(c, terms, place, capAt.day, kind)) : [];
  const capMissing = caps.flatMap((c) => c.missing);
  const result: DayResult[] = [];
  let half = 0;
  for (const d of days) {
    if (d.outcome.is !== 'granted') {
      result.push(d);
      continue;
    }
    if (capMissing.length > 0) {
      result.push({ ...d, outcome: { is: 'undetermined', missing: capMissing } });
      continue;
    }
    let allowed: number = d.credit;
    let by: Refusal | null = null;
    for (const c of caps) {
      const room =
        c.half === null
          ? Infinity
          : Math.max(0, c.half - half - (c.per === 'period' ? drawn.half : inMonth.half));
      if (room < allowed) {
        allowed = room;
        by = c.refusal;
      }
    }
    half += allowed;
    if (allowed > 0) {
      const kept = { ...d, credit: allowed as 1 | 2 };
      granted.push({ result: kept, outcome: d.outcome, half: allowed });
      result.push(kept);
    }
    if (by)
      result.push({ ...d, credit: (d.credit - allowed) as 1 | 2, outcome: { is: 'refused', refusal: by } });
  }
  let room: Fraction | null = null;
  let cappedBy: Refusal | null = null;
  for (const c of caps) {
    if (c.amount === null) continue;
    const over = minus(c.amount, fraction(c.per === 'period' ? drawn.fen : inMonth.fen));
    const left = over.n < 0 ? ZERO : over;
    if (room !== null && compare(left, room) >= 0) continue;
    room = left;
    cappedBy = c.refusal;
  }
  const { days: claimDays, missing, shareMissing } = claimDaysOf(benefit, terms, place, kind, granted, half);
  if (missing) {
    // A monthly amount that cannot be known leaves every counted day undetermined.
    const open = result.map(
      (d): DayResult => (d.outcome.is === 'granted' ? { ...d, outcome: { is: 'undetermined', missing } } : d),
    );
    return { row: r, days: open, granted: 0, sum: { fen: 0, shares: [] }, capped: null, shareMissing: [] };
  }
  const sum = addUp(claimDays, room);
  const capped =
    room !== null &&
    compare(
      room,
      claimDays.reduce((all, d) => plus(all, d.amount), ZERO),
    ) < 0
      ? cappedBy
      : null;
  for (const so of [drawn, inMonth]) {
    so.half += half;
    so.fen += sum.fen;
  }
  return {
    row: r,
    days: result,
    granted: half,
    sum,
    capped,
    shareMissing: [...new Map(shareMissing.map((m) => [m.name, m])).values()],
  };
}

type CapRead = {
  per: 'month' | 'period';
  half: number | null;
  amount: Fraction | null;
  refusal: Refusal;
  missing: readonly Missing[];
};

function readCap(
  cap: Benefit['caps'][number],
  terms: Terms,
  place: string,
  day: number,
  kind: string,
): CapRead {
  const at = { terms, place, day, facts: { kind } };
  const days = cap.days ? evaluate(cap.days, at) : null;
  const amount = cap.amount ? evaluate(cap.amount, at) : null;
  const missing = [days, amount].flatMap((v) => (v instanceof Gaps ? v.items : []));
  const half =
    days === null || days instanceof Gaps
      ? null
      : Math.floor(((days as Fraction).n * 2) / (days as Fraction).d);
  return {
    per: cap.per,
    half,
    amount: amount instanceof Gaps ? null : (amount as Fraction | null),
    refusal: { clause: cap.clause, says: cap.says },
    missing,
  };
}

function claimDaysOf(
  benefit: Benefit,
  terms: Terms,
  place: string,
  kind: string,
  granted: readonly { result: DayResult; outcome: Extract<DayOutcome, { is: 'granted' }>; half: number }[],
  half: number,
): { days: ClaimDay[]; missing: readonly Missing[] | null; shareMissing: readonly Missing[] } {
  if (granted.length === 0) return { days: [], missing: null, shareMissing: [] };
  if (benefit.per === 'day') {
    return {
      days: granted.map((g) => {
        const credit = fraction(g.half, 2);
        return {
          amount: times(g.outcome.rate, credit),
          credit,
          shares: 'missing' in g.outcome.shares ? null : g.outcome.shares,
        };
      }),
      missing: null,
      shareMissing: granted.flatMap((g) => ('missing' in g.outcome.shares ? g.outcome.shares.missing : [])),
    };
  }
  const last = granted[granted.length - 1];
  const at = { terms, place, day: last.result.day, facts: { kind, days: fraction(half, 2) } };
  const own = last.outcome.terms;
  const amount = own.amount ? evaluate(own.amount, at) : ZERO;
  if (amount instanceof Gaps) return { days: [], missing: amount.items, shareMissing: [] };
  // A month is shared as its last counted day says: what was missing on earlier days is not missing for the claim.
  const shares = readShares(own, at);
  const shareMissing = 'missing' in shares ? shares.missing : [];
  return {
    days: [{ amount: amount as Fraction, credit: ONE, shares: 'missing' in shares ? null : shares }],
    missing: null,
    shareMissing,
  };
}
