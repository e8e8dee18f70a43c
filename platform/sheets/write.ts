import { basename } from 'node:path';
import { cellsOf, escaped, looksOf, textCell, wrappedHeight } from './cells.ts';
import type { OutHeading, OutLook, OutRow, OutValue, Progress, SheetOut, SheetsOut } from './contract.ts';
import { frameOf, MAIN, XML } from './frame.ts';
import { columnName, legalName } from './names.ts';
import { type Archive, openArchive } from './pack.ts';
import { styleOf } from './styles.ts';

/** Rows of one worksheet an office program takes. */
const MOST_ROWS = 1_048_576;
/** Office programs take 1,026 breaks in one worksheet and call a file with more damaged. */
const MOST_BREAKS = 1000;

/**
 * Writes a workbook (.xlsx) row by row with flat memory. The same sheets give the same bytes, whenever and wherever they are
 * written. Numbers are numbers with a fixed format, text is text whatever it begins with, there are no formulas. The
 * file is readable by its owner alone (mode 0600) and stands under its name only when it is whole; a cancelled or failed
 * run leaves nothing.
 *
 * Throws a RangeError for more than 1,048,576 rows in a sheet or 4 GB in a workbook: the caller splits.
 *
 *     await writeWorkbook('公示表.xlsx', [{
 *       name: '幸福里社区',
 *       columns: [{ kind: 'text', width: 12 }, { kind: 'money', width: 14 }],
 *       titles: ['补助公示表'],
 *       headings: [[{ text: '姓名' }, { text: '金额（元）' }]],
 *       rows: [['张三', 109500], { cells: ['合计', 109500], look: 'total' }],
 *     }]);
 */
export async function writeWorkbook(
  path: string,
  sheets: SheetsOut,
  options: { progress?: Progress } = {},
): Promise<void> {
  const archive = await openArchive(path);
  try {
    const names: string[] = [];
    const prints: string[] = [];
    const taken = new Set<string>();
    const progress = rowProgress(path, options.progress);
    for await (const sheet of sheets) {
      const name = legalName(sheet.name, taken);
      names.push(name);
      await archive.part(`xl/worksheets/sheet${names.length}.xml`);
      const size = await writeSheet(archive, sheet, names.length === 1, progress);
      const quoted = `'${escaped(name).replaceAll("'", "''")}'`;
      const sheetId = names.length - 1;
      prints.push(
        `<definedName name="_xlnm.Print_Area" localSheetId="${sheetId}">${quoted}!$A$1:$${columnName(sheet.columns.length - 1)}$${size.rows}</definedName>`,
      );
      if (size.repeat)
        prints.push(
          `<definedName name="_xlnm.Print_Titles" localSheetId="${sheetId}">${quoted}!$${size.repeat[0]}:$${size.repeat[1]}</definedName>`,
        );
    }
    if (names.length === 0) throw new RangeError(`${path}: a workbook needs a sheet`);
    for (const [part, text] of Object.entries(frameOf(names, prints))) {
      await archive.part(part);
      await archive.write(text);
    }
    await archive.close();
  } catch (error) {
    await archive.abandon();
    throw error;
  }
}

type Told = (rows: number) => void;

/** Tells the progress of all sheets together, and stops when asked to. */
function rowProgress(path: string, progress: Progress | undefined): Told {
  const step = { zh: `写出 ${basename(path)}`, en: `writing ${basename(path)}` };
  let done = 0;
  return (rows) => {
    done += rows;
    progress?.signal?.throwIfAborted();
    progress?.report(step, done, null);
  };
}

type Size = { rows: number; repeat: readonly [number, number] | null };

async function writeSheet(archive: Archive, sheet: SheetOut, first: boolean, told: Told): Promise<Size> {
  const width = sheet.columns.length;
  const letters = sheet.columns.map((_, i) => columnName(i));
  const merges: string[] = [];
  const breaks: number[] = [];
  const repeatHeadings = sheet.print?.repeatHeadings !== false && sheet.headings.length > 0;
  const above = (sheet.titles?.length ?? 0) + (sheet.subtitles?.length ?? 0);
  const headed = above + sheet.headings.length;
  await archive.write(sheetHead(sheet, first, repeatHeadings ? headed : 0));

  let row = 0;
  const across = (text: string, look: OutLook, height: number): string => {
    row++;
    if (width > 1) merges.push(`A${row}:${letters[width - 1]}${row}`);
    const style = styleOf(look, 'text', 'centre');
    return `<row r="${row}" ht="${height}" customHeight="1">${textCell(`A${row}`, style, text)}</row>`;
  };
  for (const line of sheet.titles ?? []) await archive.write(across(line, 'title', 32));
  for (const line of sheet.subtitles ?? []) await archive.write(across(line, 'note', 20));
  await archive.write(headingRows(sheet.headings, width, letters, row, merges));
  row += sheet.headings.length;

  const written = looksOf(sheet);
  const heightOf = (cells: readonly OutValue[], look: OutLook, given?: OutRow): string => {
    const height =
      given?.height ?? sheet.rowHeight ?? (given?.merge ? null : wrappedHeight(cells, written(look)));
    return height === null ? '' : ` ht="${height}" customHeight="1"`;
  };
  let since = 0;
  const write = (given: readonly OutValue[] | OutRow): Promise<void> | undefined => {
    if (++row > MOST_ROWS) throw new RangeError(`sheet ${sheet.name}: more than ${MOST_ROWS} rows`);
    if (++since === 1000) {
      told(since);
      since = 0;
    }
    if (isBare(given))
      return archive.write(
        `<row r="${row}"${heightOf(given, 'body')}>${cellsOf(given, row, letters, written('body'))}</row>`,
      );
    if (given.newPage && row > 1 && breaks.length < MOST_BREAKS) breaks.push(row - 1);
    for (const [from, to] of given.merge ?? [])
      if (to > from) merges.push(`${letters[from]}${row}:${letters[to]}${row}`);
    const { cells, look = 'body' } = given;
    return archive.write(
      `<row r="${row}"${heightOf(cells, look, given)}>${cellsOf(cells, row, letters, written(look))}</row>`,
    );
  };
  // Awaiting every row of a plain list would cost more than writing it.
  if (Symbol.iterator in sheet.rows)
    for (const given of sheet.rows) {
      const behind = write(given);
      if (behind) await behind;
    }
  else for await (const given of sheet.rows) await write(given);
  told(since);
  await archive.write(sheetFoot(sheet, merges, breaks));
  return { rows: Math.max(1, row), repeat: repeatHeadings ? [above + 1, headed] : null };
}

function isBare(row: readonly OutValue[] | OutRow): row is readonly OutValue[] {
  return Array.isArray(row);
}

/** The heading with its merged cells; every covered cell is written too, or its border would be missing. */
function headingRows(
  headings: SheetOut['headings'],
  width: number,
  letters: readonly string[],
  above: number,
  merges: string[],
): string {
  const style = styleOf('heading', 'text');
  const grid: (OutHeading | 'covered' | undefined)[][] = headings.map(() => Array.from({ length: width }));
  for (const [r, cells] of headings.entries()) {
    let at = 0;
    for (const cell of cells) {
      while (at < width && grid[r]![at] !== undefined) at++;
      if (at >= width) break;
      const down = Math.min(cell.down ?? 1, headings.length - r);
      const across = Math.min(cell.across ?? 1, width - at);
      for (let y = 0; y < down; y++) for (let x = 0; x < across; x++) grid[r + y]![at + x] = 'covered';
      grid[r]![at] = cell;
      if (down > 1 || across > 1)
        merges.push(`${letters[at]}${above + r + 1}:${letters[at + across - 1]}${above + r + down}`);
    }
  }
  return grid
    .map((cells, r) => {
      const row = above + r + 1;
      const xml = cells.map((cell, i) =>
        cell === undefined || cell === 'covered'
          ? `<c r="${letters[i]}${row}" s="${style}"/>`
          : textCell(`${letters[i]}${row}`, style, cell.text),
      );
      return `<row r="${row}" ht="24" customHeight="1">${xml.join('')}</row>`;
    })
    .join('');
}

function sheetHead(sheet: SheetOut, first: boolean, frozen: number): string {
  const pane =
    frozen > 0
      ? `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A${frozen + 1}" sqref="A${frozen + 1}"/>`
      : '';
  const columns = sheet.columns
    .map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  return `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView${first ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/><cols>${columns}</cols><sheetData>`;
}

/** Half an inch at the sides: a 14-column sheet on a landscape A4 stays readable. */
const MARGINS = { top: 0.6, bottom: 0.7, left: 0.5, right: 0.5 };

function sheetFoot(sheet: SheetOut, merges: readonly string[], breaks: readonly number[]): string {
  const { paper = 'A4', landscape = false, margins = MARGINS } = sheet.print ?? {};
  const merged =
    merges.length > 0
      ? `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
      : '';
  const paged =
    breaks.length > 0
      ? `<rowBreaks count="${breaks.length}" manualBreakCount="${breaks.length}">${breaks.map((row) => `<brk id="${row}" max="16383" man="1"/>`).join('')}</rowBreaks>`
      : '';
  return `</sheetData>${merged}<printOptions horizontalCentered="1"/><pageMargins left="${margins.left}" right="${margins.right}" top="${margins.top}" bottom="${margins.bottom}" header="0.3" footer="0.3"/><pageSetup paperSize="${paper === 'A3' ? 8 : 9}" orientation="${landscape ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter>${paged}</worksheet>`;
}
