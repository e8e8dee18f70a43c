import type { OutLook, OutValue, SheetOut } from './contract.ts';
import { styleOf } from './styles.ts';

/** Characters of one cell an office program takes. */
const MOST_TEXT = 32_767;

/** For each column how a number and how a text is styled under a look, worked out once for each look of a sheet. */
export type Column = {
  number: number;
  text: number;
  kind: SheetOut['columns'][number]['kind'];
  width: number;
};

/** The styles of a sheet's columns under each look, worked out when a row of that look first comes. */
export function looksOf(sheet: SheetOut): (look: OutLook) => readonly Column[] {
  const known = new Map<OutLook, Column[]>();
  return (look) => {
    let columns = known.get(look);
    if (!columns) {
      columns = sheet.columns.map(({ kind, width, align }) => ({
        kind,
        width,
        number: styleOf(look, kind, align),
        text: styleOf(
          look,
          'text',
          isLine(look) ? 'left' : (align ?? (kind === 'text' ? undefined : 'centre')),
        ),
      }));
      known.set(look, columns);
    }
    return columns;
  };
}

/**
 * The height a row needs for its longest wrapped text, null when one line does. Office programs fit rows to their text only
 * when it is typed, not when a file is opened.
 */
export function wrappedHeight(cells: readonly OutValue[], columns: readonly Column[]): number | null {
  let lines = 1;
  for (let i = 0; i < columns.length; i++) {
    const cell = cells[i];
    const room = columns[i]!.width - 1;
    if (typeof cell !== 'string' || (cell.length * 2 <= room && !cell.includes('\n'))) continue;
    // By index and not by character: this runs for most cells of a city.
    let needed = 1;
    let width = 0;
    for (let at = 0; at < cell.length; at++) {
      const code = cell.charCodeAt(at);
      if (code === 10 || width >= room) {
        needed++;
        width = 0;
      }
      // A character of two halves is as wide as any other Chinese one.
      if (code >= 32 && (code < 0xdc00 || code > 0xdfff)) width += code < 0x2e80 ? 1 : 2;
    }
    if (needed > lines) lines = needed;
  }
  // 409 points is the highest row there is.
  return lines === 1 ? null : Math.min(409, 4 + lines * 15);
}

/** Rows that are a line of writing across the sheet, not values under headings. */
function isLine(look: OutLook): boolean {
  return look === 'words' || look === 'note' || look === 'sign';
}

/** The cells of a row as XML. */
export function cellsOf(
  cells: readonly OutValue[],
  row: number,
  letters: readonly string[],
  columns: readonly Column[],
): string {
  let xml = '';
  for (let i = 0; i < columns.length; i++) {
    const cell = cells[i];
    const column = columns[i]!;
    const at = letters[i]! + row;
    if (cell === null || cell === undefined || cell === '') xml += `<c r="${at}" s="${column.text}"/>`;
    else if (typeof cell === 'string' || column.kind === 'text')
      xml += textCell(at, column.text, String(cell));
    else
      xml += `<c r="${at}" s="${column.number}"><v>${column.kind === 'money' ? yuan(cell) : finite(cell)}</v></c>`;
  }
  return xml;
}

/** Fen as yuan in decimal. A whole number below 9×10^13 over a hundred prints as itself with two decimals at most: no digit is lost. */
function yuan(fen: number): number {
  if (!Number.isSafeInteger(fen) || Math.abs(fen) > 9e13) throw new RangeError(`not whole fen: ${fen}`);
  return fen / 100;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`not a number for a cell: ${value}`);
  return value;
}

/** Plain text as the value of its cell: half as long as a rich in-line string, and a city has millions. */
export function textCell(at: string, style: number, text: string): string {
  const space = EDGE.test(text) ? ' xml:space="preserve"' : '';
  return `<c r="${at}" s="${style}" t="str"><v${space}>${escaped(text)}</v></c>`;
}

/** Blanks at the ends, and line breaks, would be taken for the file's own. */
const EDGE = /^\s|\s$|\n/;

/** What XML or the office format would read otherwise than meant: marks, controls, halves of characters, and _x0041_. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for
const ODD = /[&<>"\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ud800-\udfff\ufffe\uffff]|_x[\da-fA-F]{4}_/;

/** Text as it may stand in XML, cut to what one cell holds. */
export function escaped(text: string): string {
  const short = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
  if (!ODD.test(short)) return short;
  return (
    short
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it removes
      .replace(/[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/_(?=x[\da-fA-F]{4}_)/g, '_x005F_')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
