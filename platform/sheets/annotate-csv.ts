import { open, rename, rm } from 'node:fs/promises';
import type { Cell, Heading, Progress } from './contract.ts';
import { csvShape, readCsv } from './csv.ts';
import { encode } from './encoding.ts';
import { LIMITS } from './read.ts';
import type { Remark, RowsAlone } from './remarks.ts';

/** Text is gathered to about this many characters before it goes to disk. */
const PIECE = 1 << 20;

/**
 * Copies a CSV byte for byte, with two columns added on the right (问题, 建议), and gathers the rows that have remarks. Only fields an
 * office program would take for a formula are changed: an apostrophe is put before them. Memory does not grow with
 * the file. The copy is readable by its owner alone and stands under its name only when it is whole.
 */
export async function annotateCsv(
  from: string,
  to: string,
  heading: Heading | null,
  remarks: ReadonlyMap<number, Remark>,
  most: number,
  progress?: Progress,
): Promise<RowsAlone> {
  const shape = await csvShape(from, progress);
  const { delimiter, encoding, newline } = shape;
  const wide = encoding.name === 'utf-16le';
  /** Text as the raw reading has it: one character for each byte, or for each unit of UTF-16. */
  const raw = (text: string) => (wide ? text : encode(text, encoding.name).toString('latin1'));
  const textOf = (field: string) =>
    wide ? field : new TextDecoder(encoding.name).decode(Buffer.from(field, 'latin1'));
  const starts = ['＝', '＋', '－', '＠'].map(raw);
  let width = heading?.columns ?? 0;
  const rows: { row: number; cells: readonly Cell[] }[] = [];
  let head: readonly Cell[] = [];
  let more = 0;

  const unfinished = `${to}.part`;
  await rm(unfinished, { force: true });
  const file = await open(unfinished, 'wx', 0o600);
  try {
    const marks = { 'utf-8': '\xef\xbb\xbf', 'utf-16le': '\ufeff', gb18030: '' };
    let out: string[] = [encoding.skip > 0 ? marks[encoding.name] : ''];
    let length = 0;
    const pending: Buffer[] = [];
    const put = (text: string) => {
      out.push(text);
      length += text.length;
      if (length < PIECE) return;
      pending.push(Buffer.from(out.join(''), wide ? 'utf16le' : 'latin1'));
      out = [];
      length = 0;
    };
    const drain = async () => {
      for (const bytes of pending.splice(0)) await file.write(bytes);
    };

    const nothing = delimiter.repeat(2);
    const line = (row: number, fields: readonly string[], text: string, whole: boolean) => {
      const end = lineEnd(text, newline);
      const remark = remarks.get(row);
      // Nearly every row of a city: nothing to say, nothing to make harmless, as many fields as the heading.
      if (
        !remark &&
        whole &&
        heading !== null &&
        row > heading.row &&
        fields.length === width &&
        !fields.some((field) => isFormula(field, starts))
      ) {
        put(text.slice(0, text.length - end.length) + nothing + end);
        return;
      }
      if (row === heading?.row) width = fields.length;
      const added =
        row === heading?.row ? ['问题', '建议'] : [remark?.problem ?? '', remark?.suggestion ?? ''];
      // Titles above the heading have no columns to add to, unless there is something to say.
      const above = heading !== null && row < heading.row && !remark;
      const odd = !whole || fields.some((field) => isFormula(field, starts));
      const own = odd
        ? fields.map((field) => quoted(harmless(field, starts), delimiter)).join(delimiter)
        : text.slice(0, text.length - end.length);
      const tail = above
        ? ''
        : delimiter.repeat(Math.max(0, width - fields.length)) +
          added.map((cell) => delimiter + quoted(harmless(raw(cell), starts), delimiter)).join('');
      // A last line without its end gets none; everything else keeps its own.
      put(own + tail + end);
      if (row === heading?.row) head = fields.map(textOf);
      if (!remark) return;
      if (rows.length < most) rows.push({ row, cells: fields.map(textOf) });
      else more++;
    };

    await readCsv(
      from,
      shape,
      {
        record: (row, fields, text) => line(row, fields, text, true),
        broken: (row, text) =>
          line(row, [text.slice(0, text.length - lineEnd(text, newline).length)], text, false),
        piece: drain,
      },
      { raw: true, limits: LIMITS, ...(progress && { progress }) },
    );
    pending.push(Buffer.from(out.join(''), wide ? 'utf16le' : 'latin1'));
    await drain();
    await file.close();
    await rename(unfinished, to);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    throw error;
  }
  return { heading: head, rows, more };
}

function lineEnd(text: string, newline: string): string {
  if (text.endsWith('\r\n')) return '\r\n';
  return text.endsWith(newline) ? newline : '';
}

/** Whether an office program would run a field: it begins with = + - @ or a tab, also in full width. Plain signed numbers and dashes run nothing. */
function isFormula(field: string, starts: readonly string[]): boolean {
  const first = field.charCodeAt(0);
  if (
    first === 0x3d ||
    first === 0x2b ||
    first === 0x2d ||
    first === 0x40 ||
    first === 0x09 ||
    first === 0x0d
  )
    return !/^(?:[+-]?\d+(?:\.\d+)?%?|-+)$/.test(field);
  return first > 0x7f && starts.some((start) => field.startsWith(start));
}

/** The field as text that stays text when the file is opened. */
function harmless(field: string, starts: readonly string[]): string {
  return isFormula(field, starts) ? `'${field}` : field;
}

function quoted(field: string, delimiter: string): string {
  return field.includes('"') || field.includes(delimiter) || field.includes('\n') || field.includes('\r')
    ? `"${field.replaceAll('"', '""')}"`
    : field;
}
