import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { Progress } from './contract.ts';

/**
 * How a text file is written. `damaged` says that some bytes are no characters of that encoding (a file cut short, or
 * pasted together from two); `skip` is the length of the byte order mark.
 */
export type Encoding = {
  readonly name: 'utf-8' | 'gb18030' | 'utf-16le';
  readonly skip: number;
  readonly damaged: boolean;
};

const PIECE = 1 << 20;

/**
 * Reads every byte once: a file that is UTF-8 throughout is UTF-8, any other is GB18030. Only the whole file can tell:
 * a sheet may be plain ASCII for a million rows before the first name. A file in which nearly all lines with Chinese are
 * good UTF-8 is taken for a damaged UTF-8 file, for Chinese text in GB18030 hardly ever passes for UTF-8.
 */
export async function encodingOf(path: string, progress?: Progress): Promise<Encoding> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const piece = Buffer.alloc(PIECE + 4);
    let kept = 0;
    let read = 0;
    let chinese = false;
    let mark = 0;
    for (;;) {
      progress?.signal?.throwIfAborted();
      const { bytesRead } = await file.read(piece, kept, PIECE, null);
      const end = kept + bytesRead;
      if (read === 0) {
        if (piece[0] === 0xff && piece[1] === 0xfe) return { name: 'utf-16le', skip: 2, damaged: false };
        if (end >= 3 && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) mark = 3;
      }
      const whole = bytesRead === 0 ? end : end - unfinished(piece.subarray(0, end));
      const bytes = piece.subarray(0, whole);
      if (!isUtf8(bytes)) {
        const damaged = mark > 0 || chinese || mostLinesAreUtf8(bytes);
        return damaged
          ? { name: 'utf-8', skip: mark, damaged }
          : { name: 'gb18030', skip: 0, damaged: false };
      }
      chinese ||= bytes.some((byte) => byte > 0x7f);
      if (bytesRead === 0) return { name: 'utf-8', skip: mark, damaged: false };
      piece.copyWithin(0, whole, end);
      kept = end - whole;
      read += bytesRead;
      progress?.report({ zh: '辨认文字编码', en: 'finding the encoding' }, read, size);
    }
  } finally {
    await file.close();
  }
}

/** How many bytes at the end are the beginning of a UTF-8 character whose rest is in the next piece. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return back < length ? back : 0;
  }
  return 0;
}

function mostLinesAreUtf8(bytes: Buffer): boolean {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < bytes.length; ) {
    const next = bytes.indexOf(0x0a, at);
    const line = bytes.subarray(at, next < 0 ? bytes.length : next);
    if (line.some((byte) => byte > 0x7f)) isUtf8(line) ? good++ : bad++;
    at = next < 0 ? bytes.length : next + 1;
  }
  return good > 9 * bad;
}

let pairs: Map<string, number> | null = null;

/** Text as bytes of the encoding of a file. Node decodes GB18030 but does not encode it: its table is made by decoding every pair once. */
export function encode(text: string, encoding: Encoding['name']): Buffer {
  if (encoding !== 'gb18030') return Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le');
  pairs ??= gb18030Pairs();
  const out = Buffer.alloc(text.length * 4);
  let end = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const pair = pairs.get(character);
    if (code < 0x80) out[end++] = code;
    else if (pair !== undefined) end = out.writeUInt16BE(pair, end);
    else end = writeFour(out, end, fourBytesOf(code));
  }
  return out.subarray(0, end);
}

function gb18030Pairs(): Map<string, number> {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, number>();
  const bytes = Buffer.alloc(2);
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      bytes[0] = lead;
      bytes[1] = trail;
      const character = decoder.decode(bytes);
      if ([...character].length === 1 && character !== '\ufffd' && !table.has(character))
        table.set(character, (lead << 8) | trail);
    }
  return table;
}

/** The place of a character outside the pairs in the order of the four-byte codes. Source: WHATWG Encoding, gb18030 encoder. */
function fourBytesOf(code: number): number {
  if (code >= 0x10000) return 189_000 + code - 0x10000;
  ranges ??= gb18030Ranges();
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ranges[middle]!.code <= code) low = middle;
    else high = middle - 1;
  }
  const range = ranges[low]!;
  return range.place + code - range.code;
}

let ranges: { code: number; place: number }[] | null = null;

/** Where runs of four-byte codes of the basic plane begin, found by decoding them all once (39,420 of them). */
function gb18030Ranges(): { code: number; place: number }[] {
  const decoder = new TextDecoder('gb18030');
  const bytes = Buffer.alloc(4);
  const found: { code: number; place: number }[] = [];
  let expected = -1;
  for (let place = 0; place < 39_420; place++) {
    writeFour(bytes, 0, place);
    const code = decoder.decode(bytes).codePointAt(0)!;
    if (code !== expected && code !== 0xfffd) found.push({ code, place });
    expected = code + 1;
  }
  return found.sort((a, b) => a.code - b.code);
}

function writeFour(out: Buffer, at: number, place: number): number {
  out[at] = 0x81 + Math.floor(place / 12_600);
  out[at + 1] = 0x30 + (Math.floor(place / 1260) % 10);
  out[at + 2] = 0x81 + (Math.floor(place / 10) % 126);
  out[at + 3] = 0x30 + (place % 10);
  return at + 4;
}
