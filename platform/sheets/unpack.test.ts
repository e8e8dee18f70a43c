import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refusal } from '../../values/problem.ts';
import { openArchive } from './pack.ts';
import { LIMITS, readTable } from './read.ts';
import { inflate, partsOf } from './unpack.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sheets-unpack-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** An archive of parts, each the text repeated. */
async function archive(parts: Record<string, [text: string, times: number]>): Promise<Buffer> {
  const path = join(folder, 'archive.zip');
  const packing = await openArchive(path);
  for (const [name, [text, times]] of Object.entries(parts)) {
    await packing.part(name);
    for (let i = 0; i < times; i++) await packing.write(text);
  }
  await packing.close();
  return readFileSync(path);
}

/** Where the directory's entry of a part begins. */
function entryOf(bytes: Buffer, name: string): number {
  let at = bytes.length;
  do at = bytes.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'), at - 1);
  while (bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)) !== name);
  return at;
}

function refusalOf(bytes: Buffer, limits = LIMITS): string {
  try {
    partsOf(bytes, 'x.xlsx', limits);
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.says.zh;
    throw error;
  }
}

test('a part packed over two hundred times is refused by what the archive declares, before a byte is inflated', async () => {
  const bomb = await archive({ 'xl/worksheets/sheet1.xml': [' '.repeat(1 << 20), 64] });
  expect(bomb.length).toBeLessThan(1 << 20);
  // With the packed bytes destroyed, anything that tried to inflate them would call the file damaged.
  bomb.fill(0xff, 100, 2000);
  expect(refusalOf(bomb)).toMatch(/压缩了 \d+ 倍.*没有解压就拒绝了/);
  writeFileSync(join(folder, 'bomb.xlsx'), bomb);
  const reading = readTable(join(folder, 'bomb.xlsx'), [{ id: 'a', label: '甲', required: true }], {
    header: () => undefined,
    row: () => undefined,
  });
  await expect(reading).rejects.toThrow(/refused without being unpacked/);
});

test('parts that come to too much together, or are too many, are refused', async () => {
  const bytes = await archive({ a: ['甲'.repeat(1000), 1], b: ['乙'.repeat(1000), 1] });
  expect(refusalOf(bytes)).toBe('accepted');
  expect(refusalOf(bytes, { ...LIMITS, inflated: 5000 })).toContain('解压后超过');
  expect(refusalOf(bytes, { ...LIMITS, parts: 1 })).toContain('2 个部件');
});

test('texts that would be held in memory as a whole have a limit of their own', async () => {
  const bytes = await archive({
    'xl/sharedStrings.xml': ['<si><t>a</t></si>', 1000],
    'xl/worksheets/sheet1.xml': ['甲', 9000],
  });
  expect(refusalOf(bytes, { ...LIMITS, wholePart: 20_000 })).toBe('accepted');
  expect(refusalOf(bytes, { ...LIMITS, wholePart: 10_000 })).toContain('“xl/sharedStrings.xml”解压后超过');
});

test('parts that share their packed bytes are refused: a small file could unpack to any size', async () => {
  const bytes = await archive({ a: ['甲'.repeat(1000), 1], b: ['乙'.repeat(1000), 1] });
  bytes.writeUInt32LE(bytes.readUInt32LE(entryOf(bytes, 'a') + 42), entryOf(bytes, 'b') + 42);
  expect(refusalOf(bytes)).toContain('互相重叠');
});

test('a part that leaves its size out is refused as damaged', async () => {
  const bytes = await archive({ a: ['甲'.repeat(1000), 1] });
  bytes.writeUInt32LE(0, entryOf(bytes, 'a') + 24);
  expect(refusalOf(bytes)).toContain('已损坏');
});

test('a part that lies about its size is stopped at the first byte beyond', async () => {
  const bytes = await archive({ a: [' '.repeat(1 << 20), 100] });
  bytes.writeUInt32LE(1000, entryOf(bytes, 'a') + 24);
  const part = partsOf(bytes, 'x.xlsx', LIMITS).get('a')!;
  let inflated = 0;
  const all = (async () => {
    for await (const piece of inflate(bytes, part, 'x.xlsx')) inflated += piece.length;
  })();
  await expect(all).rejects.toThrow(/larger than it declares/);
  expect(inflated).toBe(0);
});

test.each(['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml', 'xl/workbook.xml'])(
  'a workbook whose %s lies about its size is refused',
  async (name) => {
    const bytes = Buffer.from(
      await writeXlsx({
        sheets: [
          { name: '表', rows: [['姓名'], ['张三'], ...Array.from({ length: 500 }, (_, i) => [`第${i}人`])] },
        ],
      }),
    );
    bytes.writeUInt32LE(64, entryOf(bytes, name) + 24);
    writeFileSync(join(folder, 'lying.xlsx'), bytes);
    const reading = readTable(join(folder, 'lying.xlsx'), [{ id: 'a', label: '姓名', required: true }], {
      header: () => undefined,
      row: () => undefined,
    });
    await expect(reading).rejects.toThrow(Refusal);
  },
);

test('a worksheet with a document type is refused, its entities unread', async () => {
  const bytes = await archive({
    '[Content_Types].xml': [
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
      1,
    ],
    '_rels/.rels': [
      '<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
      1,
    ],
    'xl/workbook.xml': ['<workbook><sheets/></workbook>', 1],
    'xl/worksheets/sheet1.xml': [
      '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>',
      1,
    ],
  });
  writeFileSync(join(folder, 'entity.xlsx'), bytes);
  const reading = readTable(join(folder, 'entity.xlsx'), [{ id: 'a', label: '姓名', required: true }], {
    header: () => undefined,
    row: () => undefined,
  });
  await expect(reading).rejects.toThrow(Refusal);
});
