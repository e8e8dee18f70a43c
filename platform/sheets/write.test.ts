import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OutRow, OutValue, SheetOut } from './contract.ts';
import { columnName, legalName } from './names.ts';
import { LIMITS } from './read.ts';
import { inflate, partsOf } from './unpack.ts';
import { writeWorkbook } from './write.ts';

let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sheets-write-'));
});
beforeEach(() => {
  path = join(folder, '补助发放表.xlsx');
  rmSync(path, { force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const PAY: SheetOut = {
  name: '幸福里社区',
  columns: [
    { kind: 'integer', width: 6 },
    { kind: 'text', width: 12 },
    { kind: 'text', width: 22 },
    { kind: 'days', width: 8 },
    { kind: 'money', width: 14 },
    { kind: 'money', width: 14 },
  ],
  titles: ['新华区幸福里社区补助发放表'],
  subtitles: ['单位：元'],
  headings: [
    [...['序号', '姓名', '身份证号', '天数'].map((text) => ({ text, down: 2 })), { text: '其中', across: 2 }],
    [{ text: '市担' }, { text: '区担' }],
  ],
  rows: [
    [1, '张䶮', '12010119800101100X', 36.5, 547_501, 547_499],
    { cells: ['合计', null, null, 36.5, 547_501, 547_499], look: 'total', merge: [[0, 2]] },
    { cells: ['合计（大写）：人民币壹万零玖佰伍拾元整'], look: 'words', merge: [[0, 5]] },
    {
      cells: ['单位负责人：　　　　审核人：　　　　制表人：'],
      look: 'sign',
      merge: [[0, 5]],
      height: 40,
      newPage: true,
    },
  ],
  print: { landscape: true },
};

const simple = (
  rows: Iterable<readonly OutValue[] | OutRow>,
  kind: 'text' | 'money' | 'integer' = 'text',
  name = '表',
): SheetOut => ({
  name,
  columns: [{ kind, width: 20 }],
  headings: [[{ text: '列' }]],
  rows,
});

async function partText(name: string): Promise<string> {
  const bytes = readFileSync(path);
  const pieces: Buffer[] = [];
  for await (const piece of inflate(bytes, partsOf(bytes, 'x', LIMITS).get(name)!, 'x')) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

const digest = () => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('a workbook', () => {
  test('holds titles, a heading of two levels, numbers as numbers, long numbers as text, and its printed page', async () => {
    await writeWorkbook(path, [PAY]);
    const { sheets } = await readXlsx(readFileSync(path), { readStyles: true });
    const sheet = sheets[0]!;
    expect(sheet.name).toBe('幸福里社区');
    expect(sheet.rows.slice(0, 6)).toEqual(
      [
        ['新华区幸福里社区补助发放表'],
        ['单位：元'],
        ['序号', '姓名', '身份证号', '天数', '其中', null],
        [null, null, null, null, '市担', '区担'],
        [1, '张䶮', '12010119800101100X', 36.5, 5475.01, 5474.99],
        ['合计', null, null, 36.5, 5475.01, 5474.99],
      ].map((row) => [...row, ...Array.from({ length: 6 - row.length }, () => null)]),
    );
    const ref = ({
      startRow,
      startCol,
      endRow,
      endCol,
    }: {
      startRow: number;
      startCol: number;
      endRow: number;
      endCol: number;
    }) => `${columnName(startCol)}${startRow + 1}:${columnName(endCol)}${endRow + 1}`;
    expect(sheet.merges!.map(ref)).toEqual([
      'A1:F1',
      'A2:F2',
      'A3:A4',
      'B3:B4',
      'C3:C4',
      'D3:D4',
      'E3:F3',
      'A6:C6',
      'A7:F7',
      'A8:F8',
    ]);
    expect(sheet.cells!.get('4,4')!.style).toMatchObject({
      numFmt: '#,##0.00',
      border: { top: { style: 'thin' } },
      alignment: { horizontal: 'right' },
    });
    expect(sheet.cells!.get('4,2')!.style).toMatchObject({ numFmt: '@' });
    expect(sheet.cells!.get('4,3')!.style).toMatchObject({ numFmt: '0.0' });
    expect(sheet.cells!.get('0,0')!.style).toMatchObject({
      font: { size: 18, bold: true },
      alignment: { horizontal: 'center' },
    });
    expect(sheet.freezePane).toMatchObject({ rows: 4 });
    expect(sheet.rowBreaks).toEqual([6]);
    expect(sheet.headerFooter!.oddFooter).toBe('&C第 &P 页 共 &N 页');
    expect(sheet.pageSetup).toMatchObject({
      paperSize: 'a4',
      orientation: 'landscape',
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
    });
    const frame = await partText('xl/workbook.xml');
    expect(frame).toContain("'幸福里社区'!$3:$4");
    expect(frame).toContain("'幸福里社区'!$A$1:$F$8");
  });

  test('written twice is the same file to the byte', async () => {
    const rows = function* () {
      for (let i = 0; i < 30_000; i++) yield [`第${i}人，住址不详，电话不详`];
    };
    await writeWorkbook(path, [PAY, simple(rows())]);
    const first = digest();
    rmSync(path);
    await writeWorkbook(path, [PAY, simple(rows())]);
    expect(digest()).toBe(first);
  });

  test('is readable by its owner alone, also over an older file that was not', async () => {
    writeFileSync(path, 'older', { mode: 0o644 });
    await writeWorkbook(path, [PAY]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('that fails or is cancelled halfway leaves nothing behind, and the older file as it was', async () => {
    await writeWorkbook(path, [PAY]);
    const before = digest();
    const broken = function* (): Generator<string[]> {
      yield ['一'];
      throw new Error('database lost');
    };
    await expect(writeWorkbook(path, [simple(broken())])).rejects.toThrow('database lost');
    const stop = new AbortController();
    const endless = function* () {
      for (let i = 0; ; i++) {
        if (i === 5000) stop.abort();
        yield ['一'];
      }
    };
    await expect(
      writeWorkbook(path, [simple(endless())], {
        progress: { report: () => undefined, signal: stop.signal },
      }),
    ).rejects.toThrow(/abort/i);
    expect(digest()).toBe(before);
    expect(readdirSync(folder)).toEqual(['补助发放表.xlsx']);
  });

  test('takes its sheets and rows from anything that gives them one after another', async () => {
    const later = async function* () {
      yield ['一'];
      yield ['二'];
    };
    await writeWorkbook(
      path,
      (async function* () {
        yield { ...simple([]), rows: later() };
      })(),
    );
    expect((await readXlsx(readFileSync(path))).sheets[0]!.rows).toEqual([['列'], ['一'], ['二']]);
  });

  test('has no more page breaks than office programs open', async () => {
    await writeWorkbook(path, [
      simple(Array.from({ length: 1500 }, () => ({ cells: ['一'], newPage: true }))),
    ]);
    expect((await readXlsx(readFileSync(path))).sheets[0]!.rowBreaks).toHaveLength(1000);
  });
});

describe('a cell', () => {
  const DANGEROUS = [
    '=1+1',
    '+86138',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x")',
  ];

  test('that begins like a formula is text', async () => {
    await writeWorkbook(path, [simple(DANGEROUS.map((text) => [text]))]);
    const xml = await partText('xl/worksheets/sheet1.xml');
    expect(xml).not.toMatch(/<f[ >]/);
    expect(xml.match(/t="str"/g)).toHaveLength(DANGEROUS.length + 1);
    const { sheets } = await readXlsx(readFileSync(path), { readStyles: true });
    expect(sheets[0]!.rows.slice(1).map(([text]) => text)).toEqual(DANGEROUS);
    expect(sheets[0]!.cells!.get('1,0')).toMatchObject({ type: 'string', style: { numFmt: '@' } });
  });

  test('keeps markup, quotes, line breaks and what looks like an escape; controls and halves of characters are dropped', async () => {
    const texts = ['<b>&amp;"\'', '甲\n乙', '_x0041_', '  两端有空格  ', '𠅤'];
    await writeWorkbook(path, [simple([...texts.map((text) => [text]), ['坏\u0001字\ud800。']])]);
    const { sheets } = await readXlsx(readFileSync(path));
    expect(sheets[0]!.rows.slice(1).map(([text]) => text)).toEqual([...texts, '坏字\ufffd。']);
  });

  test('of money takes whole fen and loses none', async () => {
    const fen = [1, 10, 109_500, -35, 9_007_199_254_711, 0];
    await writeWorkbook(path, [
      simple(
        fen.map((value) => [value]),
        'money',
      ),
    ]);
    const xml = await partText('xl/worksheets/sheet1.xml');
    const numbers = [...xml.matchAll(/<c r="[A-Z]+\d+" s="\d+"><v>([^<]*)<\/v>/g)];
    expect(numbers.map(([, value]) => value)).toEqual([
      '0.01',
      '0.1',
      '1095',
      '-0.35',
      '90071992547.11',
      '0',
    ]);
    await expect(writeWorkbook(path, [simple([[0.5]], 'money')])).rejects.toThrow('not whole fen');
  });

  test('of numbers may say in words that there is none yet', async () => {
    await writeWorkbook(path, [simple([['待定'], [null]], 'money')]);
    expect((await readXlsx(readFileSync(path))).sheets[0]!.rows).toEqual([['列'], ['待定'], [null]]);
  });

  test('longer than an office program holds is cut and says so with an ellipsis', async () => {
    await writeWorkbook(path, [simple([['长'.repeat(40_000)]])]);
    const text = String((await readXlsx(readFileSync(path))).sheets[0]!.rows[1]![0]);
    expect([text.length, text.at(-1)]).toEqual([32_767, '…']);
  });
});

describe('the name of a worksheet', () => {
  test('is made legal, at most 31 characters, and unlike every other', () => {
    const taken = new Set<string>();
    const long = '内务街道第一社区居民委员会疫情防控工作补助发放表二〇二〇年二月';
    expect(legalName('a/b:c*[d]?\\e', taken)).toBe('a b c  d   e');
    expect(legalName("'甲'", taken)).toBe('甲');
    expect(legalName('', taken)).toBe('工作表');
    expect(legalName('History', taken)).toBe('History(2)');
    expect([legalName('Abc', taken), legalName('aBC', taken), legalName('abc', taken)]).toEqual([
      'Abc',
      'aBC(2)',
      'abc(3)',
    ]);
    const names = [legalName(`${long}${long}`, taken), legalName(`${long}${long}`, taken)];
    expect(names.map((name) => name.length)).toEqual([31, 31]);
    expect(names[1]).toMatch(/\(2\)$/);
    expect(legalName(`${'甲'.repeat(30)}𠅤`, taken)).toBe('甲'.repeat(30));
  });

  test('of a sheet that cannot be written does not leave a file', async () => {
    await expect(writeWorkbook(path, [])).rejects.toThrow(RangeError);
    expect(existsSync(path)).toBe(false);
  });
});
