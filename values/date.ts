/**
 * Civil dates without a clock or a zone: a day is the whole number of days since 1970-01-01 (proleptic Gregorian),
 * a month is year × 12 + (month − 1). Every notice here is read in civil days of Asia/Shanghai, which has had no
 * summer time since 1991, so a day always has 24 hours (1,440 minutes).
 */
export type Day = number;
export type Month = number;

/** Before every notice and after every notice: the open ends of a period. */
export const EVER = -1_000_000;
export const NEVER = 1_000_000;

/** The civil day of a year, month (1 to 12) and day of month; null when the calendar has no such day (2020-02-30). */
export function dayOf(year: number, month: number, dayOfMonth: number): Day | null {
  if (!Number.isInteger(year) || year < 1900 || year > 2200 || month < 1 || month > 12) return null;
  const first = firstDay(year * 12 + month - 1);
  return dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year * 12 + month - 1) ? first + dayOfMonth - 1 : null;
}

/** A day written as YYYY-MM-DD; null when it is not one. */
export function parseDay(iso: string): Day | null {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return m ? dayOf(Number(m[1]), Number(m[2]), Number(m[3])) : null;
}

/** A day known to be written well, in code and tests. Throws on anything else. */
export function day(iso: string): Day {
  const d = parseDay(iso);
  if (d === null) throw new Error(`not a civil date: ${iso}`);
  return d;
}

/** Days are written over and over, a city's settlement some millions of times; those of this and the next decades are kept. */
const written: string[] = [];

/** YYYY-MM-DD. */
export function isoDay(d: Day): string {
  if (d < 0 || d > 50_000) return new Date(d * 86_400_000).toISOString().slice(0, 10);
  written[d] ??= new Date(d * 86_400_000).toISOString().slice(0, 10);
  return written[d];
}

/** 2020年3月4日. */
export function chineseDay(d: Day): string {
  const { year, month, dayOfMonth } = partsOf(d);
  return `${year}年${month}月${dayOfMonth}日`;
}

/** Year, month (1 to 12) and day of the month of a civil day. */
export function partsOf(d: Day): { year: number; month: number; dayOfMonth: number } {
  const at = new Date(d * 86_400_000);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, dayOfMonth: at.getUTCDate() };
}

/** The month a day lies in, as year × 12 + (month − 1). */
export function monthOf(d: Day): Month {
  const at = new Date(d * 86_400_000);
  return at.getUTCFullYear() * 12 + at.getUTCMonth();
}

/** The first day of a month. */
export function firstDay(m: Month): Day {
  return Date.UTC(Math.floor(m / 12), m % 12, 1) / 86_400_000;
}

/** 28 to 31. */
export function daysInMonth(m: Month): number {
  return firstDay(m + 1) - firstDay(m);
}

/** YYYY-MM. */
export function isoMonth(m: Month): string {
  return `${Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}`;
}

/** A month written as YYYY-MM; null when it is not one. */
export function parseMonth(iso: string): Month | null {
  const m = /^(\d{4})-(\d{2})$/.exec(iso);
  if (!m) return null;
  const month = Number(m[2]);
  return month >= 1 && month <= 12 ? Number(m[1]) * 12 + month - 1 : null;
}

/** 1 is Monday, 7 is Sunday (ISO 8601). 1970-01-01 was a Thursday. */
export function weekdayOf(d: Day): number {
  return ((((d + 3) % 7) + 7) % 7) + 1;
}
