import type { Months } from '../../policy/months.ts';
import type { Day } from '../../values/date.ts';
import type { Period } from '../../values/period.ts';
import type { Problem } from '../../values/problem.ts';
import type { Vocabulary } from '../../values/vocabulary.ts';
import type { Progress } from '../sheets/contract.ts';
import type { Entries } from './entries.ts';

/**
 * How hours become days at a place: the part of the fold that belongs to the pack. Both answers are pure, and are asked
 * hundreds of thousands of times for a city.
 */
export type DayCredit = {
  /**
   * How a shift over midnight is counted at that place on the day it began. 'natural-day' splits it at midnight;
   * 'shift-start' gives it whole to the day it began (reading D2).
   */
  attribution(place: string, day: Day): 'natural-day' | 'shift-start';
  /**
   * Half-days credited (0, 1 or 2) for the minutes served at each post, in the order of the vocabulary's posts, on one
   * day at that place. The array is reused between calls and must not be kept.
   */
  credit(place: string, day: Day, minutesByPost: ArrayLike<number>): 0 | 1 | 2;
  /**
   * A whole number for the terms that decide both answers at that place on that day, 0 to 65,535: where two numbers are
   * equal, so are the answers. Without it the fold remembers answers within one place only, which is slower.
   */
  termsOf?(place: string, day: Day): number;
};

/** What duty needs to know of a person on the roster (花名册): who it is. `id` has 18 characters, a capital X last. */
export type Enrolled = { readonly index: number; readonly id: string; readonly name: string };

/**
 * What duty needs to know of an engagement: who, as which kind, where and when. `kind` is the pack's id, or a question
 * mark and the text where the pack's list is open; `place` and `paying` are 12-digit codes; `period` is half-open.
 */
export type Engaged = {
  readonly index: number;
  readonly person: number;
  readonly kind: string;
  readonly kindText: string;
  readonly place: string;
  readonly paying: string;
  readonly community: string;
  readonly street: string | null;
  readonly district: string;
  readonly period: Period;
};

/** The roster as duty sees it: persons and engagements each stand at their own `index`. */
export type RosterFacts = { readonly persons: readonly Enrolled[]; readonly engagements: readonly Engaged[] };

/** What every reader of duty is given. Days are half-open: from `from` up to, not including, `until`. */
export type DutyContext = {
  readonly roster: RosterFacts;
  readonly vocabulary: Vocabulary;
  readonly from: Day;
  readonly until: Day;
  /** The name of the file as problems should give it; null when there is none. */
  readonly file: string | null;
};

/** A problem that also says on which worksheet it stands, because one workbook holds many and each has a row 5. */
export type SheetProblem = Problem & { readonly sheet: string | null };

/** The duty of a period as read: records with hours (值守记录), or marks of a monthly grid without them (考勤表). */
export type DutySheet = {
  readonly kind: 'records' | 'marks';
  readonly entries: Entries;
  /** Rows read, those set aside and those outside the period included. */
  readonly rows: number;
  readonly problems: readonly SheetProblem[];
};

/** A stretch of days a person was already paid for by something else (--paid). */
export type PaidStretch = {
  readonly person: number;
  readonly period: Period;
  /** What paid for them, as written (项目); null when the sheet does not say. */
  readonly item: string | null;
  readonly sheet: string | null;
  readonly row: number;
};

export type PaidSheet = {
  readonly stretches: readonly PaidStretch[];
  readonly rows: number;
  readonly problems: readonly SheetProblem[];
};

/** One duty record as a person may be shown it. A mark of a grid has no hours: there `post`, `from` and `to` are null. */
export type RecordSeen = {
  readonly sheet: string | null;
  readonly row: number;
  /** YYYY-MM-DD, the day it began. */
  readonly date: string;
  readonly post: string | null;
  /** Minutes from midnight of `date`; `to` is above 1440 when it ends on the next day. */
  readonly from: number | null;
  readonly to: number | null;
  /** Half-days as recorded, 1 or 2, on a grid; null for a record with hours. */
  readonly marked: 1 | 2 | null;
  /** The kind it was reported under, as an id of `months.kinds`; null when it names none the pack knows. */
  readonly kind: string | null;
  /** The community it names, without the word for community; null when it names none. */
  readonly community: string | null;
};

/** One day of a person after the fold: what was served and what it came to, a day below the threshold (0) included. */
export type DaySeen = {
  readonly date: string;
  /** Minutes at each post, in the order of the vocabulary's posts, overlapping time once; null when no hours were seen. */
  readonly minutes: readonly number[] | null;
  /** Half-days credited to the engagement that comes first on that day. */
  readonly credit: 0 | 1 | 2;
  /** Index of that engagement; −1 when none is in force, and then nothing is credited. */
  readonly engagement: number;
};

export type FoldInput = {
  readonly roster: RosterFacts;
  readonly vocabulary: Vocabulary;
  readonly duty: DutySheet;
  readonly paid?: PaidSheet | null;
  readonly credit: DayCredit;
  readonly from: Day;
  readonly until: Day;
  readonly progress?: Progress;
};

/** Duty as the kernel reads it, and what is needed to explain it. */
export type Folded = {
  readonly months: Months;
  /**
   * For each row of `months` the engagement it is for, the first where several of one kind in one community lie in the
   * month; −1 for a kind reported on days on which the person does not hold
   * it. Such rows stand last within their month and are in force on no day, so that they can be refused and never paid.
   */
  readonly engagementOf: Int32Array;
  recordsOf(person: number): RecordSeen[];
  daysOf(person: number): DaySeen[];
  paidOf(person: number): readonly PaidStretch[];
};
