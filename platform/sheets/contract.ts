import type { Problem } from '../../values/problem.ts';
import type { Text } from '../../values/text.ts';

/**
 * What stands in one cell: text as typed, or a number. A cell formatted as a date is text YYYY-MM-DD, as a time HH:mm,
 * as both "YYYY-MM-DD HH:mm"; a formula is its stored result; an empty cell is null. A cell of a merged region holds the
 * region's value in its first column, on every row it spans.
 */
export type Cell = string | number | null;

/** A column a sheet may have: found by its label or an alias, blanks and brackets after the name ignored. */
export type Column = {
  readonly id: string;
  readonly label: string;
  readonly aliases?: readonly string[];
  /** Without a required column the sheet cannot be read: one clear sentence and the end. */
  readonly required?: boolean;
};

/** Work that can take long: told how far it is, and asked whether to go on. */
export type Progress = {
  /** `done` of `total` (total null while unknown) of the step named. Cheap to call often. */
  report(step: Text, done: number, total: number | null): void;
  readonly signal?: AbortSignal;
};

/**
 * What a reader of one kind of sheet answers to. `header` comes once for each worksheet whose heading row was found,
 * with the place of every column there is and the title lines above it; then `row` for each row below that is not blank
 * and not a total. `row` is 1-based as the office program shows it; `cells` may be reused between calls.
 */
export type TableReader = {
  header(found: {
    sheet: string;
    row: number;
    at: Readonly<Record<string, number>>;
    headings: readonly Cell[];
    titles: readonly string[];
  }): void;
  row(row: number, cells: readonly Cell[]): void;
};

/** A heading row that was found: in which worksheet ('' in a CSV), its 1-based row and how many columns it has. */
export type Heading = { readonly sheet: string; readonly row: number; readonly columns: number };

/**
 * An input sheet as read, and what was found wrong in it: what the annotated copy is made from. A problem of a workbook with several
 * worksheets may say in which it stands; without that it is shown in the first that has a heading.
 */
export type SheetProblems = {
  /** Where the file is. */
  readonly path: string;
  readonly headings: readonly Heading[];
  readonly problems: readonly (Problem & { readonly sheet?: string })[];
};

/** What a file may be at most; beyond it there is one refusal, before anything is inflated. Sizes in bytes. */
export type Limits = {
  /** The file itself, as an office file (.xlsx, .xls). */
  readonly officeFile: number;
  /** The file itself, as text (.csv). */
  readonly textFile: number;
  /** All parts of an .xlsx together, inflated. */
  readonly inflated: number;
  /** One part of an .xlsx that is held in memory as a whole (the shared texts), inflated. */
  readonly wholePart: number;
  /** How many times its packed size one part may inflate to, once it is larger than `smallPart`. */
  readonly ratio: number;
  readonly smallPart: number;
  /** Parts of an .xlsx. */
  readonly parts: number;
  readonly officeRows: number;
  readonly textRows: number;
  /** Characters of one cell; no office program holds more than 32,767. */
  readonly cell: number;
};

export type ReadOptions = {
  readonly limits?: Partial<Limits>;
  readonly progress?: Progress;
  /** Which worksheets to look at, by name. Hidden ones are never read. A CSV has none. */
  readonly sheetFilter?: (name: string) => boolean;
};

/** What was read: how many rows went to the reader, and what the reading itself found wrong (hidden sheets, broken quotes). */
export type TableRead = {
  readonly format: 'xlsx' | 'xls' | 'csv';
  readonly rows: number;
  readonly headings: readonly Heading[];
  readonly problems: readonly Problem[];
};

/**
 * How the numbers of an output column are meant and shown. `text` is always written as text, so that long numbers stay;
 * `integer` a whole number; `days` days in halves (36.5, shown 36.5); `money` whole fen in, yuan with two decimals out
 * (109500 is shown as 1,095.00). Text in a column of numbers is written as text, null as an empty cell.
 */
export type OutKind = 'text' | 'integer' | 'days' | 'money';

export type OutColumn = {
  readonly kind: OutKind;
  /** In characters of the body font; a Chinese character takes two. */
  readonly width: number;
  /** Default: text left, integers and days centred, money right. */
  readonly align?: 'left' | 'centre' | 'right';
};

export type OutValue = string | number | null;

/**
 * How a row looks: `body` with borders; `subtotal` and `total` the same, bold and shaded; `words` the 大写 row, bold with borders;
 * `heading` as the heading rows; `note` and `sign` (signature lines) without borders; `problem` and `warning` are body rows tinted.
 */
export type OutLook =
  | 'body'
  | 'subtotal'
  | 'total'
  | 'words'
  | 'heading'
  | 'title'
  | 'note'
  | 'sign'
  | 'problem'
  | 'warning';

/** A row that is more than its values. `merge` holds pairs of first and last column, 0-based and inclusive. */
export type OutRow = {
  readonly cells: readonly OutValue[];
  readonly look?: OutLook;
  readonly merge?: readonly (readonly [first: number, last: number])[];
  /** In points. */
  readonly height?: number;
  /** The printed page ends above this row. Of one worksheet only the first 1,000 are kept: office programs take no more. */
  readonly newPage?: boolean;
};

/** A cell of the heading: `down` and `across` say how many rows and columns it covers (default 1). */
export type OutHeading = { readonly text: string; readonly down?: number; readonly across?: number };

/** One worksheet to write. A bare array among the rows is a body row; the cells stand in the order of the columns. */
export type SheetOut = {
  /** Made legal, unique and at most 31 characters when written. */
  readonly name: string;
  readonly columns: readonly OutColumn[];
  /** Title lines over the full width, large and centred; the lines after them smaller (unit, period, 单位：元). */
  readonly titles?: readonly string[];
  readonly subtitles?: readonly string[];
  /** One array for each heading row. A cell covered by another from above or from the left is left out of its array. */
  readonly headings: readonly (readonly OutHeading[])[];
  /** Of body rows without a height of their own, in points. Left out, rows are as high as their wrapped text needs. */
  readonly rowHeight?: number;
  readonly rows: Iterable<readonly OutValue[] | OutRow> | AsyncIterable<readonly OutValue[] | OutRow>;
  readonly print?: {
    readonly paper?: 'A4' | 'A3';
    readonly landscape?: boolean;
    /** Inches. */
    readonly margins?: {
      readonly top: number;
      readonly bottom: number;
      readonly left: number;
      readonly right: number;
    };
    /** Repeat the heading rows on each printed page and keep them in sight on the screen. Default true. */
    readonly repeatHeadings?: boolean;
  };
};

/** Sheets may be made one after another, each when the one before is written: memory stays flat. */
export type SheetsOut = Iterable<SheetOut> | AsyncIterable<SheetOut>;
