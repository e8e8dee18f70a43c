import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

/**
 * Writes a zip archive to disk part by part, each part piece by piece, with flat memory. Pieces are packed on the pool's
 * threads while the next is made, as pigz does; the bytes depend on nothing but the content (every part is dated
 * 1980-01-01, pieces are cut at a fixed size). No library does this: those that stream leave sizes to follow the data, which some office
 * programs refuse, and pack on one thread.
 */
export type Archive = {
  /** Begins a part; the one before is ended. */
  part(name: string): Promise<void>;
  /** Appends to the part. Await the answer when there is one: the disk is behind. */
  write(text: string): Promise<void> | undefined;
  /** Ends the archive and gives it its name; before that it stands beside it as `.part`. */
  close(): Promise<void>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
};

const pack = promisify(deflateRaw) as (
  bytes: Buffer,
  options: { level: number; finishFlush: number; windowBits?: number; memLevel?: number; chunkSize?: number },
) => Promise<Buffer>;

/** A community's sheet is some ten thousand bytes: packing it needs no quarter of a megabyte, thousands of times over. */
const SMALL = 32 << 10;
const SMALL_PIECE = { windowBits: 13, memLevel: 6 } as const;

/** Text is gathered to pieces of this many characters. */
const PIECE = 512 << 10;
/** Room for a piece and the row that makes it full, at three bytes a character. */
const BUFFER = 4 * PIECE;
/** Pieces being packed at once: one for each of two cores and one waiting. */
const AT_ONCE = 3;
/** Level 1 of 9: level 6 made files a third smaller and writing 2.5 times as slow. */
const LEVEL = 1;

type Written = { name: Buffer; crc: number; packed: number; size: number; at: number };

/** Opens a file to be written as a ZIP archive; see `Archive`. */
export async function openArchive(path: string): Promise<Archive> {
  const unfinished = `${path}.part`;
  await rm(unfinished, { force: true });
  // Sheets hold identity numbers: only the owner reads them, from the first byte on.
  const file: FileHandle = await open(unfinished, 'wx', 0o600);
  const parts: Written[] = [];
  let end = 0;
  let part: Written | null = null;
  let gathered: string[] = [];
  let length = 0;
  const packing: { part: Written; bytes: Promise<Buffer>; last: boolean; from: Buffer }[] = [];
  // Pieces are made in turn in the same few buffers: left to the collector, a city's would pile up by the hundred megabytes.
  const free: Buffer[] = [];

  /** Puts the oldest pieces on disk until at most `left` are being packed. */
  const settle = async (left: number) => {
    while (packing.length > left) {
      const { part: of, bytes: packed, last, from } = packing.shift()!;
      const bytes = await packed;
      free.push(from);
      if (of.packed === 0) {
        of.at = end;
        end += 30 + of.name.length;
      }
      await file.write(bytes, 0, bytes.length, end);
      end += bytes.length;
      of.packed += bytes.length;
      if (!last) continue;
      if (end > 0xffff_ffff || of.size > 0xffff_ffff)
        throw new RangeError(`${path}: a workbook of over 4 GB`);
      await file.write(Buffer.concat([localHeader(of), of.name]), 0, 30 + of.name.length, of.at);
      parts.push(of);
    }
  };

  const flush = (last: boolean) => {
    const text = gathered.join('');
    const room = text.length * 3;
    const from = (room <= BUFFER && free.pop()) || Buffer.allocUnsafeSlow(Math.max(BUFFER, room));
    const bytes = from.subarray(0, from.write(text, 'utf8'));
    gathered = [];
    length = 0;
    part!.crc = crc32(bytes, part!.crc);
    part!.size += bytes.length;
    const packed = pack(bytes, {
      ...(bytes.length <= SMALL && SMALL_PIECE),
      level: LEVEL,
      finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    });
    // A failure is met when its turn comes; until then it must not end the process.
    packed.catch(() => undefined);
    packing.push({ part: part!, bytes: packed, last, from });
    return settle(AT_ONCE - 1);
  };

  return {
    async part(name) {
      if (part) await flush(true);
      part = { name: Buffer.from(name, 'utf8'), crc: 0, packed: 0, size: 0, at: 0 };
    },
    write(text) {
      gathered.push(text);
      length += text.length;
      return length >= PIECE ? flush(false) : undefined;
    },
    async close() {
      if (part) await flush(true);
      await settle(0);
      const entries = Buffer.concat(parts.flatMap((written) => [directoryEntry(written), written.name]));
      await file.write(Buffer.concat([entries, endRecord(parts.length, end, entries.length)]), 0, null, end);
      await file.close();
      await rename(unfinished, path);
    },
    async abandon() {
      await Promise.allSettled(packing.map(({ bytes }) => bytes));
      await file.close().catch(() => undefined);
      await rm(unfinished, { force: true });
    },
  };
}

/** 1980-01-01 00:00, the first moment the format knows. */
const DATE = 0x0021;
/** Deflate, and names in UTF-8. */
const METHOD = 8;
const FLAGS = 0x0800;

function localHeader(part: Written): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  described(part, header, 6);
  header.writeUInt16LE(part.name.length, 26);
  return header;
}

function directoryEntry(part: Written): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  described(part, entry, 8);
  entry.writeUInt16LE(part.name.length, 28);
  entry.writeUInt32LE(part.at, 42);
  return entry;
}

function described(part: Written, header: Buffer, from: number): void {
  header.writeUInt16LE(FLAGS, from);
  header.writeUInt16LE(METHOD, from + 2);
  header.writeUInt16LE(DATE, from + 6);
  header.writeUInt32LE(part.crc, from + 8);
  header.writeUInt32LE(part.packed, from + 12);
  header.writeUInt32LE(part.size, from + 16);
}

function endRecord(count: number, at: number, size: number): Buffer {
  if (count > 0xfffe) throw new RangeError('a workbook of over 65,534 parts');
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(at, 16);
  return record;
}
