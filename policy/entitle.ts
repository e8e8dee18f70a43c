import { daysInMonth, firstDay } from '../values/date.ts';
import { type Fraction, fraction, gcd, times } from '../values/fraction.ts';
import { countBits, monthBits } from '../values/period.ts';
import { type DayOutcome, readDay, sameOutcome, sameParts, upToOf } from './day.ts';
import {
  type Drawn,
  isPaidElsewhere,
  NOT_DRAWN,
  paidElsewhere as paidElsewhereBy,
  type RowResult,
  readRows,
} from './detail.ts';
import { namesIn } from './formula.ts';
import type { Months } from './months.ts';
import type { Benefit, Refusal } from './pack.ts';
import type { Terms } from './terms.ts';

/** What a row came to, as bits: any of them may stand together. */
export const GRANTED = 1;
export const REFUSED = 2;
export const UNDETERMINED = 4;
export const SHARES_UNKNOWN = 8;

/**
 * What the months came to under one benefit, a row for a row. `fen` and `shares` are whole fen; a share of −1 is not
 * known yet. `reason` is an index into `reasons`, the first thing that stood against a day of the row (0: nothing did).
 */
export type Entitled = {
  readonly benefit: Benefit;
  readonly fen: Float64Array;
  /** Half-days granted. */
  readonly half: Uint8Array;
  /** The days granted, whole or in part, as a day map. */
  readonly days: Int32Array;
  /** Fen a day where one rate holds for all that is granted, −1 where it changes or is not whole fen; 0 with nothing granted. */
  readonly rate: Float64Array;
  readonly status: Uint8Array;
  readonly reason: Uint16Array;
  /** One column for each level of the pack, from the top down. */
  readonly shares: readonly Float64Array[];
  readonly reasons: readonly string[];
};

const IS = { granted: 0, refused: 1, undetermined: 2 } as const;

/**
 * Entitles a table of months to one benefit: the fast reading of the pack's formulas.
 *
 * Terms are read once for each stretch of days on which nothing changes, per place with terms of its own, kind and month;
 * what is left for each row is bit counting. Rows that need more than that (caps, a sum that is not whole fen, shares
 * that change within the month, two districts at once) are read day by day. `progress` is told the rows done.
 */
export function entitle(
  benefit: Benefit,
  terms: Terms,
  months: Months,
  progress?: (done: number) => void,
): Entitled {
  const batch = new Batch(benefit, terms, months);
  for (let from = 0; from < months.count; ) {
    const until = batch.prepare(from);
    for (let start = from; start < until; ) {
      const end = batch.readInBulk(start, until);
      start = end === start ? batch.readByDay(start) : end;
    }
    progress?.(until);
    from = until;
  }
  const { fen, half, days, rate, status, reason, shares, book } = batch;
  return { benefit, fen, half, days, rate, status, reason, shares, reasons: book.reasons };
}

/**
 * Rows read at a stretch. Many short calls rather than one long one, because the runtime compiles a function it is called
 * with often better than a loop it is already in; much smaller, and the calls themselves begin to cost.
 */
const BLOCK = 4096;

/** Above the bit of every day. */
const NO_DAY = 0x7fff_ffff;

/** The months under one benefit, and the columns of what they come to, filled row by row. */
class Batch {
  readonly fen: Float64Array;
  readonly half: Uint8Array;
  readonly days: Int32Array;
  readonly rate: Float64Array;
  readonly status: Uint8Array;
  readonly reason: Uint16Array;
  readonly shares: readonly Float64Array[];
  readonly book: PlanBook;
  private readonly benefit: Benefit;
  private readonly terms: Terms;
  private readonly months: Months;
  private readonly posts: readonly Int32Array[] | null;
  private readonly paidReason: number;
  private readonly heldReason: number;
  /** What each bearer but the last shares in, as it adds up over one row. Made once: a row must not allocate. */
  private readonly bases: Float64Array;
  private readonly drawsOverMonths: boolean;
  /** Where the plan of each row of the block begins in the book. */
  private plans = new Int32Array(BLOCK);
  private plansFrom = 0;
  private drawn: Drawn = NOT_DRAWN();
  private drawnBy = -1;

  constructor(benefit: Benefit, terms: Terms, months: Months) {
    const n = months.count;
    const { levels } = terms.pack;
    this.fen = new Float64Array(n);
    this.half = new Uint8Array(n);
    this.days = new Int32Array(n);
    this.rate = new Float64Array(n);
    this.status = new Uint8Array(n);
    this.reason = new Uint16Array(n);
    // Levels that bear nothing under this benefit share one column of zeros: clearing a column of a million takes time too.
    const bearing = new Set(benefit.terms.flatMap((t) => t.shares.map((s) => s.bearer)));
    const nothing = new Float64Array(bearing.size < levels.length ? n : 0);
    this.shares = levels.map((l) => (bearing.has(l.id) ? new Float64Array(n) : nothing));
    this.book = new PlanBook(benefit, terms, months);
    this.benefit = benefit;
    this.terms = terms;
    this.months = months;
    this.posts = this.book.byPost ? (months.posts ?? []) : null;
    this.paidReason = this.book.reasonOf(reasonText({ is: 'refused', refusal: paidElsewhereBy(benefit) }));
    this.heldReason = this.book.reasonOf(`refused ${benefit.once?.clause ?? ''} second-kind`);
    this.bases = new Float64Array(levels.length);
    this.drawsOverMonths = benefit.caps.some((c) => c.per === 'period');
  }

  /** Finds the plans of a block of rows, whole persons' months, making those there are none of yet. Returns the row after the block. */
  prepare(from: number): number {
    const { person, month, count } = this.months;
    let until = Math.min(from + BLOCK, count);
    while (until < count && person[until] === person[until - 1] && month[until] === month[until - 1]) until++;
    this.plans = withRoom(this.plans, until - from, (n) => new Int32Array(n));
    this.plansFrom = from;
    if (!this.book.slow) this.book.plansOf(from, until, this.plans);
    return until;
  }

  /**
   * Reads rows of the block from `start` on, whole persons' months. Returns the row after the last one read: `start`
   * itself when the first person's month must be read day by day.
   */
  readInBulk(start: number, until: number): number {
    const { book, posts, bases, paidReason, heldReason } = this;
    if (book.slow) return start;
    const { fen, half, days, rate, status, reason, shares } = this;
    const { person, month, full, half: halfMap, active, paidElsewhere } = this.months;
    const { whole, fens } = book;
    const { plans, plansFrom } = this;
    const once = this.benefit.once !== null;
    while (start < until) {
      const who = person[start];
      const when = month[start];
      let end = start + 1;
      while (end < until && person[end] === who && month[end] === when) end++;
      if (end - start > 1 && book.inTwoDistricts(start, end)) return start;
      let held = 0;
      for (let r = start; r < end; r++) {
        const at = plans[r - plansFrom];
        const strata = whole[at];
        if (strata === BY_DAY) return start;
        // What is credited under a kind not held can only be refused as the second of the day.
        const known = once ? active[r] | held : active[r];
        let f = full[r] & known;
        let h = halfMap[r] & known;
        if (posts !== null && ((f | h) & ~book.seenAtPosts(r)) !== 0) return start;
        let bits = 0;
        let why = 0;
        // The first day that something stands against, as its bit: of two single bits the earlier day is the smaller.
        let firstBit = NO_DAY;
        const paid = (f | h) & paidElsewhere[r];
        if (paid !== 0) {
          bits = REFUSED;
          why = paidReason;
          firstBit = paid & -paid;
          f &= ~paid;
          h &= ~paid;
        }
        let sum = 0;
        let credits = 0;
        let taken = 0;
        let map = 0;
        let oneRate = 0;
        const upper = whole[at + UPPER];
        const bearers = at + BEARERS;
        let stratum = bearers + whole[at + BEARER_COUNT];
        const fensAt = whole[at + FENS];
        let stratumFens = fensAt + 1 + 2 * upper;
        for (let k = 0; k < upper; k++) bases[k] = 0;
        for (let s = 0; s < strata; s++, stratum += STRATUM, stratumFens += 2 + upper) {
          let sf = f & whole[stratum + FULL];
          let sh = h & whole[stratum + HALF];
          if (posts !== null) {
            const there = posts[whole[stratum + POST]][r];
            sf &= there;
            sh &= there;
          }
          const all = sf | sh;
          if (all === 0) continue;
          const is = whole[stratum];
          if (is === IS.refused) {
            bits |= REFUSED;
            if ((all & -all) < firstBit) {
              firstBit = all & -all;
              why = whole[stratum + REASON];
            }
            continue;
          }
          const second = once ? all & held : 0;
          if (second !== 0) {
            bits |= REFUSED;
            if ((second & -second) < firstBit) {
              firstBit = second & -second;
              why = heldReason;
            }
            if (second === all) continue;
          }
          const own = all & ~second;
          taken |= own;
          if (is === IS.undetermined) {
            bits |= UNDETERMINED;
            if ((own & -own) < firstBit) {
              firstBit = own & -own;
              why = whole[stratum + REASON];
            }
            continue;
          }
          bits |= GRANTED;
          const credit = 2 * countBits(sf & own) + countBits(sh & own);
          credits += credit;
          const aDay = fens[stratumFens + 1];
          // A rate of 0 is a rate: only what is granted first has nothing to be compared with.
          oneRate = map === 0 || oneRate === aDay ? aDay : -1;
          map |= own;
          sum += credit * fens[stratumFens];
          for (let k = 0; k < upper; k++) bases[k] += credit * fens[stratumFens + 2 + k];
        }
        let amount = sum;
        const unit = fens[fensAt];
        if (unit !== 1) {
          if (sum % unit !== 0) return start;
          amount = sum / unit;
        }
        held |= taken;
        if ((bits & GRANTED) !== 0) {
          const last = whole[at + BEARER_COUNT] - 1;
          if (whole[at + SHARES_KNOWN] === 1) {
            let rest = amount;
            for (let k = 0; k < upper; k++) {
              const share = Math.floor((bases[k] * fens[fensAt + 1 + 2 * k]) / fens[fensAt + 2 + 2 * k]);
              shares[whole[bearers + k]][r] = share;
              rest -= share;
            }
            shares[whole[bearers + last]][r] = rest;
          } else if (last >= 0) {
            bits |= SHARES_UNKNOWN;
            for (let k = 0; k <= last; k++) shares[whole[bearers + k]][r] = -1;
          }
        }
        fen[r] = amount;
        half[r] = credits;
        days[r] = map;
        rate[r] = oneRate;
        status[r] = bits;
        reason[r] = why;
      }
      start = end;
    }
    return start;
  }

  /** Reads one person's month day by day, whatever was begun of it before. Returns the row after it. */
  readByDay(start: number): number {
    const { person, month, count } = this.months;
    let end = start + 1;
    while (end < count && person[end] === person[start] && month[end] === month[start]) end++;
    if (this.drawsOverMonths && person[start] !== this.drawnBy) {
      this.drawn = NOT_DRAWN();
      this.drawnBy = person[start];
    }
    for (const s of this.shares) s.fill(0, start, end);
    for (const result of readRows(
      this.benefit,
      this.terms,
      this.months,
      start,
      end,
      this.drawsOverMonths ? this.drawn : NOT_DRAWN(),
    ))
      this.put(result);
    return end;
  }

  private put(result: RowResult): void {
    const r = result.row;
    this.fen[r] = result.sum.fen;
    this.half[r] = result.granted;
    let bits = 0;
    let first = 0;
    let map = 0;
    let oneRate = 0;
    for (const d of result.days) {
      if (d.outcome.is === 'granted') {
        const own = this.benefit.per === 'day' && d.outcome.rate.d === 1 ? d.outcome.rate.n : -1;
        oneRate = map === 0 || oneRate === own ? own : -1;
        bits |= GRANTED;
        map |= 1 << (d.day - firstDay(this.months.month[r]));
      } else if (d.outcome.is !== 'elsewhere') {
        bits |= d.outcome.is === 'refused' ? REFUSED : UNDETERMINED;
        if (first === 0) first = this.book.reasonOf(reasonText(d.outcome));
      }
    }
    this.reason[r] = first;
    this.days[r] = map;
    this.rate[r] = oneRate;
    const own = result.days.find((d) => d.outcome.is === 'granted')?.outcome;
    if (own?.is === 'granted') {
      if (result.sum.shares === null) bits |= SHARES_UNKNOWN;
      own.terms.shares.forEach((s, k) => {
        this.shares[this.terms.pack.levels.findIndex((l) => l.id === s.bearer)][r] = result.sum.shares
          ? result.sum.shares[k]
          : -1;
      });
    }
    this.status[r] = bits;
  }
}

/** The text a reason goes by in the reasons of a batch: what it is, its clause, and what is missing. */
export function reasonText(outcome: {
  is: string;
  refusal?: Refusal;
  second?: number;
  missing?: readonly { name: string; clause: string }[];
}): string {
  if (outcome.refusal) {
    const sort =
      outcome.second !== undefined
        ? 'second-kind'
        : isPaidElsewhere(outcome.refusal)
          ? 'paid-elsewhere'
          : outcome.refusal.says.zh;
    return `refused ${outcome.refusal.clause} ${sort}`;
  }
  return `undetermined ${(outcome.missing ?? []).map((m) => `${m.clause} ${m.name}`).join(', ')}`;
}

/** The days of one month on which one kind at one place has the same terms, as bit masks, ready to be counted. */
type Plan = {
  /** Days on the same terms: on which a full day counts, and on which a half day does; `post` 0 where no formula asks for one. */
  readonly strata: readonly {
    readonly is: number;
    readonly full: number;
    readonly half: number;
    readonly post: number;
    readonly reason: number;
    /** Fen for each half-day, times `unit`, and of it what each upper bearer shares in: all, or its ceiling where that is less. Whole numbers. */
    readonly perHalf: number;
    readonly bases: readonly number[];
    /** Fen a day, −1 where that is not whole fen. */
    readonly rate: number;
  }[];
  readonly unit: number;
  /** Columns of the bearers, in order. */
  readonly bearers: readonly number[];
  /** Parts of every bearer but the last, who takes the rest; null when not known. */
  readonly parts: readonly Fraction[] | null;
};

/*
 * How a plan lies in the book: numbers in two long arrays rather than an object of its own, because a city has hundreds
 * of plans, each row asks for another, and what it asks for must still be in the processor's nearest cache.
 *
 * whole: [strata, SHARES_KNOWN, UPPER, FENS, BEARER_COUNT, bearer…, then for each stratum is, FULL, HALF, POST, REASON]
 * fens: [unit, then for each upper bearer its part's numerator and denominator times unit, then for each stratum perHalf, rate, base…]
 */
const SHARES_KNOWN = 1;
const UPPER = 2;
const FENS = 3;
const BEARER_COUNT = 4;
const BEARERS = 5;
const FULL = 1;
const HALF = 2;
const POST = 3;
const REASON = 4;
const STRATUM = 5;
/** In place of the number of strata: rows of this plan are read day by day. */
const BY_DAY = -1;

/** Plans by place with terms of its own, kind, area and month, made when first asked for. */
class PlanBook {
  readonly slow: boolean;
  readonly reasons: string[] = [''];
  private readonly reasonIndex = new Map<string, number>([['', 0]]);
  private readonly benefit: Benefit;
  private readonly terms: Terms;
  private readonly months: Months;
  /** Where the plan of a key begins in `whole`; 0 when it is not made yet. */
  private readonly planAt: Int32Array;
  /** A key is the place's part, the kind's, the area's and the month's, added up. */
  private readonly placeKey: Int32Array;
  private readonly kindKey: Int32Array;
  private readonly kindStep: number;
  private readonly areaStep: number;
  private readonly firstMonth: number;
  whole = new Int32Array(1024);
  fens = new Float64Array(512);
  private wholeEnd = 1;
  private fensEnd = 0;
  readonly byPost: boolean;
  private readonly byCredit: boolean;
  private readonly byDay: boolean;
  private readonly byArea: boolean;

  constructor(benefit: Benefit, terms: Terms, months: Months) {
    this.benefit = benefit;
    this.terms = terms;
    this.months = months;
    this.slow = benefit.per !== 'day' || benefit.caps.length > 0;
    const formulas = [
      ...benefit.when.map((c) => c.if),
      ...benefit.terms.flatMap((t) => [
        ...t.when.map((c) => c.if),
        t.rate,
        t.amount,
        ...t.shares.flatMap((s) => [s.part, s.upTo]),
      ]),
    ].filter((f) => f !== null);
    const facts = new Set(formulas.flatMap((f) => [...namesIn(f, 'fact')]));
    this.byPost = facts.has('post');
    this.byCredit = facts.has('credit');
    this.byDay = facts.has('day') || facts.has('day-kind');
    this.byArea = facts.has('area');
    const { least, most } = rangeOf(months.month, months.count);
    this.firstMonth = least;
    this.areaStep = most - least + 1;
    this.kindStep = this.areaStep * (this.byArea ? 3 : 1);
    const index = new Map<string, number>();
    // Kinds on the same terms have the same plans, unless a formula asks which kind it is.
    const onTerms = new Map<string, number>();
    this.kindKey = Int32Array.from(months.kinds, (kind) => {
      const own = benefit.terms.findIndex((t) => t.kinds.includes(kind));
      return this.kindStep * indexIn(onTerms, facts.has('kind') || kind.startsWith('?') ? kind : String(own));
    });
    const placeStep = this.kindStep * onTerms.size;
    this.placeKey = Int32Array.from(
      months.places,
      (code) => placeStep * indexIn(index, terms.termsPlaceOf(code)),
    );
    this.planAt = new Int32Array(placeStep * index.size);
  }

  reasonOf(text: string): number {
    return indexIn(this.reasonIndex, text, () => this.reasons.push(text));
  }

  /** Where the plans of some rows begin in `whole`, a row for a row. */
  plansOf(from: number, until: number, out: Int32Array): void {
    const { planAt, placeKey, kindKey, firstMonth } = this;
    const { place, kind, month } = this.months;
    const area = this.byArea ? (this.months.area ?? null) : null;
    for (let r = from; r < until; r++) {
      const key =
        placeKey[place[r]] +
        kindKey[kind[r]] +
        month[r] -
        firstMonth +
        (area === null ? 0 : area[r] * this.areaStep);
      out[r - from] = planAt[key] || this.make(r, key);
    }
  }

  /** Makes the plan a row asks for; all rows of its key share it. Returns where it begins in `whole`. */
  private make(r: number, key: number): number {
    const m = this.months;
    const plan = this.plan(
      m.places[m.place[r]],
      m.kinds[m.kind[r]],
      this.byArea ? (m.area?.[r] ?? 0) : 0,
      m.month[r],
    );
    const whole: number[] = [];
    const fens: number[] = [];
    if (plan) {
      const { strata, bearers, parts, unit } = plan;
      whole.push(strata.length, parts ? 1 : 0, parts?.length ?? 0, this.fensEnd, bearers.length, ...bearers);
      fens.push(unit, ...(parts ?? []).flatMap((p) => [p.n, p.d * unit]));
      for (const s of strata) {
        whole.push(s.is, s.full, s.half, s.post, s.reason);
        fens.push(s.perHalf, s.rate, ...s.bases);
      }
    } else whole.push(BY_DAY);
    const at = this.wholeEnd;
    this.whole = withRoom(this.whole, at + whole.length, (n) => new Int32Array(n));
    this.fens = withRoom(this.fens, this.fensEnd + fens.length, (n) => new Float64Array(n));
    this.whole.set(whole, at);
    this.fens.set(fens, this.fensEnd);
    this.wholeEnd += whole.length;
    this.fensEnd += fens.length;
    this.planAt[key] = at;
    return at;
  }

  /** The days of a row for which a post is known: only those can be read by post in bulk. */
  seenAtPosts(r: number): number {
    return this.months.posts?.reduce((bits, p) => bits | p[r], 0) ?? 0;
  }

  /** True when rows of one person and month lie in two paying divisions: then each day must be looked at. */
  inTwoDistricts(start: number, end: number): boolean {
    const { place, places } = this.months;
    const payingOf = (r: number): string =>
      this.terms.divisionOf(this.terms.pack.pays, places[place[r]]) ?? places[place[r]];
    for (let r = start + 1; r < end; r++)
      if (place[r] !== place[start] && payingOf(r) !== payingOf(start)) return true;
    return false;
  }

  /** The plan of a month; null when its rows must be read day by day. */
  private plan(place: string, kind: string, area: number, month: number): Plan | null {
    if (this.byPost && !this.months.posts) return null;
    const first = firstDay(month);
    const until = first + daysInMonth(month);
    const cuts = this.byDay
      ? Array.from({ length: until - first }, (_, d) => first + d)
      : this.terms.boundaries(place, { from: first, until });
    const strata: { mask: number; post: number; credit: number; outcome: DayOutcome }[] = [];
    const posts = this.byPost ? this.terms.pack.posts.map((_, i) => i) : [-1];
    cuts.forEach((from, i) => {
      const mask = monthBits({ from, until: cuts[i + 1] ?? until }, month);
      for (const post of posts) {
        for (const credit of this.byCredit ? [1, 2] : [0]) {
          const outcome = readDay(this.benefit, this.terms, place, from, {
            kind,
            post: post < 0 ? null : this.terms.pack.posts[post].id,
            credit: fraction(credit || 2, 2),
            area: area === 1 ? 'urban' : area === 2 ? 'rural' : null,
          });
          const same = strata.find(
            (s) => s.post === post && s.credit === credit && sameOutcome(s.outcome, outcome),
          );
          if (same) same.mask |= mask;
          else strata.push({ mask, post, credit, outcome });
        }
      }
    });
    const granted = strata.flatMap((s) => (s.outcome.is === 'granted' ? [s.outcome] : []));
    const shares = granted[0]?.shares;
    if (granted.some((g) => !sameParts(g.shares, shares))) return null;
    const terms = granted[0]?.terms;
    const known = shares && !('missing' in shares) ? shares : null;
    const halves = (f: Fraction): Fraction => times(f, fraction(1, 2));
    const numbers = granted
      .flatMap((g) => [halves(g.rate), ...upToOf(g.shares).map((u) => (u ? halves(u) : null))])
      .filter((f) => f !== null);
    const unit = numbers.reduce((u, f) => (u / gcd(u, f.d)) * f.d, 1);
    if (unit > 1e6 || numbers.some((f) => f.n * (unit / f.d) > 1e11 || f.n < 0)) return null;
    // A month has at most 62 half-days: what is multiplied out for shares must stay an exact number.
    const most = 62 * numbers.reduce((m, f) => Math.max(m, f.n * (unit / f.d)), 0);
    if (
      known?.parts.some(
        (p) => p !== null && (most * p.n > Number.MAX_SAFE_INTEGER || unit * p.d > Number.MAX_SAFE_INTEGER),
      )
    )
      return null;
    const scaled = (f: Fraction): number => f.n * (unit / f.d);
    const perHalfOf = (o: DayOutcome): number => (o.is === 'granted' ? scaled(halves(o.rate)) : 0);
    const baseOf = (o: DayOutcome, k: number): number => {
      const upTo = o.is === 'granted' ? upToOf(o.shares)[k] : null;
      return upTo ? Math.min(perHalfOf(o), scaled(halves(upTo))) : perHalfOf(o);
    };
    const parts = known ? (known.parts.slice(0, -1) as Fraction[]) : null;
    return {
      strata: strata.map(({ outcome, mask, post, credit }) => ({
        is: IS[outcome.is],
        full: credit === 1 ? 0 : mask,
        half: credit === 2 ? 0 : mask,
        post: Math.max(0, post),
        reason: outcome.is === 'granted' ? 0 : this.reasonOf(reasonText(outcome)),
        perHalf: perHalfOf(outcome),
        bases: (parts ?? []).map((_, k) => baseOf(outcome, k)),
        rate: outcome.is === 'granted' && outcome.rate.d === 1 ? outcome.rate.n : -1,
      })),
      unit,
      bearers: terms
        ? terms.shares.map((s) => this.terms.pack.levels.findIndex((l) => l.id === s.bearer))
        : [],
      parts,
    };
  }
}

/** The array itself where it is long enough, else one twice as long with the same beginning. */
function withRoom<T extends Int32Array | Float64Array>(
  array: T,
  length: number,
  make: (length: number) => T,
): T {
  if (length <= array.length) return array;
  const longer = make(Math.max(length, 2 * array.length));
  longer.set(array);
  return longer;
}

/** The least and the greatest of the first `count`; both 0 of none. */
function rangeOf(column: Int32Array, count: number): { least: number; most: number } {
  const range = { least: count > 0 ? column[0] : 0, most: count > 0 ? column[0] : 0 };
  for (let from = 0; from < count; from += BLOCK) widen(range, column, from, Math.min(from + BLOCK, count));
  return range;
}

function widen(
  range: { least: number; most: number },
  column: Int32Array,
  from: number,
  until: number,
): void {
  let { least, most } = range;
  for (let i = from; i < until; i++) {
    const value = column[i];
    if (value < least) least = value;
    else if (value > most) most = value;
  }
  range.least = least;
  range.most = most;
}

function indexIn(map: Map<string, number>, key: string, added: () => void = () => {}): number {
  let i = map.get(key);
  if (i === undefined) {
    i = map.size;
    map.set(key, i);
    added();
  }
  return i;
}
