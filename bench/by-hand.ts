import type { Months } from '../policy/months.ts';
import { countBits } from '../values/period.ts';

/** What the loop was written for: everything of the pack and the settings that touches these months, as plain numbers. */
export type Ruled = {
  /** By kind: 0 shared by city and district, 1 district alone, 2 as the district decides, 3 refused. */
  readonly sort: Uint8Array;
  readonly firstMonth: number;
  /** The days of Level I in each month. */
  readonly window: Int32Array;
  /** By place: the fen a day of its district; and by place × month those from some day on, where it changes. */
  readonly rate: Int32Array;
  readonly laterDays: Int32Array;
  readonly laterRate: Int32Array;
  /** The most a day of which the city bears half, in fen. */
  readonly guiding: number;
  /** By place: 1 the district pays those it adds, 0 it does not, −1 it has not said. */
  readonly added: Int8Array;
};

/** The columns of the batch, in the narrowest numbers this rule needs. */
export type ByHand = {
  readonly fen: Int32Array;
  readonly half: Uint8Array;
  readonly days: Int32Array;
  readonly rate: Int32Array;
  readonly status: Uint8Array;
  readonly reason: Uint8Array;
  readonly city: Int32Array;
  readonly district: Int32Array;
};

export const REASONS = {
  none: 0,
  paidElsewhere: 1,
  outsideLevelOne: 2,
  secondKind: 3,
  refusedKind: 4,
  addedNotPaid: 5,
  addedNotSet: 6,
} as const;

const GRANTED = 1;
const REFUSED = 2;
const UNDETERMINED = 4;

/**
 * The rule of 二（一） for Tianjin, written out by hand over typed arrays as one would who needed this rule and no other:
 * the yardstick the kernel is held against. It gives every column the kernel gives, and knows nothing of packs: another
 * rate by kind of day, a cap, a share by five levels or a notice of another province would each be another loop.
 */
export function byHand(months: Months, ruled: Ruled): ByHand {
  const n = months.count;
  const { person, month, place, kind, full, half, active, paidElsewhere } = months;
  const { sort, firstMonth, window, rate, laterDays, laterRate, guiding, added } = ruled;
  const windows = window.length;
  const out: ByHand = {
    fen: new Int32Array(n),
    half: new Uint8Array(n),
    days: new Int32Array(n),
    rate: new Int32Array(n),
    status: new Uint8Array(n),
    reason: new Uint8Array(n),
    city: new Int32Array(n),
    district: new Int32Array(n),
  };
  let held = 0;
  let lastPerson = -1;
  let lastMonth = -1;
  for (let r = 0; r < n; r++) {
    const m = month[r]!;
    if (person[r] !== lastPerson || m !== lastMonth) {
      held = 0;
      lastPerson = person[r]!;
      lastMonth = m;
    }
    const known = active[r]! | held;
    const credited = (full[r]! | half[r]!) & known;
    if (credited === 0) continue;
    const paid = credited & paidElsewhere[r]!;
    const left = credited & ~paid;
    const p = place[r]!;
    const s = sort[kind[r]!]!;
    const within = window[m - firstMonth]!;
    let refused = s === 3 ? left : left & ~within;
    let refusedWhy: number = s === 3 ? REASONS.refusedKind : REASONS.outsideLevelOne;
    let inside = left & ~refused;
    let outside = 0;
    if (s === 2 && added[p] === 0 && inside !== 0) {
      // Outside Level I is said first, for days outside; the rest the district does not pay.
      outside = refused;
      refused = inside;
      refusedWhy = REASONS.addedNotPaid;
      inside = 0;
    }
    const second = inside & held;
    const own = inside & ~held;
    held |= own;
    const waits = s === 2 && added[p]! < 0 ? own : 0;
    const granted = own & ~waits;

    const not = paid | refused | outside | second | waits;
    if (not !== 0) {
      const first = not & -not;
      out.reason[r] =
        (first & paid) !== 0
          ? REASONS.paidElsewhere
          : (first & second) !== 0
            ? REASONS.secondKind
            : (first & waits) !== 0
              ? REASONS.addedNotSet
              : (first & outside) !== 0
                ? REASONS.outsideLevelOne
                : refusedWhy;
    }
    out.status[r] =
      (granted !== 0 ? GRANTED : 0) |
      ((paid | refused | outside | second) !== 0 ? REFUSED : 0) |
      (waits !== 0 ? UNDETERMINED : 0);
    if (granted === 0) continue;

    const later = granted & laterDays[p * windows + m - firstMonth]!;
    const first = granted & ~later;
    const firstRate = rate[p]!;
    const nextRate = laterRate[p]!;
    const firstHalves = 2 * countBits(full[r]! & first) + countBits(half[r]! & first);
    const laterHalves = later === 0 ? 0 : 2 * countBits(full[r]! & later) + countBits(half[r]! & later);
    // A fen is the least there is: half a fen of a day is dropped before the shares, half of one from the upper share.
    const fen = (firstHalves * firstRate + laterHalves * nextRate) >> 1;
    const city =
      s === 0
        ? (firstHalves * Math.min(firstRate, guiding) + laterHalves * Math.min(nextRate, guiding)) >> 2
        : 0;
    out.fen[r] = fen;
    out.half[r] = firstHalves + laterHalves;
    out.days[r] = granted;
    out.rate[r] = first === 0 ? nextRate : later === 0 ? firstRate : -1;
    out.city[r] = city;
    out.district[r] = fen - city;
  }
  return out;
}
