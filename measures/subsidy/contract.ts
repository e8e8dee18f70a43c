import type { Day, Month } from '../../values/date.ts';
import type { Fen } from '../../values/fen.ts';
import type { Period } from '../../values/period.ts';
import type { Severity } from '../../values/problem.ts';

/** The settlement as written to settlement.json: the surface other programs read. Days are numbers in halves, money is fen. */
export type SettlementFile = {
  readonly pack: { readonly id: string; readonly version: string; readonly digest: string };
  /** Inclusive days, YYYY-MM-DD. */
  readonly period: { readonly from: string; readonly to: string };
  readonly totals: {
    readonly people: number;
    readonly days: number;
    readonly amountFen: Fen;
    readonly byBearer: Readonly<Record<string, Fen>>;
  };
  readonly lines: readonly SettlementLine[];
  readonly refused: readonly RefusedDays[];
  readonly undetermined: readonly UndeterminedDays[];
  readonly problems: readonly ProblemRow[];
};

/** One person × community × kind × calendar month. A share of null is not known yet and stands outside the totals by bearer. */
export type SettlementLine = {
  readonly idNumber: string;
  readonly name: string;
  /** The canonical name at the paying level, without its parent. */
  readonly district: string;
  readonly community: string;
  readonly kind: string;
  readonly days: number;
  readonly amountFen: Fen;
  readonly shares: readonly { readonly bearer: string; readonly fen: Fen | null }[];
  /** Names the line among the person's lines: "2020-02/120101001001/community-worker". */
  readonly because: string;
};

/** Consecutive days refused for one reason; both ends included. */
export type RefusedDays = {
  readonly idNumber: string;
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly kind: string;
  readonly reason: string;
  readonly clause: string;
};

/** One missing item for a person's days: an amount that waits, and for whom. */
export type UndeterminedDays = {
  readonly idNumber: string;
  readonly days: number;
  readonly missing: string;
  readonly whoMustAct: string;
  readonly clause: string;
};

/** A problem as the JSON carries it, in Chinese. */
export type ProblemRow = {
  readonly severity: Severity;
  readonly file: string | null;
  readonly row: number | null;
  readonly column: string | null;
  readonly message: string;
  readonly suggestion: string;
};

/** A line with everything the sheets of the next office show. */
export type PaidLine = SettlementLine & {
  /** Index of the person on the roster. */
  readonly person: number;
  readonly month: Month;
  /** Name of the level between the paying level and the community (街镇); null when the roster does not say. */
  readonly street: string | null;
  /** 12-digit code of the paying division, and of the deepest division known. */
  readonly districtCode: string;
  readonly placeCode: string;
  /** The division above the paying one that sheets of that level add up to (市, 盟市); null at the top. */
  readonly above: string | null;
  readonly kindId: string;
  /** The line the kind is reported to (民政, 组织, 人社, 残联); null when the pack names none. */
  readonly reportedTo: string | null;
  /** Paid days of the month, bit 0 the first. */
  readonly dayBits: number;
  readonly halfBits: number;
  /** Fen a day where one rate holds for the whole line; null where it changes within. */
  readonly rateFen: Fen | null;
  /** Labels of the posts served at, in the pack's order; empty when no hours were seen. */
  readonly posts: readonly string[];
  readonly firstDay: Day;
  readonly lastDay: Day;
};

/** What a person's slip and the pre-flight list need beyond the lines. */
export type SettledPerson = {
  readonly index: number;
  readonly idNumber: string;
  readonly name: string;
  readonly bankCard: string | null;
  readonly bank: string | null;
  readonly phone: string | null;
  readonly district: string;
  readonly community: string;
  /** What is wrong with the card, as a sentence; null when nothing is. */
  readonly cardIssue: string | null;
};

/** One thing to put right before anything is posted: whose, what, what to do. */
export type PreflightItem = {
  readonly idNumber: string;
  readonly name: string;
  readonly district: string;
  readonly community: string;
  readonly sort: 'card' | 'kind' | 'dates' | 'gap' | 'area';
  readonly message: string;
  readonly suggestion: string;
};

/** The whole outcome of a settlement: the file's content and what its sheets are drawn from. */
export type Settlement = {
  readonly pack: {
    readonly id: string;
    readonly version: string;
    readonly digest: string;
    readonly title: string;
  };
  readonly period: Period;
  /** Labels of the levels that bear, from the top down, as byBearer names them. */
  readonly bearers: readonly string[];
  /** Labels of the levels from the top down (市, 区, 街镇, 社区), the paying one among them. */
  readonly levels: readonly { readonly id: string; readonly label: string }[];
  readonly payingLevel: string;
  readonly kinds: readonly {
    readonly id: string;
    readonly label: string;
    readonly reportedTo: string | null;
  }[];
  readonly benefitLabel: string;
  readonly totals: SettlementFile['totals'];
  /** In order of district, street, community, person and month. */
  readonly lines: readonly PaidLine[];
  readonly refused: readonly (RefusedDays & { readonly person: number })[];
  readonly undetermined: readonly (UndeterminedDays & { readonly person: number })[];
  readonly problems: readonly ProblemRow[];
  readonly persons: readonly SettledPerson[];
  readonly preflight: readonly PreflightItem[];
  /** Documents the figures lean on, to be printed at the foot: title and number. */
  readonly documents: readonly string[];
  /** Readings in use that a figure leans on, as sentences. */
  readonly readings: readonly string[];
  /** Days the list is posted for public view; null when the pack does not say. */
  readonly postingDays: number | null;
};
