import { describe, expect, test } from 'vitest';
import { day } from '../../values/date.ts';
import { ALWAYS } from '../../values/period.ts';
import type { Vocabulary } from '../../values/vocabulary.ts';
import { loadDivisions } from '../places/divisions.ts';
import type { Cell } from '../sheets/contract.ts';
import { personName, RosterReader, rosterColumns } from './roster.ts';

const divisions = loadDivisions();

const CLOSED: Vocabulary = {
  levels: [
    { id: 'city', label: '市', digits: 2, aliases: [], headers: ['市'] },
    { id: 'district', label: '区', digits: 6, aliases: [], headers: ['区', '区县', '所在区'] },
    { id: 'street', label: '街镇', digits: 9, aliases: [], headers: ['街镇', '街道'] },
    { id: 'community', label: '社区', digits: 12, aliases: [], headers: ['社区', '村'] },
  ],
  payingLevel: 'district',
  kinds: [
    { id: 'committee', label: '村“两委”成员', aliases: ['村两委'] },
    { id: 'communityWorker', label: '社区工作者', aliases: ['社工'] },
    { id: 'grid', label: '网格员', aliases: ['专职网格员'] },
  ],
  kindsAreOpen: false,
  posts: [],
};
const OPEN: Vocabulary = { ...CLOSED, kindsAreOpen: true };

const HEADINGS: readonly (readonly [string, string])[] = [
  ['name', '姓名'],
  ['id', '证件号码'],
  ['place.district', '所在区'],
  ['place.street', '街镇'],
  ['place.community', '社区（村）'],
  ['kind', '类别'],
  ['from', '任职起'],
  ['to', '任职止'],
  ['area', '城乡'],
  ['card', '银行卡号'],
  ['bank', '开户行'],
  ['phone', '联系电话'],
];

/** An invented person of the given birth and number, with the check character computed by ISO 7064. */
function idOf(born: string, number = '001'): string {
  const seventeen = `990101${born}${number}`;
  let rest = 0;
  for (const digit of seventeen) rest = ((rest + Number(digit)) * 2) % 11;
  const check = (12 - rest) % 11;
  return seventeen + (check === 10 ? 'X' : check);
}
const ZHANG = idOf('19800101');
const WANG = idOf('19810202');
const CARD = '6200000000001234566';

type Row = Partial<Record<string, Cell>>;
const row = (fields: Row = {}): Row => ({
  name: '张守正',
  id: ZHANG,
  'place.district': '和平区',
  'place.street': '劝业场街道',
  'place.community': '花园路社区',
  kind: '社区工作者',
  from: null,
  to: null,
  area: null,
  card: CARD,
  bank: '某某银行',
  phone: '13812341234',
  ...fields,
});

/** Reads rows as the sheet would give them, from row 2 on. */
function read(rows: readonly Row[], vocabulary: Vocabulary = CLOSED, without: readonly string[] = []) {
  const headings = HEADINGS.filter(([id]) => !without.includes(id));
  const reader = new RosterReader({
    vocabulary,
    divisions,
    top: '120000000000',
    asOf: day('2020-06-30'),
    file: '花名册.xlsx',
  });
  reader.header({
    sheet: 'Sheet1',
    row: 1,
    at: Object.fromEntries(headings.map(([id], i) => [id, i])),
    headings: headings.map(([, heading]) => heading),
    titles: [],
  });
  const cells: Cell[] = [];
  rows.forEach((fields, i) => {
    // The sheet reader may use one array for every row; so does this.
    headings.forEach(([id], at) => {
      cells[at] = fields[id] ?? null;
    });
    reader.row(i + 2, cells);
  });
  const roster = reader.roster();
  return { ...roster, said: roster.problems.map((p) => `${p.row} ${p.severity} ${p.column}`) };
}

describe('the columns of a roster', () => {
  test('are asked for by what the jurisdiction calls its levels; name, number, paying level, lowest level and kind must be there', () => {
    const columns = rosterColumns(CLOSED);
    expect(columns.filter((c) => c.required).map((c) => c.label)).toEqual([
      '姓名',
      '身份证号',
      '区',
      '社区',
      '人员类别',
    ]);
    expect(columns.find((c) => c.id === 'place.district')?.aliases).toContain('区县');
    const named = (heading: string) =>
      columns.find((c) => c.label === heading || c.aliases?.includes(heading))?.id;
    expect(
      [
        '证件号码',
        '公民身份号码',
        '身份证号码',
        '类别',
        '所在区',
        '任职时间',
        '任职开始',
        '到岗日期',
        '离任',
      ].map(named),
    ).toEqual(['id', 'id', 'id', 'kind', 'place.district', 'from', 'from', 'from', 'to']);
  });

  test('never go by one heading twice', () => {
    const headings = rosterColumns(CLOSED).flatMap((c) => [
      c.label,
      ...(c.aliases ?? []).filter((a) => a !== c.label),
    ]);
    expect(headings.filter((h, i) => headings.indexOf(h) !== i)).toEqual([]);
  });
});

describe('a good row', () => {
  test('becomes a person and an engagement without a word', () => {
    const { persons, engagements, problems } = read([
      row({ from: '2020.1.24', to: '2020年4月29日', area: '城市' }),
    ]);
    expect(problems).toEqual([]);
    expect(persons).toEqual([
      {
        index: 0,
        id: ZHANG,
        name: '张守正',
        bankCard: CARD,
        bank: '某某银行',
        phone: '13812341234',
        cardIssue: null,
        phoneIssue: null,
        rows: [2],
      },
    ]);
    expect(engagements).toEqual([
      {
        index: 0,
        person: 0,
        kind: 'communityWorker',
        kindText: '社区工作者',
        place: '120101001001',
        paying: '120101000000',
        community: '花园路社区居委会',
        street: '劝业场街道',
        district: '和平区',
        area: 'urban',
        row: 2,
        rows: [2],
        period: { from: day('2020-01-24'), until: day('2020-04-30') },
      },
    ]);
  });

  test('with both ends empty, or ends in words that mean so, holds always', () => {
    for (const to of [null, '', ' ', '至今', '/', '—'])
      expect(read([row({ from: '', to })]).engagements[0]?.period).toEqual(ALWAYS);
  });

  test('whose last day is its first holds one day', () => {
    const { engagements, problems } = read([row({ from: '2020-02-03', to: 43864 })]);
    expect([engagements[0]?.period, problems]).toEqual([
      { from: day('2020-02-03'), until: day('2020-02-04') },
      [],
    ]);
  });

  test('may hold both ends in one cell', () => {
    expect(read([row({ from: '2020.2.3至2020.3.4' })]).engagements[0]?.period).toEqual({
      from: day('2020-02-03'),
      until: day('2020-03-05'),
    });
    expect(read([row({ from: '2018年12月1日至今' })]).engagements[0]?.period.from).toBe(day('2018-12-01'));
  });

  test.each([
    ['张  三', '张三'],
    ['张\u3000三', '张三'],
    [' 张三 ', '张三'],
    ['巴特尔.阿古拉', '巴特尔·阿古拉'],
    ['巴特尔 • 阿古拉', '巴特尔·阿古拉'],
    ['Anna  Maria', 'Anna Maria'],
    ['𠮷 田', '𠮷田'],
  ])('with the name %s is of %s', (written, name) => expect(personName(written)).toBe(name));
});

describe('a row with a problem is set aside and the others go on:', () => {
  test.each<[string, Row, string]>([
    ['no name', { name: ' ' }, '姓名'],
    ['no number', { id: null }, '证件号码'],
    ['a number with a wrong check digit', { id: '11010519491231003X' }, '证件号码'],
    ['a number in scientific notation', { id: '1.20101E+17' }, '证件号码'],
    ['a number of someone not yet born', { id: idOf('20200701') }, '证件号码'],
    ['an unknown district', { 'place.district': '云上区' }, '所在区'],
    ['no district', { 'place.district': null }, '所在区'],
    ['a kind the notice does not name', { kind: '保洁员' }, '类别'],
    ['no kind', { kind: null }, '类别'],
    ['two kinds in one cell', { kind: '社区工作者、网格员' }, '类别'],
    ['an end before its start', { from: '2020-02-03', to: '2020-02-02' }, '任职止'],
    ['a start nobody can read', { from: '春节前' }, '任职起'],
    ['an end nobody can read', { to: '2020-02-30' }, '任职止'],
  ])('%s', (_, fields, column) => {
    const { engagements, persons, said, setAside } = read([row(fields), row({ id: WANG, name: '王某' })]);
    expect(said).toEqual([`2 problem ${column}`]);
    expect([engagements.map((e) => e.row), persons.map((p) => p.name), setAside]).toEqual([[3], ['王某'], 1]);
  });

  test('everything wrong with it is said at once', () => {
    expect(
      read([row({ name: '', id: '1', 'place.district': '云上区', kind: '保洁员', to: 'x' })]).said,
    ).toEqual([
      '2 problem 姓名',
      '2 problem 证件号码',
      '2 problem 所在区',
      '2 problem 类别',
      '2 problem 任职止',
    ]);
  });

  test('and every problem says in both languages what is wrong and what to do, naming the file', () => {
    for (const p of read([row({ name: '', id: '1', 'place.district': '云上区', kind: '保洁员', to: 'x' })])
      .problems) {
      expect(p.file).toBe('花名册.xlsx');
      for (const text of [p.message, p.suggestion])
        expect([text.zh.length > 3, text.en.length > 8]).toEqual([true, true]);
    }
  });
});

describe('a kind', () => {
  test.each([
    '村“两委”成员',
    '村"两委"成员',
    '村两委成员',
    '村「两委」成员',
    '村＂两委＂成员',
    '村‘两委’成员',
    ' 村 “两委” 成员',
    '村《两委》成员',
    '村两委',
  ])('written %s is the one of the notice', (kind) =>
    expect(read([row({ kind })]).engagements[0]?.kind).toBe('committee'),
  );

  test('nearly right is suggested, never taken', () => {
    const { engagements, problems } = read([row({ kind: '社区工作人员' })]);
    expect([engagements.length, problems[0]?.suggestion.zh.includes('社区工作者')]).toEqual([0, true]);
  });

  test('an open list does not name is kept as written, not set aside', () => {
    const { engagements, problems } = read(
      [row({ kind: '保洁员' }), row({ id: WANG, name: '王某', kind: '“两委”' })],
      OPEN,
    );
    expect(engagements.map((e) => [e.kind, e.kindText])).toEqual([
      ['?保洁员', '保洁员'],
      ['?“两委”', '“两委”'],
    ]);
    expect(problems).toEqual([]);
  });

  test('left empty is a problem even where the list is open', () =>
    expect(read([row({ kind: '' })], OPEN).said).toEqual(['2 problem 类别']));
});

describe('a place', () => {
  test('unknown below the district leaves the row in, its name as typed', () => {
    const { engagements, said } = read([row({ 'place.community': '云上社区' })]);
    expect(engagements[0]).toMatchObject({
      community: '云上社区',
      place: '120101001000',
      paying: '120101000000',
    });
    expect(said).toEqual(['2 warning 社区（村）']);
  });

  test('in a sheet without streets is found by its own name, said once and not on every row', () => {
    const rows = [row(), row({ id: WANG, name: '王某' })];
    const { engagements, problems } = read(rows, CLOSED, ['place.street']);
    expect(engagements.map((e) => e.street)).toEqual(['劝业场街道', '劝业场街道']);
    expect(problems.map((p) => [p.severity, p.row])).toEqual([['warning', 1]]);
    // With the column there and the cell empty, it is that row's.
    expect(read([row({ 'place.street': null })]).said).toEqual(['2 warning 社区（村）']);
  });
});

describe('a date that names only its month', () => {
  test('is taken at its widest, with a warning', () => {
    const { engagements, said } = read([row({ from: '2020.2', to: '2020年2月' })]);
    expect(engagements[0]?.period).toEqual({ from: day('2020-02-01'), until: day('2020-03-01') });
    expect(said).toEqual(['2 warning 任职起', '2 warning 任职止']);
  });
});

describe('one person on several rows', () => {
  test('in two kinds is one person with two engagements', () => {
    const { persons, engagements, problems } = read([row(), row({ kind: '网格员' })]);
    expect([persons.length, persons[0]?.rows, engagements.length, problems]).toEqual([1, [2, 3], 2, []]);
  });

  test('twice in the same kind and place on overlapping days is one engagement of all the days, and both rows are named', () => {
    const { engagements, problems } = read([
      row({ from: '2020-02-01', to: '2020-02-20' }),
      row({ from: '2020-02-20', to: '2020-03-10' }),
    ]);
    expect(engagements.map((e) => [e.period, e.rows])).toEqual([
      [{ from: day('2020-02-01'), until: day('2020-03-11') }, [2, 3]],
    ]);
    expect(problems.map((p) => p.severity)).toEqual(['warning']);
    expect(problems[0]?.message.zh).toMatch(/第 2 行和第 3 行/);
  });

  test('with the second beginning the day after the first ends stays two engagements', () => {
    const { engagements, problems } = read([row({ to: '2020-02-20' }), row({ from: '2020-02-21' })]);
    expect([engagements.length, problems]).toEqual([2, []]);
  });

  test('the third joining two that did not meet makes all three one', () => {
    const { engagements, problems } = read([
      row({ from: '2020-01-01', to: '2020-01-10' }),
      row({ from: '2020-02-01', to: '2020-02-10' }),
      row({ from: '2020-01-05', to: '2020-02-05' }),
    ]);
    expect(engagements.map((e) => [e.index, e.period, e.rows])).toEqual([
      [0, { from: day('2020-01-01'), until: day('2020-02-11') }, [2, 3, 4]],
    ]);
    expect(problems.length).toBe(1);
  });

  test('once by fifteen digits and once by eighteen is one person', () => {
    const fifteen = ZHANG.slice(0, 6) + ZHANG.slice(8, 17);
    const { persons, engagements, said } = read([row({ id: fifteen }), row()]);
    expect([persons.map((p) => p.id), engagements.length, said]).toEqual([
      [ZHANG],
      1,
      ['3 warning 证件号码'],
    ]);
  });

  test('under two names goes by the first, and both rows are named, the number masked', () => {
    const { persons, problems } = read([row(), row({ name: '张守证', kind: '网格员' })]);
    expect(persons.map((p) => p.name)).toEqual(['张守正']);
    expect(problems.map((p) => [p.severity, p.row])).toEqual([['warning', 3]]);
    expect(problems[0]?.message.zh).toContain('第 2 行');
    expect(problems[0]?.message.zh).not.toContain(ZHANG);
  });

  test('with only the blanks in the name different is under one name', () =>
    expect(read([row(), row({ name: '张 守 正', kind: '网格员' })]).problems).toEqual([]));

  test('in two districts on the same days is kept in both, with a warning that names both rows', () => {
    const there = { 'place.district': '河西区', 'place.street': null, 'place.community': '云上社区' };
    const { engagements, problems } = read([
      row({ to: '2020-03-10' }),
      row({ ...there, from: '2020-03-01' }),
    ]);
    expect(engagements.map((e) => e.district)).toEqual(['和平区', '河西区']);
    const warning = problems.find((p) => p.message.zh.includes('同时'));
    expect([warning?.severity, warning?.row]).toEqual(['warning', 3]);
    expect(warning?.message.zh).toMatch(/第 2 行.*第 3 行.*2020-03-01 至 2020-03-10/);
    // The day after the first ended, there is nothing to say.
    const after = read([row({ to: '2020-02-29' }), row({ ...there, from: '2020-03-01' })]).problems;
    expect(after.some((p) => p.message.zh.includes('同时'))).toBe(false);
  });
});

test('two persons of one name are two persons', () => {
  const { persons, engagements, problems } = read([row(), row({ id: WANG })]);
  expect([persons.length, engagements.length, problems]).toEqual([2, 2, []]);
});

describe('a bank card', () => {
  test('missing or wrong waits for the check before paying and sets no row aside', () => {
    const { persons, problems } = read([
      row({ card: null, phone: '1' }),
      row({ id: WANG, name: '王某', card: '6200000000001234567' }),
    ]);
    expect(persons.map((p) => [p.bankCard, p.cardIssue?.kind, p.phoneIssue?.kind])).toEqual([
      [null, 'missing', 'length'],
      ['6200000000001234567', 'luhn', undefined],
    ]);
    expect(problems).toEqual([]);
  });

  test('missing on one row and given on the next is the one given', () => {
    const { persons } = read([row({ card: null }), row({ kind: '网格员' })]);
    expect([persons[0]?.bankCard, persons[0]?.cardIssue]).toEqual([CARD, null]);
  });

  test('different on two rows is for people to decide', () => {
    const { persons } = read([row(), row({ kind: '网格员', card: '6200000000007654321' })]);
    expect([persons[0]?.bankCard, persons[0]?.cardIssue?.kind]).toEqual([CARD, 'different']);
  });
});

test('an unreadable urban or rural is taken as empty, with a warning', () => {
  const { engagements, said } = read([
    row({ area: '城乡结合部' }),
    row({ id: WANG, name: '王某', area: '农村' }),
  ]);
  expect([engagements.map((e) => e.area), said]).toEqual([[null, 'rural'], ['2 warning 城乡']]);
});
