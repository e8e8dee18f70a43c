import { describe, expect, test } from 'vitest';
import { day } from '../values/date.ts';
import { fraction } from '../values/fraction.ts';
import { evaluate, Gaps } from './evaluate.ts';
import { type Formula, FormulaError, parseFormula, parseLiteral, type Scope, type Type } from './formula.ts';
import { inventedPolicy, set, WILLOW } from './invented-notice.ts';
import { formulaText } from './prose.ts';

/** The names of the invented notice, with all that a day, a month and an hour sheet let a formula ask. */
const policy = inventedPolicy([
  set('990101', 'pay-period', [{ from: day('2020-02-01'), until: day('2020-02-11') }]),
  set('9901', 'prefecture-share', fraction(3, 10)),
]);
const { pack } = policy;
const scope: Scope = {
  parameters: new Map([...pack.parameters].map(([id, p]) => [id, p.type])),
  timelines: new Map([...pack.timelines.keys()].map((n) => [n, `choice:${n}` as Type])),
  readings: new Map([...pack.readings.keys()].map((n) => [n, `choice:${n}` as Type])),
  figures: new Map(),
  facts: new Map<string, Type>([
    ['kind', 'choice:kind'],
    ['post', 'choice:post'],
    ['day-kind', 'choice:day-kind'],
    ['area', 'choice:area'],
    ['credit', 'days'],
    ['days', 'days'],
    ['day', 'date'],
    ['minutes-in-all', 'minutes'],
  ]),
  options: new Map([
    ['kind', new Set(pack.kinds.map((k) => k.id))],
    ['post', new Set(pack.posts.map((p) => p.id))],
    ['day-kind', new Set(['working-day', 'rest-day', 'statutory-holiday'])],
    ['area', new Set(['urban', 'rural'])],
    ['response', new Set(['I', 'II'])],
    ['colour', new Set(['red', 'green'])],
    ['R-base', new Set(['capped', 'actual'])],
  ]),
};

const parse = (text: string, type?: Type): Formula => parseFormula(text, scope, type);

function value(text: string, on = '2020-02-05'): unknown {
  const found = evaluate(parse(text), {
    terms: policy.terms,
    place: WILLOW,
    day: day(on),
    facts: {
      kind: 'worker',
      post: 'gate',
      area: 'urban',
      credit: fraction(1, 2),
      days: fraction(9, 2),
      'minutes-in-all': fraction(361),
    },
    minutesAt: (post) => (post === 'gate' ? 300 : 61),
  });
  if (found instanceof Gaps) return `missing ${found.items.map((m) => m.name).join(', ')}`;
  return typeof found === 'object' && 'n' in found
    ? found.d === 1
      ? found.n
      : `${found.n}/${found.d}`
    : found;
}

/** The sentence a text is turned away with, and the character it points to. */
function refusal(text: string, type?: Type): { zh: string; en: string; at: number } {
  try {
    parse(text, type);
  } catch (error) {
    if (error instanceof FormulaError) return { ...error.says, at: error.at };
    throw error;
  }
  return { zh: '', en: 'it loads', at: -1 };
}

describe('what a formula comes to', () => {
  test.each([
    // literals with their units, in fen, minutes, days
    ['70 yuan/day', 7000],
    ['7000 fen/day', 7000],
    ['0.5 yuan', 50],
    ['12.345 yuan', '2469/2'],
    ['6 hours', 360],
    ['1 hour', 60],
    ['90 minutes', 90],
    ['1 minute', 1],
    ['0.5 days', '1/2'],
    ['1 day', 1],
    ['1/2', '1/2'],
    ['30%', '3/10'],
    ['12.5%', '1/8'],
    ['1/3 yuan', '100/3'],
    ['0.35', '7/20'],
    ['yes', true],
    ['no', false],
    ['2020-02-05', day('2020-02-05')],
    // arithmetic and how tightly it binds
    ['1 + 2 × 3', 7],
    ['(1 + 2) × 3', 9],
    ['10 - 2 - 3', 5],
    ['10 - (2 - 3)', 11],
    ['2 * 3', 6],
    ['70 yuan/day × 2 days', 14000],
    ['2 days × 70 yuan/day', 14000],
    ['1/2 × 70 yuan/day', 3500],
    ['70 yuan/day + 5 yuan/day', 7500],
    ['1 yuan - 3 yuan', -200],
    // roundings, the only place where anything is divided
    ['round-down(10 yuan / 3, 1 yuan)', 300],
    ['round-up(10 yuan / 3, 1 yuan)', 400],
    ['round-half-up(10 yuan / 4, 1 yuan)', 300],
    ['round-half-up(9 yuan / 4, 1 yuan)', 200],
    ['round-down(10 yuan ÷ 3, 1 fen)', 333],
    ['round-down(100 yuan / 3 days, 0.1 yuan/day)', 3330],
    ['round-half-up(2/3, 0.01)', '67/100'],
    ['round-down(1 day / 1 day, 1)', 1],
    ['round-up(7 yuan, 2 yuan)', 800],
    ['round-down(0 yuan - 0.5 yuan, 1 yuan)', -100],
    ['round-down(1 yuan / 0, 1 yuan)', 'missing divide'],
    // the least and the most
    ['least(3, 1, 2)', 1],
    ['most(3, 1, 2)', 3],
    ['least(day-rate, 60 yuan/day)', 6000],
    ['most(day-rate, as-issued(day-rate))', 7000],
    // comparisons
    ['1 < 1', false],
    ['1 <= 1', true],
    ['1/3 = 2/6', true],
    ['1/3 != 33%', true],
    ['2 > 1', true],
    ['1 >= 2', false],
    ['minutes-in-all > 6 hours', true],
    ['credit = 0.5 days', true],
    ['day >= 2020-02-05', true],
    ['day < 2020-02-05', false],
    ['kind = worker', true],
    ['kind != worker', false],
    ['response = I', true],
    ['colour = green', true],
    ['R-base = capped', true],
    ['1 + 1 = 2', true],
    // and, or, not
    ['yes or no and no', true],
    ['(yes or no) and no', false],
    ['not no and no', false],
    ['not (no and no)', true],
    ['not 1 = 2', true],
    ['not not yes', true],
    ['no and also-paid', false],
    ['also-paid and no', false],
    ['yes or also-paid', true],
    ['also-paid or yes', true],
    ['yes and also-paid', 'missing also-paid'],
    ['not also-paid', 'missing also-paid'],
    // choices, sets, periods, what is set and what was issued
    ['if kind = worker then 1 else 2', 1],
    ['if no then 1 else if yes then 2 else 3', 2],
    ['if also-paid then 1 else 2', 'missing also-paid'],
    ['1 + (if yes then 1 else 2)', 2],
    ['kind in [warden, worker]', true],
    ['post in [centre]', false],
    ['within(pay-period)', true],
    ['is-set(also-paid)', false],
    ['is-set(prefecture-share)', true],
    ['prefecture-share × 100 yuan', 3000],
    ['as-issued(prefecture-share)', 'missing prefecture-share'],
    ['minutes-at(gate) >= 5 hours', true],
    ['minutes-at(centre) > 61 minutes', false],
    ['other-rate + also-rate', ''],
  ] as const)('%s is %s', (text, wanted) => {
    if (wanted === '') expect(refusal(text).en).toBe('there is no name "also-rate"');
    else expect(value(text)).toBe(wanted);
  });

  test('every missing item of a sum is named, not only the first', () =>
    expect(value('least(other-rate, day-rate, other-rate + day-rate)', '2021-01-01')).toBe(
      'missing other-rate, day-rate, other-rate, day-rate',
    ));
  test('a period holds its first day and not the day it runs until', () => {
    expect([
      value('within(pay-period)', '2020-01-31'),
      value('within(pay-period)', '2020-02-01'),
      value('within(pay-period)', '2020-02-10'),
      value('within(pay-period)', '2020-02-11'),
    ]).toEqual([false, true, true, false]);
  });
});

describe('what does not load', () => {
  test.each([
    ['70 yuan + 1 day', 'money and days cannot be added or subtracted', 10],
    ['70 yuan/day + 70 yuan', 'a daily rate and money cannot be added or subtracted', 14],
    ['70 yuan/day - 1', 'a daily rate and a number cannot be added or subtracted', 14],
    ['70 yuan × 2 yuan', 'money and money cannot be multiplied or divided', 0],
    ['70 yuan × 2 days', 'money and days cannot be multiplied or divided', 0],
    ['70 yuan/day × 70 yuan/day', 'a daily rate and a daily rate cannot be multiplied or divided', 0],
    ['day + 1 day', 'a number is wanted here, the formula gives a date', 0],
    ['kind + kind', 'a number is wanted here, the formula gives an option', 0],
    ['70 yuan / 2', 'division is only allowed inside a rounding', 10],
    ['round-down(1 yuan, 1 yuan) / 2', 'division is only allowed inside a rounding', 29],
    ['round-down(1 yuan / 2, 1 day)', 'money is wanted here, the formula gives days', 23],
    ['round-down(1 yuan / 2, day-rate)', 'money is wanted here, the formula gives a daily rate', 23],
    ['round-down(1 yuan, 0 yuan)', 'a rounding names its unit, for example 1 yuan', 19],
    ['no-such-rate', 'there is no name "no-such-rate"', 0],
    ['day-rate + no-such-rate', 'there is no name "no-such-rate"', 11],
    ['is-set(kind)', 'there is no name "kind"', 7],
    ['as-issued(response)', 'there is no name "response"', 10],
    ['minutes-at(home) > 1 hour', 'there is no name "home"', 11],
    ['kind = gate', 'there is no name "gate"', 7],
    ['kind in [worker, gate]', 'there is no name "gate"', 17],
    ['worker', 'there is no name "worker"', 0],
    ['response = 1', 'an option is wanted here, the formula gives a number', 11],
    ['kind < worker', 'an option cannot be compared so', 7],
    ['pay-period = pay-period', 'periods cannot be compared so', 0],
    ['extra-kinds = extra-kinds', 'a list cannot be compared so', 0],
    ['1 in [worker]', 'an option is wanted here, the formula gives a number', 0],
    ['1 day = 1', 'days is wanted here, the formula gives a number', 8],
    ['yes and 1', 'yes or no is wanted here, the formula gives a number', 8],
    ['not 1 day', 'yes or no is wanted here, the formula gives days', 4],
    ['if 1 then 2 else 3', 'yes or no is wanted here, the formula gives a number', 3],
    ['if yes then 1 yuan else 1 day', 'money is wanted here, the formula gives days', 24],
    ['if yes then 1', '"else" is missing here', 13],
    ['least(yes, no)', 'a number is wanted here', 14],
    ['least(1, 1 day)', 'a number is wanted here, the formula gives days', 9],
    ['within(day-rate)', 'periods is wanted here, the formula gives a daily rate', 7],
    ['(1 + 2', '")" is missing here', 6],
    ['1 +', 'the formula ends too early', 3],
    ['', 'the formula ends too early', 0],
    ['1 2', '"2" does not follow from what stands before it', 2],
    ['+ 1', '"+" does not belong here', 0],
    ['1 & 2', 'cannot read "& 2"', 2],
    ['70 yuan/month', 'division is only allowed inside a rounding', 8],
    ['70 元', 'cannot read "元"', 3],
    ['1.2.3 yuan', '"1.2.3 yuan" is neither a number nor a date', 0],
    ['2020-02-30', '"2020-02-30" is neither a number nor a date', 0],
    ['minutes-at() > 1 hour', 'a name is missing here', 11],
  ] as const)('%s: %s', (text, says, at) => {
    const found = refusal(text);
    expect(found.en).toContain(says);
    expect(found.at).toBe(at);
    expect(found.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  test('a formula of another type than its place asks for', () => {
    expect(refusal('70 yuan', 'rate').en).toBe('a daily rate is wanted here, the formula gives money');
    expect(refusal('70 yuan/day × 1 day', 'rate').en).toBe(
      'a daily rate is wanted here, the formula gives money',
    );
    expect(parse('70 yuan/day × 1 day', 'money').type).toBe('money');
    expect(parse('70 yuan/day × 1/2', 'rate').type).toBe('rate');
  });

  test('an option is only an option where one is asked for', () => {
    expect(JSON.stringify(parse('if yes then red else green', 'choice:colour'))).toContain(
      '"type":"choice:colour","value":"red"',
    );
    expect(refusal('if yes then red else green').en).toBe('there is no name "red"');
  });

  test('hours may only be asked for where hours are known', () => {
    expect(() => parseFormula('minutes-at(gate) > 1 hour', { ...scope, facts: new Map() })).toThrow(
      'there is no name "minutes-at"',
    );
  });
});

describe('a value as a pack or a sheet writes it', () => {
  test.each([
    ['70 yuan/day', 'rate', 7000, 1],
    ['70', 'number', 70, 1],
    ['33.3333%', 'number', 333333, 1_000_000],
    ['1/3', 'number', 1, 3],
    ['500 yuan', 'money', 50000, 1],
    ['6 hours', 'minutes', 360, 1],
    ['2020-02-29', 'date', day('2020-02-29'), 1],
  ] as const)('%s as %s', (text, type, n, d) => expect(parseLiteral(text, type)).toEqual(fraction(n, d)));

  test.each([
    ['70', 'rate'],
    ['70 yuan', 'rate'],
    ['70 yuan/day', 'money'],
    ['6', 'minutes'],
    ['1 day', 'number'],
    ['2020-02-30', 'date'],
    ['maybe', 'flag'],
    ['1/0', 'number'],
    ['seventy', 'number'],
    ['', 'number'],
  ] as const)('%s is not %s', (text, type) => expect(parseLiteral(text, type)).toBeNull());
});

describe('a formula in words', () => {
  const formulas = [
    '70 yuan/day',
    '0.5 days',
    '90 minutes',
    '30%',
    'yes',
    '2020-02-05',
    'day-rate',
    'as-issued(day-rate)',
    'also-paid',
    'not also-paid',
    'response = I',
    'response != I',
    'R-base = capped',
    'colour = red',
    'kind in [worker, warden]',
    'kind in [worker]',
    'post = gate',
    'area = urban',
    'day-kind = rest-day',
    'within(pay-period)',
    'is-set(other-rate)',
    'credit < 1 day',
    'days >= 10 days',
    'minutes-in-all > 6 hours',
    'minutes-at(gate) >= 90 minutes',
    'day >= 2020-02-05',
    'yes and no or yes',
    'not (yes and no)',
    'if also-paid then 1 yuan else 2 yuan',
    'least(day-rate, 60 yuan/day)',
    'most(1, 2, 3)',
    '1 + 2 - 3',
    '2 × 3',
    'round-down(1 yuan / 3, 1 fen)',
    'round-up(1, 1)',
    'round-half-up(1 day / 2, 0.5 days)',
    'day-rate × 2 days',
    'also-paid = no',
    '1 <= 2',
    '1 > 2',
  ];

  test.each(formulas)('%s reads whole in both languages', (text) => {
    const said = formulaText(parse(text), pack);
    for (const words of [said.zh, said.en]) {
      expect(words).not.toMatch(/undefined|NaN|\[object|null/);
      expect(words.trim()).not.toBe('');
    }
    // A name in words is the label of the pack, not an identifier.
    expect(said.zh).not.toMatch(/day-rate|also-paid|pay-period|minutes-in-all|day-kind/);
    expect(said.en).not.toMatch(/day-rate|also-paid|pay-period|minutes-in-all|day-kind|[\u4e00-\u9fff]/);
  });

  test('says what binds to what', () => {
    expect(formulaText(parse('(1 + 2) × 3'), pack).zh).toBe('（1 ＋ 2） × 3');
    expect(formulaText(parse('(yes or no) and no'), pack).en).toBe(
      '(yes or no), and no'.replace('yes or no', 'yes, or no'),
    );
    expect(
      formulaText(parse('if response = I then least(day-rate, 60 yuan/day) else 0 yuan/day'), pack),
    ).toEqual({
      zh: '如果响应级别为一级，取补助标准与60.00元/天中较低者，否则取0.00元/天',
      en: 'if Response level is Level I then the lower of daily allowance and 60.00 yuan a day, otherwise 0.00 yuan a day',
    });
  });

  test('every operator of the language has words', () => {
    const ops = new Set<string>();
    const walk = (f: object): void => {
      if ('op' in f) ops.add(String(f.op));
      for (const part of Object.values(f)) if (part && typeof part === 'object') walk(part);
    };
    for (const text of formulas) walk(parse(text));
    expect([...ops].sort()).toEqual(
      [
        'add',
        'and',
        'choose',
        'compare',
        'divide',
        'fact',
        'in',
        'is-set',
        'least',
        'literal',
        'minutes-at',
        'most',
        'multiply',
        'not',
        'or',
        'parameter',
        'reading',
        'round',
        'subtract',
        'timeline',
        'within',
      ].sort(),
    );
  });
});
