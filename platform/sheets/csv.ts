import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import Papa from 'papaparse';
import { Refusal } from '../../values/problem.ts';
import type { Limits, Progress } from './contract.ts';
import { type Encoding, encodingOf } from './encoding.ts';

/** What must be known of a CSV before it is read. */
export type CsvShape = {
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly newline: '\n' | '\r';
};

export type CsvRecords = {
  /** A record, numbered from 1 as the office program numbers rows. `text` is its text with the line end (see `raw`). */
  record(row: number, fields: string[], text: string): void;
  /** A line whose quotes do not pair or that holds an endless cell. It counts as a row; reading goes on with the next line. */
  broken(row: number, text: string): void;
  /** Awaited after each piece of the file: the time to write what was gathered. */
  piece?(): Promise<void>;
};

/** Small pieces keep the rows of a piece in the young generation: 1 MB pieces measured twice the memory and no gain in time. */
const PIECE = 256 << 10;
/** A record longer than this has lost a quote: the longest real row of 60 columns is a hundredth of it. */
const LONGEST_RECORD = 1_000_000;
/** After so many broken lines the file is not a CSV, and each further one costs a search through the rest of its piece. */
const MOST_BROKEN = 200;

/**
 * The encoding, delimiter and line end of a CSV. The delimiter is the one of comma, tab, semicolon and bar that the first
 * lines have most of; quotes are not looked at, for the heading has none.
 */
export async function csvShape(path: string, progress?: Progress): Promise<CsvShape> {
  const encoding = await encodingOf(path, progress);
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(64 << 10);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, encoding.skip);
    const text = new TextDecoder(encoding.name).decode(bytes.subarray(0, bytesRead));
    const counts = [',', '\t', ';', '|'].map((delimiter) => ({
      delimiter,
      count: text.split(delimiter).length,
    }));
    counts.sort((a, b) => b.count - a.count);
    return {
      encoding,
      delimiter: counts[0]!.delimiter,
      newline: text.includes('\n') || !text.includes('\r') ? '\n' : '\r',
    };
  } finally {
    await file.close();
  }
}

/**
 * Reads a CSV record by record with bounded memory, giving way to other work between pieces. With `raw` the fields and texts
 * are the bytes themselves, one character each (two for UTF-16), for a copy that keeps every byte: in UTF-8 and GB18030 alike no
 * byte of a longer character is a quote, a comma or a line end. Refuses a file with more records than `textRows` or more than two hundred broken
 * lines. Papa's Parser class is used without its streamers: those search an unclosed quote again with every piece,
 * which takes hours on a long file.
 */
export async function readCsv(
  path: string,
  shape: CsvShape,
  to: CsvRecords,
  options: { raw?: boolean; limits: Limits; progress?: Progress },
): Promise<void> {
  const { delimiter, newline, encoding } = shape;
  const { limits, progress } = options;
  const name = path.split(/[\\/]/).at(-1)!;
  const { size } = await stat(path);
  const decode = options.raw ? rawDecoder(encoding) : textDecoder(encoding);
  let text = '';
  let row = 0;
  let broken = 0;

  /** Takes the whole records off the front of `text`; at the `last` piece all of it. */
  const take = (last: boolean) => {
    for (;;) {
      let end = 0;
      let stuck = false;
      const parser = new Papa.Parser({
        delimiter,
        newline,
        step: (({ data, errors, meta }: Step) => {
          // After the last line end the library gives one more record of nothing.
          if (meta.cursor === end) return;
          const fields = data[0]!;
          if (errors.length > 0 || fields.some((field) => field.length > limits.cell)) {
            stuck = true;
            parser.abort();
            return;
          }
          const piece = options.raw ? text.slice(end, meta.cursor) : '';
          end = meta.cursor;
          const tail = fields.length - 1;
          if (fields[tail]!.endsWith('\r')) fields[tail] = fields[tail]!.slice(0, -1);
          if (++row > limits.textRows) throw tooManyRows(name, limits.textRows);
          to.record(row, fields, piece);
          // The types of the library say `any` here; the shape is that of its documented step results.
        }) as never,
      });
      parser.parse(text, 0, !last);
      if (end > 0) text = text.slice(end);
      if (!stuck && (last || text.length <= LONGEST_RECORD)) return;
      if (text === '') return;
      const next = text.indexOf(newline);
      const line = next < 0 ? text : text.slice(0, next + 1);
      if (++broken > MOST_BROKEN) throw notCsv(name, row);
      to.broken(++row, line);
      text = text.slice(line.length);
      if (text === '') return;
    }
  };

  let read = 0;
  const step = { zh: `读取 ${name}`, en: `reading ${name}` };
  for await (const bytes of createReadStream(path, { start: encoding.skip, highWaterMark: PIECE })) {
    progress?.signal?.throwIfAborted();
    text += decode(bytes as Buffer, false);
    take(false);
    await to.piece?.();
    read += (bytes as Buffer).length;
    progress?.report(step, read, size);
  }
  text += decode(Buffer.alloc(0), true);
  if (text !== '') take(true);
}

type Step = { data: string[][]; errors: unknown[]; meta: { cursor: number } };

type Decode = (bytes: Buffer, last: boolean) => string;

function textDecoder(encoding: Encoding): Decode {
  const decoder = new TextDecoder(encoding.name, { ignoreBOM: true });
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

function rawDecoder(encoding: Encoding): Decode {
  if (encoding.name !== 'utf-16le') return (bytes) => bytes.toString('latin1');
  let odd = Buffer.alloc(0);
  return (bytes) => {
    const all = odd.length > 0 ? Buffer.concat([odd, bytes]) : bytes;
    odd = Buffer.from(all.subarray(all.length & ~1));
    return all.subarray(0, all.length & ~1).toString('utf16le');
  };
}

const tooManyRows = (name: string, most: number) =>
  new Refusal({
    zh: `文件“${name}”超过 ${most.toLocaleString('en')} 行，请分成几个文件。`,
    en: `"${name}" has more than ${most.toLocaleString('en')} rows: please split it.`,
  });

const notCsv = (name: string, row: number) =>
  new Refusal({
    zh: `文件“${name}”到第 ${row} 行为止已有两百多行的引号不成对，不是能读的 CSV，请重新导出。`,
    en: `"${name}" has over two hundred lines with unpaired quotes up to row ${row}: it is no CSV that can be read. Please export it again.`,
  });
