import { open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Problem, Refusal } from '../../values/problem.ts';
import type { Cell, Column, Limits, ReadOptions, TableRead, TableReader } from './contract.ts';
import { csvShape, readCsv } from './csv.ts';
import { isBlank, type Sought, seekHeading } from './heading.ts';
import { notASheet, type OfficeReader, readXlsFile, readXlsxFile, saveAsXlsx } from './xlsx.ts';

/**
 * Default limits. Real sheets of a city are far below them (190 MB and 2.6 million rows of CSV; .xlsx sheets inflate 5 to 30
 * times); raising them is a matter of memory, for the texts of an .xlsx are held while it is read.
 */
export const LIMITS: Limits = {
  officeFile: 200 << 20,
  textFile: 2 * 1024 ** 3,
  inflated: 1024 ** 3,
  // Filled with the shortest texts there are, this takes some 2 GB while it is parsed; the texts of 200,000 people take 30 MB.
  wholePart: 40 << 20,
  ratio: 200,
  smallPart: 20 << 20,
  parts: 10_000,
  officeRows: 1_048_576,
  textRows: 10_000_000,
  cell: 32_767,
};

export type SheetFormat = 'xlsx' | 'xls' | 'csv';

/**
 * What a file really is, by its first bytes and not by its name: systems write web pages, and people rename CSVs, to .xls.
 * Refuses an empty file, a web page, and what is no text.
 */
export async function formatOf(path: string): Promise<SheetFormat> {
  const file = basename(path);
  const handle = await open(path, 'r').catch(() => {
    throw new Refusal({
      zh: `找不到或打不开文件“${path}”。`,
      en: `The file "${path}" is not there or cannot be opened.`,
    });
  });
  try {
    const bytes = Buffer.alloc(4096);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0).catch(() => {
      throw notASheet(file);
    });
    const head = bytes.subarray(0, bytesRead);
    if (
      head
        .toString('latin1')
        .replace(/^\xef\xbb\xbf/, '')
        .trim() === ''
    )
      throw new Refusal({ zh: `文件“${file}”是空的。`, en: `"${file}" is empty.` });
    if (head.length >= 4 && head.readUInt32BE(0) === 0x504b0304) return 'xlsx';
    if (head.length >= 8 && head.readUInt32BE(0) === 0xd0cf11e0) return 'xls';
    const text = head
      .toString('latin1')
      .replace(/^\xef\xbb\xbf/, '')
      .trimStart()
      .toLowerCase();
    if (/^<(?:!doctype|html|\?xml|table|head|meta)/.test(text))
      throw saveAsXlsx(file, '网页或 XML 文件', 'a web page or XML file');
    const wide = head[0] === 0xff && head[1] === 0xfe;
    if (!wide && head.includes(0)) throw notASheet(file);
    return 'csv';
  } finally {
    await handle.close();
  }
}

/**
 * Reads a sheet as people make them: .xlsx, .xls or CSV (UTF-8, GB18030), told apart by content. In each worksheet the heading row
 * is found by the names of the columns, title lines above are collected, blank rows, sums, footers and repeated headings are left out, merged
 * cells are filled down; every other row goes to the reader as it stands. A worksheet without the heading is passed over when another has it.
 *
 * Refuses (one sentence, nothing half done, though rows may already have gone to the reader): a file that is missing,
 * empty, damaged, locked, beyond the limits, or no sheet; a file in no worksheet of which all required columns are found, naming them.
 * Broken quotes, damaged characters and hidden worksheets are problems in the result.
 *
 *     await readTable('花名册.xlsx', [{ id: 'name', label: '姓名', required: true }], {
 *       header: ({ at }) => { place = at['name']; },
 *       row: (row, cells) => people.push({ row, name: cells[place] }),
 *     });
 */
export async function readTable(
  path: string,
  columns: readonly Column[],
  reader: TableReader,
  options: ReadOptions = {},
): Promise<TableRead> {
  const file = basename(path);
  const limits: Limits = { ...LIMITS, ...options.limits };
  const format = await formatOf(path);
  const { size } = await stat(path);
  const most = format === 'csv' ? limits.textFile : limits.officeFile;
  if (size > most)
    throw new Refusal({
      zh: `文件“${file}”有 ${megabytes(size)} MB，超过上限 ${megabytes(most)} MB，请分成几个文件。`,
      en: `"${file}" has ${megabytes(size)} MB, more than the limit of ${megabytes(most)} MB: please split it.`,
    });

  const problems: Problem[] = [];
  const sought: Sought[] = [];
  if (format === 'csv') sought.push(await readText(path, columns, reader, limits, options, problems));
  else {
    const seekers: ReturnType<typeof seekHeading>[] = [];
    const to: OfficeReader = {
      worksheet(tab) {
        if (options.sheetFilter && !options.sheetFilter(tab.name)) return null;
        const seeker = seekHeading(tab.name, columns, reader);
        seekers.push(seeker);
        return seeker;
      },
      problem: (problem) => problems.push(problem),
    };
    const bytes = await readFile(path);
    await (format === 'xlsx' ? readXlsxFile : readXlsFile)(bytes, file, limits, to, options.progress);
    for (const seeker of seekers) sought.push(seeker.end());
  }

  const headings = sought.flatMap((one) => one.heading ?? []);
  if (headings.length === 0) throw columnsMissing(file, columns, sought);
  return { format, rows: sought.reduce((sum, one) => sum + one.rows, 0), headings, problems };
}

async function readText(
  path: string,
  columns: readonly Column[],
  reader: TableReader,
  limits: Limits,
  options: ReadOptions,
  problems: Problem[],
): Promise<Sought> {
  const file = basename(path);
  const shape = await csvShape(path, options.progress);
  const seeker = seekHeading('', columns, reader);
  // Clean UTF-8 holds no replacement characters but those the user typed; in anything else they are bytes that were lost.
  const watch = shape.encoding.name !== 'utf-8' || shape.encoding.damaged;
  await readCsv(
    path,
    shape,
    {
      record(row, fields) {
        if (watch && fields.some((field) => field.includes('\ufffd'))) {
          problems.push(lostCharacters(file, row));
          return;
        }
        const cells: Cell[] = fields;
        for (let i = 0; i < cells.length; i++) if (cells[i] === '') cells[i] = null;
        if (!isBlank(cells)) seeker.row(row, cells);
      },
      broken: (row) => problems.push(brokenQuotes(file, row)),
    },
    { limits, ...(options.progress && { progress: options.progress }) },
  );
  return seeker.end();
}

function columnsMissing(file: string, columns: readonly Column[], sought: readonly Sought[]): Refusal {
  const best = sought.toSorted((a, b) => a.missing.length - b.missing.length)[0];
  const missing = (best?.missing ?? columns.filter((column) => column.required)).map(
    (column) => column.label,
  );
  return new Refusal({
    zh: `文件“${file}”里没有找到表头：缺少“${missing.join('”“')}”${missing.length > 1 ? '这几列' : '这一列'}。请补上列名后再试。`,
    en: `No heading row was found in "${file}": it lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}. Please add ${missing.length > 1 ? 'them' : 'it'} and try again.`,
  });
}

const brokenQuotes = (file: string, row: number): Problem => ({
  severity: 'problem',
  file,
  row,
  column: null,
  message: {
    zh: `第 ${row} 行的引号不成对，这一行没有读`,
    en: `the quotes in row ${row} do not pair; the row was not read`,
  },
  suggestion: { zh: '补上或去掉这一行的英文双引号', en: 'complete or remove the double quotes in this row' },
});

const lostCharacters = (file: string, row: number): Problem => ({
  severity: 'problem',
  file,
  row,
  column: null,
  message: {
    zh: `第 ${row} 行有无法辨认的字符（文件编码混杂或已损坏），这一行没有读`,
    en: `row ${row} holds bytes that are no characters (mixed encodings or damage); it was not read`,
  },
  suggestion: {
    zh: '用 Excel 或 WPS 打开核对这一行，另存为“CSV UTF-8”',
    en: 'check the row in Excel or WPS and save as "CSV UTF-8"',
  },
});

const megabytes = (bytes: number) => Math.round(bytes / (1 << 20));
