import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type CellValue, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../values/problem.ts';
import type { Cell, Column, ReadOptions, TableRead } from './contract.ts';
import { encode } from './encoding.ts';
import { readTable } from './read.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sheets-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const PEOPLE: Column[] = [
  { id: 'community', label: '社区', aliases: ['村'] },
  { id: 'name', label: '姓名', required: true },
  { id: 'idNumber', label: '身份证号', aliases: ['身份证号码', '公民身份号码'], required: true },
  { id: 'date', label: '日期' },
];

type Heading = { sheet: string; row: number; at: Record<string, number>; headings: Cell[]; titles: string[] };
type Read = { headings: Heading[]; rows: [number, ...Cell[]][]; result: TableRead };

/** Reads a file; each row is its number and the cells of the columns asked for, in their order. */
async function read(path: string, columns: Column[] = PEOPLE, options: ReadOptions = {}): Promise<Read> {
  const headings: Heading[] = [];
  const rows: [number, ...Cell[]][] = [];
  let at: Readonly<Record<string, number>> = {};
  const result = await readTable(
    path,
    columns,
    {
      header(found) {
        at = found.at;
        headings.push({
          ...found,
          at: { ...found.at },
          headings: [...found.headings],
          titles: [...found.titles],
        });
      },
      row: (row, cells) =>
        rows.push([row, ...columns.map(({ id }) => (at[id] === undefined ? null : (cells[at[id]] ?? null)))]),
    },
    options,
  );
  return { headings, rows, result };
}

async function refusal(path: string, options: ReadOptions = {}): Promise<Refusal['says']> {
  const error = await read(path, PEOPLE, options).then(
    () => new Error('it was read'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw error;
  return error.says;
}

const place = (name: string) => join(folder, name);

function text(name: string, content: string | Buffer): string {
  writeFileSync(place(name), content);
  return place(name);
}

async function workbook(name: string, ...sheets: (CellValue[][] | WriteSheet)[]): Promise<string> {
  const named = sheets.map((sheet, i) =>
    Array.isArray(sheet) ? { name: `表${i + 1}`, rows: sheet } : sheet,
  );
  writeFileSync(place(name), await writeXlsx({ sheets: named }));
  return place(name);
}

const ZHANG = '120101198001011000';
const LI = '120101198001011019';

describe('the heading', () => {
  test('is found below titles and blank rows, its columns in any order, unknown columns ignored', async () => {
    const { headings, rows } = await read(
      await workbook('titles.xlsx', [
        ['新华区幸福里社区花名册'],
        [],
        ['填报单位：幸福里社区', null, '2020年2月'],
        ['序号', '民族', '身份证号码', '姓名'],
        [1, '汉', ZHANG, '张三'],
      ]),
    );
    expect(headings).toEqual([
      {
        sheet: '表1',
        row: 4,
        at: { idNumber: 2, name: 3 },
        headings: ['序号', '民族', '身份证号码', '姓名'],
        titles: ['新华区幸福里社区花名册', '填报单位:幸福里社区 2020年2月'],
      },
    ]);
    expect(rows).toEqual([[5, null, '张三', ZHANG, null]]);
  });

  test.each([
    '身份证号',
    ' 身份证 号 ',
    '＊身份证号',
    '身份证号*',
    '身份证号（必填）',
    '身份证\n号(18位)*',
    '身份证号【必填】：',
  ])('written as %j is the column 身份证号', async (label) => {
    const { rows } = await read(
      await workbook('label.xlsx', [
        ['姓　名', label],
        ['张三', ZHANG],
      ]),
    );
    expect(rows).toEqual([[2, null, '张三', ZHANG, null]]);
  });

  test('broken over two lines is told to the reader on one', async () => {
    const { headings } = await read(text('lines.csv', '姓名,"身份证\n号码"\n张三,1\n'));
    expect(headings[0]?.headings).toEqual(['姓名', '身份证号码']);
  });

  test('of two levels is one heading: 姓名 over two rows, the days below 日期', async () => {
    const columns: Column[] = [
      { id: 'name', label: '姓名', required: true },
      { id: '1', label: '1', aliases: ['1日'] },
      { id: '2', label: '2', aliases: ['2日'] },
    ];
    const path = await workbook('grid.xlsx', {
      name: '考勤',
      rows: [
        ['二月考勤表', null, null],
        ['姓名', '日期', null],
        [null, 1, 2],
        ['张三', '√', '△'],
      ],
      merges: [
        { startRow: 1, startCol: 0, endRow: 2, endCol: 0 },
        { startRow: 1, startCol: 1, endRow: 1, endCol: 2 },
      ],
    });
    const { headings, rows } = await read(path, columns);
    expect(headings[0]).toMatchObject({ row: 3, at: { name: 0, 1: 1, 2: 2 }, headings: ['姓名', 1, 2] });
    expect(rows).toEqual([[4, '张三', '√', '△']]);
    const csv = await read(text('grid.csv', '姓名,日期,\n,1,2\n张三,√,△\n'), columns);
    expect(csv.rows).toEqual([[3, '张三', '√', '△']]);
  });

  test('of which one column is all that is required: titles, footers and headings of further pages are no records', async () => {
    const page = '幸福里社区考勤表,,\n姓名,1,2\n';
    const columns: Column[] = [{ id: 'name', label: '姓名', required: true }];
    const { rows } = await read(
      text('pages.csv', `${page}张三,√,△\n制表人：,,审核人：\n${page}李四,√,\n制表人：张三,,\n`),
      columns,
    );
    expect(rows).toEqual([
      [3, '张三'],
      [7, '李四'],
    ]);
  });

  test('that is missing is refused in one sentence naming the file and the columns', async () => {
    const says = await refusal(
      await workbook('no-id.xlsx', [['花名册'], ['姓名', '电话'], ['张三', 13900000000]]),
    );
    expect(says.zh).toBe('文件“no-id.xlsx”里没有找到表头：缺少“身份证号”这一列。请补上列名后再试。');
    expect(says.en).toContain('"no-id.xlsx": it lacks the column 身份证号');
    expect((await refusal(text('nothing.csv', '甲,乙\n1,2\n'))).zh).toContain('缺少“姓名”“身份证号”这几列');
  });

  test('is sought in every worksheet: one without it is passed over when another has it, a hidden one is never read', async () => {
    const table: CellValue[][] = [
      ['姓名', '身份证号'],
      ['张三', ZHANG],
    ];
    const { headings, rows, result } = await read(
      await workbook(
        'tabs.xlsx',
        [['填表说明'], ['请勿改动表头']],
        table,
        { name: '去年', rows: table, hidden: true },
        [
          ['姓名', '身份证号'],
          ['李四', LI],
        ],
      ),
    );
    expect(headings.map(({ sheet }) => sheet)).toEqual(['表2', '表4']);
    expect(rows.map(([, , name]) => name)).toEqual(['张三', '李四']);
    expect(result.headings).toEqual([
      { sheet: '表2', row: 1, columns: 2 },
      { sheet: '表4', row: 1, columns: 2 },
    ]);
    expect(result.problems.map(({ severity, message }) => [severity, message.zh])).toEqual([
      ['warning', '工作表“去年”是隐藏的，没有读取'],
    ]);
    const filtered = await read(place('tabs.xlsx'), PEOPLE, { sheetFilter: (name) => name === '表4' });
    expect(filtered.rows).toHaveLength(1);
  });
});

describe('rows that are no records', () => {
  const rows: CellValue[][] = [
    ['花名册'],
    ['序号', '姓名', '身份证号', '金额'],
    [1, '张三', ZHANG, 10],
    [],
    ['  ', '　', null, null],
    ['本页小计', null, null, 10],
    ['花名册'],
    ['序号', '姓名', '身份证号', '金额'],
    [2, '李四', LI, 10],
    [3, '计春花', LI, 10],
    [null, '合 计', null, 20],
    ['合计（大写）：人民币贰拾元整'],
    ['幸福里社区小计', null, null, 20],
    [4, '总计', null, 20],
    ['制表人：王五', null, '审核人：赵六'],
    ['备注：以上人员均在岗'],
    ['（盖章）'],
  ];
  const records = ['张三', '李四', '计春花'];

  test('blank rows, sums, footers and titles and headings of further pages are left out, whatever the format', async () => {
    expect((await read(await workbook('noise.xlsx', rows))).rows.map(([, , name]) => name)).toEqual(records);
    const csv = rows.map((cells) => cells.join(',')).join('\r\n');
    expect((await read(text('noise.csv', csv))).rows.map(([, , name]) => name)).toEqual(records);
  });

  test('a row keeps the number the office program shows', async () => {
    expect((await read(await workbook('numbers.xlsx', rows))).rows.map(([row]) => row)).toEqual([3, 9, 10]);
    expect(
      (await read(text('numbers.csv', '姓名,身份证号\n\n"张\n三",1\n李四,2\n'))).rows.map(([row]) => row),
    ).toEqual([3, 4]);
  });

  test('a row with nonsense in it still goes to the reader, who can say what is wrong', async () => {
    const { rows } = await read(text('nonsense.csv', '姓名,身份证号\n,不详\n备注,1\n张三,\n'));
    expect(rows).toEqual([
      [2, null, null, '不详', null],
      [3, null, '备注', '1', null],
      [4, null, '张三', null, null],
    ]);
  });
});

describe('cells', () => {
  test('a merged region gives its value on every row it spans, in its first column only, and makes no record of a blank row', async () => {
    const { rows } = await read(
      await workbook('merged.xlsx', {
        name: '花名册',
        rows: [
          ['社区', '姓名', '身份证号', '日期'],
          ['幸福里', '张三', ZHANG, null],
          [null, '李四', LI, null],
          [null, null, null, null],
          ['和平里', '王五', LI, null],
        ],
        merges: [{ startRow: 1, startCol: 0, endRow: 3, endCol: 0 }],
      }),
    );
    expect(rows).toEqual([
      [2, '幸福里', '张三', ZHANG, null],
      [3, '幸福里', '李四', LI, null],
      [5, '和平里', '王五', LI, null],
    ]);
  });

  test('a date cell is a date, a time a time, both both; text dates, full-width digits and blanks in names stay as typed', async () => {
    const at = (iso: string) => new Date(`${iso}Z`);
    const columns: Column[] = [...PEOPLE, { id: 'start', label: '开始' }];
    const { rows } = await read(
      await workbook('dates.xlsx', [
        ['姓名', '身份证号', '日期', '开始'],
        ['张  三', '１２０１０１１９８００１０１１０００', at('2020-02-03T00:00'), at('2020-02-03T08:30')],
        ['李四', 1.20101198001011e17, '2020.2.3', '８：３０'],
        ['王五', true, 43864, 0.5],
      ]),
      columns,
    );
    expect(rows).toEqual([
      [2, null, '张  三', '１２０１０１１９８００１０１１０００', '2020-02-03', '2020-02-03 08:30'],
      [3, null, '李四', 1.20101198001011e17, '2020.2.3', '８：３０'],
      [4, null, '王五', 'TRUE', 43864, 0.5],
    ]);
  });

  test('a formula is its stored result, rich text is joined, an error is its text', async () => {
    const { rows } = await read(
      await workbook('kinds.xlsx', {
        name: '表',
        rows: [
          ['姓名', '身份证号', '日期'],
          ['', '', ''],
        ],
        cells: new Map([
          [
            '1,0',
            {
              value: '张三',
              type: 'richText',
              richText: [{ text: '张', font: { bold: true } }, { text: '三' }],
            },
          ],
          ['1,1', { value: LI, type: 'formula', formula: 'A1&"x"', formulaResult: LI }],
          ['1,2', { value: '#N/A', type: 'error' }],
        ]),
      }),
    );
    expect(rows).toEqual([[2, null, '张三', LI, '#N/A']]);
  });

  test('an .xls of an older office program reads as an .xlsx does, night hours past midnight included', async () => {
    const columns: Column[] = [...PEOPLE, { id: 'start', label: '开始' }];
    const { rows, result } = await read(text('old.xls', gunzipSync(Buffer.from(OLD_XLS, 'base64'))), columns);
    expect(result.format).toBe('xls');
    expect(rows).toEqual([
      [3, '幸福里社区', '张䶮', ZHANG, '2020-02-03', '08:30'],
      [4, '幸福里社区', '李㛃', LI, '2020.2.4', '30:00'],
    ]);
  });

  test('an .xls with blank rows and a hidden worksheet: rows keep their numbers, the hidden one is never read', async () => {
    const { rows, result } = await read(text('gaps.xls', gunzipSync(Buffer.from(GAPS_XLS, 'base64'))));
    expect(rows).toEqual([[5, null, '张三', '11010519491231002X', null]]);
    expect(result.problems.map(({ message }) => message.zh)).toEqual(['工作表“去年”是隐藏的，没有读取']);
  });

  test('a workbook of many worksheets, one for each community, reads as one of few', async () => {
    const rows: CellValue[][] = [
      ['社区', '姓名', '身份证号', '日期'],
      ['花 & 园', '张三', ZHANG, new Date('2020-02-03T00:00:00Z')],
      [null, '李四', LI, true],
    ];
    const merges = [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }];
    const tabs = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `社区 & ${i}`, rows, merges }));
    const expected = [
      [2, '花 & 园', '张三', ZHANG, '2020-02-03'],
      [3, '花 & 园', '李四', LI, null],
    ];
    const few = await read(await workbook('few.xlsx', ...tabs(2)));
    expect(few.rows).toEqual(
      [...expected, ...expected].map(([row, ...cells]) => [row, ...cells.slice(0, 3), cells[3] ?? 'TRUE']),
    );
    const many = await read(await workbook('many.xlsx', ...tabs(12)));
    expect(many.rows).toEqual(Array.from({ length: 6 }, () => few.rows).flat());
    expect(many.headings.map(({ sheet }) => sheet)).toEqual(tabs(12).map(({ name }) => name));
  });
});

describe('files', () => {
  test('the content decides what a file is, not its name', async () => {
    const path = await workbook('really-xlsx.csv', [
      ['姓名', '身份证号'],
      ['张三', ZHANG],
    ]);
    expect((await read(path)).result.format).toBe('xlsx');
    expect((await read(text('really-csv.xls', '姓名\t身份证号\n张三\t1\n'))).result.format).toBe('csv');
  });

  test.each([
    ['empty.csv', '', '是空的'],
    ['blank.xlsx', ' \r\n ', '是空的'],
    ['page.xls', '<html><table><tr><td>姓名</td></tr></table></html>', '网页或 XML'],
    ['binary.csv', Buffer.from([1, 0, 2, 0, 3, 0, 255, 254]), '不是能读的表格'],
    ['garbage.xlsx', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(500, 7)]), '已损坏'],
    ['garbage.xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000, 7)]), '已损坏'],
  ])('%s is refused with a sentence', async (name, content, sentence) => {
    const says = await refusal(text(name, content));
    expect(says.zh).toContain(`文件“${name}”`);
    expect(says.zh).toContain(sentence);
    expect(says.en).toContain(name);
  });

  test('a file that is not there is refused with its path', async () => {
    expect((await refusal(place('none.xlsx'))).zh).toContain(place('none.xlsx'));
  });

  test('a workbook locked with a password is refused and says so', async () => {
    const locked = await writeXlsx({
      sheets: [{ name: '表', rows: [['姓名', '身份证号']] }],
      encryption: { password: 'x', spinCount: 1000 },
    });
    writeFileSync(place('locked.xlsx'), locked);
    expect((await refusal(place('locked.xlsx'))).zh).toContain('打开密码');
  });

  test('a workbook cut short is refused', async () => {
    const whole = readFileSync(
      await workbook('whole.xlsx', [
        ['姓名', '身份证号'],
        ['张三', ZHANG],
      ]),
    );
    expect((await refusal(text('half.xlsx', whole.subarray(0, whole.length / 2)))).zh).toContain('已损坏');
  });

  test('a sheet beyond the limits is refused: its size, its rows, one endless cell', async () => {
    const csv = text('large.csv', `姓名,身份证号\n${'张三,1\n'.repeat(100)}`);
    expect((await refusal(csv, { limits: { textFile: 100 } })).zh).toContain('超过上限');
    expect((await refusal(csv, { limits: { textRows: 50 } })).zh).toContain('超过 50 行');
    const path = await workbook('cell.xlsx', [
      ['姓名', '身份证号'],
      ['张三', '1'.repeat(40_000)],
    ]);
    expect((await refusal(path)).zh).toContain('第 2 行有一个单元格超过 32,767 字');
    expect((await refusal(path, { limits: { officeRows: 1 } })).zh).toContain('太大');
  });

  test('a run that is cancelled stops', async () => {
    const stop = new AbortController();
    const path = text('stopped.csv', `姓名,身份证号\n${'张三,1\n'.repeat(200_000)}`);
    let rows = 0;
    const running = readTable(
      path,
      PEOPLE,
      { header: () => undefined, row: () => ++rows === 1000 && stop.abort() },
      { progress: { report: () => undefined, signal: stop.signal } },
    );
    await expect(running).rejects.toThrow(/abort/i);
    expect(rows).toBeLessThan(200_000);
  });
});

describe('CSV', () => {
  const rare = '张䶮㛃𠅤';

  test('GB18030 and UTF-8, with and without a byte order mark, read alike, rare characters included', async () => {
    const csv = `姓名,身份证号\r\n${rare},${ZHANG}\r\n`;
    const expected = [[2, null, rare, ZHANG, null]];
    expect((await read(text('utf8.csv', csv))).rows).toEqual(expected);
    expect((await read(text('bom.csv', `\ufeff${csv}`))).rows).toEqual(expected);
    expect((await read(text('gb.csv', encode(csv, 'gb18030')))).rows).toEqual(expected);
    expect(
      (await read(text('wide.csv', Buffer.from(`\ufeff${csv.replaceAll(',', '\t')}`, 'utf16le')))).rows,
    ).toEqual(expected);
  });

  test('the encoding is that of the whole file: the first Chinese name may stand after a million bytes', async () => {
    const head = `name,姓名\n`;
    const columns: Column[] = [{ id: 'name', label: 'name', required: true }];
    const ascii = 'zhang\n'.repeat(400_000);
    const gb = await read(
      text('late.csv', Buffer.concat([Buffer.from(`name\n${ascii}`), encode(`${rare}\n`, 'gb18030')])),
      columns,
    );
    expect(gb.rows.at(-1)).toEqual([400_002, rare]);
    // One byte more in front each time: a three-byte character meets the end of a piece in every way.
    for (let shift = 0; shift < 4; shift++) {
      const utf8 = await read(
        text('straddle.csv', `${head}${'x'.repeat(shift)}\n${`${rare}\n`.repeat(100_000)}`),
        columns,
      );
      expect(utf8.rows.at(-1)).toEqual([100_002, rare]);
      expect(utf8.result.problems).toEqual([]);
    }
  });

  test('damaged bytes set their own row aside and no other', async () => {
    const lines = Array.from({ length: 50 }, (_, i) => `张三,${i}\n`);
    const bytes = Buffer.concat([
      Buffer.from(`姓名,身份证号\n${lines.join('')}`),
      Buffer.from([0xe5, 0xbc]),
      Buffer.from(',51\n李四,52\n'),
    ]);
    const { rows, result } = await read(text('damaged.csv', bytes));
    expect(rows).toHaveLength(51);
    expect(rows.at(-1)).toEqual([53, null, '李四', '52', null]);
    expect(result.problems).toMatchObject([{ severity: 'problem', row: 52 }]);
  });

  test('quoted commas, quotes and line breaks are part of the cell', async () => {
    const { rows } = await read(
      text('quotes.csv', '姓名,身份证号,日期\r\n"张,三","1\r\n2","说""好"""\r\n李四,3,村“两委”\r\n'),
    );
    expect(rows).toEqual([
      [2, null, '张,三', '1\r\n2', '说"好"'],
      [3, null, '李四', '3', '村“两委”'],
    ]);
  });

  test('semicolons and tabs separate as well', async () => {
    expect((await read(text('semicolon.csv', '姓名;身份证号\n张三;1\n'))).rows).toEqual([
      [2, null, '张三', '1', null],
    ]);
  });

  test.each([
    ['the next quoted cell would close it', '李四,2\n"王五",3\n'],
    ['nothing closes it', '李四,2\n王五,3\n'],
    ['nothing closes it for a million characters', `李四,2\n王五,3\n${'赵六,4\n'.repeat(200_000)}`],
  ])('an unclosed quote costs its own line and no other, even when %s', async (_, rest) => {
    const { rows, result } = await read(text('unclosed.csv', `姓名,身份证号\n"张三,1\n${rest}`));
    expect(rows.slice(0, 2)).toEqual([
      [3, null, '李四', '2', null],
      [4, null, '王五', '3', null],
    ]);
    expect(result.rows).toBe(rest.split('\n').length - 1);
    expect(result.problems.map(({ row, message }) => [row, message.zh])).toEqual([
      [2, '第 2 行的引号不成对，这一行没有读'],
    ]);
  });

  test('a file that is all unpaired quotes is refused in time', async () => {
    expect(
      (await refusal(text('all-quotes.csv', `姓名,身份证号\n${'"张三,"1"x\n'.repeat(50_000)}`))).zh,
    ).toContain('引号不成对');
  });
});

/** A workbook of Excel 97, 4 KB, made with SheetJS: title, heading, two records under one merged community, a sum. */
const OLD_XLS =
  'H4sIAAAAAAACA+2XT2xURRzHPzNvdju77bZvtwhtNSvZi0ZTbLuCldBlIR4aEhpkmxhULDTVLimkpnCwN0A9gf/uXjgqicpFE2NiiUc1Gkg4eAKTXtTDIyHhAl2c37xXH1WSIoYI6ffl99t93/eb+c2b38xvfu/nn4qXz5zru8IK1AhYauXIpjgF6OQm9PdOllqtVkK31vBA4War1VqKxQAZkJgvpfg1ebjF7ekASMe/DbBADsgD7UAHUAA6gS6fAigCJaAbWAc8AqwHNgA9QC/QBzwKPLa2rv53spd7gyGjklyiVtnGrbV6W3KmNGhSpcoxdrH5rv2X0OJfx2fP6sft8RKzzDHDJLPMMvOv/SdYTRs3T79l+c9wt/7TeG5oy9C9+M7ZELIZJud+bMstKLJtcAXNF+a81Aq/Aq/ypssnjWa1emxXg/uCnTKGg8qNYUHBiNIoPkZTpFdGVhLdLfpzsftG9IjkMzgwt/DCcByva6oudu+JrojuxPX4lbT5RZhB+oikxYfxVsioHcxxiIMcpmw2M0wPqkJ+bLTxDO1jo42NVGjSpMLONyoc4QgVsnsrHOUoFS7Mu+dl08s28qh5/NUvhv1MMUXZdDFCBuV62SoPyqZIjSzqFZrsj8nLkp3h2ooVssbfX34lPL/tDvzIHfja3/gDsg7fpZP1ktoCde5kYfz0i6cxKBS/87I7syOf77NRT1zLa/6q4xOp0h65PfAtFssJtQPsgqr/qeuUr4a+CrAdYDeAvQ7hDakVPPLLWSG8LSsUZL90oJmiS/4XxXuI5cYnVy/sntyzfUL4p4R/WvRJYY6n+n9b+Hf8l4ju9PtsWRvdG3+eWNRbr30w/8NHtfmtDT8ZRhfkBUPXqaM9oTxxcV9h3OgiCk3opu3s+zfHzp+6HlsF3mrx9cenPWE8wcT3+4zujt8lk/bq7HTS/caJz3Yb3Y+W7kuoQYYYYFBkkOcZZiB1PyBXoF2aCaTMAmYW654xlDj7qcOl7c5LkHgZm/5ui/MSrNaL49ykBfKCFuXMnWxiiE08K0MIMFLhycoWhyaZRjt+5pQzMTKCGPU/2OOCHI36UEQ2tby6CKIB+TXRk8LlovAftoYmv9zOhbamS3wpx2Y9ZbUYJ3J/qGspLuBrlXNz4sM+bbuZtun6Q9Jz0z5B095elog7k6oRjOg8DytuAdurX9UAEAAA';

/** The same, of two worksheets: one with blank rows, one hidden. */
const GAPS_XLS =
  'H4sIAAAAAAACA+2XS2sUQRDHf907uzubZJPZjY8kioS9KIqYfUSTg7qKhyC4qBt8IT6CmJUYIkku3jTqySh+AC85igf1oqCC8QOIoje9qFdFJhDwolntmhmdBIUkio+Qgq7d/k91V0//q6t6nj1NvR670/KGGbKFCFPVBLEQpgAddByvb9pUtVoN4Oqi/FfyuVqtTvnNAqIgnE+F8MW2sJs50xEgzH8csIEEUAPUAnVAEqgHGrwUQApIA43AEmApsAxYDjQBzUALsAJYuRhX/1zby6+JRVQFuUTNcoyJtWI8qCllKuTJM8xO2ufsP40W/9qvPbNftyf7GWCQPnoYYIC+efsPZDZjzD59iPHbZK7+w7IptzH3K74TtgOxKD2DT+KJcUUsDm/Q3LYey13hLXCYMyaflCv5/PDOMn9EtssajiuzhnEFm5WFQnMdTYpmWVtadKPoW2L5UPRmyWhwbHB8R4fP2KQqit0V0RnR9WgU92TMS0GytODKiGv+YYiqbQxyiuOcZpXVTgdNqAw1pa7yBmpLXeVWMlSokGH7yQz99JMhtjfDEENkeH7WPH8tqRUmZ9C7iP9ZfKYcE+ovUceYyWloNVqye01/T9QEjVYPysNHRjGhp3hHjymb7iEZG3Nb/VQY8a/Vmu9X6qCfp9Y1wfgIG5vzahvY46r4VRdZNeF4BdmuA3s52B/B+SRl25OabwfUmXZAkxK4dWhO0CD/U+LNwebTjYnnu3p2bz0q+FrB14keEeRcaP4Lgl/0Pgp0vRfwog1i6Qb/SyGCujOS7B7dY+mk70ijXhxMdls6JbM6Zo9uXv1cenz5Y9lYWYFV69FEydLrZQ8d0qgsWdqktZOlkwKdZMmRF6yNHAd4z27zYm6X91KuHdraBiJum/xa7hrBEq7zA3I1Nd/GmZfaotPclaxdDFndV3GzSsN7r91Irx0uc5IDKvZqKvb06ifTWqFS5PX+Bl86xFfS5ytEDj8iRwVWpd5X+ww5KiCnQEGIyVEgSwcdQklAmNGFn5Kj50GOng055hDOlxw1jZyFJ18AsjcGqgAQAAA=';
