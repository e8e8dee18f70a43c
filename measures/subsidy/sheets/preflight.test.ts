import { describe, expect, test } from 'vitest';
import type { PreflightItem, SettledPerson } from '../contract.ts';
import { drawn, line, person, refusal, rowsOf, settlement, textsOf, waits } from './invented.ts';
import { preflightSheets } from './preflight.ts';

const shen = person(0, '沈玉兰');
const han = person(1, '韩志平');
const li = person(2, '李大山', 'lijiagou');

const item = (of: SettledPerson, sort: PreflightItem['sort'], message = '问题'): PreflightItem => ({
  idNumber: of.idNumber,
  name: of.name,
  district: of.district,
  community: of.community,
  sort,
  message,
  suggestion: '核对',
});
const NOBODY: PreflightItem = {
  idNumber: '',
  name: '',
  district: '',
  community: '',
  sort: 'dates',
  message: '花名册第 7 行：任职止早于任职起',
  suggestion: '改正',
};

describe('the check before paying', () => {
  test('lists findings place by place, masked, with what to do; rows of the sheet that are nobody come last', () => {
    const s = settlement([shen, han, li], [line(shen), line(han), line(li, { at: 'lijiagou' })], {
      preflight: [NOBODY, item(li, 'card'), item(han, 'card'), item(shen, 'card'), item(han, 'gap')],
    });
    const [sheet] = drawn(preflightSheets(s));
    expect(rowsOf(sheet).map((cells) => [cells[1], cells[2], cells[4], cells[5]])).toEqual([
      ['韩志平', '990101********1001', '春和里社区', '待定'],
      ['沈玉兰', '990101********1000', '春和里社区', '银行卡'],
      ['韩志平', '990101********1001', '春和里社区', '银行卡'],
      ['李大山', '990101********1002', '李家沟村', '银行卡'],
      ['', '', '', '任职日期'],
    ]);
    expect(rowsOf(sheet)[0]).toEqual([
      1,
      '韩志平',
      '990101********1001',
      '青禾区',
      '春和里社区',
      '待定',
      '问题',
      '核对',
    ]);
    expect(sheet.subtitles![0]).toContain('可以发放：3 人，9 天，630.00 元');
  });

  test('gives every refusal with its days, kind, reason and clause', () => {
    const [, sheet] = drawn(
      preflightSheets(settlement([shen, han], [line(shen)], { refused: [refusal(shen), refusal(han)] })),
    );
    expect(rowsOf(sheet)[0]).toEqual([
      1,
      '沈玉兰',
      shen.idNumber,
      '青禾区',
      '春和里社区',
      '2020-02-10',
      '2020-02-11',
      2,
      '网格员',
      '同一天已按另一类人员计发，不重复发放',
      'YZ-1-i',
    ]);
    expect(rowsOf(sheet, 'total')[0].slice(0, 8)).toEqual([
      '合计（2人）',
      null,
      null,
      null,
      null,
      null,
      null,
      4,
    ]);
  });

  test('gathers what waits by who must act before naming each person', () => {
    const missing = { ...waits(han, 1), missing: '发放对象', whoMustAct: '市人民政府', clause: 'YZ-1-a' };
    const [, , sheet] = drawn(
      preflightSheets(
        settlement([shen, han], [], { undetermined: [missing, waits(shen, 2.5), waits(han, 4)] }),
      ),
    );
    expect(rowsOf(sheet, 'subtotal').map((cells) => [cells[0], ...cells.slice(5)])).toEqual([
      ['小计（2人）', 6.5, '工作补助标准', '区人民政府', 'YZ-1-d'],
      ['小计（1人）', 1, '发放对象', '市人民政府', 'YZ-1-a'],
    ]);
    expect(rowsOf(sheet).map((cells) => [cells[1], cells[5], cells[6]])).toEqual([
      ['沈玉兰', 2.5, '工作补助标准'],
      ['韩志平', 1, '发放对象'],
      ['韩志平', 4, '工作补助标准'],
    ]);
  });

  test('with nothing to put right says so on each sheet', () => {
    const sheets = drawn(preflightSheets(settlement([shen], [line(shen)])));
    expect(sheets.map((sheet) => sheet.name)).toEqual(['发放前检查', '不予发放', '待定']);
    for (const text of ['没有发现要处理的问题。', '没有不予发放的天数。', '没有待定的事项。'])
      expect(textsOf(sheets)).toContain(text);
  });
});
