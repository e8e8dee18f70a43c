import { type Day, daysInMonth, EVER, firstDay, isoDay, type Month, NEVER } from './date.ts';

/** A half-open stretch of civil days: `from` is in it, `until` is not. Open ends are EVER and NEVER. */
export type Period = { readonly from: Day; readonly until: Day };

export const ALWAYS: Period = { from: EVER, until: NEVER };

/** True when the day is one of the period's. */
export const covers = (p: Period, d: Day): boolean => d >= p.from && d < p.until;

/** True when a day lies in both; touching ends do not. */
export const overlaps = (a: Period, b: Period): boolean => a.from < b.until && b.from < a.until;

/** The days in both, or null when there are none. */
export function common(a: Period, b: Period): Period | null {
  const from = Math.max(a.from, b.from);
  const until = Math.min(a.until, b.until);
  return from < until ? { from, until } : null;
}

/** Periods in order with touching and overlapping ones made one. */
export function joined(periods: readonly Period[]): Period[] {
  const out: { from: Day; until: Day }[] = [];
  for (const p of [...periods].sort((a, b) => a.from - b.from || a.until - b.until)) {
    const last = out.at(-1);
    if (last && p.from <= last.until) last.until = Math.max(last.until, p.until);
    else out.push({ ...p });
  }
  return out;
}

/** The days of a period in one month as 31 bits, bit 0 being the first of the month. */
export function monthBits(p: Period, m: Month): number {
  const first = firstDay(m);
  const from = Math.max(0, p.from - first);
  const until = Math.min(daysInMonth(m), p.until - first);
  if (from >= until) return 0;
  const upTo = (n: number) => (n === 31 ? 0x7fff_ffff : (1 << n) - 1);
  return upTo(until) & ~upTo(from);
}

/** How many days a 31-bit map holds. */
export function countBits(bits: number): number {
  let v = bits - ((bits >>> 1) & 0x5555_5555);
  v = (v & 0x3333_3333) + ((v >>> 2) & 0x3333_3333);
  return (((v + (v >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24;
}

/** Its first and last day as people write them, both included: 2020-01-24 and 2020-04-29. Null for an open end. */
export function inclusive(p: Period): { from: string | null; to: string | null } {
  return { from: p.from <= EVER ? null : isoDay(p.from), to: p.until >= NEVER ? null : isoDay(p.until - 1) };
}
