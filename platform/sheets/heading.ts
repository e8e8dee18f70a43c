import { plain } from '../../values/text.ts';
import type { Cell, Column, Heading, TableReader } from './contract.ts';

/** Headings are looked for in this many rows of a worksheet; below them nobody puts titles. */
const HEADING_WITHIN = 30;

/** Words a summing row begins with, blanks left out. */
const SUM = /^(?:本页|本表|页|以上)?(?:小计|合计|总计|共计|累计)/;
/** A summing row of a named unit: 幸福里社区小计. */
const SUM_OF = /(?:小计|合计|总计|共计)[::]?$/;
/** A summing row whose word stands in a required column: 序号 7, 姓名 合计. */
const SUM_ALONE = /^(?:本页|页)?(?:小计|合计|总计|共计)[::]?$/;
/** Lines under a table: who made it, who checked it, seals, remarks. Only with a colon, so that a name is never taken for one. */
const FOOTER =
  /^(?:制表|填表|填报|编制|负责|单位负责|主要负责|分管|审核|审批|复核|核对|经办|签字|签名|签章|盖章|\(盖章\)|领导|书记|主任|会计|出纳|财务|备注|说明|注|附|联系|监督|举报|日期|时间|年月)[^:]{0,12}:|^\(?(?:公章|盖章|签章)\)?$/;

/**
 * A heading as it is compared: width made plain, blanks, line breaks and asterisks out, brackets at the end out, so that
 * "＊身份证号（必填）" and "身份证 号" are one.
 */
export function keyOf(cell: Cell): string {
  if (cell === null) return '';
  let key = plain(String(cell)).replace(/[\s*]/g, '').toLowerCase();
  for (;;) {
    const shorter = key.replace(/(?:\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|[::])$/, '');
    if (shorter === key || shorter === '') return key;
    key = shorter;
  }
}

/** True when no cell of the row holds anything but blanks. */
export function isBlank(cells: readonly Cell[]): boolean {
  for (const cell of cells)
    if (cell !== null && (typeof cell === 'number' || cell.trim() !== '')) return false;
  return true;
}

/** What one worksheet came to: its rows, or the required columns that its best row still lacked. */
export type Sought = {
  readonly heading: Heading | null;
  readonly rows: number;
  readonly missing: readonly Column[];
};

export type Seeker = {
  /** The next row that is not blank, 1-based. `cells` is not kept unless the row may be a heading. */
  row(row: number, cells: Cell[]): void;
  end(): Sought;
};

/**
 * Finds the heading row of one worksheet, then hands the rows below it to the reader. A heading of two levels (姓名 over
 * two rows, 日期 over 1 to 31) is read as one row: the lower level names what the upper left unnamed. Left out are summing
 * rows, lines under the table, titles and headings repeated on each printed page. Nothing is judged: a row that is none
 * of these goes to the reader even when it holds nonsense.
 */
export function seekHeading(sheet: string, columns: readonly Column[], reader: TableReader): Seeker {
  const ids = new Map<string, string>();
  for (const column of columns)
    for (const name of [column.label, ...(column.aliases ?? [])]) {
      const key = keyOf(name);
      if (!ids.has(key)) ids.set(key, column.id);
    }
  const required = columns.filter((column) => column.required);

  const titles: string[] = [];
  let missing: readonly Column[] = required;
  let most = 0;
  let heading: { row: number; at: Record<string, number>; cells: Cell[]; told: boolean } | null = null;
  let needed: number[] = [];
  let rows = 0;

  const placesIn = (cells: readonly Cell[]): Record<string, number> => {
    const at: Record<string, number> = {};
    for (let i = 0; i < cells.length; i++) {
      const id = ids.get(keyOf(cells[i] ?? null));
      if (id !== undefined && !(id in at)) at[id] = i;
    }
    return at;
  };

  const tell = () => {
    if (heading === null || heading.told) return;
    heading.told = true;
    needed = required.map((column) => heading!.at[column.id]!);
    reader.header({
      sheet,
      row: heading.row,
      at: heading.at,
      headings: heading.cells.map(onOneLine),
      titles,
    });
  };

  /** The second level of a heading: it repeats or leaves empty what is required, and names columns not yet found. */
  const addLevel = (row: number, cells: readonly Cell[]): boolean => {
    const upper = heading!;
    if (row !== upper.row + 1) return false;
    const lower = placesIn(cells);
    const fresh = Object.entries(lower).filter(([id]) => !(id in upper.at));
    const same = required.every((column) => {
      const at = upper.at[column.id]!;
      return keyOf(cells[at] ?? null) === '' || lower[column.id] === at;
    });
    if (
      !same ||
      (fresh.length === 0 && !required.every((column) => lower[column.id] === upper.at[column.id]))
    )
      return false;
    for (const [id, at] of fresh) upper.at[id] = at;
    for (let i = 0; i < cells.length; i++) if (keyOf(cells[i] ?? null) !== '') upper.cells[i] = cells[i]!;
    for (let i = 0; i < upper.cells.length; i++) upper.cells[i] ??= null;
    upper.row = row;
    return true;
  };

  /** The printed heading once more, below a page break. */
  const isHeading = (cells: readonly Cell[]): boolean =>
    needed.every((at) => cells[at] === heading!.cells[at]);

  const isNoRecord = (cells: readonly Cell[]): boolean => {
    // Where one column is all a sheet must have (姓名 of a grid), a title or footer in it does not make a record.
    const alone = needed.length === 1;
    let full = true;
    for (const at of needed) {
      const cell = cells[at] ?? null;
      if (cell === null || cell === '') full = false;
      else if (
        typeof cell === 'string' &&
        cell.includes('计') &&
        SUM_ALONE.test(plain(cell).replace(/\s/g, ''))
      )
        return true;
    }
    let first = 0;
    while (first < cells.length && (cells[first] === null || cells[first] === '')) first++;
    const cell = cells[first];
    // Most rows of a long sheet are records and leave here.
    if (typeof cell !== 'string' || (full && !alone && !cell.includes('计'))) return full && isHeading(cells);
    const key = plain(cell).replace(/\s/g, '');
    if (SUM.test(key)) return true;
    if (full && !alone) return false;
    if (SUM_OF.test(key)) return true;
    if (titles.includes(lineOf(cells))) return true;
    if (FOOTER.test(key) && needed.every((at) => isFooter(cells[at] ?? null))) return true;
    return full && isHeading(cells);
  };

  return {
    row(row, cells) {
      if (heading === null) {
        if (row > HEADING_WITHIN) return;
        const at = placesIn(cells);
        const lacking = required.filter((column) => !(column.id in at));
        const found = Object.keys(at).length;
        if (lacking.length === 0 && found > 0) {
          heading = {
            row,
            at,
            cells: cells.slice(0, 1 + cells.findLastIndex((cell) => cell !== null)),
            told: false,
          };
          return;
        }
        if (found > most) {
          most = found;
          missing = lacking;
        }
        titles.push(lineOf(cells));
        return;
      }
      if (!heading.told) {
        if (addLevel(row, cells)) return;
        tell();
      }
      if (isNoRecord(cells)) return;
      rows++;
      reader.row(row, cells);
    },
    end() {
      tell();
      return {
        heading: heading && { sheet, row: heading.row, columns: heading.cells.length },
        rows,
        missing,
      };
    },
  };
}

/** A heading as findings name it: one broken over two lines to keep its column narrow is still one name. */
function onOneLine(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.replace(/\s*[\r\n]\s*/g, '').trim() : cell;
}

/** An empty cell, or one of the several notes people put side by side: 制表人：…　审核人：…. */
function isFooter(cell: Cell): boolean {
  return cell === null || cell === '' || FOOTER.test(plain(String(cell)).replace(/\s/g, ''));
}

/** A title row as one text: a merged title is one cell, some people spread it over several. */
function lineOf(cells: readonly Cell[]): string {
  return cells
    .filter((cell) => cell !== null && cell !== '')
    .map((cell) => plain(String(cell)))
    .join(' ');
}
