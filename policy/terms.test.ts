import { describe, expect, test } from 'vitest';
import { day, isoDay, NEVER } from '../values/date.ts';
import { fraction } from '../values/fraction.ts';
import { BRIDGE, inventedPack, inventedPolicy, REEDS, set, WELL, WILLOW } from './invented-notice.ts';
import type { Policy } from './policy.ts';
import { digitsOf, isMissing } from './terms.ts';

const yuan = (n: number) => fraction(n * 100);

/** The value of a parameter in yuan, or who must act. */
function rate(policy: Policy, name: string, place: string, on: string, asIssued = false): string {
  const found = policy.terms.parameter(name, place, day(on), asIssued);
  if (isMissing(found)) return `gap: ${policy.terms.gapAt(found, place).whoMustAct.zh}`;
  const { value } = found;
  return `${typeof value === 'object' && 'n' in value ? value.n / value.d / 100 : value} by ${found.by}${found.division ? ` of ${policy.divisions.of(found.division)?.name}` : ''}`;
}

describe('the nearest lawful setting binds', () => {
  const policy = inventedPolicy([
    set('990101', 'day-rate', yuan(90), '2020-02-01', '2020-02-10'),
    set('9901', 'prefecture-share', fraction(1, 2)),
    set('9902', 'prefecture-share', fraction(3, 10)),
  ]);

  test.each([
    ['a place takes its county’s', 'day-rate', WILLOW, '2020-02-05', '90 by setting of 东河区'],
    ['the next county keeps the notice’s', 'day-rate', BRIDGE, '2020-02-05', '70 by pack of 云海省'],
    [
      'a county’s rule is no rule of its city',
      'day-rate',
      '990100000000',
      '2020-02-05',
      '70 by pack of 云海省',
    ],
    ['the day before it begins', 'day-rate', WILLOW, '2020-01-31', '70 by pack of 云海省'],
    ['its first day', 'day-rate', WILLOW, '2020-02-01', '90 by setting of 东河区'],
    ['its last day', 'day-rate', WILLOW, '2020-02-10', '90 by setting of 东河区'],
    ['the day after', 'day-rate', WILLOW, '2020-02-11', '70 by pack of 云海省'],
    ['the last day of the notice’s first value', 'day-rate', BRIDGE, '2020-02-29', '70 by pack of 云海省'],
    ['the first day of its second', 'day-rate', BRIDGE, '2020-03-01', '80 by pack of 云海省'],
    ['before the notice says anything', 'day-rate', BRIDGE, '2020-01-23', 'gap: 西河县人民政府'],
    ['after all it says', 'day-rate', BRIDGE, '2020-05-01', 'gap: 西河县人民政府'],
    [
      'what a city sets holds in its communities',
      'prefecture-share',
      WELL,
      '2020-02-05',
      '0.005 by setting of 松山市',
    ],
    ['and not in the league’s', 'prefecture-share', REEDS, '2020-02-05', '0.003 by setting of 白草盟'],
  ])('%s', (_, name, place, on, found) => expect(rate(policy, name, place, on)).toBe(found));

  test('as issued, what a district set is not asked', () =>
    expect(rate(policy, 'day-rate', WILLOW, '2020-02-05', true)).toBe('70 by pack of 云海省'));
  test('a rate that differs from a guiding one departs, the same rate does not, and a value over a floor does not', () => {
    const p = inventedPolicy([
      set('990101', 'day-rate', yuan(90)),
      set('990102', 'day-rate', yuan(70)),
      set('990101', 'check-standard', yuan(800)),
    ]);
    const departs = (name: string, place: string) => p.terms.parameter(name, place, day('2020-02-05'));
    expect(
      [departs('day-rate', WILLOW), departs('day-rate', BRIDGE), departs('check-standard', WILLOW)].map(
        (f) => 'departs' in f && f.departs,
      ),
    ).toEqual([true, false, false]);
  });
  test('a nearer setting hides a farther one, only while it holds', () => {
    const p = inventedPolicy([
      set('9901', 'R-base', 'actual'),
      set('990101', 'R-base', 'capped', '2020-02-01', '2020-02-10'),
    ]);
    expect(
      ['2020-01-31', '2020-02-01', '2020-02-10', '2020-02-11'].map(
        (d) => p.terms.reading('R-base', WILLOW, day(d)).value,
      ),
    ).toEqual(['actual', 'capped', 'capped', 'actual']);
  });
});

describe('who must act on a gap', () => {
  const policy = inventedPolicy();
  const who = (name: string, place: string) => {
    const found = policy.terms.parameter(name, place, day('2020-02-05'));
    return isMissing(found) ? policy.terms.gapAt(found, place) : null;
  };

  test('the body of the place itself, by name and by its number', () =>
    expect(who('other-rate', WILLOW)).toMatchObject({
      whoMustAct: { zh: '东河区人民政府', en: "东河区 people's government" },
      division: '990101000000',
      clause: 'Y-1-rate',
      missing: { zh: '其他人员标准' },
    }));
  test('a city has a people’s government', () =>
    expect(who('prefecture-share', WILLOW)?.whoMustAct.zh).toBe('松山市人民政府'));
  test('a league has an administrative office', () =>
    expect(who('prefecture-share', REEDS)?.whoMustAct.zh).toBe('白草盟行政公署'));
  test('a place nobody knows has bodies without a name', () =>
    expect(who('prefecture-share', '770000000000')).toMatchObject({
      whoMustAct: { zh: '市人民政府、盟行政公署' },
      division: null,
    }));
});

describe('a value another implies', () => {
  test('a rate that is set means that it is paid, where it is set and while it holds', () => {
    const policy = inventedPolicy([set('990101', 'other-rate', yuan(30), '2020-02-01', '2020-02-10')]);
    expect(rate(policy, 'also-paid', WILLOW, '2020-02-10')).toBe('true by implied of 东河区');
    expect(rate(policy, 'also-paid', WILLOW, '2020-02-11')).toBe('gap: 东河区人民政府');
    expect(rate(policy, 'also-paid', BRIDGE, '2020-02-10')).toBe('gap: 西河县人民政府');
  });
  test('a plain no stands against it', () => {
    const policy = inventedPolicy([set('990101', 'other-rate', yuan(30)), set('990101', 'also-paid', false)]);
    expect(rate(policy, 'also-paid', WILLOW, '2020-02-10')).toBe('false by setting of 东河区');
  });
  test('the notice itself says nothing of it', () => {
    const policy = inventedPolicy([set('990101', 'other-rate', yuan(30))]);
    expect(rate(policy, 'also-paid', WILLOW, '2020-02-10', true)).toBe('gap: 东河区人民政府');
  });
});

describe('a declared state', () => {
  const state = (policy: Policy, place: string, on: string) => {
    const found = policy.terms.timeline('response', place, day(on));
    return isMissing(found) ? `gap: ${policy.terms.gapAt(found, place).whoMustAct.zh}` : found.value;
  };
  test('holds where it is declared, from its first day to before its end', () => {
    const policy = inventedPolicy();
    expect(
      ['2020-01-23', '2020-01-24', '2020-04-29', '2020-04-30'].map((d) => state(policy, WILLOW, d)),
    ).toEqual(['gap: 云海省人民政府', 'I', 'I', 'II']);
  });
  test('a county’s own declaration is nearer than the province’s', () => {
    const policy = inventedPolicy();
    expect(
      ['2020-01-31', '2020-02-01', '2020-02-10', '2020-02-11'].map((d) => state(policy, BRIDGE, d)),
    ).toEqual(['I', 'II', 'II', 'I']);
    expect(state(policy, WILLOW, '2020-02-05')).toBe('I');
  });
  test('is not seen before it was known', () => {
    expect(state(inventedPolicy([], { knownOn: '2020-02-19' }), BRIDGE, '2020-02-05')).toBe('I');
    expect(state(inventedPolicy([], { knownOn: '2020-02-20' }), BRIDGE, '2020-02-05')).toBe('II');
  });
});

describe('two clocks: in force, and known', () => {
  test('a value is not seen before the day its document was made', () => {
    expect(rate(inventedPolicy([], { knownOn: '2020-02-09' }), 'day-rate', BRIDGE, '2020-02-05')).toBe(
      'gap: 西河县人民政府',
    );
    expect(rate(inventedPolicy([], { knownOn: '2020-02-10' }), 'day-rate', BRIDGE, '2020-02-05')).toBe(
      '70 by pack of 云海省',
    );
  });
  test('a day named for it counts before the document’s date', () => {
    expect(rate(inventedPolicy([], { knownOn: '2020-02-24' }), 'day-rate', BRIDGE, '2020-03-05')).toBe(
      'gap: 西河县人民政府',
    );
    expect(rate(inventedPolicy([], { knownOn: '2020-02-25' }), 'day-rate', BRIDGE, '2020-03-05')).toBe(
      '80 by pack of 云海省',
    );
  });
  test('a back-dated setting changes what is owed, and not what was seen then', () => {
    const late = set('990101', 'day-rate', yuan(90), '2020-02-01', null, '2020-03-15');
    expect(rate(inventedPolicy([late], { knownOn: '2020-03-14' }), 'day-rate', WILLOW, '2020-02-12')).toBe(
      '70 by pack of 云海省',
    );
    expect(rate(inventedPolicy([late], { knownOn: '2020-03-15' }), 'day-rate', WILLOW, '2020-02-12')).toBe(
      '90 by setting of 东河区',
    );
  });
});

describe('a what-if', () => {
  const within = { from: day('2020-02-01'), until: day('2020-02-11') };
  const base = inventedPolicy([set('990101', 'day-rate', yuan(90))]);

  test('lies over a setting, where and while it holds', () => {
    const there = base.whatIf([
      { name: 'day-rate', division: '990101000000', value: yuan(100), period: within },
    ]);
    expect([WILLOW, BRIDGE].map((p) => rate(there, 'day-rate', p, '2020-02-10'))).toEqual([
      '100 by change of 东河区',
      '70 by pack of 云海省',
    ]);
    expect(rate(there, 'day-rate', WILLOW, '2020-02-11')).toBe('90 by setting of 东河区');
  });
  test('for the whole jurisdiction it changes what the notice says as well', () => {
    const all = base.whatIf([{ name: 'day-rate', division: null, value: yuan(100), period: within }]);
    expect([
      rate(all, 'day-rate', WILLOW, '2020-02-05'),
      rate(all, 'day-rate', WILLOW, '2020-02-05', true),
    ]).toEqual(['100 by change', '100 by change']);
    const local = base.whatIf([
      { name: 'day-rate', division: '990101000000', value: yuan(100), period: within },
    ]);
    expect(rate(local, 'day-rate', WILLOW, '2020-02-05', true)).toBe('70 by pack of 云海省');
  });
  test('the latest of two is seen', () => {
    const two = base
      .whatIf([{ name: 'day-rate', division: null, value: yuan(100), period: within }])
      .whatIf([{ name: 'day-rate', division: null, value: yuan(110), period: within }]);
    expect(rate(two, 'day-rate', WILLOW, '2020-02-05')).toBe('110 by change');
  });
  test('leaves what it was laid over', () => {
    base.whatIf([{ name: 'day-rate', division: null, value: yuan(100), period: within }]);
    expect(rate(base, 'day-rate', WILLOW, '2020-02-05')).toBe('90 by setting of 东河区');
  });
});

describe('the days on which something may change', () => {
  const cuts = (policy: Policy, place: string, from: string, until: string) =>
    policy.terms.boundaries(place, { from: day(from), until: day(until) }).map(isoDay);

  test('the first day is always one, and one outside is none', () =>
    expect(cuts(inventedPolicy(), WILLOW, '2020-03-02', '2020-04-01')).toEqual(['2020-03-02']));
  test('a setting of the place cuts, one of another county does not', () => {
    const policy = inventedPolicy([
      set('990101', 'day-rate', yuan(90), '2020-03-05', '2020-03-09'),
      set('990102', 'day-rate', yuan(90), '2020-03-20', '2020-03-22'),
    ]);
    expect(cuts(policy, WILLOW, '2020-03-02', '2020-04-01')).toEqual([
      '2020-03-02',
      '2020-03-05',
      '2020-03-10',
    ]);
  });
  test('so do the periods that are the value of a setting, of a what-if, and of what another value implies', () => {
    const spans = [{ from: day('2020-03-05'), until: day('2020-03-10') }];
    expect(
      cuts(inventedPolicy([set('990101', 'pay-period', spans)]), WILLOW, '2020-03-02', '2020-04-01'),
    ).toEqual(['2020-03-02', '2020-03-05', '2020-03-10']);
    expect(
      cuts(
        inventedPolicy([], {
          changes: [{ name: 'pay-period', division: null, value: spans, period: { from: 0, until: NEVER } }],
        }),
        WILLOW,
        '2020-03-02',
        '2020-04-01',
      ),
    ).toEqual(['2020-03-02', '2020-03-05', '2020-03-10']);
    const pack = inventedPack({
      'parameters.yaml': [
        [
          'set-by: [county-government], read-by: [subsidy] }',
          'set-by: [county-government], read-by: [subsidy], implied-by: { parameter: other-rate, value: [{ from: 2020-03-05, until: 2020-03-10 }] } }',
        ],
      ],
    });
    expect(cuts(inventedPolicy([], { pack }), WILLOW, '2020-03-02', '2020-04-01')).toEqual([
      '2020-03-02',
      '2020-03-05',
      '2020-03-10',
    ]);
  });
});

test('places share terms where nothing between them is set', () => {
  const { terms } = inventedPolicy([set('990101', 'day-rate', yuan(90))]);
  expect(terms.termsPlaceOf(WILLOW)).toBe(terms.termsPlaceOf(WELL));
  expect(terms.termsPlaceOf(WILLOW)).not.toBe(terms.termsPlaceOf(REEDS));
});

test.each([
  ['990000000000', 2],
  ['990100000000', 4],
  ['990101000000', 6],
  ['990101001000', 9],
  ['990101001001', 12],
  ['990110000000', 6],
  ['991000000000', 4],
] as const)('%s says %i digits', (code, digits) => expect(digitsOf(code)).toBe(digits));
