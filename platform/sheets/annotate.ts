import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type CellStyle,
  type CellValue,
  type Cell as OfficeCell,
  readXlsx,
  type Sheet,
  type Workbook,
  type WriteSheet,
  writeXlsx,
} from 'hucre/xlsx';
import type { Problem, Severity } from '../../values/problem.ts';
import { annotateCsv } from './annotate-csv.ts';
import type { Cell, Heading, OutRow, Progress, SheetOut, SheetProblems } from './contract.ts';
import { legalName } from './names.ts';
import { formatOf, LIMITS, type SheetFormat } from './read.ts';
import { LABELS, type Remark, type RowsAlone, remarksOf } from './remarks.ts';
import { partsOf } from './unpack.ts';
import { writeWorkbook } from './write.ts';
import { readOldBook } from './xls.ts';
import { readXlsxFile } from './xlsx.ts';

/** Rows shown alone for an input that cannot be copied whole: beyond that nobody reads them there. */
const MOST_ALONE = 20_000;
/** With more problems than this the list and the copies are separate files: one workbook of both would take over a gigabyte of memory. */
const MOST_TOGETHER = 20_000;
/** What one worksheet takes, less the heading and a closing line. */
const MOST_LISTED = 1_000_000;
/** A workbook that inflates to more is not copied with its formatting: the copy would take over a gigabyte of memory. */
const COPIED_WHOLE = 64 << 20;

/** Columns of a worksheet an office program takes. */
const MOST_COLUMNS = 16_384;

/** What was written: names of files in the folder, the workbook first. */
export type ProblemBook = { readonly files: readonly string[] };

/** What the workbook is made of, in the order of its tabs. */
type Tab =
  | { readonly kind: 'ours'; readonly sheet: SheetOut }
  | { readonly kind: 'copy'; readonly from: string; readonly sheet: WriteSheet };

/**
 * Gives the user's own sheets back with what is wrong in them. `问题清单.xlsx` has every problem in a list (the first million),
 * then each worksheet that was read of each .xlsx and .xls that has problems, with its widths, fonts, fills, merged cells and print
 * set-up, two columns added on the right and the rows in question tinted, and for each CSV the rows with problems alone (the first 20,000);
 * beside it stands `<name>-问题标注.csv` for each CSV with problems, every row in its own bytes and encoding. With more
 * than 20,000 problems the copies of workbooks stand beside it too, as `<name>-问题标注.xlsx`. Formulas come
 * back as their results, and rules, drop-downs, comments, pictures and links not at all: nothing of a stranger's file runs in ours. A workbook
 * beyond 64 MB inflated comes back as the rows with problems alone. Files are readable by their owner only; the same
 * inputs give the same bytes.
 *
 *     const read = await readTable(path, columns, reader);
 *     await writeProblemBook(out, [{ path, headings: read.headings, problems }], problems);
 */
export async function writeProblemBook(
  folder: string,
  inputs: readonly SheetProblems[],
  all: readonly Problem[],
  options: { progress?: Progress } = {},
): Promise<ProblemBook> {
  const { progress } = options;
  const taken = new Set<string>();
  const tabs: Tab[] = [{ kind: 'ours', sheet: listSheet(all, legalName('问题清单', taken)) }];
  const files = [BOOK];
  for (const input of inputs) {
    progress?.signal?.throwIfAborted();
    if (input.problems.length === 0) continue;
    const stem = basename(input.path).replace(/\.[^.]*$/, '');
    if ((await formatOf(input.path)) === 'csv') {
      const name = unique(`${stem}-问题标注`, '.csv', files);
      const remarks = remarksOf(input, '');
      const alone = await annotateCsv(
        input.path,
        join(folder, name),
        input.headings[0] ?? null,
        remarks,
        MOST_ALONE,
        progress,
      );
      files.push(name);
      tabs.push({ kind: 'ours', sheet: aloneSheet(alone, remarks, legalName(stem, taken)) });
    } else tabs.push(...(await officeTabs(input, stem, taken)));
  }

  const together = all.length <= MOST_TOGETHER && tabs.some(({ kind }) => kind === 'copy');
  progress?.report({ zh: `写出 ${BOOK}`, en: `writing ${BOOK}` }, 0, null);
  if (together) {
    await writeCopies(
      join(folder, BOOK),
      tabs.map((tab) => (tab.kind === 'copy' ? tab.sheet : asCopy(tab.sheet))),
    );
    return { files };
  }
  await writeWorkbook(
    join(folder, BOOK),
    tabs.flatMap((tab) => (tab.kind === 'ours' ? tab.sheet : [])),
    options,
  );
  const copies = Map.groupBy(
    tabs.flatMap((tab) => (tab.kind === 'copy' ? tab : [])),
    ({ from }) => from,
  );
  for (const [from, copied] of copies) {
    const stem = basename(from).replace(/\.[^.]*$/, '');
    const name = unique(`${stem}-问题标注`, '.xlsx', files);
    await writeCopies(
      join(folder, name),
      copied.map(({ sheet }) => sheet),
    );
    files.push(name);
  }
  return { files };
}

const BOOK = '问题清单.xlsx';

/** The worksheets of an .xlsx or .xls that were read, as copies; of those too large to copy, the rows in question. */
async function officeTabs(input: SheetProblems, stem: string, taken: Set<string>): Promise<Tab[]> {
  const file = basename(input.path);
  const bytes = await readFile(input.path);
  const format = await formatOf(input.path);
  const tabs: Tab[] = [];
  const nameOf = (name: string) => legalName(taken.has(name.toLowerCase()) ? `${stem}-${name}` : name, taken);
  const small = format === 'xls' || inflatedSize(bytes, file) <= COPIED_WHOLE;
  // What was read row by row may still be more than the library holds whole: a stray cell in a far corner is enough.
  const workbook = small ? await officeBook(bytes, format).catch(() => null) : null;
  for (const heading of input.headings) {
    const remarks = remarksOf(input, heading.sheet);
    const sheet = workbook?.sheets.find(({ name }) => name === heading.sheet);
    if (sheet) {
      tabs.push({
        kind: 'copy',
        from: input.path,
        sheet: copyOf(sheet, nameOf(sheet.name), heading, remarks),
      });
    } else if (remarks.size > 0) {
      const alone = await rowsAlone(bytes, file, heading, remarks);
      tabs.push({ kind: 'ours', sheet: aloneSheet(alone, remarks, nameOf(heading.sheet)) });
    }
  }
  return tabs;
}

function officeBook(bytes: Buffer, format: SheetFormat): Promise<Workbook> {
  return format === 'xls' ? readOldBook(bytes) : readXlsx(bytes, { readStyles: true });
}

const TINTS: Record<Severity, CellStyle> = {
  problem: { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FBE3DF' } } },
  warning: { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFF4D6' } } },
};
const LINE = { style: 'thin', color: { rgb: '7F7F7F' } } as const;
const BORDER = { top: LINE, right: LINE, bottom: LINE, left: LINE };
const HEAD: CellStyle = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EDEDED' } },
  border: BORDER,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};
const BODY: CellStyle = {
  border: BORDER,
  alignment: { vertical: 'center', wrapText: true },
  numFmt: '@',
};

function listSheet(all: readonly Problem[], name: string): SheetOut {
  const rows = function* (): Generator<OutRow> {
    for (const [i, { severity, file, row, column, message, suggestion }] of all.entries()) {
      if (i === MOST_LISTED) break;
      const cells = [i + 1, LABELS[severity], file, row, column, message.zh, suggestion.zh];
      yield { cells, look: severity };
    }
    if (all.length === 0) yield { cells: [null, null, null, null, null, '没有发现问题', null] };
    if (all.length > MOST_LISTED)
      yield { cells: [null, null, null, null, null, moreRows(all.length - MOST_LISTED), null] };
  };
  const heads = [
    ['序号', 7],
    ['级别', 7],
    ['文件', 24],
    ['行', 9],
    ['列', 14],
    ['问题', 60],
    ['建议', 50],
  ] as const;
  return {
    name,
    columns: heads.map(([text, width]) => ({
      width,
      kind: text === '序号' || text === '行' ? 'integer' : 'text',
    })),
    headings: [heads.map(([text]) => ({ text }))],
    rows: rows(),
    print: { landscape: true },
  };
}

function aloneSheet(alone: RowsAlone, remarks: ReadonlyMap<number, Remark>, name: string): SheetOut {
  const width = alone.rows.reduce((most, { cells }) => Math.max(most, cells.length), alone.heading.length);
  const widened = (cells: readonly Cell[]) => Array.from({ length: width }, (_, i) => cells[i] ?? null);
  const rows: OutRow[] = alone.rows.map(({ row, cells }) => {
    const remark = remarks.get(row);
    return {
      cells: [row, ...widened(cells).map(asText), remark?.problem ?? null, remark?.suggestion ?? null],
    };
  });
  if (alone.more > 0) rows.push({ cells: [null, ...widened([]), moreRows(alone.more), null] });
  const heads = [
    '行',
    ...widened(alone.heading).map((cell) => (cell === null ? '' : String(cell))),
    '问题',
    '建议',
  ];
  return {
    name,
    columns: heads.map((_, i) => ({
      kind: i === 0 ? 'integer' : 'text',
      width: i === 0 ? 9 : i === heads.length - 2 ? 60 : i === heads.length - 1 ? 50 : 18,
    })),
    headings: [heads.map((text) => ({ text }))],
    rows,
    print: { landscape: true },
  };
}

const asText = (cell: Cell) => (cell === null ? null : String(cell));
const moreRows = (count: number) => `另有 ${count} 行没有列出，见标注后的文件`;

/** One of our plain tables for the library that writes the copies: one heading row, no titles. Looks like what `writeWorkbook` makes of it. */
function asCopy(sheet: SheetOut): WriteSheet {
  const rows: CellValue[][] = [];
  const cells = new Map<string, Partial<OfficeCell>>();
  const add = (values: readonly CellValue[], style: CellStyle) => {
    for (const [c, value] of values.entries())
      cells.set(`${rows.length},${c}`, {
        value,
        type: typeOf(value),
        style: typeof value === 'number' ? { ...style, numFmt: '0' } : style,
      });
    rows.push([...values]);
  };
  add(
    sheet.headings[0]!.map(({ text }) => text),
    HEAD,
  );
  // Ours are made here and are plain lists or generators.
  for (const row of sheet.rows as Iterable<OutRow>)
    add(row.cells, row.look === 'problem' || row.look === 'warning' ? { ...BODY, ...TINTS[row.look] } : BODY);
  return {
    name: sheet.name,
    rows,
    cells,
    columns: sheet.columns.map(({ width }) => ({ width })),
    freezePane: { rows: 1 },
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '$1:$1',
    },
  };
}

/** A worksheet as its owner made it, with the remarks. Only what shows is copied: values, styles, sizes, merged cells, page. */
function copyOf(
  sheet: Sheet,
  name: string,
  heading: Heading,
  remarks: ReadonlyMap<number, Remark>,
): WriteSheet {
  const cells = new Map<string, Partial<OfficeCell>>();
  const rows = sheet.rows.map((row) => [...row]);
  for (const [place, cell] of sheet.cells ?? []) {
    const [r, c] = place.split(',').map(Number) as [number, number];
    const value = cell.formula === undefined ? cell.value : (cell.formulaResult ?? cell.value ?? null);
    if (rows[r]) rows[r][c] = value;
    // A formula is left behind by not copying it; rich text keeps the fonts of its runs.
    cells.set(place, {
      value,
      type: typeOf(value),
      ...(cell.style && { style: cell.style }),
      ...(cell.richText && { richText: cell.richText }),
    });
  }

  const remarked = [...remarks].filter(([row]) => row <= rows.length);
  let width = heading.columns;
  for (const row of [heading.row, ...remarked.map(([row]) => row)])
    width = Math.max(width, lastUsed(rows[row - 1] ?? []) + 1);
  if (width > MOST_COLUMNS - 2) width = heading.columns;
  const put = (row: number, problem: string, suggestion: string, style: CellStyle) => {
    const values = rows[row - 1];
    if (!values) return;
    while (values.length < width + 2) values.push(null);
    for (const [i, value] of [problem, suggestion].entries()) {
      values[width + i] = value;
      cells.set(`${row - 1},${width + i}`, { value, type: 'string', style });
    }
  };
  put(heading.row, '问题', '建议', cells.get(`${heading.row - 1},${heading.columns - 1}`)?.style ?? HEAD);
  for (const [row, { severity, problem, suggestion }] of remarked) {
    for (let c = 0; c < width; c++) {
      const value = rows[row - 1]![c] ?? null;
      const cell = cells.get(`${row - 1},${c}`) ?? { value, type: typeOf(value) };
      cells.set(`${row - 1},${c}`, { ...cell, style: { ...cell.style, ...TINTS[severity] } });
    }
    put(row, problem, suggestion, { ...BODY, ...TINTS[severity] });
  }
  const columns = Array.from({ length: width }, (_, i) => {
    const { width, hidden, style } = sheet.columns?.[i] ?? {};
    return { ...(width !== undefined && { width }), ...(hidden && { hidden }), ...(style && { style }) };
  });
  columns.push({ width: 48 }, { width: 40 });
  const { merges, rowDefs, freezePane, pageSetup, headerFooter, rowBreaks } = sheet;
  const { printArea: _, ...page } = pageSetup ?? {};
  return {
    name,
    rows,
    cells,
    columns,
    ...(merges && { merges }),
    ...(rowDefs && { rowDefs }),
    ...(freezePane && { freezePane }),
    ...(pageSetup && { pageSetup: page }),
    ...(headerFooter && { headerFooter }),
    ...(rowBreaks && { rowBreaks }),
  };
}

function typeOf(value: CellValue): OfficeCell['type'] {
  if (value === null) return 'empty';
  if (value instanceof Date) return 'date';
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string';
}

function lastUsed(row: readonly CellValue[]): number {
  let last = row.length - 1;
  while (last >= 0 && (row[last] === null || row[last] === '')) last--;
  return last;
}

async function rowsAlone(
  bytes: Buffer,
  file: string,
  heading: Heading,
  remarks: ReadonlyMap<number, Remark>,
): Promise<RowsAlone> {
  let head: readonly Cell[] = [];
  const rows: { row: number; cells: readonly Cell[] }[] = [];
  let more = 0;
  await readXlsxFile(bytes, file, LIMITS, {
    worksheet: ({ name }) =>
      name !== heading.sheet
        ? null
        : {
            row(row, cells) {
              if (row === heading.row) head = [...cells];
              if (!remarks.has(row)) return;
              if (rows.length < MOST_ALONE) rows.push({ row, cells: [...cells] });
              else more++;
            },
            end: () => ({ heading, rows: 0, missing: [] }),
          },
    problem: () => undefined,
  });
  return { heading: head, rows, more };
}

function inflatedSize(bytes: Buffer, file: string): number {
  let size = 0;
  for (const part of partsOf(bytes, file, LIMITS).values()) size += part.size;
  return size;
}

/** Two inputs of one name from two folders: the second gets a number. */
function unique(stem: string, ending: string, taken: readonly string[]): string {
  let free = stem + ending;
  for (let n = 2; taken.includes(free); n++) free = `${stem}(${n})${ending}`;
  return free;
}

/** Without times of its own, and readable by the owner alone; under its name only when it is whole. */
async function writeCopies(path: string, sheets: WriteSheet[]): Promise<void> {
  const epoch = new Date(Date.UTC(1980, 0, 1));
  const bytes = await writeXlsx({
    sheets,
    properties: { created: epoch, modified: epoch },
    defaultFont: { name: '宋体', size: 11 },
  });
  const unfinished = `${path}.part`;
  await rm(unfinished, { force: true });
  try {
    await writeFile(unfinished, bytes, { mode: 0o600, flag: 'wx' });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
