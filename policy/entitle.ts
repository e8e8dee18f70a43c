import { daysInMonth, firstDay } from '../values/date.ts';
import { type Fraction, fraction, gcd, times } from '../values/fraction.ts';
import { countBits, monthBits } from '../values/period.ts';
import { type DayOutcome, readDay, sameOutcome, sameParts, upToOf } from './day.ts';
import { type Drawn, isPaidElsewhere, NOT_DRAWN, paidElsewhere as paidElsewhereBy, readRows, type RowResult } from './detail.ts';
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
export function entitle(benefit: Benefit, terms: Terms, months: Months, progress?: (done: number) => void): Entitled {
  const book = new PlanBook(benefit, terms, months);
  const n = months.count;
  const levels = terms.pack.levels;
  const fen = new Float64Array(n);
  const half = new Uint8Array(n);
  const granted = new Int32Array(n);
  const rate = new Float64Array(n);
  const status = new Uint8Array(n);
  const reason = new Uint16Array(n);
  const shares = levels.map(() => new Float64Array(n));
  const { person, month, full, half: halfMap, active, paidElsewhere, posts } = months;
  const once = benefit.once !== null;
  const paidReason = book.reasonOf(reasonText({ is: 'refused', refusal: paidElsewhereBy(benefit) }));
  const heldReason = book.reasonOf(`refused ${benefit.once?.clause ?? ''} second-kind`);
  const drawsOverMonths = benefit.caps.some((c) => c.per === 'period');
  let drawn: Drawn = NOT_DRAWN();
  let drawnBy = -1;

  const put = (r: number, result: RowResult): void => {
    fen[r] = result.sum.fen;
    half[r] = result.granted;
    let bits = 0;
    let first = 0;
    let map = 0;
    let oneRate = 0;
    for (const d of result.days) {
      if (d.outcome.is === 'granted') {
        const own = benefit.per === 'day' && d.outcome.rate.d === 1 ? d.outcome.rate.n : -1;
        // A rate of 0 is a rate: only what is granted first has nothing to be compared with.
        oneRate = map === 0 || oneRate === own ? own : -1;
        bits |= GRANTED;
        map |= 1 << (d.day - firstDay(month[r]));
      } else if (d.outcome.is !== 'elsewhere') {
        bits |= d.outcome.is === 'refused' ? REFUSED : UNDETERMINED;
        if (first === 0) first = book.reasonOf(reasonText(d.outcome));
      }
    }
    reason[r] = first;
    granted[r] = map;
    rate[r] = oneRate;
    const own = result.days.find((d) => d.outcome.is === 'granted')?.outcome;
    if (own?.is === 'granted') {
      if (result.sum.shares === null) bits |= SHARES_UNKNOWN;
      own.terms.shares.forEach((s, k) => {
        shares[levels.findIndex((l) => l.id === s.bearer)][r] = result.sum.shares ? result.sum.shares[k] : -1;
      });
    }
    status[r] = bits;
  };

  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && person[end] === person[start] && month[end] === month[start]) end++;
    if (drawsOverMonths && person[start] !== drawnBy) {
      drawn = NOT_DRAWN();
      drawnBy = person[start];
    }
    let fast = !book.slow && !(end - start > 1 && book.inTwoDistricts(start, end));
    let held = 0;
    for (let r = start; fast && r < end; r++) {
      const plan = book.planOf(r);
      if (!plan.fast) {
        fast = false;
        break;
      }
      // What is credited under a kind not held can only be refused as the second of the day.
      const known = active[r] | (once ? held : 0);
      let f = full[r] & known;
      let h = halfMap[r] & known;
      if (book.byPost && ((f | h) & ~book.seenAtPosts(r)) !== 0) {
        fast = false;
        break;
      }
      let bits = 0;
      let why = 0;
      const paid = (f | h) & paidElsewhere[r];
      let firstAt = 32;
      if (paid !== 0) {
        bits = REFUSED;
        why = paidReason;
        firstAt = lowest(paid);
        f &= ~paid;
        h &= ~paid;
      }
      let sum = 0;
      let days = 0;
      let taken = 0;
      let map = 0;
      let oneRate = 0;
      for (let s = 0; s < plan.mask.length; s++) {
        const mask = plan.post[s] < 0 ? plan.mask[s] : plan.mask[s] & (posts as readonly Int32Array[])[plan.post[s]][r];
        const sf = plan.credit[s] === 1 ? 0 : f & mask;
        const sh = plan.credit[s] === 2 ? 0 : h & mask;
        const all = sf | sh;
        if (all === 0) continue;
        if (plan.is[s] === IS.refused) {
          bits |= REFUSED;
          const at = lowest(all);
          if (at < firstAt) {
            firstAt = at;
            why = plan.reason[s];
          }
          continue;
        }
        const second = once ? all & held : 0;
        if (second !== 0) {
          bits |= REFUSED;
          const at = lowest(second);
          if (at < firstAt) {
            firstAt = at;
            why = heldReason;
          }
        }
        const own = all & ~second;
        if (own === 0) continue;
        taken |= own;
        if (plan.is[s] === IS.undetermined) {
          bits |= UNDETERMINED;
          const at = lowest(own);
          if (at < firstAt) {
            firstAt = at;
            why = plan.reason[s];
          }
          continue;
        }
        bits |= GRANTED;
        const credit = 2 * countBits(sf & own) + countBits(sh & own);
        days += credit;
        oneRate = map === 0 || oneRate === plan.rate[s] ? plan.rate[s] : -1;
        map |= own;
        sum += credit * plan.perHalf[s];
      }
      if (sum % plan.unit !== 0) {
        fast = false;
        break;
      }
      held |= taken;
      const amount = sum / plan.unit;
      if ((bits & GRANTED) !== 0 && plan.bearers.length > 0) {
        if (plan.parts === null) {
          bits |= SHARES_UNKNOWN;
          for (const b of plan.bearers) shares[b][r] = -1;
        } else {
          let rest = amount;
          const last = plan.bearers.length - 1;
          for (let k = 0; k < last; k++) {
            let base = amount * plan.unit;
            const upTo = plan.upToPerHalf[k];
            if (upTo !== null) {
              base = 0;
              for (let s = 0; s < plan.mask.length; s++) {
                if (plan.is[s] !== IS.granted) continue;
                const mask = (plan.post[s] < 0 ? plan.mask[s] : plan.mask[s] & (posts as readonly Int32Array[])[plan.post[s]][r]) & taken;
                const sf = plan.credit[s] === 1 ? 0 : f & mask;
                const sh = plan.credit[s] === 2 ? 0 : h & mask;
                base += (2 * countBits(sf) + countBits(sh)) * upTo[s];
              }
            }
            const share = Math.floor((base * plan.parts[k].n) / (plan.unit * plan.parts[k].d));
            shares[plan.bearers[k]][r] = share;
            rest -= share;
          }
          shares[plan.bearers[last]][r] = rest;
        }
      }
      fen[r] = amount;
      half[r] = days;
      granted[r] = map;
      rate[r] = oneRate;
      status[r] = bits;
      reason[r] = why;
    }
    if (!fast) {
      for (let r = start; r < end; r++) for (const s of shares) s[r] = 0;
      for (const result of readRows(benefit, terms, months, start, end, drawsOverMonths ? drawn : NOT_DRAWN())) put(result.row, result);
    }
    if (progress && (start & 0xffff) > (end & 0xffff)) progress(end);
    start = end;
  }
  return { benefit, fen, half, days: granted, rate, status, reason, shares, reasons: book.reasons };
}

const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);

/** The text a reason goes by in the reasons of a batch: what it is, its clause, and what is missing. */
export function reasonText(outcome: { is: string; refusal?: Refusal; second?: number; missing?: readonly { name: string; clause: string }[] }): string {
  if (outcome.refusal) {
    const sort = outcome.second !== undefined ? 'second-kind' : isPaidElsewhere(outcome.refusal) ? 'paid-elsewhere' : outcome.refusal.says.zh;
    return `refused ${outcome.refusal.clause} ${sort}`;
  }
  return `undetermined ${(outcome.missing ?? []).map((m) => `${m.clause} ${m.name}`).join(', ')}`;
}

/** The days of one month on which one kind at one place has the same terms, as bit masks, ready to be counted. */
type Plan = {
  readonly mask: Int32Array;
  /** Post the stratum is for, −1 any. */
  readonly post: Int8Array;
  /** 1 half days only, 2 full days only, 0 both. */
  readonly credit: Uint8Array;
  readonly is: Uint8Array;
  readonly reason: Uint16Array;
  /** Fen for each half-day, times `unit`. Whole numbers. */
  readonly perHalf: Float64Array;
  readonly unit: number;
  /** Fen a day, −1 where that is not whole fen. */
  readonly rate: Float64Array;
  readonly bearers: readonly number[];
  /** Parts of every bearer but the last; null when not known. */
  readonly parts: readonly Fraction[] | null;
  readonly upToPerHalf: readonly (Float64Array | null)[];
  readonly fast: boolean;
};

/** Plans by place with terms of its own, kind, area and month, made when first asked for. */
class PlanBook {
  readonly slow: boolean;
  readonly reasons: string[] = [''];
  private readonly reasonIndex = new Map<string, number>([['', 0]]);
  private readonly benefit: Benefit;
  private readonly terms: Terms;
  private readonly months: Months;
  private readonly byKey: (Plan | undefined)[] = [];
  private readonly termsIndex: Int32Array;
  private readonly termsPlaces: string[] = [];
  private readonly paying: Int32Array;
  private readonly firstMonth: number;
  private readonly monthCount: number;
  readonly byPost: boolean;
  private readonly byCredit: boolean;
  private readonly byDay: boolean;
  private readonly byArea: boolean;

  constructor(benefit: Benefit, terms: Terms, months: Months) {
    this.benefit = benefit;
    this.terms = terms;
    this.months = months;
    this.slow = benefit.per !== 'day' || benefit.caps.length > 0;
    const index = new Map<string, number>();
    const paying = new Map<string, number>();
    this.termsIndex = new Int32Array(months.places.length);
    this.paying = new Int32Array(months.places.length);
    months.places.forEach((code, i) => {
      this.termsIndex[i] = indexIn(index, terms.termsPlaceOf(code), () => this.termsPlaces.push(code));
      this.paying[i] = indexIn(paying, terms.divisionOf(terms.pack.pays, code) ?? code);
    });
    let least = Infinity;
    let most = -Infinity;
    for (let i = 0; i < months.count; i++) {
      if (months.month[i] < least) least = months.month[i];
      if (months.month[i] > most) most = months.month[i];
    }
    this.firstMonth = months.count > 0 ? least : 0;
    this.monthCount = months.count > 0 ? most - least + 1 : 0;
    const formulas = [
      ...benefit.when.map((c) => c.if),
      ...benefit.terms.flatMap((t) => [...t.when.map((c) => c.if), t.rate, t.amount, ...t.shares.flatMap((s) => [s.part, s.upTo])]),
    ].filter((f) => f !== null);
    const facts = new Set(formulas.flatMap((f) => [...namesIn(f, 'fact')]));
    this.byPost = facts.has('post');
    this.byCredit = facts.has('credit');
    this.byDay = facts.has('day') || facts.has('day-kind');
    this.byArea = facts.has('area');
  }

  reasonOf(text: string): number {
    return indexIn(this.reasonIndex, text, () => this.reasons.push(text));
  }

  planOf(r: number): Plan {
    const m = this.months;
    const area = this.byArea ? (m.area?.[r] ?? 0) : 0;
    const key = ((this.termsIndex[m.place[r]] * m.kinds.length + m.kind[r]) * 3 + area) * this.monthCount + m.month[r] - this.firstMonth;
    let plan = this.byKey[key];
    if (!plan) {
      plan = this.make(this.termsPlaces[this.termsIndex[m.place[r]]], m.kinds[m.kind[r]], area, m.month[r]);
      this.byKey[key] = plan;
    }
    return plan;
  }

  /** The days of a row for which a post is known: only those can be read by post in bulk. */
  seenAtPosts(r: number): number {
    return this.months.posts?.reduce((bits, p) => bits | p[r], 0) ?? 0;
  }

  /** True when rows of one person and month lie in two paying divisions: then each day must be looked at. */
  inTwoDistricts(start: number, end: number): boolean {
    for (let r = start + 1; r < end; r++) if (this.paying[this.months.place[r]] !== this.paying[this.months.place[start]]) return true;
    return false;
  }

  private make(place: string, kind: string, area: number, month: number): Plan {
    const first = firstDay(month);
    const until = first + daysInMonth(month);
    const cuts = this.byDay ? Array.from({ length: until - first }, (_, d) => first + d) : this.terms.boundaries(place, { from: first, until });
    const strata: { mask: number; post: number; credit: number; outcome: DayOutcome }[] = [];
    const posts = this.byPost ? this.terms.pack.posts.map((_, i) => i) : [-1];
    let fast = !(this.byPost && !this.months.posts);
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
          const same = strata.find((s) => s.post === post && s.credit === credit && sameOutcome(s.outcome, outcome));
          if (same) same.mask |= mask;
          else strata.push({ mask, post, credit, outcome });
        }
      }
    });
    const granted = strata.flatMap((s) => (s.outcome.is === 'granted' ? [s.outcome] : []));
    const shares = granted[0]?.shares;
    if (granted.some((g) => !sameParts(g.shares, shares))) fast = false;
    const terms = granted[0]?.terms;
    const known = shares && !('missing' in shares) ? shares : null;
    const halves = (f: Fraction): Fraction => times(f, fraction(1, 2));
    const numbers = granted.flatMap((g) => [halves(g.rate), ...upToOf(g.shares).map((u) => (u ? halves(u) : null))]).filter((f) => f !== null);
    const unit = numbers.reduce((u, f) => (u / gcd(u, f.d)) * f.d, 1);
    if (unit > 1e6 || numbers.some((f) => f.n * (unit / f.d) > 1e11 || f.n < 0)) fast = false;
    // A month has at most 62 half-days: what is multiplied out for shares must stay an exact number.
    const most = 62 * numbers.reduce((m, f) => Math.max(m, f.n * (unit / f.d)), 0);
    if (known?.parts.some((p) => p !== null && (most * p.n > Number.MAX_SAFE_INTEGER || unit * p.d > Number.MAX_SAFE_INTEGER))) fast = false;
    const scaled = (f: Fraction): number => f.n * (unit / f.d);
    const rateOf = (o: DayOutcome): number => (o.is === 'granted' && fast ? scaled(halves(o.rate)) : 0);
    return {
      mask: Int32Array.from(strata, (s) => s.mask),
      post: Int8Array.from(strata, (s) => s.post),
      credit: Uint8Array.from(strata, (s) => s.credit),
      is: Uint8Array.from(strata, (s) => IS[s.outcome.is]),
      reason: Uint16Array.from(strata, (s) => (s.outcome.is === 'granted' ? 0 : this.reasonOf(reasonText(s.outcome)))),
      perHalf: Float64Array.from(strata, (s) => rateOf(s.outcome)),
      unit,
      rate: Float64Array.from(strata, (s) => (s.outcome.is === 'granted' && s.outcome.rate.d === 1 ? s.outcome.rate.n : -1)),
      bearers: terms ? terms.shares.map((s) => this.terms.pack.levels.findIndex((l) => l.id === s.bearer)) : [],
      parts: known ? (known.parts.slice(0, -1) as Fraction[]) : null,
      upToPerHalf: known
        ? known.upTo.map((u, k) => (u === null ? null : Float64Array.from(strata, (s) => (fast ? Math.min(rateOf(s.outcome), upToScaled(s.outcome, k, scaled, halves)) : 0))))
        : [],
      fast,
    };
  }
}

function upToScaled(o: DayOutcome, k: number, scaled: (f: Fraction) => number, halves: (f: Fraction) => Fraction): number {
  const u = o.is === 'granted' ? upToOf(o.shares)[k] : null;
  return u ? scaled(halves(u)) : 0;
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
