import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CellValue, readXlsx, type Sheet, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem, Severity } from '../../values/problem.ts';
import { writeProblemBook } from './annotate.ts';
import type { Column, SheetProblems } from './contract.ts';
import { encode } from './encoding.ts';
import { readTable } from './read.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sheets-annotate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const COLUMNS: Column[] = [{ id: 'name', label: '姓名', required: true }];

function problem(row: number | null, message = '身份证号少一位', severity: Severity = 'problem'): Problem {
  return {
    severity,
    file: '花名册.xlsx',
    row,
    column: '身份证号',
    message: { zh: message, en: message },
    suggestion: { zh: '请核对身份证', en: 'check' },
  };
}

async function input(path: string, ...problems: SheetProblems['problems'][number][]): Promise<SheetProblems> {
  const { headings } = await readTable(path, COLUMNS, { header: () => undefined, row: () => undefined });
  return { path, headings, problems };
}

async function book(...inputs: SheetProblems[]): Promise<Map<string, Sheet>> {
  await writeProblemBook(
    folder,
    inputs,
    inputs.flatMap(({ problems }) => problems),
  );
  const { sheets } = await readXlsx(readFileSync(join(folder, '问题清单.xlsx')), { readStyles: true });
  return new Map(sheets.map((sheet) => [sheet.name, sheet]));
}

async function roster(name: string, sheet: Partial<WriteSheet> = {}): Promise<string> {
  const path = join(folder, name);
  const rows: CellValue[][] = [
    ['花名册', null],
    ['姓名', '身份证号'],
    ['张三', '12010119800101100'],
    ['李四', '120101198001011019'],
  ];
  writeFileSync(path, await writeXlsx({ sheets: [{ name: '花名册', rows, ...sheet }] }));
  return path;
}

function text(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe('the list', () => {
  test('names every problem with its place, in the order given', async () => {
    const list = (
      await book(await input(await roster('列表.xlsx'), problem(3), problem(4, '社区不认识', 'warning')))
    ).get('问题清单')!;
    expect(list.rows).toEqual([
      ['序号', '级别', '文件', '行', '列', '问题', '建议'],
      [1, '问题', '花名册.xlsx', 3, '身份证号', '身份证号少一位', '请核对身份证'],
      [2, '提醒', '花名册.xlsx', 4, '身份证号', '社区不认识', '请核对身份证'],
    ]);
  });

  test('says so when there is nothing wrong, and nothing else is written', async () => {
    const { files } = await writeProblemBook(folder, [await input(text('好.csv', '姓名\n张三\n'))], []);
    expect(files).toEqual(['问题清单.xlsx']);
    expect(
      (await readXlsx(readFileSync(join(folder, files[0]!)))).sheets.map(({ rows }) => rows[1]![5]),
    ).toEqual(['没有发现问题']);
  });

  test('is readable by its owner alone and the same to the byte each time', async () => {
    const given = [await input(await roster('同.xlsx'), problem(3))];
    await book(...given);
    const path = join(folder, '问题清单.xlsx');
    const first = readFileSync(path);
    chmodSync(path, 0o644);
    await book(...given);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path).equals(first)).toBe(true);
  });
});

describe('a workbook that comes back', () => {
  test('keeps widths, heights, fonts, fills, number formats, merged cells and page, and gains two columns', async () => {
    const path = await roster('原样.xlsx', {
      columns: [{ width: 23 }, { width: 31 }],
      rowDefs: new Map([[2, { height: 33 }]]),
      merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 1 }],
      pageSetup: { paperSize: 'a3', orientation: 'landscape' },
      cells: new Map([
        [
          '0,0',
          {
            value: '花名册',
            type: 'string',
            style: { font: { name: '楷体', size: 20, bold: true, color: { rgb: 'C00000' } } },
          },
        ],
        ['2,0', { value: '张三', type: 'string', style: { font: { name: '仿宋', italic: true } } }],
        ['2,1', { value: 43864, type: 'number', style: { numFmt: 'yyyy-mm-dd' } }],
        [
          '3,0',
          {
            value: '李四',
            type: 'string',
            style: { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '00B050' } } },
          },
        ],
      ]),
    });
    const sheet = (await book(await input(path, problem(3), problem(3, '不在辖区', 'warning')))).get(
      '花名册',
    )!;
    expect(sheet.columns!.map(({ width }) => width)).toEqual([23, 31, 48, 40]);
    expect(sheet.rowDefs!.get(2)!.height).toBe(33);
    expect(sheet.merges).toMatchObject([{ startRow: 0, startCol: 0, endRow: 0, endCol: 1 }]);
    expect(sheet.pageSetup).toMatchObject({ paperSize: 'a3', orientation: 'landscape' });
    expect(sheet.cells!.get('0,0')!.style!.font).toMatchObject({
      name: '楷体',
      size: 20,
      bold: true,
      color: { rgb: 'C00000' },
    });
    expect(sheet.cells!.get('2,0')!.style).toMatchObject({
      font: { name: '仿宋', italic: true },
      fill: { fgColor: { rgb: 'FBE3DF' } },
    });
    expect(sheet.cells!.get('2,1')!.style).toMatchObject({
      numFmt: 'yyyy-mm-dd',
      fill: { fgColor: { rgb: 'FBE3DF' } },
    });
    expect(sheet.rows[2]![1]).toEqual(new Date('2020-02-03T00:00:00Z'));
    expect(sheet.cells!.get('3,0')!.style!.fill).toMatchObject({ fgColor: { rgb: '00B050' } });
    expect(sheet.rows[1]!.slice(2)).toEqual(['问题', '建议']);
    expect(sheet.rows[2]!.slice(2)).toEqual(['【问题】身份证号少一位；【提醒】不在辖区', '请核对身份证']);
    expect(sheet.rows[3]!.slice(2).every((cell) => cell === null || cell === undefined)).toBe(true);
  });

  test('has no formulas, rules, drop-downs or links left: a formula is its result, text that begins like one is text', async () => {
    const path = await roster('公式.xlsx', {
      rows: [
        ['姓名', '说明'],
        ['=1+1', '@x'],
        ['李四', null],
      ],
      dataValidations: [{ type: 'list', values: ['甲'], range: 'A2:A3' }],
      cells: new Map([
        ['2,1', { value: 7, type: 'formula', formula: 'WEBSERVICE("http://x")', formulaResult: 7 }],
        ['2,0', { value: '李四', type: 'string', hyperlink: { target: 'http://x' } }],
      ]),
    });
    const sheet = (await book(await input(path, problem(2, '=HYPERLINK("x")')))).get('花名册')!;
    expect(sheet.rows[1]!.slice(0, 3)).toEqual(['=1+1', '@x', '【问题】=HYPERLINK("x")']);
    expect(sheet.rows[2]!.slice(0, 2)).toEqual(['李四', 7]);
    expect([...sheet.cells!.values()].filter((cell) => cell.formula !== undefined || cell.hyperlink)).toEqual(
      [],
    );
    expect(sheet.dataValidations ?? []).toEqual([]);
  });

  test('with a stray cell in the far corner, which is more than can be copied, is shown by its rows in question alone', async () => {
    const rows: CellValue[][] = [['姓名'], ['张三'], ...Array.from({ length: 3000 }, () => [])];
    rows.push([...Array.from({ length: 16_000 }, () => null), 'x']);
    const sheet = (await book(await input(await roster('角落.xlsx', { rows }), problem(2)))).get('花名册')!;
    expect(sheet.rows).toEqual([
      ['行', '姓名', '问题', '建议'],
      [2, '张三', '【问题】身份证号少一位', '请核对身份证'],
    ]);
  });

  test('stands beside the list when there are more than 20,000 problems, and the list still has them all', async () => {
    const path = await roster('多.xlsx');
    const given = await input(path, ...Array.from({ length: 20_001 }, () => problem(3)));
    const { files } = await writeProblemBook(folder, [given], given.problems);
    expect(files).toEqual(['问题清单.xlsx', '多-问题标注.xlsx']);
    const [list, copy] = await Promise.all(
      files.map(async (name) => (await readXlsx(readFileSync(join(folder, name)))).sheets),
    );
    expect(list!.map(({ name, rows }) => [name, rows.length])).toEqual([['问题清单', 20_002]]);
    expect(copy!.map(({ name, rows }) => [name, rows[1]!.slice(2)])).toEqual([['花名册', ['问题', '建议']]]);
    expect(statSync(join(folder, files[1]!)).mode & 0o777).toBe(0o600);
  });

  test('shows a problem in the worksheet it names, and keeps apart worksheets of one name from two files', async () => {
    const rows: CellValue[][] = [['姓名'], ['张三']];
    const two = join(folder, '两张.xlsx');
    writeFileSync(
      two,
      await writeXlsx({
        sheets: [
          { name: '一社区', rows },
          { name: '二社区', rows },
        ],
      }),
    );
    const sheets = await book(
      await input(two, { ...problem(2, '第二张的'), sheet: '二社区' }),
      await input(await roster('甲.xlsx'), problem(3)),
      await input(await roster('乙.xlsx'), problem(3)),
    );
    expect([...sheets.keys()]).toEqual(['问题清单', '一社区', '二社区', '花名册', '乙-花名册']);
    expect(sheets.get('一社区')!.rows[1]![1] ?? null).toBeNull();
    expect(sheets.get('二社区')!.rows[1]![1]).toBe('【问题】第二张的');
  });
});

describe('a CSV that comes back', () => {
  const csv = '花名册\r\n姓名,备注\r\n张䶮𠅤,"甲,\r\n乙"\r\n李四\r\n王五,好';
  const annotated =
    '花名册\r\n姓名,备注,问题,建议\r\n张䶮𠅤,"甲,\r\n乙",【问题】身份证号少一位,请核对身份证\r\n李四,,,\r\n王五,好,"【问题】说""好"",错",请核对身份证';

  test.each([
    ['UTF-8', (s: string) => Buffer.from(s)],
    ['UTF-8 with a byte order mark', (s: string) => Buffer.from(`\ufeff${s}`)],
    ['GB18030', (s: string) => encode(s, 'gb18030')],
    ['UTF-16', (s: string) => Buffer.from(`\ufeff${s}`, 'utf16le')],
  ])('is in the encoding it came in: %s', async (name, bytes) => {
    const path = text(`${name}.csv`, bytes(csv));
    const given = await input(path, problem(3), problem(5, '说"好",错'));
    const { files } = await writeProblemBook(folder, [given], given.problems);
    expect(files).toEqual(['问题清单.xlsx', `${name}-问题标注.csv`]);
    const back = readFileSync(join(folder, files[1]!));
    expect(back.equals(bytes(annotated))).toBe(true);
    expect(statSync(join(folder, files[1]!)).mode & 0o777).toBe(0o600);
  });

  test('is in the workbook with the rows in question alone', async () => {
    const sheets = await book(await input(text('值守.csv', encode(csv, 'gb18030')), problem(3)));
    expect(sheets.get('值守')!.rows).toEqual([
      ['行', '姓名', '备注', '问题', '建议'],
      [3, '张䶮𠅤', '甲,\n乙', '【问题】身份证号少一位', '请核对身份证'],
    ]);
  });

  test('runs nothing: cells that begin like a formula get an apostrophe, signed numbers stay', async () => {
    const path = text('注入.csv', '姓名,金额\n=1+1,-5\n"+cmd|x","@SUM(A1)"\n-x,+3.5\n\t=1,-\n＝1,ok\n');
    const given = await input(path, problem(2));
    await writeProblemBook(folder, [given], []);
    expect(readFileSync(join(folder, '注入-问题标注.csv'), 'utf8').split('\n')).toEqual([
      '姓名,金额,问题,建议',
      "'=1+1,-5,【问题】身份证号少一位,请核对身份证",
      "'+cmd|x,'@SUM(A1),,",
      "'-x,+3.5,,",
      "'\t=1,-,,",
      "'＝1,ok,,",
      '',
    ]);
  });

  test('with a line whose quotes do not pair is a good CSV again, that line one cell', async () => {
    const path = text('引号.csv', '姓名,备注\n"张三,1\n李四,2\n');
    const given = await input(path, problem(2, '引号不成对'));
    await writeProblemBook(folder, [given], []);
    const back = join(folder, '引号-问题标注.csv');
    expect(readFileSync(back, 'utf8')).toBe(
      '姓名,备注,问题,建议\n"""张三,1",,【问题】引号不成对,请核对身份证\n李四,2,,\n',
    );
  });
});
