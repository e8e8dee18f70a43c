import { describe, expect, it } from 'vitest';
import { isoDay } from '../../values/date.ts';
import type { Cell } from '../sheets/contract.ts';
import type { DutySheet } from './contract.ts';
import { gridReader } from './grid.ts';
import { context, feed, GRID_HEADINGS, gridRows, gridSheet, NUMBERS, roster } from './invented.ts';

const facts = roster([
  { name: '王小明', holds: [{}] },
  { name: '李秀英', holds: [{ community: '康宁里社区居委会' }] },
  { name: '李秀英', holds: [{ community: '康宁里社区居委会', kind: 'grid' }] },
  { name: '李秀英', holds: [{ to: '2020-02-10' }] },
]);
const february = context(facts, '2020-02-01', '2020-02-29');
const spring = context(facts, '2020-01-24', '2020-04-29');

/** Half-days by day of a person. */
const marks = (sheet: DutySheet, person: number) =>
  Object.fromEntries(
    [...sheet.entries.at.subarray(sheet.entries.first[person], sheet.entries.first[person + 1])].map(
      (at, i) => [isoDay(at), sheet.entries.amount[sheet.entries.first[person]! + i]],
    ),
  );

describe('a monthly grid', () => {
  it('takes √ for a day and △ for half a day, and counts nothing for rest and leave', () => {
    const sheet = gridSheet(february, [
      {
        name: '王小明',
        marks: { 1: '√', 2: '△', 3: '休', 4: '病', 5: 1, 6: 0.5, 7: '×', 8: '半', 9: '✔' },
        total: 4.5,
      },
    ]);
    expect(sheet.problems).toEqual([]);
    expect(marks(sheet, 0)).toEqual({
      '2020-02-01': 2,
      '2020-02-02': 1,
      '2020-02-05': 2,
      '2020-02-06': 1,
      '2020-02-08': 1,
      '2020-02-09': 2,
    });
  });

  it('names the cell of a mark that is none, and counts the other days of the row', () => {
    const sheet = gridSheet(february, [{ name: '王小明', marks: { 1: '√', 2: '？', 3: 8 }, total: 3 }]);
    expect(sheet.problems).toMatchObject([
      { severity: 'problem', sheet: '2月', row: 2, column: '2' },
      { severity: 'problem', sheet: '2月', row: 2, column: '3' },
    ]);
    expect(sheet.problems[0]!.message.zh).toContain('2 日的“？”');
    expect(marks(sheet, 0)).toEqual({ '2020-02-01': 2 });
  });

  it('warns of a total that does not agree with the marks, which count', () => {
    const sheet = gridSheet(february, [{ name: '王小明', marks: { 1: '√', 2: '△' }, total: '２天' }]);
    expect(sheet.problems).toMatchObject([{ severity: 'warning', column: '合计天数' }]);
    expect(sheet.problems[0]!.message.zh).toContain('1.5');
    expect(gridSheet(february, [{ name: '王小明', marks: { 1: '√' }, total: '1天' }]).problems).toEqual([]);
  });

  it('finds a person by name within the community of the title', () => {
    const sheet = gridSheet(february, [{ name: '李 秀英', marks: { 3: '√' } }]);
    expect(sheet.problems).toEqual([]);
    expect(marks(sheet, 3)).toEqual({ '2020-02-03': 2 });
  });

  it('does not choose between two of one name in the community, but the identity number does', () => {
    const titles = ['康宁里社区疫情防控值守考勤表（2020年2月）'];
    const named = gridSheet(february, [{ name: '李秀英', marks: { 3: '√' } }], { titles });
    expect(named.problems).toMatchObject([{ severity: 'problem', column: '姓名' }]);
    expect(named.problems[0]!.message.zh).toContain('2 人都叫');
    const numbered = gridSheet(february, [{ name: '李秀英', id: NUMBERS[2], marks: { 3: '√' } }], { titles });
    expect(numbered.problems).toEqual([]);
    expect(marks(numbered, 2)).toEqual({ '2020-02-03': 2 });
  });

  it('says whom the roster has instead of a name that is not there', () => {
    const sheet = gridSheet(february, [{ name: '王小朋', marks: { 3: '√' } }]);
    expect(sheet.problems).toMatchObject([{ severity: 'problem', row: 2, column: '姓名' }]);
    expect(sheet.problems[0]!.suggestion.zh).toContain('王小明');
  });

  it('does not look a name up when the community is not on the roster or not named', () => {
    const titles = ['长乐里社区疫情防控值守考勤表（2020年2月）'];
    expect(
      gridSheet(february, [{ name: '王小明', marks: { 3: '√' } }], { titles }).problems[0]!.message.zh,
    ).toContain('长乐里');
    const untitled = gridSheet(february, [{ name: '王小明', marks: { 3: '√' } }], { titles: [] });
    expect(untitled.problems[0]!.message.zh).toContain('没有写是哪个社区');
    expect(gridSheet(february, [{ id: NUMBERS[0], marks: { 3: '√' } }], { titles: [] }).problems).toEqual([]);
  });

  it('reads a wrong identity number as a problem even when the name would fit', () => {
    const sheet = gridSheet(february, [{ name: '王小明', id: '110105194912310021', marks: { 3: '√' } }]);
    expect(sheet.problems).toMatchObject([{ severity: 'problem', column: '身份证号' }]);
    expect(sheet.entries.count).toBe(0);
  });

  it('takes the month from the title, the name of the worksheet, or a period within one month', () => {
    const of = (titles: string[], sheet: string, from = spring) =>
      marks(gridSheet(from, [{ id: NUMBERS[0], marks: { 3: '√' } }], { titles, sheet }), 0);
    expect(of(['福安里社区考勤表（２０２０ 年 3 月）'], 'Sheet1')).toEqual({ '2020-03-03': 2 });
    expect(of(['福安里社区考勤表（二〇二〇年三月）'], 'Sheet1')).toEqual({ '2020-03-03': 2 });
    expect(of(['福安里社区考勤表'], '4月')).toEqual({ '2020-04-03': 2 });
    expect(of(['福安里社区考勤表'], 'Sheet1', february)).toEqual({ '2020-02-03': 2 });
    const unknown = gridSheet(spring, [{ id: NUMBERS[0], marks: { 3: '√' } }], {
      titles: [],
      sheet: 'Sheet1',
    });
    expect(unknown.problems).toMatchObject([{ severity: 'problem' }]);
    expect(unknown.problems[0]!.message.zh).toContain('哪一年哪一月');
  });

  it('knows its days under every heading people give them', () => {
    const read = (headings: Cell[]) => {
      const grid = gridReader(february);
      feed(grid, ['身份证号', ...headings], [[NUMBERS[0], '√', null, null, null, '△']], {
        titles: ['2020年2月'],
      });
      return marks(grid.finish(), 0);
    };
    const expected = { '2020-02-01': 2, '2020-02-05': 1 };
    expect(read([1, 2, 3, 4, 5])).toEqual(expected);
    expect(read(['01', '02', '03', '04', '05'])).toEqual(expected);
    expect(read(['1日', '2日', '3日', '4日', '5日'])).toEqual(expected);
    expect(read(['2/1', '2/2', '2/3', '2/4', '2/5'])).toEqual(expected);
    expect(read(['2月1日', '2月2日', '2月3日', '2月4日', '2月5日'])).toEqual(expected);
    expect(read(['2020-02-01', '2020-02-02', '2020-02-03', '2020-02-04', '2020-02-05'])).toEqual(expected);
    expect(read(['1（六）', '2（日）', '3（一）', '4（二）', '5（三）'])).toEqual(expected);
  });

  it('finds the days one row below the other headings', () => {
    const grid = gridReader(february);
    feed(
      grid,
      ['姓名', '日期'],
      [
        [null, 1, 2, 3, 4, 5, 6],
        ['王小明', '√', null, '△'],
      ],
      { titles: ['福安里社区考勤表 2020年2月'] },
    );
    expect(marks(grid.finish(), 0)).toEqual({ '2020-02-01': 2, '2020-02-03': 1 });
  });

  it('does not take a day that the month does not have, nor one of another month', () => {
    const sheet = gridSheet(february, [{ name: '王小明', marks: { 29: '√', 30: '√' } }]);
    expect(sheet.problems).toMatchObject([{ severity: 'problem', column: '30' }]);
    expect(marks(sheet, 0)).toEqual({ '2020-02-29': 2 });
    const grid = gridReader(february);
    feed(grid, ['姓名', '3/1', '3/2', '3/3', '3/4', '3/5'], [['王小明', '√']], {
      titles: ['福安里社区 2020年2月 考勤表'],
    });
    expect(grid.finish().problems).toMatchObject([{ severity: 'problem', column: '3/1' }]);
  });

  it('sets marks outside the engagement aside in one sentence, and keeps those within', () => {
    const sheet = gridSheet(february, [{ name: '李秀英', marks: { 10: '√', 11: '√', 12: '△' } }]);
    expect(sheet.problems).toMatchObject([{ severity: 'problem', column: '11' }]);
    expect(sheet.problems[0]!.message.zh).toContain('2020年2月11日、2020年2月12日');
    expect(marks(sheet, 3)).toEqual({ '2020-02-10': 2 });
  });

  it('says nothing of rows without a mark: weekdays, signatures, people not on duty', () => {
    const grid = gridReader(february);
    feed(
      grid,
      [...GRID_HEADINGS],
      [
        [null, null, '六', '日', '一'],
        ['制表人：某某', null],
        ...gridRows([{ name: '不在册', marks: { 1: '休' } }]),
      ],
      {
        titles: ['福安里社区考勤表 2020年2月'],
      },
    );
    expect(grid.finish().problems).toEqual([]);
  });

  it('does not drop a row of marks without a name silently', () => {
    expect(gridSheet(february, [{ marks: { 1: '√' } }]).problems).toMatchObject([{ severity: 'problem' }]);
  });

  it('reads a workbook of one worksheet for each community and month', () => {
    const grid = gridReader(spring);
    feed(grid, [...GRID_HEADINGS], gridRows([{ name: '王小明', marks: { 1: '√' } }]), {
      sheet: '福安里2月',
      titles: ['甲区福安里社区（村）疫情防控值守考勤表（2020 年 2 月）'],
    });
    feed(
      grid,
      [...GRID_HEADINGS],
      gridRows([
        { name: '王小明', marks: { 1: '√' } },
        { name: '无此人', marks: { 1: '√' } },
      ]),
      { sheet: '福安里3月', titles: ['福安里社区居委会考勤表（2020 年 3 月）'] },
    );
    const sheet = grid.finish();
    expect(marks(sheet, 0)).toEqual({ '2020-02-01': 2, '2020-03-01': 2 });
    expect(sheet.problems).toMatchObject([{ sheet: '福安里3月', row: 3 }]);
    expect(sheet.entries.lines.whereIs(sheet.entries.line[1]!)).toEqual({ sheet: '福安里3月', row: 2 });
  });

  it('warns once when two rows mark the same days of a person', () => {
    const sheet = gridSheet(february, [
      { name: '王小明', marks: { 1: '√', 2: '√', 3: '√' } },
      { name: '王小明', marks: { 2: '√', 3: '△' } },
    ]);
    expect(sheet.problems).toMatchObject([{ severity: 'warning', row: 3 }]);
    expect(sheet.problems[0]!.message.zh).toContain('第 2 行有 2 天');
  });

  it('counts marks outside the period in one warning', () => {
    const sheet = gridSheet(context(facts, '2020-02-10', '2020-02-29'), [
      { name: '王小明', marks: { 8: '√', 9: '√', 10: '√' }, total: 3 },
    ]);
    expect(sheet.problems).toMatchObject([{ severity: 'warning', row: null }]);
    expect(marks(sheet, 0)).toEqual({ '2020-02-10': 2 });
  });

  it('warns of a kind that is reported but not held', () => {
    const read = (kind: string) => {
      const grid = gridReader(february);
      feed(
        grid,
        [...GRID_HEADINGS, '填报类别'],
        [[...gridRows([{ name: '王小明', marks: { 1: '√' } }])[0]!, kind]],
        {
          titles: ['福安里社区考勤表 2020年2月'],
        },
      );
      return grid.finish().problems;
    };
    expect(read('社区工作者')).toEqual([]);
    expect(read('网格员')).toMatchObject([{ severity: 'warning', row: 2, column: '填报类别' }]);
  });
});
