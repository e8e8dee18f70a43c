import { describe, expect, test } from 'vitest';
import { day } from '../../../values/date.ts';
import { dayStrip } from './days.ts';
import { drawn, line, person, refusal, rowsOf, settlement, textsOf, waits } from './invented.ts';
import { slipSheets } from './slips.ts';

const shen = person(0, '沈玉兰');
const han = person(1, '韩志平');

describe('a slip', () => {
  test('gives each month with its days, rate, amount and shares, and the total in words', () => {
    const period = { from: day('2020-02-01'), until: day('2020-04-01') };
    const lines = [
      line(shen, { full: [3, 4, 5, 18, 19], half: [16] }),
      line(shen, { month: '2020-03', full: [1] }),
    ];
    const [sheet] = drawn(slipSheets(settlement([shen], lines, { period })));
    expect(rowsOf(sheet)).toEqual([
      ['2月', '社区工作者', 5.5, 7000, 38500, 19250, 19250, '3–5, 16（半）, 18–19'],
      ['3月', '社区工作者', 1, 7000, 7000, 3500, 3500, '1'],
    ]);
    expect(rowsOf(sheet, 'total')).toEqual([['合计', null, 6.5, null, 45500, 22750, 22750, null]]);
    expect(rowsOf(sheet, 'words')).toEqual([['大写', '人民币肆佰伍拾伍元整']]);
  });

  test('names the person with a masked number, where to ask, and the documents by their numbers', () => {
    const texts = textsOf(drawn(slipSheets(settlement([shen], [line(shen)])))).join('\n');
    expect(texts).toContain('姓名：沈玉兰　　证件号：990101********1000　　期间：2020年2月1日至29日');
    expect(texts).toContain('先问春和里社区，再问春水街道');
    expect(texts).toContain('依据：云防指〔2020〕12号、云民发〔2020〕3号');
    for (const secret of [shen.idNumber, shen.bankCard, shen.phone]) expect(texts).not.toContain(secret);
  });

  test('says what is refused and why, and what waits and for whom, also to people who are paid nothing', () => {
    const s = settlement([shen, han], [line(shen)], { refused: [refusal(shen)], undetermined: [waits(han)] });
    const sheets = drawn(slipSheets(s));
    const texts = textsOf(sheets).join('\n');
    expect(sheets).toHaveLength(1);
    expect(texts).toContain(
      '不予发放：2月10日至11日，2天，按“网格员”。理由：同一天已按另一类人员计发，不重复发放（YZ-1-i）',
    );
    expect(texts).toContain('本期没有已确定的补助。');
    expect(texts).toContain('2天：还缺“工作补助标准”，须由区人民政府确定（YZ-1-d）');
  });

  test('puts quotation marks of a label inside its own', () => {
    const waiting = [{ ...waits(han), missing: '“驻村干部”是否列入' }];
    const s = settlement([shen, han], [line(shen)], {
      refused: [{ ...refusal(shen), kind: '村“两委”成员' }],
      undetermined: waiting,
    });
    const texts = textsOf(drawn(slipSheets(s))).join('\n');
    expect(texts).toContain('还缺“‘驻村干部’是否列入”');
    expect(texts).toContain('按“村‘两委’成员”');
  });

  test('holds all of a person at one place, however many communities they served', () => {
    const sheets = drawn(
      slipSheets(settlement([shen], [line(shen), line(shen, { at: 'xinghua', full: [20] })])),
    );
    expect(sheets.map((sheet) => sheet.name)).toEqual(['春和里社区']);
    expect(rowsOf(sheets[0]).map((cells) => cells[1])).toEqual(['社区工作者', '社区工作者（杏花里社区）']);
  });

  test('does not break over a page, and no page is left emptier than it must be', () => {
    const people = Array.from({ length: 12 }, (_, i) => person(i, `人员${i}`));
    const [sheet] = drawn(
      slipSheets(
        settlement(
          people,
          people.map((p) => line(p)),
        ),
      ),
    );
    const breaks = sheet.rows.flatMap((row, i) => (row.newPage ? [i] : []));
    expect(breaks.length).toBeGreaterThan(1);
    for (const at of breaks) expect(sheet.rows[at].look).toBe('title');
    for (const [i, row] of sheet.rows.entries()) expect([i, row.height]).toEqual([i, expect.any(Number)]);
    const pages = [0, ...breaks].map(
      (from, i, all) => sheet.rows.slice(from, all[i + 1]).filter((row) => row.look === 'title').length,
    );
    expect(pages).toEqual([4, 4, 4]);
  });

  test('is made even where the rate is not set: first in words, then for each person what is missing', () => {
    const sheets = drawn(slipSheets(settlement([shen], [], { undetermined: [waits(shen)] })));
    expect(sheets.map((sheet) => sheet.name)).toEqual(['说明', '春和里社区']);
    expect(drawn(slipSheets(settlement([], []))).map((sheet) => sheet.name)).toEqual(['说明']);
  });
});

describe('the strip of days', () => {
  const strip = (full: number[], half: number[] = []) => dayStrip(line(shen, { full, half }));
  test('joins neighbours, keeps half days apart, and reaches the 31st', () => {
    expect(strip([3, 4, 5, 6], [16])).toBe('3–6, 16（半）');
    expect(strip([1], [2, 3])).toBe('1, 2–3（半）');
    expect(strip([29, 30, 31])).toBe('29–31');
  });
});
