import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { day } from '../../values/date.ts';
import { readIdentity } from '../../values/identity.ts';
import { readTable } from '../sheets/read.ts';
import type { DutySheet } from './contract.ts';
import { dutyColumns, dutyReader } from './duty.ts';
import { context, dutySheet, FIFTEEN_OF_THIRD, NUMBERS, roster, VOCABULARY } from './invented.ts';

const [WANG, LI, ZHAO] = NUMBERS;

const facts = roster([
  { name: '王小明', holds: [{}] },
  { name: '李秀英', holds: [{ kind: 'grid', to: '2020-02-10' }] },
  { name: '赵铁柱', holds: [{ community: '康宁里社区居委会', from: '2020-02-05' }] },
]);
const february = context(facts, '2020-02-01', '2020-02-29');
const read = (...rows: (string | number | null)[][]) => dutySheet(february, rows);
const row = (
  id: string | number | null,
  date: string | number | null,
  post = '卡口',
  start: string | number | null = '08:00',
  end: string | number | null = '16:00',
) => [id, null, date, post, start, end];

const problems = (sheet: DutySheet) => sheet.problems.filter((p) => p.severity === 'problem');
const warnings = (sheet: DutySheet) => sheet.problems.filter((p) => p.severity === 'warning');
/** Minutes kept for a person, in order of time. */
const kept = (sheet: DutySheet, person = 0) => [
  ...sheet.entries.amount.subarray(sheet.entries.first[person], sheet.entries.first[person + 1]),
];

describe('a duty sheet', () => {
  it('keeps a clean record without a word', () => {
    const sheet = read([
      WANG,
      '王小明',
      '2020-02-03',
      '卡口',
      '08:00',
      '16:00',
      '甲区',
      '福安里',
      '社区工作者',
    ]);
    expect(sheet.problems).toEqual([]);
    expect(kept(sheet)).toEqual([480]);
  });

  it('takes fifteen digits, full width and a small x for the same person', () => {
    expect(readIdentity(FIFTEEN_OF_THIRD, day('2020-03-01'))).toEqual({ ok: ZHAO });
    const sheet = read(
      row(FIFTEEN_OF_THIRD, '2020-02-06'),
      row(ZHAO, '2020-02-07'),
      row('11010519491231002x', '2020-02-06'),
    );
    expect(sheet.problems).toEqual([]);
    expect(kept(sheet, 2)).toEqual([480, 480]);
    expect(kept(sheet, 0)).toEqual([480]);
  });

  it('sets a row with a wrong check digit aside and keeps the next', () => {
    const sheet = read(row('110105194912310021', '2020-02-03'), row(WANG, '2020-02-03'));
    expect(problems(sheet)).toMatchObject([
      { row: 2, column: '身份证号', file: '值守.xlsx', sheet: 'Sheet1' },
    ]);
    expect(problems(sheet)[0]!.message.zh).toContain('校验码');
    expect(sheet.entries.count).toBe(1);
  });

  it('sets duty of somebody not on the roster aside', () => {
    const sheet = read(row(NUMBERS[3], '2020-02-03'));
    expect(problems(sheet)[0]!.message.zh).toContain('花名册上没有');
    expect(sheet.entries.count).toBe(0);
  });

  it('names every bad cell of a row, not only the first', () => {
    const sheet = read(row('123', '2020-02-30', '食堂', '八点', null));
    expect(problems(sheet).map((p) => p.column)).toEqual(['身份证号', '日期', '开始', '结束', '场所']);
    expect(problems(sheet)[1]!.message.zh).toContain('2020-02-30');
    expect(problems(sheet)[3]!.message.zh).toBe('没有写时间。');
  });

  it('reads dates as people type them', () => {
    const sheet = read(
      row(WANG, '2020.2.3'),
      row(WANG, '2020年2月4日'),
      row(WANG, 43866),
      row(WANG, '2020/2/6'),
    );
    expect(sheet.problems).toEqual([]);
    expect([...sheet.entries.at].map((at) => Math.floor(at / 1440) - day('2020-02-01'))).toEqual([
      2, 3, 4, 5,
    ]);
  });

  it('never guesses which post a place is, and lists those there are', () => {
    const sheet = read(row(WANG, '2020-02-03', '门岗'));
    expect(problems(sheet)[0]).toMatchObject({ column: '场所' });
    expect(problems(sheet)[0]!.suggestion.zh).toBe('请填写：卡口、党群服务中心。');
  });

  it('knows a post by alias, with blanks, a remark in brackets or a running number', () => {
    const sheet = read(
      row(WANG, '2020-02-03', '卡点'),
      row(WANG, '2020-02-04', '党 群服务中心'),
      row(WANG, '2020-02-05', '卡口（东门）'),
      row(WANG, '2020-02-06', '2号卡口'),
    );
    expect(sheet.problems).toEqual([]);
    expect([...sheet.entries.post]).toEqual([0, 1, 0, 0]);
  });

  it('takes an end not after the start for the next day, and 24:00 for midnight', () => {
    const sheet = read(
      row(WANG, '2020-02-03', '卡口', '22:00', '06:00'),
      row(WANG, '2020-02-05', '卡口', '16:00', '24:00'),
      row(WANG, '2020-02-07', '卡口', '00:00', '24:00'),
      row(WANG, '2020-02-09', '卡口', '22:00', '次日6:00'),
      row(WANG, '2020-02-11', '卡口', '24:00', '08:00'),
    );
    expect(sheet.problems).toEqual([]);
    expect(kept(sheet)).toEqual([480, 480, 1440, 480, 480]);
  });

  it('takes an end at the time of the start for the next day, and warns that it is 24 hours', () => {
    const sheet = read(
      row(WANG, '2020-02-03', '卡口', '08:00', '08:00'),
      row(WANG, '2020-02-05', '卡口', '24:00', '0:00'),
    );
    expect(problems(sheet)).toEqual([]);
    expect(kept(sheet)).toEqual([1440, 1440]);
    expect(warnings(sheet).map((p) => [p.row, p.column])).toEqual([[2, '结束']]);
  });

  it('refuses a record without length, or longer than a day', () => {
    const sheet = read(
      row(WANG, '2020-02-03', '卡口', '24:00', '次日0:00'),
      row(WANG, '2020-02-04', '卡口', '08:00', '次日9:00'),
    );
    expect(problems(sheet).map((p) => [p.row, p.column])).toEqual([
      [2, '结束'],
      [3, '结束'],
    ]);
    expect(kept(read(row(WANG, '2020-02-04', '卡口', '08:00', '次日8:00')))).toEqual([1440]);
  });

  it('sets duty outside the engagement aside and says which terms are held', () => {
    const sheet = read(row(LI, '2020-02-11'), row(LI, '2020-02-10'));
    expect(problems(sheet)).toHaveLength(1);
    expect(problems(sheet)[0]).toMatchObject({ row: 2, column: '日期' });
    expect(problems(sheet)[0]!.message.zh).toContain('至 2020-02-10');
    expect(kept(sheet, 1)).toEqual([480]);
  });

  it('keeps a night of which one day is outside the engagement, and warns of that day', () => {
    const sheet = read(row(LI, '2020-02-10', '卡口', '22:00', '06:00'));
    expect(problems(sheet)).toEqual([]);
    expect(warnings(sheet)[0]!.message.zh).toContain('2020年2月11日');
    expect(read(row(LI, '2020-02-09', '卡口', '22:00', '06:00')).problems).toEqual([]);
  });

  it('warns of another name than the roster has, but not of blanks in it', () => {
    expect(read([WANG, '王 小 明', '2020-02-03', '卡口', '08:00', '16:00']).problems).toEqual([]);
    const sheet = read([WANG, '王晓明', '2020-02-03', '卡口', '08:00', '16:00']);
    expect(warnings(sheet)).toMatchObject([{ row: 2, column: '姓名' }]);
    expect(sheet.entries.count).toBe(1);
  });

  it('warns when another district reports the person, who is paid by the district of the engagement', () => {
    const at = (district: string) => read([WANG, null, '2020-02-03', '卡口', '08:00', '16:00', district]);
    for (const own of ['甲区', '某市甲区', ' 甲 区']) expect(at(own).problems).toEqual([]);
    const sheet = at('乙区');
    expect(warnings(sheet)[0]!.message.zh).toContain('按任职所在地计发');
    expect(sheet.entries.count).toBe(1);
  });

  it('ignores a kind the notice does not know, with a warning', () => {
    const sheet = read([WANG, null, '2020-02-03', '卡口', '08:00', '16:00', null, null, '保洁员']);
    expect(warnings(sheet)).toMatchObject([{ column: '填报类别' }]);
    expect([...sheet.entries.kind]).toEqual([-1]);
  });

  it('keeps a kind that is reported but not held that day, with a warning', () => {
    const as = (kind: string) => read([WANG, null, '2020-02-03', '卡口', '08:00', '16:00', null, null, kind]);
    expect(warnings(as('网格员'))[0]!.message.zh).toContain('不予认可');
    expect([...as('网格员').entries.kind]).toEqual([2]);
    expect(as(' 社区工作者').problems).toEqual([]);
    expect(warnings(as("村'两委'成员"))[0]!.message.zh).toContain('两委');
  });

  it('warns of overlapping records naming both rows, and keeps both', () => {
    const sheet = read(
      row(WANG, '2020-02-03', '卡口', '12:00', '18:00'),
      row(WANG, '2020-02-03', '党群服务中心', '08:00', '13:00'),
      row(WANG, '2020-02-03', '卡口', '18:00', '20:00'),
    );
    expect(warnings(sheet)).toHaveLength(1);
    expect(warnings(sheet)[0]).toMatchObject({ row: 2 });
    expect(warnings(sheet)[0]!.message.zh).toContain('第 3 行');
    expect(sheet.entries.count).toBe(3);
  });

  it('says that two rows are exactly the same', () => {
    const sheet = read(row(WANG, '2020-02-03'), row(WANG, '2020-02-04'), row(WANG, '2020-02-03'));
    expect(warnings(sheet)).toHaveLength(1);
    expect(warnings(sheet)[0]!.row).toBe(4);
    expect(warnings(sheet)[0]!.message.zh).toBe('与第 2 行完全相同，只计一次。');
  });

  it('reads the day before the period for the night that reaches into it, and counts what is not used', () => {
    const sheet = read(
      row(WANG, '2020-01-31', '卡口', '22:00', '06:00'),
      row(WANG, '2020-01-31', '卡口', '14:00', '22:00'),
      row(WANG, '2020-01-30', '卡口', '22:00', '06:00'),
      row('nonsense', '2020-03-01'),
      row(WANG, '2020-02-29', '卡口', '22:00', '06:00'),
    );
    expect(problems(sheet)).toEqual([]);
    expect(warnings(sheet)).toHaveLength(1);
    expect(warnings(sheet)[0]).toMatchObject({ row: null });
    expect(warnings(sheet)[0]!.message.zh).toContain('3 条');
    expect(sheet.entries.count).toBe(2);
  });

  it('gives every problem in both languages, also as JSON', () => {
    const sheet = read(row('1', 'x', 'y', 'z', 'w'), row(LI, '2020-02-11'), row(NUMBERS[3], '2020-02-03'));
    const copy = JSON.parse(JSON.stringify(sheet.problems)) as {
      message: { zh: string; en: string };
      suggestion: { zh: string; en: string };
    }[];
    expect(copy.length).toBe(7);
    for (const { message, suggestion } of copy) {
      for (const text of [message, suggestion]) {
        expect(text.zh).toMatch(/[一-龥]/);
        expect(text.en.length).toBeGreaterThan(5);
      }
    }
  });

  it('finds its columns for district and community by the words of the pack', () => {
    const columns = dutyColumns(VOCABULARY);
    expect(columns.find((c) => c.id === 'district')).toMatchObject({ label: '区' });
    expect(columns.find((c) => c.id === 'district')!.aliases).toContain('县');
    const names = columns.flatMap((c) => [c.label, ...(c.aliases ?? [])]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('is read from a file with a title above it, other headings and a total below', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'duty-'));
    const file = path.join(folder, '值守.csv');
    fs.writeFileSync(
      file,
      `二月值守记录,,,,\n身份证号码,值守日期,岗位,上岗时间,下岗时间\n${WANG},2020.2.3,卡口,22：00,6:00\n${WANG},2020-2-4,食堂,8:00,16:00\n合计,,,,\n`,
    );
    const reading = dutyReader(february);
    await readTable(file, reading.columns, reading.reader);
    const sheet = reading.finish();
    fs.rmSync(folder, { recursive: true });
    expect(sheet.problems).toMatchObject([{ row: 4, column: '岗位', sheet: null }]);
    expect(sheet.rows).toBe(2);
    expect(kept(sheet)).toEqual([480]);
  });

  it('shows the number of a stranger masked', () => {
    expect(problems(read(row(NUMBERS[3], '2020-02-03')))[0]!.message.zh).not.toContain(NUMBERS[3]);
  });
});
