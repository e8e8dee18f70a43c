import { readXls, type Workbook } from 'hucre/xlsx';

/**
 * A workbook of Excel 97 to 2003 as the library reads it, with what the library leaves out: a blank row is a row without
 * cells, and a hidden worksheet says that it is.
 */
export async function readOldBook(bytes: Buffer): Promise<Workbook> {
  const book = await readXls(bytes);
  const hidden = hiddenTabs(bytes);
  const sheets = book.sheets.map((sheet, i) => ({
    ...sheet,
    hidden: hidden[i] === true,
    // The library leaves a hole where a row is blank.
    rows: Array.from(sheet.rows, (row) => row ?? []),
  }));
  return { ...book, sheets };
}

const WORKBOOK = /^(?:workbook|book)$/i;
const END_OF_PART = 0x000a;
const TAB = 0x0085;

/** Which tabs are hidden, in the order of the workbook: the record of a tab holds its state, which the library passes over. */
function hiddenTabs(bytes: Buffer): boolean[] {
  const book = workbookStream(bytes);
  const hidden: boolean[] = [];
  for (let at = 0; at + 4 <= book.length; at += 4 + book.readUInt16LE(at + 2)) {
    const record = book.readUInt16LE(at);
    if (record === END_OF_PART) break;
    if (record === TAB) hidden.push((book.readUInt8(at + 8) & 3) !== 0);
  }
  return hidden;
}

/** The largest sector number; above it stand the marks for "free" and "end". */
const LAST_SECTOR = 0xfffffffa;
const ENTRY = 128;

/** The bytes of the workbook in its container, which is a small file system of sectors in chains ([MS-CFB]). */
function workbookStream(bytes: Buffer): Buffer {
  const size = 1 << bytes.readUInt16LE(30);
  const sector = (n: number): Buffer => bytes.subarray((n + 1) * size, (n + 2) * size);
  const tableSectors: number[] = [];
  for (let i = 0; i < 109; i++) tableSectors.push(bytes.readUInt32LE(76 + 4 * i));
  let more = bytes.readUInt32LE(68);
  for (let left = bytes.length / size; more < LAST_SECTOR && left > 0; left--) {
    const list = numbersOf(sector(more));
    tableSectors.push(...list.slice(0, -1));
    more = list.at(-1) ?? LAST_SECTOR;
  }
  const next = tableSectors.filter((n) => n < LAST_SECTOR).flatMap((n) => numbersOf(sector(n)));
  const directory = chain(bytes.readUInt32LE(48), next, sector);
  let root: Buffer | null = null;
  for (let at = 0; at + ENTRY <= directory.length; at += ENTRY) {
    const entry = directory.subarray(at, at + ENTRY);
    root ??= entry;
    const name = entry.toString('utf16le', 0, Math.max(0, entry.readUInt16LE(64) - 2));
    if (entry.readUInt8(66) !== 2 || !WORKBOOK.test(name)) continue;
    const first = entry.readUInt32LE(116);
    const length = entry.readUInt32LE(120);
    if (length >= bytes.readUInt32LE(56)) return chain(first, next, sector).subarray(0, length);
    // Small streams stand in sectors of 64 bytes within a stream of their own.
    const small = chain(root.readUInt32LE(116), next, sector);
    const smallSize = 1 << bytes.readUInt16LE(32);
    const smallNext = numbersOf(chain(bytes.readUInt32LE(60), next, sector));
    return chain(first, smallNext, (n) => small.subarray(n * smallSize, (n + 1) * smallSize)).subarray(
      0,
      length,
    );
  }
  return Buffer.alloc(0);
}

function chain(first: number, next: readonly number[], sector: (n: number) => Buffer): Buffer {
  const found: Buffer[] = [];
  // A chain that runs in a ring is cut when it has been through every sector.
  for (let n = first; n < LAST_SECTOR && found.length <= next.length; n = next[n] ?? LAST_SECTOR)
    found.push(sector(n));
  return Buffer.concat(found);
}

function numbersOf(bytes: Buffer): number[] {
  const numbers: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) numbers.push(bytes.readUInt32LE(at));
  return numbers;
}
