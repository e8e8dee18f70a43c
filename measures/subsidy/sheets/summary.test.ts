import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaidLine } from '../contract.ts';
import {
  type Drawn,
  drawn,
  KINDS,
  line,
  PLACES,
  person,
  rowsOf,
  settlement,
  textsOf,
  waits,
} from './invented.ts';
import { summarySheets } from './summary.ts';

const shen = person(0, '沈玉兰');
const han = person(1, '韩志平');
const li = person(2, '李大山', 'lijiagou');

/** Three people in three places: one in two communities of a street, one under two kinds, one in another district. */
const LINES = [
  line(shen),
  line(shen, { at: 'xinghua', full: [20] }),
  line(han, { full: [1, 2] }),
  line(han, { kind: 'grid', full: [3] }),
  line(li, { at: 'lijiagou', kind: 'committee', full: [1] }),
];

const sheetsOf = (lines: readonly PaidLine[]): Map<string, Drawn> =>
  new Map(drawn(summarySheets(settlement([shen, han, li], lines))).map((sheet) => [sheet.name, sheet]));
const totalOf = (sheet: Drawn) => rowsOf(sheet, 'total')[0];

describe('the summary', () => {
  test('has the same columns for community, street and district, and only the kinds that occur', () => {
    const sheets = sheetsOf(LINES.slice(0, 3));
    expect([...sheets.keys()]).toEqual(['按社区（村）', '按街镇', '按区', '按条线', '按资金来源']);
    const headings = (name: string) => sheets.get(name)!.headings.map((row) => row.map((cell) => cell.text));
    expect(headings('按街镇')).toEqual([
      ['序号', '所属', '街镇', '社区工作者', '合计', '其中：'],
      ['人数', '天数', '金额', '人数', '天数', '金额', '市担', '区担'],
    ]);
    for (const name of ['按社区（村）', '按区']) expect(headings(name)[1]).toEqual(headings('按街镇')[1]);
  });

  test('counts a person once in each figure, however many lines and places', () => {
    const sheets = sheetsOf(LINES);
    const people = (name: string) => rowsOf(sheets.get(name)!).map((cells) => [cells[2], cells.at(-5)]);
    expect(people('按社区（村）')).toEqual([
      ['春和里社区', 2],
      ['杏花里社区', 1],
      ['李家沟村', 1],
    ]);
    expect(people('按街镇')).toEqual([
      ['春水街道', 2],
      ['石桥镇', 1],
    ]);
    expect(people('按区')).toEqual([
      ['青禾区', 2],
      ['白石区', 1],
    ]);
    expect(totalOf(sheets.get('按区')!).at(-5)).toBe(3);
  });

  test('gives people, days and money of each kind, and leaves a kind nobody has there empty', () => {
    const [chunheli, , lijiagou] = rowsOf(sheetsOf(LINES).get('按社区（村）')!);
    expect(chunheli).toEqual([
      1,
      '青禾区　春水街道',
      '春和里社区',
      2,
      5,
      35000,
      null,
      null,
      null,
      1,
      1,
      7000,
      2,
      6,
      42000,
      17500,
      24500,
    ]);
    expect(lijiagou.slice(3)).toEqual([
      null,
      null,
      null,
      1,
      1,
      7000,
      null,
      null,
      null,
      1,
      1,
      7000,
      3500,
      3500,
    ]);
  });

  test('reports each line of government its own, and each funding source its own', () => {
    const sheets = sheetsOf(LINES);
    const subtotals = (name: string) =>
      rowsOf(sheets.get(name)!, 'subtotal').map((cells) => [cells[0], cells[3], cells[5]]);
    expect(subtotals('按条线')).toEqual([
      ['小计：民政', 2, 42000],
      ['小计：未定条线', 1, 7000],
      ['小计：组织', 1, 7000],
    ]);
    expect(subtotals('按资金来源')).toEqual([
      ['小计：市、区两级分担', 3, 49000],
      ['小计：区全担', 1, 7000],
    ]);
  });

  test('says in a column of its own how much of an amount has no bearer yet', () => {
    const [sheet] = drawn(
      summarySheets(settlement([shen, han], [line(shen), line(han, { open: true, at: 'liyuan' })])),
    );
    expect(sheet.headings[1].at(-1)!.text).toBe('待定金额');
    expect(rowsOf(sheet).map((cells) => cells.slice(-4))).toEqual([
      [21000, 10500, 10500, 0],
      [21000, '待定', '待定', 21000],
    ]);
    expect(totalOf(sheet).slice(-4)).toEqual([42000, 10500, 10500, 21000]);
  });

  test('has a level above the paying one only where there are several', () => {
    const lines = [line(shen), { ...line(li, { at: 'lijiagou' }), above: '雾海市' }];
    const sheets = sheetsOf(lines);
    expect(rowsOf(sheets.get('按市')!).map((cells) => cells[2])).toEqual(['云州市', '雾海市']);
    expect(sheetsOf(LINES).has('按市')).toBe(false);
  });

  test('names what waits and who must act, and alone when nobody is paid', () => {
    const waiting = { undetermined: [waits(han)] };
    const note = '缺“工作补助标准”，须由区人民政府确定（1 人）';
    expect(
      textsOf(drawn(summarySheets(settlement([shen, han], [line(shen)], waiting)))).join('\n'),
    ).toContain(note);
    expect(drawn(summarySheets(settlement([shen, han], [], waiting))).map((sheet) => sheet.name)).toEqual([
      '说明',
    ]);
  });

  test('comes to the same on every sheet, and rows add up to their total', () => {
    const said = fc.record({
      who: fc.nat(9),
      at: fc.constantFrom(...(Object.keys(PLACES) as (keyof typeof PLACES)[])),
      kind: fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])),
      full: fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1 }),
      rateFen: fc.integer({ min: 1, max: 9999 }),
    });
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 40 }), (all) => {
        const people = Array.from({ length: 10 }, (_, i) => person(i, `人员${i}`));
        const s = settlement(
          people,
          all.map(({ who, ...rest }) => line(people[who], rest)),
        );
        const { days, amountFen, byBearer } = s.totals;
        for (const sheet of drawn(summarySheets(s))) {
          const expected = [s.totals.people, days, amountFen, byBearer.市, byBearer.区];
          expect(totalOf(sheet).slice(-5)).toEqual(expected);
          // Distinct people do not add up, everything else does.
          for (const at of [-4, -3, -2, -1]) {
            const sum = rowsOf(sheet).reduce((all, cells) => all + Number(cells.at(at)), 0);
            expect([sheet.name, at, sum]).toEqual([sheet.name, at, expected.at(at)]);
          }
        }
      }),
      { numRuns: 50, seed: 20200203 },
    );
  });
});
