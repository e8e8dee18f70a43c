import { type CellValue, type MergeRange, parseCellRef, readXlsx, streamXlsxRows } from 'hucre/xlsx';
import { type Problem, Refusal } from '../../values/problem.ts';
import type { Cell, Limits, Progress } from './contract.ts';
import { isBlank, type Seeker } from './heading.ts';
import { type Tab, tabsOf } from './tabs.ts';
import { inflate, type Part, partsOf } from './unpack.ts';
import { readOldBook } from './xls.ts';

export type OfficeReader = {
  /** Asked once for each worksheet: who takes its rows, or null to pass over it. */
  worksheet(tab: Pick<Tab, 'name'>): Seeker | null;
  problem(problem: Problem): void;
};

/**
 * A workbook is read row by row, with half the memory of reading it whole. But the library then parses the shared texts once for
 * each worksheet, so one with more tabs than this (a grid for each community) is read a few whole worksheets at once.
 */
const FEW_TABS = 8;
const AT_ONCE = 4;
/** A row that is one far cell makes a long array of nothing: more cells than this in one worksheet and it is no sheet. */
const MOST_CELLS = 100_000_000;

/**
 * Reads an .xlsx: shown worksheets in order, rows that hold something, values as in `Cell`. Refuses what `partsOf` refuses, a
 * file with a document type (sheets have none; entities are never resolved), a locked one, a damaged one.
 */
export async function readXlsxFile(
  bytes: Buffer,
  file: string,
  limits: Limits,
  to: OfficeReader,
  progress?: Progress,
): Promise<void> {
  const parts = partsOf(bytes, file, limits);
  if (parts.has('mimetype') || !parts.has('[Content_Types].xml')) throw notASheet(file);
  if (parts.has('xl/workbook.bin')) throw saveAsXlsx(file, '二进制的 .xlsb', 'a binary .xlsb workbook');
  const tabs = await guarded(file, () => tabsOf(bytes, parts, file));
  if (tabs.length === 0) throw notASheet(file);
  const merges = await guarded(file, () => mergesOf(bytes, parts, file));
  const seekers = tabs.map((tab) => (tab.hidden || tab.part === '' ? null : to.worksheet(tab)));
  for (const tab of tabs) if (tab.hidden) to.problem(hiddenTab(file, tab.name));

  const wanted = tabs.flatMap((tab) => {
    const seeker = seekers[tab.index];
    return seeker == null ? [] : { tab, seeker, merges: merges.get(tab.part) ?? [] };
  });
  const rowByRow = ({ tab, seeker, merges }: (typeof wanted)[number]) =>
    guarded(file, async () => {
      const spread = spreadMerges(merges);
      let cells = 0;
      for await (const { index, values } of streamXlsxRows(bytes, { sheet: tab.index })) {
        cells += values.length;
        if (cells > MOST_CELLS) throw tooLarge(file);
        giveRow(index, values, spread, seeker, file, limits);
        if ((index & 1023) !== 0) continue;
        progress?.signal?.throwIfAborted();
        progress?.report({ zh: `读取 ${file}`, en: `reading ${file}` }, index, null);
      }
    });
  if (wanted.length <= FEW_TABS) {
    for (const one of wanted) await rowByRow(one);
    return;
  }
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    progress?.signal?.throwIfAborted();
    const some = wanted.slice(from, from + AT_ONCE);
    const indexes = new Set(some.map(({ tab }) => tab.index));
    // The library refuses a sheet with a stray cell in a far corner, which people do have; row by row it is no matter.
    const read = await readXlsx(bytes, { sheets: ({ index }) => indexes.has(index) }).catch(() => null);
    for (const [i, one] of some.entries()) {
      const sheet = read?.sheets[i];
      if (sheet) sheetRows(sheet.rows, one.merges, one.seeker, file, limits, progress);
      else await rowByRow(one);
    }
  }
}

/** Reads an .xls (and tells a locked .xlsx, which comes in the same container). Refuses a locked or damaged file. */
export async function readXlsFile(
  bytes: Buffer,
  file: string,
  limits: Limits,
  to: OfficeReader,
  progress?: Progress,
): Promise<void> {
  if (bytes.includes(LOCKED)) throw locked(file);
  const workbook = await guarded(file, () => readOldBook(bytes));
  for (const sheet of workbook.sheets) {
    const hidden = Boolean(sheet.hidden || sheet.veryHidden);
    if (hidden) to.problem(hiddenTab(file, sheet.name));
    const seeker = hidden ? null : to.worksheet(sheet);
    if (seeker) sheetRows(sheet.rows, sheet.merges ?? [], seeker, file, limits, progress);
  }
}

function sheetRows(
  rows: readonly CellValue[][],
  merges: readonly MergeRange[],
  seeker: Seeker,
  file: string,
  limits: Limits,
  progress?: Progress,
): void {
  const spread = spreadMerges(merges);
  for (const [index, values] of rows.entries()) {
    giveRow(index, values, spread, seeker, file, limits);
    if ((index & 1023) === 0)
      progress?.report({ zh: `读取 ${file}`, en: `reading ${file}` }, index, rows.length);
  }
}

/** Puts the value of each merged region that spans rows into its first column, row after row as they come. */
type Spread = (row: number, cells: Cell[]) => void;

function spreadMerges(merges: readonly MergeRange[]): Spread {
  const waiting = merges
    .filter((merge) => merge.endRow > merge.startRow)
    .sort((a, b) => a.startRow - b.startRow);
  let open: { until: number; column: number; value: Cell }[] = [];
  let next = 0;
  return (row, cells) => {
    if (open.length > 0) open = open.filter((region) => region.until >= row);
    for (const region of open) {
      while (cells.length <= region.column) cells.push(null);
      cells[region.column] = region.value;
    }
    while (next < waiting.length && waiting[next]!.startRow <= row) {
      const merge = waiting[next++]!;
      if (merge.startRow === row)
        open.push({ until: merge.endRow, column: merge.startCol, value: cells[merge.startCol] ?? null });
    }
  };
}

function giveRow(
  index: number,
  values: readonly CellValue[],
  spread: Spread,
  seeker: Seeker,
  file: string,
  limits: Limits,
): void {
  if (index >= limits.officeRows) throw tooLarge(file);
  const cells = values.map(cellOf);
  const blank = isBlank(cells);
  for (const cell of cells)
    if (typeof cell === 'string' && cell.length > limits.cell) throw endlessCell(file, index + 1);
  spread(index, cells);
  if (!blank) seeker.row(index + 1, cells);
}

/** The value of a cell as the contract says it. */
export function cellOf(value: CellValue | undefined): Cell {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return value instanceof Date ? momentOf(value) : value;
}

/**
 * A date cell as text. hucre gives the moment and not the format, so the shape of the value decides: whole days are dates, parts
 * of a day are times. The first two days of either calendar of the office programs are times too: 24:00 and later of a night shift.
 */
function momentOf(at: Date): string {
  const minutes = Math.round(at.getTime() / 60_000);
  const iso = new Date(minutes * 60_000).toISOString();
  const ofDay = minutes - Math.floor(minutes / 1440) * 1440;
  for (const zero of [ZERO_1900, ZERO_1904]) {
    const since = minutes - zero;
    if (since >= 0 && since < 2880)
      return `${String(Math.floor(since / 60)).padStart(2, '0')}:${String(since % 60).padStart(2, '0')}`;
  }
  return ofDay === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

const ZERO_1900 = Date.UTC(1899, 11, 31) / 60_000;
const ZERO_1904 = Date.UTC(1904, 0, 1) / 60_000;

/** Inflates every worksheet once: it must hold to its declared size and have no document type; its merged regions stand after its rows. */
async function mergesOf(
  bytes: Buffer,
  parts: Map<string, Part>,
  file: string,
): Promise<Map<string, MergeRange[]>> {
  const merges = new Map<string, MergeRange[]>();
  for (const part of parts.values()) {
    if (!/^xl\/worksheets\/[^/]+\.xml$/i.test(part.name)) continue;
    const found: MergeRange[] = [];
    let tail = '';
    let first = true;
    for await (const piece of inflate(bytes, part, file)) {
      const text = tail + piece.toString('latin1');
      if (first && /<!DOCTYPE|<!ENTITY/i.test(text)) throw notASheet(file);
      first = false;
      // A regular expression over all of a large sheet is ten times the price of this search.
      if (text.includes('mergeCell'))
        for (const [, ref] of text.matchAll(/mergeCell [^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"[^>]*>/g))
          found.push(range(ref!));
      const open = text.lastIndexOf('<');
      tail = open >= 0 && text.length - open < 200 && !text.includes('>', open) ? text.slice(open) : '';
    }
    if (found.length > 0) merges.set(part.name, found);
  }
  return merges;
}

function range(ref: string): MergeRange {
  const [from, to] = ref.split(':').map((cell) => parseCellRef(cell));
  return { startRow: from!.row, startCol: from!.col, endRow: to!.row, endCol: to!.col };
}

/** Whatever the library throws at a bad file becomes one clear refusal; our own refusals and a cancelled run pass through. */
async function guarded<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal || (error instanceof Error && error.name === 'AbortError')) throw error;
    const said = error instanceof Error ? error.message : String(error);
    // By name: the class is exported only by the library's entry that loads all of it.
    if (error instanceof Error && error.name === 'EncryptedFileError') throw locked(file);
    throw new Refusal({
      zh: `文件“${file}”已损坏，或不是 Excel/WPS 表格，打不开（${said}）。请用 Excel 或 WPS 打开后另存为 .xlsx。`,
      en: `"${file}" is damaged or no spreadsheet (${said}). Please open it in Excel or WPS and save it as .xlsx.`,
    });
  }
}

/** The part a locked .xlsx is wrapped in, as the older container names it. */
const LOCKED = Buffer.from('EncryptedPackage', 'utf16le');

const locked = (file: string) =>
  new Refusal({
    zh: `文件“${file}”设了打开密码，请去掉密码后重新保存。`,
    en: `"${file}" is locked with a password: please save it without one.`,
  });

/** The file is none of the formats there are. */
export const notASheet = (file: string) =>
  new Refusal({
    zh: `文件“${file}”不是能读的表格。请用 Excel 或 WPS 另存为 .xlsx、.xls 或 .csv。`,
    en: `"${file}" is not a sheet that can be read. Please save it as .xlsx, .xls or .csv.`,
  });

/** The file is another format under a sheet's name. */
export const saveAsXlsx = (file: string, zh: string, en: string) =>
  new Refusal({
    zh: `文件“${file}”其实是${zh}。请用 Excel 或 WPS 打开后另存为 .xlsx。`,
    en: `"${file}" is really ${en}. Please open it in Excel or WPS and save it as .xlsx.`,
  });

const tooLarge = (file: string) =>
  new Refusal({
    zh: `文件“${file}”的工作表太大，请分成几个文件。`,
    en: `A worksheet of "${file}" is too large: please split it.`,
  });

const endlessCell = (file: string, row: number) =>
  new Refusal({
    zh: `文件“${file}”第 ${row} 行有一个单元格超过 32,767 字，不像是表格。`,
    en: `A cell in row ${row} of "${file}" is longer than 32,767 characters, which no sheet holds.`,
  });

const hiddenTab = (file: string, tab: string): Problem => ({
  severity: 'warning',
  file,
  row: null,
  column: null,
  message: { zh: `工作表“${tab}”是隐藏的，没有读取`, en: `worksheet "${tab}" is hidden and was not read` },
  suggestion: { zh: '如需读取，请取消隐藏后再试', en: 'unhide it if it should be read' },
});
