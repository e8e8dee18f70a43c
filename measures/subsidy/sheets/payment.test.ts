import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Cell, Column } from '../../../platform/sheets/contract.ts';
import { readTable } from '../../../platform/sheets/read.ts';
import { writeWorkbook } from '../../../platform/sheets/write.ts';
import { day } from '../../../values/date.ts';
import { drawn, line, person, rowsOf, settlement, textsOf, waits } from './invented.ts';
import { paymentSheets } from './payment.ts';

const shen = person(0, '沈玉兰');
const han = person(1, '韩志平');
const ma = person(2, '马春燕', 'lijiagou');

/** Where the figures stand with two bearers. */
const AT = { name: 1, id: 2, days: 6, rate: 7, amount: 8, city: 9, district: 10, card: 11, remark: 13 };

describe('a payment sheet', () => {
  test('has a sheet for each community in the order of the settlement, under its title, period and unit', () => {
    const [first, second, ...none] = drawn(
      paymentSheets(settlement([shen, han, ma], [line(shen), line(ma, { at: 'lijiagou' })])),
    );
    expect([first.name, second.name, none.length]).toEqual(['春和里社区', '李家沟村', 0]);
    expect(first.titles).toEqual(['春和里社区疫情防控工作补助发放表']);
    expect(first.subtitles).toEqual(['青禾区　春水街道　春和里社区　　期间：2020年2月1日至29日　　单位：元']);
    expect(first.headings.map((row) => row.map((cell) => cell.text.replace('\n', '')))).toEqual([
      [
        '序号',
        '姓名',
        '身份证号',
        '类别',
        '防控地点',
        '起止日期',
        '天数',
        '标准（元/天）',
        '金额（元）',
        '其中：',
        '银行卡号',
        '本人签字',
        '备注',
      ],
      ['市担', '区担'],
    ]);
  });

  test('pays each line with its shares, and ends with the total in figures and in words', () => {
    const [sheet] = drawn(
      paymentSheets(
        settlement(
          [shen, han],
          [line(shen, { full: [3, 4], half: [5] }), line(han, { rateFen: 7001, full: [28] })],
        ),
      ),
    );
    expect(rowsOf(sheet)).toEqual([
      [
        1,
        '沈玉兰',
        shen.idNumber,
        '社区工作者',
        '卡口',
        '2月3日至5日',
        2.5,
        7000,
        17500,
        8750,
        8750,
        shen.bankCard,
        null,
        null,
      ],
      [
        2,
        '韩志平',
        han.idNumber,
        '社区工作者',
        '卡口',
        '2月28日',
        1,
        7001,
        7001,
        3500,
        3501,
        han.bankCard,
        null,
        null,
      ],
    ]);
    expect(rowsOf(sheet, 'total')).toEqual([
      ['合计（2人）', null, null, null, null, null, 3.5, null, 24501, 12250, 12251, null, null, null],
    ]);
    expect(rowsOf(sheet, 'words')).toEqual([['合计（大写）', null, null, '人民币贰佰肆拾伍元零壹分']]);
    expect(rowsOf(sheet, 'subtotal')).toEqual([]);
  });

  test('subtotals each source where kinds are funded differently, and both come to the total', () => {
    const [sheet] = drawn(
      paymentSheets(settlement([shen, han], [line(shen), line(han, { kind: 'grid', full: [1, 2, 3, 4] })])),
    );
    expect(
      rowsOf(sheet, 'subtotal').map((cells) => [
        cells[0],
        cells[AT.amount],
        cells[AT.city],
        cells[AT.district],
      ]),
    ).toEqual([
      ['小计：市、区两级分担（1人）', 21000, 10500, 10500],
      ['小计：区全担（1人）', 28000, 0, 28000],
    ]);
    expect(rowsOf(sheet, 'total')[0].slice(8, 11)).toEqual([49000, 10500, 38500]);
  });

  test("keeps a person's months together, says which each is, and subtotals the months", () => {
    const period = { from: day('2020-01-24'), until: day('2020-04-01') };
    const lines = [line(shen), line(shen, { month: '2020-03' }), line(han, { month: '2020-03', full: [1] })];
    const [sheet] = drawn(paymentSheets(settlement([shen, han], lines, { period })));
    expect(rowsOf(sheet).map((cells) => [cells[AT.name], cells[5], cells[AT.remark]])).toEqual([
      ['沈玉兰', '2月3日至5日', '2月'],
      ['沈玉兰', '3月3日至5日', '3月'],
      ['韩志平', '3月1日', '3月'],
    ]);
    expect(rowsOf(sheet, 'subtotal').map((cells) => [cells[0], cells[AT.amount]])).toEqual([
      ['小计：2月（1人）', 21000],
      ['小计：3月（2人）', 28000],
    ]);
  });

  test('says 待定 where a share is not known, and never 0.00', () => {
    const [sheet] = drawn(paymentSheets(settlement([shen], [line(shen, { open: true })])));
    expect(rowsOf(sheet)[0].slice(8, 11)).toEqual([21000, '待定', '待定']);
    expect(rowsOf(sheet, 'total')[0].slice(8)).toEqual([21000, '待定', '待定', null, null, '含分担待定']);
  });

  test('remarks a doubtful card, a changing rate and lines in another community', () => {
    const doubtful = { ...shen, bankCard: null, cardIssue: '没有银行卡号。' };
    const changing = { ...line(doubtful), rateFen: null };
    const [sheet] = drawn(
      paymentSheets(settlement([doubtful], [changing, line(doubtful, { at: 'xinghua' })])),
    );
    expect([rowsOf(sheet)[0][AT.rate], rowsOf(sheet)[0][AT.card], rowsOf(sheet)[0][AT.remark]]).toEqual([
      '分段',
      null,
      '期内标准有变；另在杏花里社区发放；卡号待核',
    ]);
  });

  test('has the signatures of those who answer for it and what its figures lean on', () => {
    const texts = textsOf(
      drawn(paymentSheets(settlement([shen, han], [line(shen)], { undetermined: [waits(han)] }))),
    );
    for (const text of [
      '单位负责人（签字）：',
      '审核人（签字）：',
      '制表人（签字）：',
      '街镇党（工）委意见（盖章）：',
    ])
      expect(texts).toContain(text);
    expect(texts.join('\n')).toMatch(/依据：.*云防指〔2020〕12号.*\n口径（原文未明，暂按此计算）：D2 /);
    expect(texts.join('\n')).toContain('另有 1 人有事项待定');
  });

  test('tells communities of one name apart', () => {
    const twin = { ...line(han, { at: 'liyuan' }), community: '春和里社区' };
    expect(
      drawn(paymentSheets(settlement([shen, han], [line(shen), twin]))).map((sheet) => sheet.name),
    ).toEqual(['春和里社区（青禾区春水街道）', '春和里社区（青禾区梨园镇）']);
  });

  test('that would pay nobody is one sheet that says why and who must act', () => {
    const sheets = drawn(
      paymentSheets(settlement([shen, han], [], { undetermined: [waits(shen), waits(han, 3.5)] })),
    );
    expect(sheets.map((sheet) => sheet.name)).toEqual(['说明']);
    const texts = textsOf(sheets).join('\n');
    expect(texts).toContain('0 人，0 天，0.00 元');
    expect(texts).toContain('缺“工作补助标准”，须由区人民政府确定（YZ-1-d）：2 人，5.5 天');
  });

  test('read back from the file is the settlement: numbers add up, identity and card numbers are text and whole', async () => {
    const people = Array.from({ length: 40 }, (_, i) => person(i, `人员${i}`));
    const lines = people.map((p, i) =>
      line(p, {
        full: Array.from({ length: 1 + (i % 20) }, (_, d) => d + 1),
        half: i % 2 ? [25] : [],
        rateFen: 7000 + i,
        kind: i % 3 ? 'worker' : 'grid',
      }),
    );
    const s = settlement(people, lines);
    const folder = mkdtempSync(join(tmpdir(), 'payment-'));
    try {
      const path = join(folder, '补助发放表.xlsx');
      await writeWorkbook(path, paymentSheets(s));
      const rows = await readBack(path, ['姓名', '身份证号', '天数', '金额', '市担', '区担', '银行卡号']);
      expect(rows.map(([name, id, , , , , card]) => [name, id, card])).toEqual(
        people.map((p) => [p.name, p.idNumber, p.bankCard]),
      );
      const sum = (at: number) => rows.reduce((all, row) => all + Math.round(Number(row[at]) * 100), 0);
      expect([sum(2) / 100, sum(3), sum(4), sum(5)]).toEqual([
        s.totals.days,
        s.totals.amountFen,
        s.totals.byBearer.市,
        s.totals.byBearer.区,
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** The records of all worksheets, in the columns asked for; totals and signatures are none. */
async function readBack(path: string, labels: readonly string[]): Promise<Cell[][]> {
  const columns: Column[] = labels.map((label) => ({ id: label, label, required: true }));
  const rows: Cell[][] = [];
  let at: Readonly<Record<string, number>> = {};
  await readTable(path, columns, {
    header: (found) => {
      at = found.at;
    },
    row: (_, cells) => {
      if (cells[at.姓名] !== null && cells[at.姓名] !== undefined)
        rows.push(labels.map((label) => cells[at[label]] ?? null));
    },
  });
  return rows;
}
