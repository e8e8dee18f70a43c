import { describe, expect, test } from 'vitest';
import { day } from '../values/date.ts';
import type { Because, Figure } from '../values/figure.ts';
import { fraction } from '../values/fraction.ts';
import { NOT_DRAWN } from './detail.ts';
import type { Explanation, FactsOn } from './explain.ts';
import { BRIDGE, inventedPack, inventedPolicy, monthsFor, set, WELL, WILLOW } from './invented-notice.ts';
import type { Months } from './months.ts';
import type { Policy } from './policy.ts';

const yuan = (n: number) => fraction(Math.round(n * 100));
const HALF = set('9901', 'prefecture-share', fraction(1, 2));

/** All rows of one person explained, months in order. */
function explained(policy: Policy, months: Months, benefit = 'allowance', factsOn?: FactsOn): Explanation[] {
  const own = policy.pack.benefits.find((b) => b.id === benefit)!;
  const out: Explanation[] = [];
  const drawn = NOT_DRAWN();
  for (let start = 0; start < months.count; ) {
    let end = start + 1;
    while (end < months.count && months.month[end] === months.month[start]) end++;
    out.push(
      ...policy.read(own, months, start, end, drawn).map((row) => policy.explain(own, months, row, factsOn)),
    );
    start = end;
  }
  return out;
}

function because(figure: Figure<unknown>): Because {
  if ('gaps' in figure) throw new Error('a gap');
  return figure.because;
}

/** What a figure was made from, as one reads down it. */
const told = (figure: Figure<unknown>, language: 'zh' | 'en' = 'zh'): string[] => {
  const { of } = because(figure);
  return of.map((f) =>
    'gaps' in f
      ? f.gaps.map((g) => `缺 ${g.missing[language]}：${g.whoMustAct[language]}（${g.clause}）`).join('；')
      : `${f.because.says[language]} [${f.because.clause}]`,
  );
};

/** Every sentence of an explanation has both languages, whole, and the English none of the Chinese but names. */
function expectWhole(explanation: unknown): void {
  const texts: { zh: string; en: string }[] = [];
  const walk = (x: unknown): void => {
    if (x === null || typeof x !== 'object') return;
    if ('zh' in x && 'en' in x) texts.push(x as { zh: string; en: string });
    for (const v of Object.values(x)) walk(v);
  };
  walk(explanation);
  expect(texts.length).toBeGreaterThan(0);
  for (const { zh, en } of texts) {
    for (const words of [zh, en]) expect(words).toMatch(/^(?!.*(undefined|NaN|\[object|\bnull\b)).+$/s);
    expect(
      en.replace(/云发〔2020〕1号|(云海省|松山市|东河区|西河县|白草盟|青石旗)(〔2020〕\d+号)?|保洁员/g, ''),
    ).not.toMatch(/[\u4e00-\u9fff]/);
  }
}

describe('what is paid', () => {
  const policy = inventedPolicy([HALF, set('990101', 'day-rate', yuan(90))]);
  const months = monthsFor({ on: '2020-02-03..2020-02-05', half: '2020-02-06' });
  const [row] = explained(policy, months, 'allowance', (d) => [
    { row: d - day('2020-02-01'), says: { zh: '卡口 8 小时', en: '8 h at the gate' } },
  ]);

  test('says the sum as one would work it out by hand', () => {
    expect(row.paid).toMatchObject({
      value: 31500,
      because: {
        clause: 'Y-1-rate',
        says: { zh: '3.5天 × 90.00元/天 = 315.00元', en: '3.5 days × 90.00 yuan a day = 315.00 yuan' },
      },
    });
  });
  test('goes down to days, declared state, parameters with their documents, readings and shares, each with its clause', () => {
    expect(told(row.paid)).toEqual([
      '计 3.5天：2月3日至2月5日、2月6日（半天） [Y-1]',
      '响应级别为一级（2020年1月24日至4月29日，依据《值守老规定》，原文未取得） [Y-4]',
      '补助标准：90.00元/天（指导标准，与指导标准不同，依据东河区规定（东河区〔2020〕6号）） [Y-1-rate]',
      '市级分担比例：50%（授权本级制定，依据松山市规定（松山市〔2020〕4号）） [Y-1-share]',
      '口径 R-base：分担基数——以通知标准为限 [Y-1-share]',
      '文件所定补助标准：70.00元/天（指导标准，2020年1月24日至2月29日，依据《关于值守补助的通知》（云发〔2020〕1号）） [Y-1-rate]',
      '市财政负担 122.50元（市补区县） [Y-1-share]',
      '区县财政负担 192.50元 [Y-1-share]',
    ]);
  });
  test('carries the records of each day', () => {
    const [days] = because(row.paid).of;
    expect(because(days).facts).toHaveLength(4);
    expect(because(days).facts?.[0]).toEqual({ row: 2, says: { zh: '卡口 8 小时', en: '8 h at the gate' } });
  });
  test('a parameter says who set it, for which days, under which number', () => {
    const parameter = because(row.paid)
      .of.map(because)
      .find((b) => b.parameter?.name === 'day-rate' && b.says.zh.startsWith('补助标准'))?.parameter;
    expect(parameter).toMatchObject({
      name: 'day-rate',
      force: 'guiding',
      document: '东河区〔2020〕6号',
      setBy: { zh: '东河区规定（东河区〔2020〕6号）' },
    });
  });
  test('is whole in both languages', () => expectWhole(explained(policy, months)));

  test('a change of rate within the month is two sums and a total', () => {
    const [feb] = explained(
      inventedPolicy([HALF, set('990101', 'day-rate', yuan(90), '2020-02-05')]),
      monthsFor({ on: '2020-02-03..2020-02-06' }),
    );
    expect(because(feb.paid).says.zh).toBe(
      '2天 × 70.00元/天 = 140.00元；2天 × 90.00元/天 = 180.00元；合计 320.00元',
    );
    expect(told(feb.paid).filter((s) => s.startsWith('计 '))).toEqual([
      '计 2天：2月3日至2月4日 [Y-1]',
      '计 2天：2月5日至2月6日 [Y-1]',
    ]);
  });
  test('two documents that say the same are both told', () => {
    const settings = [
      { ...set('990101', 'day-rate', yuan(90), '2020-02-01', '2020-02-04'), document: '东发〔2020〕1号' },
      { ...set('990101', 'day-rate', yuan(90), '2020-02-05'), document: '东发〔2020〕9号' },
    ];
    const [feb] = explained(inventedPolicy([HALF, ...settings]), monthsFor({ on: '2020-02-03..2020-02-06' }));
    expect(
      because(feb.paid)
        .of.map(because)
        .flatMap((b) =>
          b.parameter?.name === 'day-rate' && b.parameter.document?.startsWith('东发')
            ? [b.parameter.document]
            : [],
        ),
    ).toEqual(['东发〔2020〕1号', '东发〔2020〕9号']);
    expect(because(feb.paid).says.zh).toBe('4天 × 90.00元/天 = 360.00元');
  });
  test('less than a fen is said to be dropped', () => {
    const [feb] = explained(
      inventedPolicy([HALF, set('990101', 'day-rate', fraction(6667, 2))]),
      monthsFor({ on: '2020-02-03..2020-02-05' }),
    );
    expect(feb.paid).toMatchObject({
      value: 10000,
      because: { says: { zh: '3天 × 33.335元/天 = 100.005元；不足一分的舍去；合计 100.00元' } },
    });
  });
  test('a cap is told with its clause, and the sum is the capped one', () => {
    const pack = inventedPack({
      'benefits.yaml': [
        [
          '    for:\n      - kinds: [worker]\n        clause: Y-1-rate',
          '    caps: [{ per: month, amount: 200 yuan, clause: Y-2, says: { zh: 每月不超过二百元, en: no more than 200 yuan a month } }]\n    for:\n      - kinds: [worker]\n        clause: Y-1-rate',
        ],
      ],
    });
    const [feb] = explained(inventedPolicy([HALF], { pack }), monthsFor({ on: '2020-02-03..2020-02-06' }));
    expect(feb.paid).toMatchObject({
      value: 20000,
      because: { says: { zh: '4天 × 70.00元/天 = 280.00元；合计 200.00元' } },
    });
    expect(told(feb.paid)).toContain('每月不超过二百元 [Y-2]');
    expectWhole(feb);
  });
  test('a monthly sum tells how it is worked out and what it leans on', () => {
    const [feb] = explained(
      inventedPolicy([set('990101', 'travel-sum', yuan(100))]),
      monthsFor({ on: '2020-02-03..2020-02-06' }),
      'travel',
    );
    expect(feb.paid).toMatchObject({ value: 3300, because: { clause: 'Y-2' } });
    expect(because(feb.paid).says.zh).toMatch(
      /^4天；如果当月计天达到10天，取交通补贴，否则取.*；合计 33\.00元$/,
    );
    expect(told(feb.paid)).toContain(
      '交通补贴：100.00元（不得高于，依据东河区规定（东河区〔2020〕6号）） [Y-2]',
    );
    expectWhole(feb);
  });
  test('a kind that was included tells by whom, and under which number', () => {
    const [feb] = explained(
      inventedPolicy([set('9901', 'extra-kinds', ['保洁员'])]),
      monthsFor({ on: '2020-02-03', kind: '?保洁员' }),
    );
    expect(feb.kind.zh).toBe('保洁员');
    expect(feb.paid).toMatchObject({ value: 7000 });
    expect(told(feb.paid)).toContain(
      '列入的其他人员：保洁员（授权本级制定，依据松山市规定（松山市〔2020〕4号）） [Y-1]',
    );
  });
  test('a kind that was included is read as the kind it was included as, in a month and under a cap too', () => {
    const pack = inventedPack({
      'benefits.yaml': [
        [
          'amount: if days >= 10 days then travel-sum else round-down(travel-sum × 1/3, 1 yuan)',
          'amount: if kind = warden then 50 yuan else travel-sum',
        ],
        [
          '    for:\n      - kinds: [worker, warden]\n        clause: Y-2',
          "    caps: [{ per: month, days: 'if kind = warden then 2 days else 9 days', clause: Y-2, says: { zh: 至多两天, en: two days at most } }]\n    for:\n      - kinds: [worker, warden]\n        clause: Y-2",
        ],
      ],
    });
    const [feb] = explained(
      inventedPolicy([set('9901', 'extra-kinds', ['保洁员'])], { pack }),
      monthsFor({ on: '2020-02-03..2020-02-06', kind: '?保洁员' }),
      'travel',
    );
    expect(feb.paid).toMatchObject({ value: 5000 });
    expect(feb.refused).toMatchObject([{ half: 4, because: { says: { zh: '至多两天' } } }]);
  });
  test('a what-if is told as one', () => {
    const assumed = inventedPolicy([HALF]).whatIf([
      {
        name: 'day-rate',
        division: null,
        value: yuan(100),
        period: { from: day('2020-01-01'), until: day('2021-01-01') },
      },
    ]);
    expect(told(explained(assumed, monthsFor({ on: '2020-02-03' }))[0].paid)).toContain(
      '补助标准：100.00元/天（指导标准，2020年1月1日至12月31日，依据测算假定） [Y-1-rate]',
    );
  });
});

describe('what is refused', () => {
  test('days outside the period, under the clause that says so, with the declared state behind it', () => {
    const [april] = explained(
      inventedPolicy([HALF, set('990101', 'day-rate', yuan(70))]),
      monthsFor({ on: '2020-04-29..2020-04-30' }),
    );
    expect(april.paid).toMatchObject({ value: 7000 });
    expect(april.refused).toMatchObject([
      {
        half: 2,
        on: { zh: '4月30日', en: '04-30' },
        because: { clause: 'Y-4', says: { zh: '不在一级响应期间', en: 'outside Level I' } },
      },
    ]);
    expect(april.refused[0].because.of.map((f) => because(f).says.zh)).toEqual([
      '响应级别为二级（2020年4月30日起，依据《值守老规定》，原文未取得）',
    ]);
    expectWhole(april);
  });
  test('a kind the notice does not mean', () => {
    const [row] = explained(
      inventedPolicy(),
      monthsFor({ on: '2020-02-03..2020-02-05', half: '2020-02-07', kind: 'helper' }),
    );
    expect(row.refused).toMatchObject([
      {
        from: day('2020-02-03'),
        to: day('2020-02-07'),
        half: 7,
        on: { zh: '2月3日至2月5日、2月7日（半天）' },
        because: { clause: 'Y-1', says: { zh: '志愿者不在其列' } },
      },
    ]);
    expectWhole(row);
  });
  test('the second kind of a day, saying which one holds it and by which reading', () => {
    const [, second] = explained(
      inventedPolicy([HALF]),
      monthsFor(
        { on: '2020-02-03..2020-02-05' },
        { on: '2020-02-04..2020-02-05', kind: 'warden', place: WELL },
      ),
    );
    expect(second.paid).toMatchObject({ value: 0 });
    expect(second.refused).toMatchObject([
      {
        half: 4,
        because: {
          clause: 'Y-1-once',
          reading: 'R-once',
          says: {
            zh: '当日已按另一类计发（已按“社区工作者”计发）',
            en: 'paid under another kind that day (paid as community worker)',
          },
          of: [],
        },
      },
    ]);
  });
  test('a day paid under another scheme', () => {
    const [row] = explained(
      inventedPolicy([HALF]),
      monthsFor({ on: '2020-02-03..2020-02-05', paidElsewhere: '2020-02-04' }),
    );
    expect(row.paid).toMatchObject({ value: 14000 });
    expect(row.refused).toMatchObject([
      {
        half: 2,
        on: { zh: '2月4日' },
        because: { clause: 'Y-1-once', says: { zh: '该日已由其他项目发放' } },
      },
    ]);
    expectWhole(row);
  });
  test('what a county decided not to pay, with its decision', () => {
    const [row] = explained(
      inventedPolicy([set('990101', 'also-paid', false)]),
      monthsFor({ on: '2020-02-03', kind: 'other' }),
    );
    expect(row.refused[0].because).toMatchObject({ clause: 'Y-1', says: { zh: '本区县不发' } });
    expect(row.refused[0].because.of.map((f) => because(f).says.zh)).toContain(
      '其他人员是否发放：否（授权本级制定，依据东河区规定（东河区〔2020〕6号））',
    );
  });
});

describe('what waits', () => {
  test('names what is missing, who must act and the clause; no figure is given', () => {
    const [row] = explained(
      inventedPolicy(),
      monthsFor({ on: '2020-02-03..2020-02-05', kind: 'other' }),
      'allowance',
      () => [{ row: 7, says: { zh: '记录', en: 'record' } }],
    );
    expect(row.paid).toMatchObject({ value: 0 });
    expect(row.undetermined).toHaveLength(1);
    expect(row.undetermined[0]).toMatchObject({ half: 6, on: { zh: '2月3日至2月5日' } });
    expect(row.undetermined[0].gaps.map((g) => `${g.missing.zh}：${g.whoMustAct.zh}，${g.clause}`)).toEqual([
      '其他人员是否发放：东河区人民政府，Y-1',
      '其他人员标准：东河区人民政府，Y-1-rate',
    ]);
    expect(row.undetermined[0].facts).toHaveLength(3);
    expectWhole(row);
  });
  test('a sum whose shares are not known is a sum, with a gap where the shares would stand', () => {
    const [row] = explained(inventedPolicy(), monthsFor({ on: '2020-02-03' }));
    expect(row.paid).toMatchObject({ value: 7000 });
    expect(told(row.paid).at(-1)).toBe('缺 市级分担比例：松山市人民政府（Y-1-share）');
    expectWhole(row);
  });
  test('shares that become known within the month leave the claim waiting for what was missing first', () => {
    const [row] = explained(
      inventedPolicy([set('9901', 'prefecture-share', fraction(1, 2), '2020-02-04')]),
      monthsFor({ on: '2020-02-03..2020-02-05' }),
    );
    expect(told(row.paid).at(-1)).toBe('缺 市级分担比例：松山市人民政府（Y-1-share）');
  });
  test('two districts that hold a person on one day wait for who stands above both, told once', () => {
    const rows = explained(
      inventedPolicy([HALF]),
      monthsFor(
        { on: '2020-02-12..2020-02-13' },
        { on: '2020-02-13', place: BRIDGE, inForce: '2020-02-13..2020-02-29' },
      ),
    );
    expect(
      rows.map((r) =>
        r.undetermined.map((u) => u.gaps.map((g) => `${g.missing.zh}：${g.whoMustAct.zh}，${g.clause}`)),
      ),
    ).toEqual([[['东河区与西河县同日都有任职，由谁发放：松山市人民政府，Y-1-once']], []]);
    expect(rows[0].paid).toMatchObject({ value: 7000 });
    expectWhole(rows);
  });
  test('an engagement that is owed nothing that day contests nothing', () => {
    // The western county stands at Level II until the 10th: nothing is owed there.
    const rows = explained(
      inventedPolicy([HALF]),
      monthsFor({ on: '2020-02-03..2020-02-04' }, { on: '2020-02-04', place: BRIDGE }),
    );
    expect(rows.map((r) => r.undetermined)).toEqual([[], []]);
    expect(rows[0].paid).toMatchObject({ value: 14000 });
    expect(rows[1].refused).toMatchObject([{ half: 2, because: { clause: 'Y-4' } }]);
  });
  test('a kind nobody included waits for whoever may include it', () => {
    const [row] = explained(inventedPolicy(), monthsFor({ on: '2020-02-03', kind: '?保洁员' }));
    expect(row.undetermined[0].gaps).toMatchObject([
      { missing: { zh: '“保洁员”是否列入补助对象' }, whoMustAct: { zh: '松山市人民政府' }, clause: 'Y-1' },
    ]);
    expectWhole(row);
  });
});

test('an explanation is of the row it was asked for', () => {
  const [january, february] = explained(
    inventedPolicy([HALF]),
    monthsFor({ on: '2020-01-31..2020-02-02', place: WILLOW }),
  );
  expect([january.month, february.month]).toEqual([2020 * 12, 2020 * 12 + 1]);
  expect([january.paid, february.paid]).toMatchObject([{ value: 7000 }, { value: 14000 }]);
});
