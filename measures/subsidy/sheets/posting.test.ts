import { describe, expect, test } from 'vitest';
import { drawn, line, person, rowsOf, settlement, textsOf, waits } from './invented.ts';
import { postingSheets } from './posting.ts';

const shen = person(0, '沈玉兰');
const han = person(1, '韩志平');
const other = person(2, '韩志平');
const zhou = person(3, '周一');

describe('a posted sheet', () => {
  test('shows who is paid for which days and how much, upright on A4', () => {
    const [sheet] = drawn(postingSheets(settlement([shen], [line(shen)])));
    expect(sheet.titles).toEqual(['春和里社区疫情防控工作补助公示表']);
    expect(rowsOf(sheet)).toEqual([
      [1, '沈玉兰', '990101********1000', '社区工作者', '2月3日至5日', 3, 7000, 21000, null],
    ]);
    expect(rowsOf(sheet, 'total')).toEqual([['合计（1人）', null, null, null, null, 3, null, 21000, null]]);
    expect(rowsOf(sheet, 'words')[0][3]).toBe('人民币贰佰壹拾元整');
    expect(sheet.print?.landscape).toBeUndefined();
  });

  test('holds no whole identity number, no card and no telephone of anybody', () => {
    const people = [shen, han, other, zhou];
    const s = settlement(people, [line(shen), line(han), line(other, { kind: 'grid' })], {
      undetermined: [waits(zhou)],
    });
    const texts = textsOf(drawn(postingSheets(s))).join('\n');
    for (const p of people)
      for (const secret of [p.idNumber, p.bankCard, p.phone]) expect(texts).not.toContain(secret);
    expect(texts).not.toMatch(/\d{11}/);
    // The control: where they do stand, the same search finds them.
    expect(`${texts}${shen.idNumber}`).toMatch(/\d{11}/);
  });

  test('tells people of one name apart by kind and last digits', () => {
    const [sheet] = drawn(
      postingSheets(settlement([shen, han, other], [line(shen), line(han), line(other, { kind: 'grid' })])),
    );
    expect(rowsOf(sheet).map((cells) => cells[8])).toEqual([
      null,
      '同名：社区工作者，尾号1001',
      '同名：网格员，尾号1002',
    ]);
  });

  test("does not call a person's two lines two people of one name", () => {
    const [sheet] = drawn(
      postingSheets(settlement([shen], [line(shen), line(shen, { kind: 'grid', full: [9] })])),
    );
    expect(rowsOf(sheet).map((cells) => cells[8])).toEqual([null, null]);
  });

  test('lists who waits below the total, with what is missing and who must act, without an amount', () => {
    const [sheet] = drawn(
      postingSheets(
        settlement([shen, han, other, zhou], [line(shen)], { undetermined: [waits(zhou, 12.5)] }),
      ),
    );
    expect(rowsOf(sheet)[1]).toEqual([
      1,
      '周一',
      '990101********1003',
      '工作补助标准',
      null,
      12.5,
      '区人民政府（YZ-1-d）',
      null,
      null,
    ]);
    expect(rowsOf(sheet, 'total')[0][7]).toBe(21000);
  });

  test('is made for a community where everybody waits, and for none where nobody is paid or waits', () => {
    const li = person(1, '李大山', 'lijiagou');
    const sheets = drawn(postingSheets(settlement([shen, li], [line(shen)], { undetermined: [waits(li)] })));
    expect(sheets.map((sheet) => sheet.name)).toEqual(['春和里社区', '李家沟村']);
    expect(rowsOf(sheets[1], 'total')).toEqual([]);
  });

  test('leaves room for the dates, says how many days, how to object and whom to call', () => {
    const texts = textsOf(drawn(postingSheets(settlement([shen], [line(shen)])))).join('\n');
    expect(texts).toMatch(/公示时间：\n.*年.*月.*日.*至.*年.*月.*日（公示 3 天）/);
    expect(texts).toMatch(/有异议：\n公示期内向社区（村）或街镇提出，实名、匿名都可以/);
    expect(texts).toContain('监督电话：');
    expect(
      textsOf(drawn(postingSheets(settlement([shen], [line(shen)], { postingDays: null })))).join('\n'),
    ).not.toContain('（公示');
  });

  test('with nobody to post is one sheet that says why', () => {
    expect(
      drawn(postingSheets(settlement([shen], [], { undetermined: [waits(shen)] }))).map(
        (sheet) => sheet.name,
      ),
    ).toEqual(['说明']);
    expect(textsOf(drawn(postingSheets(settlement([], [])))).join('\n')).toContain(
      '期间内没有可以计发的值守记录',
    );
  });
});
