import type { Period } from '../values/period.ts';
import type { Text } from '../values/text.ts';
import type { Formula, Type, Value } from './formula.ts';

/** The nine measures, as the notices divide them. */
export const MEASURES = [
  'subsidy',
  'rest',
  'burden',
  'injury',
  'supplies',
  'wellbeing',
  'recognition',
  'tolerance',
  'oversight',
] as const;
export type Measure = (typeof MEASURES)[number];

/** A document the pack leans on. `cited` means that its text is not held: figures leaning on it show that. */
export type Source = {
  id: string;
  title: Text;
  number: string | null;
  numberNote: Text | null;
  issuer: Text;
  date: string | null;
  dateNote: Text | null;
  held: 'held' | 'cited';
  note: Text | null;
};

/** A body of government (or an employer) that a clause makes responsible; `suffix` follows the division's name. */
export type Body = {
  id: string;
  name: Text;
  level: string | null;
  line: string;
  suffix: Text | null;
  suffixByNameEnd: ReadonlyMap<string, Text>;
};

/** How strongly a clause binds whoever must carry it out. */
export const CLAUSE_FORCES = [
  'must',
  'in-principle',
  'may',
  'encouraged',
  'must-not',
  'declaratory',
] as const;
/** What a clause gives; `money` is kept for clauses that make a sum owed, fix it, or say whose money it is. */
export const CLAUSE_GIVES = [
  'money',
  'duty',
  'in-kind',
  'honour',
  'protection',
  'procedure',
  'frame',
] as const;

/** An addressable piece of a notice, in our own paraphrase. */
export type Clause = {
  id: string;
  source: string;
  path: Text;
  measure: Measure;
  force: (typeof CLAUSE_FORCES)[number];
  gives: (typeof CLAUSE_GIVES)[number];
  says: Text;
  bodies: readonly string[];
  pending: Text | null;
};

/** How strongly the notice's own value of a parameter binds those below; see `Parameter`. */
export const PARAMETER_FORCES = ['fixed', 'guiding', 'floor', 'ceiling', 'delegated'] as const;

/** One value of a parameter over one half-open period, with the document it comes from and the day it became known. */
export type Dated = { period: Period; value: Value; source: string | null; known: number; line: number };

/**
 * A value with binding force. fixed: nobody may set another. guiding: the bodies named may, and a difference shows.
 * floor, ceiling: they may, above or below only. delegated: they must, and until they do there is a gap.
 */
export type Parameter = {
  id: string;
  label: Text;
  aliases: readonly string[];
  type: Type;
  percent: boolean;
  options: ReadonlyMap<string, Text>;
  force: (typeof PARAMETER_FORCES)[number];
  clause: string;
  measure: Measure;
  setBy: readonly string[];
  needsDocument: boolean;
  guidedBy: string | null;
  readBy: readonly Measure[];
  values: readonly Dated[];
  /** Another parameter which, once set, answers this one too: "a rate that is set means yes". */
  impliedBy: { parameter: string; value: Value } | null;
};

export type TimelineEntry = {
  division: string;
  period: Period;
  state: string;
  source: string;
  known: number;
};
export type Timeline = {
  id: string;
  label: Text;
  states: ReadonlyMap<string, Text>;
  declaredBy: string;
  clause: string;
  entries: readonly TimelineEntry[];
};

export type Kind = {
  id: string;
  label: Text;
  aliases: readonly string[];
  clause: string;
  line: string | null;
  area: 'urban' | 'rural' | null;
};
export type OpenKinds = { clause: string; decidedBy: string; included: string; as: string };
export type Post = { id: string; label: Text; aliases: readonly string[] };

/** How minutes served become credited days. Conditions are read from the top; the first that holds gives the credit. */
export type Credit = { clause: string; overMidnight: string; full: Formula; half: Formula | null };

export type Refusal = { clause: string; says: Text };
export type Condition = { if: Formula; otherwise: Refusal };
export type Share = {
  bearer: string;
  part: Formula | null;
  upTo: Formula | null;
  clause: string;
  paidAs: Text | null;
};

/** Terms for some kinds of workers within a benefit: a refusal, or what is owed and who bears it. */
export type BenefitTerms = {
  kinds: readonly string[];
  clause: string;
  refused: Refusal | null;
  when: readonly Condition[];
  rate: Formula | null;
  amount: Formula | null;
  shares: readonly Share[];
};

export type Cap = {
  per: 'month' | 'period';
  days: Formula | null;
  amount: Formula | null;
  clause: string;
  says: Text;
};

/** Something owed per day served, per month with service, or once for an event. Money only; findings are duties. */
export type Benefit = {
  id: string;
  label: Text;
  measure: Measure;
  per: 'day' | 'month' | 'event';
  event: string | null;
  clause: string;
  disburser: string;
  when: readonly Condition[];
  terms: readonly BenefitTerms[];
  once: { clause: string; reading: string | null; says: Text } | null;
  caps: readonly Cap[];
  /** The readings behind how a claim is rounded: its amount, then its shares. The kernel rounds so whatever they are called. */
  rounding: { amount: string; shares: string } | null;
  /** The parameter that says how many days the list is posted for public view before it is paid. */
  postedFor: string | null;
};

/** What must be so whatever is paid: at least so many rest days a week, no more than so many days of duty in a row. */
export type Duty = {
  id: string;
  label: Text;
  clause: string;
  measure: Measure;
  each: 'week' | 'run';
  effect: 'warn' | 'lock';
  /** The reading that says which day a week starts on; Monday without one. */
  weekStarts: string | null;
  findingWhen: Formula;
  says: Text;
};

/** A question the pack answers from facts given to it: who reimburses an uninsured injury, may this certificate be asked. */
export type Question = {
  id: string;
  label: Text;
  clause: string;
  measure: Measure;
  type: Type;
  options: ReadonlyMap<string, Text>;
  formula: Formula;
};
export type FactDeclaration = { id: string; label: Text; type: Type; options: ReadonlyMap<string, Text> };

/** What the text leaves open: the options, the one in use, who may decide otherwise. */
export type Reading = {
  id: string;
  question: Text;
  options: ReadonlyMap<string, Text>;
  inUse: string;
  clause: string;
  decidedBy: string;
};

/** Statutory holidays are the festivals themselves; days swapped or added to make a holiday longer are rest days. */
export const DAY_KINDS = ['working-day', 'rest-day', 'statutory-holiday'] as const;
export type DayKind = (typeof DAY_KINDS)[number];
export type Calendar = {
  period: Period;
  source: string;
  weekend: ReadonlySet<number>;
  days: ReadonlyMap<number, DayKind>;
};

export type GovernmentLevel = {
  id: string;
  label: Text;
  digits: 2 | 4 | 6 | 9 | 12;
  headers: readonly string[];
};
/** A part of a measure that one notice has and another lacks. Off, it cites no clause: what is not said stands nowhere. */
export type Module = { id: string; label: Text; measure: Measure; on: boolean; clause: string | null };

/** One file of a pack's folder: its path within the folder, and its text. */
export type PackFile = { readonly path: string; readonly text: string };

/** One jurisdiction's notice as data, loaded whole. */
export type Pack = {
  id: string;
  version: string;
  digest: string;
  title: Text;
  division: string;
  extends: string | null;
  levels: readonly GovernmentLevel[];
  pays: string;
  measures: ReadonlyMap<Measure, boolean>;
  modules: readonly Module[];
  sources: ReadonlyMap<string, Source>;
  bodies: ReadonlyMap<string, Body>;
  clauses: ReadonlyMap<string, Clause>;
  parameters: ReadonlyMap<string, Parameter>;
  timelines: ReadonlyMap<string, Timeline>;
  calendar: readonly Calendar[];
  kinds: readonly Kind[];
  openKinds: OpenKinds | null /** By which reading and clause a kind's usual area (城乡) is held against the roster's; null where the pack has no such rule. */;
  areas: { reading: string; clause: string } | null;
  twoDistricts: { reading: string; clause: string };
  /** The parameter that lists the lines (条线) kinds are reported to; null where the notice names none. */
  reportedTo: string | null;
  posts: readonly Post[];
  credit: Credit | null;
  benefits: readonly Benefit[];
  duties: readonly Duty[];
  facts: ReadonlyMap<string, FactDeclaration>;
  questions: ReadonlyMap<string, Question>;
  readings: ReadonlyMap<string, Reading>;
  scenarios: readonly PackFile[];
};

/** Every formula of a pack, wherever it stands. */
export function formulasOf(pack: Pack): Formula[] {
  const of = (...found: (Formula | null)[]): Formula[] => found.filter((f) => f !== null);
  return [
    ...of(pack.credit?.full ?? null, pack.credit?.half ?? null),
    ...pack.benefits.flatMap((b) => [
      ...b.when.map((c) => c.if),
      ...b.caps.flatMap((c) => of(c.days, c.amount)),
      ...b.terms.flatMap((t) => [
        ...t.when.map((c) => c.if),
        ...of(t.rate, t.amount),
        ...t.shares.flatMap((s) => of(s.part, s.upTo)),
      ]),
    ]),
    ...pack.duties.map((d) => d.findingWhen),
    ...[...pack.questions.values()].map((q) => q.formula),
  ];
}
