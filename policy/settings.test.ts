import { describe, expect, test } from 'vitest';
import { day, isoDay } from '../values/date.ts';
import { fraction } from '../values/fraction.ts';
import type { Period } from '../values/period.ts';
import { inventedPack, inventedPolicy } from './invented-notice.ts';
import { findNamed, readSetting, readWrittenValue, type WrittenSetting } from './settings.ts';
import type { Setting } from './terms.ts';

const EAST = '990101000000';
const CITY = '990100000000';
const LEAGUE = '990200000000';
const policy = inventedPolicy();

/** One row of the sheet; the days as they are written, the last included. */
function row(
  division: string,
  name: string,
  value: string | number | null,
  from: string | null = null,
  to: string | null = null,
  document: string | null = '区发〔2020〕1号',
): WrittenSetting {
  return { division, name, value, from: from ? day(from) : null, to: to ? day(to) : null, document };
}

function read(written: WrittenSetting, before: readonly Setting[] = []): string {
  const found = readSetting(written, policy.pack, policy.terms, before);
  return 'message' in found ? `refused: ${found.message.en}` : 'in force';
}

function taken(written: WrittenSetting, before: readonly Setting[] = []): Setting {
  const found = readSetting(written, policy.pack, policy.terms, before);
  if ('message' in found) throw new Error(found.message.en);
  return found;
}

describe('who may set what', () => {
  test.each([
    ['a county, the guided rate', row(EAST, 'day-rate', 90), 'in force'],
    ['a county, by the Chinese label', row(EAST, '补助标准', 90), 'in force'],
    ['a county, by another name', row(EAST, ' 标 准 ', 90), 'in force'],
    [
      'a city, the rate that is for counties',
      row(CITY, 'day-rate', 90),
      'refused: "Daily allowance" may not be set at this level',
    ],
    [
      'a community',
      row('990101001001', 'day-rate', 90),
      'refused: "Daily allowance" may not be set at this level',
    ],
    [
      'the province itself',
      row('990000000000', 'day-rate', 90),
      'refused: "Daily allowance" may not be set at this level',
    ],
    [
      'a county, the share that is for the city',
      row(EAST, 'prefecture-share', 30),
      'refused: "Share of the prefecture" may not be set at this level',
    ],
    ['a league, the share', row(LEAGUE, 'prefecture-share', 30), 'in force'],
    [
      'a place outside the jurisdiction',
      row('880000000000', 'prefecture-share', 30),
      'refused: "Share of the prefecture" may not be set at this level',
    ],
    [
      'anybody, what the notice fixes',
      row(EAST, 'rest-each-week', 2),
      'refused: "Rest days a week" may not be set at this level',
    ],
    ['a name nobody knows', row(EAST, '不存在', 1), 'refused: there is no parameter called "不存在"'],
    ['a county, the reading it may decide', row(EAST, 'R-week', 'sunday'), 'in force'],
    ['a county, the reading by its label and option', row(EAST, '一周起于', '周日'), 'in force'],
    [
      'a county, the reading the city decides',
      row(EAST, 'R-base', 'actual'),
      'refused: "The base of the share" may not be set at this level',
    ],
    ['a city, the reading it decides', row(CITY, 'R-base', 'actual'), 'in force'],
    [
      'a state only the pack declares',
      row(EAST, 'response', 'I'),
      'refused: "Response level" may not be set at this level',
    ],
  ])('%s', (_, written, outcome) => expect(read(written)).toBe(outcome));

  test('who should set it is said with the refusal', () => {
    const found = readSetting(row(CITY, 'day-rate', 90), policy.pack, policy.terms, []);
    expect('message' in found && found.suggestion).toEqual({
      zh: '应由区县人民政府来定',
      en: 'it is for the county government to set',
    });
  });
});

describe('what the notice allows', () => {
  test.each([
    ['a floor kept', row(EAST, 'check-standard', 600), 'in force'],
    ['a floor met to the fen', row(EAST, 'check-standard', '600.00'), 'in force'],
    [
      'a floor broken',
      row(EAST, 'check-standard', 480),
      'refused: "Health check standard" is below the floor',
    ],
    ['the floor of its own days', row(EAST, 'check-standard', 500, '2020-01-10', '2020-02-29'), 'in force'],
    [
      'a floor that rises within the days',
      row(EAST, 'check-standard', 500, '2020-01-10', '2020-03-01'),
      'refused: "Health check standard" is below the floor',
    ],
    [
      'a floor that rises, for ever',
      row(EAST, 'check-standard', 599),
      'refused: "Health check standard" is below the floor',
    ],
    ['a ceiling kept', row(EAST, 'travel-sum', 200), 'in force'],
    [
      'a ceiling broken by a fen',
      row(EAST, 'travel-sum', '200.01'),
      'refused: "Travel sum" is above the ceiling',
    ],
    ['a guided rate below', row(EAST, 'day-rate', 60), 'in force'],
    ['a guided rate above', row(EAST, 'day-rate', 120), 'in force'],
  ])('%s', (_, written, outcome) => expect(read(written)).toBe(outcome));

  test('a list that needs a document is nothing without one', () => {
    expect(read(row(CITY, 'extra-kinds', '保洁员', null, null, null))).toBe(
      'refused: "Other kinds included" needs a document number',
    );
    expect(taken(row(CITY, 'extra-kinds', '保洁员、门卫', null, null, '松发〔2020〕3号'))).toMatchObject({
      value: ['保洁员', '门卫'],
      document: '松发〔2020〕3号',
    });
  });
});

describe('values as a clerk writes them', () => {
  const named = (name: string) => findNamed(policy.pack, name)!;
  test.each([
    ['prefecture-share', 30, fraction(3, 10)],
    ['prefecture-share', '30', fraction(3, 10)],
    ['prefecture-share', '30%', fraction(3, 10)],
    ['prefecture-share', 0.3, fraction(3, 10)],
    ['prefecture-share', '３０％', fraction(3, 10)],
    ['prefecture-share', '33.3333%', fraction(333333, 1_000_000)],
    ['prefecture-share', 12.5, fraction(1, 8)],
    ['prefecture-share', 0, fraction(0)],
    ['prefecture-share', 100, fraction(1)],
    ['prefecture-share', '0.3%', fraction(3, 1000)],
    ['prefecture-share', '0.3', null],
    ['prefecture-share', '.3', null],
    ['prefecture-share', '0', fraction(0)],
    ['prefecture-share', '100%', fraction(1)],
    ['prefecture-share', '1%', fraction(1, 100)],
    ['prefecture-share', 1, null],
    ['prefecture-share', '-30', null],
    ['prefecture-share', -30, null],
    ['prefecture-share', '三成', null],
    ['day-rate', 60, fraction(6000)],
    ['day-rate', '60.50', fraction(6050)],
    ['day-rate', '60元', fraction(6000)],
    ['day-rate', '60元/天', fraction(6000)],
    ['day-rate', '60元/人·天', fraction(6000)],
    ['day-rate', '60元每天', fraction(6000)],
    ['day-rate', '1,200', fraction(120000)],
    ['day-rate', '60 yuan/day', fraction(6000)],
    ['day-rate', '-60', null],
    ['day-rate', '60元/月', null],
    ['day-rate', '6万', null],
    ['day-rate', '', null],
    ['day-rate', null, null],
    ['travel-sum', 150, fraction(15000)],
    ['travel-sum', '150元', fraction(15000)],
    ['travel-sum', '150 yuan/day', null],
    ['also-paid', '是', true],
    ['also-paid', '否', false],
    ['also-paid', '发放', true],
    ['also-paid', '不发放', false],
    ['also-paid', 'yes', true],
    ['also-paid', 1, true],
    ['also-paid', 0, false],
    ['also-paid', '也许', null],
    ['colour', '红区', 'red'],
    ['colour', 'green zone', 'green'],
    ['colour', 'red', 'red'],
    ['colour', '蓝区', null],
    ['extra-kinds', '保洁员，门卫; 保安', ['保洁员', '门卫', '保安']],
  ] as const)('%s: %s', (name, raw, value) => expect(readWrittenValue(raw, named(name))).toEqual(value));

  test('a value that cannot be read says how to write it', () => {
    const found = readSetting(row(LEAGUE, 'prefecture-share', '三成'), policy.pack, policy.terms, []);
    expect('message' in found && [found.message.zh, found.suggestion.zh]).toEqual([
      '“市级分担比例”的值“三成”读不懂',
      '填百分数，如 30；不到 1% 或者正好 100% 的，把单元格设为文本，连百分号一起写',
    ]);
  });
});

describe('the days it holds for', () => {
  const shown = (s: Setting) =>
    (s.value as readonly Period[]).map((p) => `${isoDay(p.from)}..${isoDay(p.until - 1)}`);

  test('both days written are included', () =>
    expect(taken(row(EAST, 'day-rate', 90, '2020-02-01', '2020-02-10')).period).toEqual({
      from: day('2020-02-01'),
      until: day('2020-02-11'),
    }));
  test('an end before the start is refused', () =>
    expect(read(row(EAST, 'day-rate', 90, '2020-02-10', '2020-02-09'))).toBe(
      'refused: the last day is before the first',
    ));
  test('one day is a period', () =>
    expect(read(row(EAST, 'day-rate', 90, '2020-02-10', '2020-02-10'))).toBe('in force'));

  test('a second value for days that have one is refused, by one day too', () => {
    const first = taken(row(EAST, 'day-rate', 90, '2020-02-01', '2020-02-10'));
    expect(read(row(EAST, 'day-rate', 80, '2020-02-10', '2020-02-20'), [first])).toBe(
      'refused: "Daily allowance" already has a value from 2020-02-01 to 2020-02-10',
    );
    expect(read(row(EAST, 'day-rate', 80, '2020-02-11', '2020-02-20'), [first])).toBe('in force');
    expect(read(row(EAST, 'day-rate', 80), [first])).toMatch(/already has a value/);
    const always = readSetting(row(EAST, 'day-rate', 80), policy.pack, policy.terms, [
      taken(row(EAST, 'day-rate', 90)),
    ]);
    expect('message' in always && always.message.zh).toBe('“补助标准”已有一个值');
    expect(read(row('990102000000', 'day-rate', 80), [first])).toBe('in force');
  });

  test('rows of a list of periods are joined where they touch, and kept apart where they do not', () => {
    const one = taken(row(EAST, '补助时段', null, '2020-01-27', '2020-01-31'));
    expect(shown(one)).toEqual(['2020-01-27..2020-01-31']);
    expect(shown(taken(row(EAST, '补助时段', null, '2020-02-01', '2020-02-10'), [one]))).toEqual([
      '2020-01-27..2020-02-10',
    ]);
    expect(shown(taken(row(EAST, '补助时段', null, '2020-02-02', '2020-02-10'), [one]))).toEqual([
      '2020-01-27..2020-01-31',
      '2020-02-02..2020-02-10',
    ]);
    expect(shown(taken(row(EAST, '补助时段', null, '2020-01-30', '2020-02-10'), [one]))).toEqual([
      '2020-01-27..2020-02-10',
    ]);
  });

  test('a period without any day written is refused', () =>
    expect(read(row(EAST, '补助时段', null))).toBe(
      'refused: "Period of payment" has neither first nor last day',
    ));
});

test('a setting read is a setting in force: money follows it', () => {
  const settings = [taken(row(EAST, 'day-rate', 90, '2020-02-01', null))];
  const there = inventedPolicy(settings, { pack: inventedPack() }).terms;
  expect(there.parameter('day-rate', '990101001001', day('2020-01-31'))).toMatchObject({
    value: fraction(7000),
    by: 'pack',
  });
  expect(there.parameter('day-rate', '990101001001', day('2020-02-01'))).toMatchObject({
    value: fraction(9000),
    by: 'setting',
    departs: true,
    document: '区发〔2020〕1号',
  });
});
