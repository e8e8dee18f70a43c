import { type Day, dayOf, EVER, type Month, parseMonth } from './date.ts';
import { plain } from './text.ts';

/** Serial numbers of office programs count days from 1899-12-30, so 1970-01-01 is 25569. */
const SERIAL_OF_1970 = 25_569;

/**
 * A bare number is a serial date only between these (1954-10-03 and 2119-01-10). Below lie years (2020) and counts,
 * which would silently become days of 1905.
 */
const FIRST_SERIAL = 20_000;
const LAST_SERIAL = 80_000;

const WEEKDAY = /[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?$/;
const CLOCK = /[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/**
 * The civil day a cell means, as sheets in the field write it: 2020-02-03, 2020.2.3, 2020/2/3, 2020年2月3日, 20200203,
 * serial numbers as number or text, any of them full-width, with a time or weekday behind. Null for an empty cell and
 * for everything that would have to be guessed: two-digit years, day before year, months alone, times with a zone.
 */
export function readDate(cell: string | number | null): Day | null {
  if (typeof cell === 'string') {
    if (cell.length === 10) {
      const d = cleanDay(cell);
      if (d !== EVER) return d;
    }
    return readWordyDate(cell);
  }
  return cell === null ? null : ofNumber(cell);
}

/** YYYY-MM-DD by its characters; EVER when it is written otherwise, null when the calendar has no such day. */
function cleanDay(text: string): Day | null {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return EVER;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const dayOfMonth = twoDigits(text, 8);
  if (!(year >= 1900 && month >= 0 && dayOfMonth >= 0)) return EVER;
  // Days to the 28th need no calendar; the count from civil parts is Hinnant's, in whole numbers.
  if (year > 2200 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 28)
    return dayOf(year, month, dayOfMonth);
  const y = month <= 2 ? year - 1 : year;
  const shifted = month > 2 ? month - 3 : month + 9;
  const dayOfYear = ((153 * shifted + 2) / 5) | 0;
  return y * 365 + ((y / 4) | 0) - ((y / 100) | 0) + ((y / 400) | 0) + dayOfYear + dayOfMonth - 719_469;
}

/** Two digits at a place; far below zero when either is none, so that sums of them stay below zero. */
function twoDigits(text: string, at: number): number {
  const a = text.charCodeAt(at) - 48;
  const b = text.charCodeAt(at + 1) - 48;
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : -1_000_000;
}

function readWordyDate(written: string): Day | null {
  const text = plain(written).replace(/^'/, '').replace(WEEKDAY, '').trim().replace(CLOCK, '');
  const m =
    /^(\d{4}) ?[-./。、·年] ?(\d{1,2}) ?[-./。、·月] ?(\d{1,2}) ?[日号]?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (m) return dayOf(Number(m[1]), Number(m[2]), Number(m[3]));
  return /^\d{5}(\.\d+)?$/.test(text) ? ofNumber(Number(text)) : null;
}

function ofNumber(n: number): Day | null {
  if (n >= FIRST_SERIAL && n < LAST_SERIAL) return Math.floor(n) - SERIAL_OF_1970;
  if (Number.isInteger(n) && n >= 19_000_101 && n <= 22_001_231)
    return dayOf(Math.floor(n / 10_000), Math.floor(n / 100) % 100, n % 100);
  return null;
}

/** The month a cell means that names no day: 2020-02, 2020.2, 2020/2, 2020年2月, 202002. Null for all else, days included. */
export function readMonth(cell: string | number | null): Month | null {
  const text = cell === null ? '' : plain(String(cell));
  const m = /^(\d{4}) ?[-./年] ?(\d{1,2}) ?月?$/.exec(text) ?? /^((?:19|20)\d{2})(\d{2})$/.exec(text);
  return m ? parseMonth(`${m[1]}-${m[2]!.padStart(2, '0')}`) : null;
}

/**
 * The time of day a cell means, in minutes from midnight, 0 to 1440 (24:00): 8:00, 08:00, 8：00, 0.3333 as a part of a
 * day, 24:00, 2020-02-03 08:00, 8时30分, 8点半, 22点, 0830, 上午8:30, 下午2:30, 2:30 PM. Seconds go to the nearest minute, so
 * 23:59:59 is the end of the day. Null for an empty cell and for what would have to be guessed: a whole number such as 8, noon or
 * midnight as 上午12点, a time that says it is the next day's (see `readNextDayTime`).
 */
export function readTime(cell: string | number | null): number | null {
  if (typeof cell === 'string') {
    if (cell.length === 5 && cell.charCodeAt(2) === 58) {
      const hour = twoDigits(cell, 0);
      const minute = twoDigits(cell, 3);
      if (hour >= 0 && minute >= 0) return clock(hour, minute);
    }
    return readWordyTime(cell);
  }
  return cell === null ? null : ofDayPart(cell);
}

/** The minutes of a time written as the next day's (次日6:00, 第二天6点); null when the cell does not say so or cannot be read. */
export function readNextDayTime(cell: string | number | null): number | null {
  const m = typeof cell === 'string' ? /^(?:次日|翌日|第二天|第二日|隔天) ?(.+)$/.exec(plain(cell)) : null;
  return m ? readTime(m[1]!) : null;
}

function clock(hour: number, minute: number): number | null {
  const minutes = hour * 60 + minute;
  return minute < 60 && minutes <= 1440 ? minutes : null;
}

/** A part of a day, alone (0 to 1) or behind a serial date. A whole serial date says no time. */
function ofDayPart(n: number): number | null {
  if (n >= 0 && n <= 1) return Math.round(n * 1440);
  if (n >= FIRST_SERIAL && n < LAST_SERIAL && !Number.isInteger(n)) return Math.round((n % 1) * 1440);
  return null;
}

const TIME =
  /^(凌晨|上午|早上|早晨|清晨|早|中午|下午|傍晚|晚上|晚间|夜间|夜里|晚|AM|PM)? ?(\d{1,2}) ?(?:: ?(\d{2}|0)(?: ?: ?(\d{2})(?:\.\d+)?)?|[时点] ?(?:(半)|整|钟|(\d{1,2}) ?分?)?) ?(AM|PM)?$/i;

/** A date in front of a time is passed over: the day is always read from its own column. */
const DATE_IN_FRONT = /^\d{4} ?[-./年] ?\d{1,2} ?[-./月] ?\d{1,2} ?日?[ T]?(?=\D*\d{1,2} ?[:时点])/;

function readWordyTime(written: string): number | null {
  const text = plain(written).replace(/^'/, '').replace(DATE_IN_FRONT, '').trim();
  if (/^0?\.\d+$/.test(text)) return ofDayPart(Number(text));
  if (/^\d{4}$/.test(text)) return clock(twoDigits(text, 0), twoDigits(text, 2));
  const m = TIME.exec(text);
  if (!m) return null;
  const hour = onTheClock(Number(m[2]), (m[1] ?? m[7] ?? '').toUpperCase());
  const minute = m[5] ? 30 : Number(m[3] ?? m[6] ?? 0);
  const second = Number(m[4] ?? 0);
  if (hour === null || minute > 59 || second > 59) return null;
  const minutes = hour * 60 + minute + (second >= 30 ? 1 : 0);
  return minutes <= 1440 ? minutes : null;
}

/** The hour on the 24-hour clock, given the part of the day named with it; null when the two do not agree. */
function onTheClock(hour: number, part: string): number | null {
  switch (part) {
    case '':
      return hour;
    case '凌晨':
      return hour === 12 ? 0 : hour <= 6 ? hour : null;
    case 'AM':
      return hour === 12 ? 0 : hour < 12 ? hour : null;
    case '中午':
      return hour >= 11 && hour <= 14 ? hour : hour === 1 || hour === 2 ? hour + 12 : null;
    case '下午':
    case 'PM':
      return hour >= 12 ? hour : hour >= 1 ? hour + 12 : null;
    case '傍晚':
    case '晚':
    case '晚上':
    case '晚间':
    case '夜间':
    case '夜里':
      // 晚上12点 ends the day; 夜里2点 lies in the small hours of a day nobody can tell.
      return hour > 12 ? hour : hour >= 5 ? hour + 12 : null;
    default:
      // The morning, by whatever name: its twelve o'clock is noon to some and midnight to others.
      return hour < 12 ? hour : null;
  }
}
