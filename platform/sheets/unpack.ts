import { createInflateRaw } from 'node:zlib';
import { Refusal } from '../../values/problem.ts';
import type { Limits } from './contract.ts';

/** One part of an .xlsx (which is a zip archive), as the archive's directory declares it. */
export type Part = {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
};

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/**
 * Reads the directory at the end of an archive and refuses, before a byte is inflated, what cannot be a sheet: too many
 * parts, too large in all, one part packed beyond what any sheet packs to, parts that lie on top of each other (a bomb that declares
 * nothing odd), sizes left out. What is declared is held to when parts are inflated (see `inflate`; hucre does the same).
 * Refuses also a damaged archive and one of the 4 GB form, which is past every limit here.
 */
export function partsOf(bytes: Buffer, file: string, limits: Limits): Map<string, Part> {
  const damaged = () =>
    new Refusal({
      zh: `文件“${file}”已损坏或不完整，打不开。请重新保存后再试。`,
      en: `"${file}" is damaged or incomplete and cannot be opened. Please save it again.`,
    });
  const suspicious = (zh: string, en: string) =>
    new Refusal({
      zh: `文件“${file}”${zh}，没有解压就拒绝了。`,
      en: `"${file}" ${en}; it was refused without being unpacked.`,
    });

  let end = bytes.length - 22;
  while (end >= 0 && end >= bytes.length - 65_557 && bytes.readUInt32LE(end) !== END) end--;
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw damaged();
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > limits.parts || count === 0xffff)
    throw suspicious(
      `含有 ${count} 个部件，超过 ${limits.parts} 个`,
      `holds ${count} parts, more than ${limits.parts}`,
    );

  const parts = new Map<string, Part>();
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw damaged();
    const nameLength = bytes.readUInt16LE(at + 28);
    const part: Part = {
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    };
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    total += part.size;
    if (part.size > limits.smallPart && part.size > part.packed * limits.ratio)
      throw suspicious(
        `里的部件“${part.name}”压缩了 ${Math.round(part.size / Math.max(1, part.packed))} 倍，不像是表格`,
        `has a part "${part.name}" packed ${Math.round(part.size / Math.max(1, part.packed))} times, which no sheet is`,
      );
    if (total > limits.inflated)
      throw suspicious(
        `解压后超过 ${megabytes(limits.inflated)} MB`,
        `would unpack to more than ${megabytes(limits.inflated)} MB`,
      );
    if (part.size > limits.wholePart && isReadWhole(part.name))
      throw suspicious(
        `里的部件“${part.name}”解压后超过 ${megabytes(limits.wholePart)} MB`,
        `has a part "${part.name}" that would unpack to more than ${megabytes(limits.wholePart)} MB`,
      );
    if (
      part.at + 30 + part.packed > bytes.length ||
      (part.packed > 2 && part.size === 0) ||
      parts.has(part.name)
    )
      throw damaged();
    parts.set(part.name, part);
  }
  let free = 0;
  for (const part of [...parts.values()].sort((a, b) => a.at - b.at)) {
    if (part.at < free) throw suspicious('里的部件互相重叠', 'has parts that overlap each other');
    free = part.at + 30 + part.packed;
  }
  return parts;
}

/** Worksheets are read piece by piece; the texts, styles and lists of a workbook become trees in memory, many times their size. */
function isReadWhole(name: string): boolean {
  return /\.(?:xml|rels)$/i.test(name) && !/^xl\/worksheets\/[^/]+\.xml$/i.test(name);
}

/** The bytes of a part, piece by piece. Refuses a part that is larger than it declared, at the first byte beyond. */
export async function* inflate(bytes: Buffer, part: Part, file: string): AsyncGenerator<Buffer> {
  const from = part.at + 30 + bytes.readUInt16LE(part.at + 26) + bytes.readUInt16LE(part.at + 28);
  const packed = bytes.subarray(from, from + part.packed);
  if (part.method === 0) {
    yield packed;
    return;
  }
  const stream = createInflateRaw({ chunkSize: 256 << 10 });
  stream.end(packed);
  let size = 0;
  for await (const piece of stream) {
    size += (piece as Buffer).length;
    if (size > part.size)
      throw new Refusal({
        zh: `文件“${file}”里的部件“${part.name}”比它声明的大，已停止读取。`,
        en: `A part "${part.name}" of "${file}" is larger than it declares; reading was stopped.`,
      });
    yield piece as Buffer;
  }
}

const megabytes = (bytes: number) => Math.round(bytes / (1 << 20));
