import { chineseDay, type Day, type Month, monthOf, parseDay, partsOf } from '../../../values/date.ts';
import type { Period } from '../../../values/period.ts';
import type { PaidLine, RefusedDays } from '../contract.ts';

/** A period as the office writes it, both days included: 2020年2月1日至29日, 2020年1月24日至4月29日. */
export const periodText = (p: Period): string => {
  const { year } = partsOf(p.from);
  return `${year}年${spanText(p.from, p.until - 1, inOneYear(p))}`;
};

const inOneYear = (p: Period): boolean => partsOf(p.from).year === partsOf(p.until - 1).year;

/** True when all its days lie in one calendar month. */
export const inOneMonth = (p: Period): boolean => monthOf(p.from) === monthOf(p.until - 1);

/** First to last day, both included, without the year of the first: 2月3日至28日, 2月3日至3月1日, 2月3日. */
function spanText(from: Day, to: Day, oneYear: boolean): string {
  const a = partsOf(from);
  const b = partsOf(to);
  const start = `${a.month}月${a.dayOfMonth}日`;
  if (from === to) return start;
  if (!oneYear) return `${start}至${chineseDay(to)}`;
  return `${start}至${a.month === b.month ? '' : `${b.month}月`}${b.dayOfMonth}日`;
}

/** First and last paid day of a line. The year is said where the settlement spans two. */
export function lineSpan(line: PaidLine, p: Period): string {
  const year = inOneYear(p) ? '' : `${Math.floor(line.month / 12)}年`;
  return year + spanText(line.firstDay, line.lastDay, true);
}

/** The days of a refusal, both included. */
export function refusedSpan(r: RefusedDays, p: Period): string {
  const from = parseDay(r.from);
  const to = parseDay(r.to);
  if (from === null || to === null) return `${r.from} 至 ${r.to}`;
  // Refused days may lie outside the period, so they say their year when it is not the period's.
  const bare = inOneYear(p) && partsOf(from).year === partsOf(p.from).year;
  const year = bare ? '' : `${partsOf(from).year}年`;
  return year + spanText(from, to, partsOf(from).year === partsOf(to).year);
}

/** 2月; with its year where the settlement spans two. */
export function monthName(m: Month, p: Period): string {
  return `${inOneYear(p) ? '' : `${Math.floor(m / 12)}年`}${(m % 12) + 1}月`;
}

/**
 * The paid days of a line's month as a person can check them against a calendar, half days marked.
 * Example: the 3rd to 14th, half the 16th, 18th to 20th are "3–14, 16（半）, 18–20".
 */
export function dayStrip(line: Pick<PaidLine, 'dayBits' | 'halfBits'>): string {
  const runs: { from: number; to: number; half: boolean }[] = [];
  for (let bit = 0; bit < 31; bit++) {
    if ((line.dayBits & (1 << bit)) === 0) continue;
    const half = (line.halfBits & (1 << bit)) !== 0;
    const last = runs.at(-1);
    if (last && last.to === bit && last.half === half) last.to = bit + 1;
    else runs.push({ from: bit + 1, to: bit + 1, half });
  }
  return runs
    .map(({ from, to, half }) => `${from === to ? from : `${from}–${to}`}${half ? '（半）' : ''}`)
    .join(', ');
}
