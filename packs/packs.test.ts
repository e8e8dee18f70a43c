import { describe, expect, test } from 'vitest';
import { foldScenario } from '../platform/duty/scenario.ts';
import { listPacks, packFolder, readExtended, readPackFiles } from '../platform/packs/read.ts';
import { loadDivisions } from '../platform/places/divisions.ts';
import { loadPack } from '../policy/load.ts';
import type { Pack, PackFile } from '../policy/pack.ts';
import { Policy } from '../policy/policy.ts';
import { type Proof, prove, readScenarios, type ScenarioRead } from '../policy/prove.ts';
import type { Problem } from '../values/problem.ts';

const divisions = loadDivisions();
const TIANJIN = 'tianjin-2020';
const INNER_MONGOLIA = 'inner-mongolia-2020';

const filesOf = (id: string): PackFile[] => readPackFiles(packFolder(id).dir);

/** A pack that must load: what stands against it otherwise is shown. */
function loaded(id: string, files: readonly PackFile[]): Pack {
  const found = loadPack(id, files, readExtended);
  if ('problems' in found) throw new Error(found.problems.map(sentence).join('\n'));
  return found.pack;
}

const sentence = (p: Problem): string => `${p.file}:${p.row} ${p.message.en}`;
const proofsOf = (pack: Pack, scenarios: readonly ScenarioRead[]): Proof[] =>
  prove(new Policy(pack, divisions, [], []), scenarios, foldScenario);

/** A change of text in one file: what stood there must stand there. A pattern ending in /g changes every place. */
type Edit = readonly [file: string, from: string | RegExp, to: string];

function edited(id: string, edits: readonly Edit[]): PackFile[] {
  return edits.reduce((files, [path, from, to]) => {
    const file = files.find((f) => f.path === path);
    const text = file?.text.replace(from, to);
    if (!file || text === undefined || text === file.text)
      throw new Error(`nothing to change: ${from} in ${path}`);
    return files.map((f) => (f === file ? { path, text } : f));
  }, filesOf(id));
}

const shipped = listPacks().map((id) => {
  const pack = loaded(id, filesOf(id));
  const { scenarios, problems } = readScenarios(pack.scenarios);
  return { id, pack, scenarios, problems, proofs: proofsOf(pack, scenarios) };
});
const allProofs = shipped.flatMap((p) => p.proofs);
const of = (id: string) => shipped.find((p) => p.id === id)!;

describe.each(shipped)('the pack $id', ({ id, pack, problems, proofs }) => {
  test('loads without a problem or a warning, and so do its scenarios', () => {
    const found = loadPack(id, filesOf(id), readExtended);
    expect('problems' in found ? found.problems.map(sentence) : found.warnings.map(sentence)).toEqual([]);
    expect(problems.map(sentence)).toEqual([]);
  });

  test.each(proofs.map((p) => [p.name, p] as const))('%s', (_, proof) => {
    expect(proof.differences).toEqual([]);
  });

  test('has a scenario for every clause that gives money', () => {
    const cited = new Set(proofs.flatMap((p) => p.cites));
    const money = [...pack.clauses.values()].filter(
      (c) => c.gives === 'money' && pack.measures.get(c.measure),
    );
    expect(money.length).toBeGreaterThan(0);
    expect(money.map((c) => c.id).filter((clause) => !cited.has(clause))).toEqual([]);
  });

  test('names its scenarios in Chinese, each name once', () => {
    const names = proofs.map((p) => p.name);
    expect(names.filter((name) => !/\p{Script=Han}{4}/u.test(name))).toEqual([]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});

describe('the scenarios of the shipped packs', () => {
  test('are at least sixty', () => {
    expect(allProofs.length).toBeGreaterThanOrEqual(60);
  });

  test('hold all twelve worked cases', () => {
    const cases = new Set(allProofs.map((p) => p.case).filter((n) => n !== null));
    expect([...cases].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('that expect nothing, name an unknown post, or turn away what cannot be read, do not hold', () => {
    const text = `scenarios:
  - { name: 什么也没有, cites: [TJ-2.1-f] }
  - name: 没有这种场所
    cites: [TJ-2.1-f]
    people: { 甲: { engagements: [{ kind: 社区工作者, place: '120101001001' }], duty: [{ on: 2020-02-03, at: 食堂, from: 08:00, to: 15:00 }] } }
    expect: { 甲: { amount: 0 } }
  - { name: 没有这个参数, cites: [TJ-2.1-f], may-be-set: [{ division: '120101000000', name: 伙食标准, value: 5, allowed: false }] }
  - name: 时长和考勤表混写
    cites: [TJ-2.1-f]
    people: { 甲: { engagements: [{ kind: 社区工作者, place: '120101001001' }], duty: [{ on: 2020-02-03, at: 卡口, from: 08:00, to: 15:00 }], days: [{ from: 2020-02-04, to: 2020-02-04, credit: 1 }] } }
    expect: { 甲: { days: 1 } }
`;
    const { scenarios, problems } = readScenarios([{ path: 'scenarios/x.yaml', text }]);
    expect(problems).toEqual([]);
    const proofs = proofsOf(of(TIANJIN).pack, scenarios);
    expect(proofs.map((p) => p.differences[0])).toEqual([
      'expects nothing, so it proves nothing',
      '甲: "食堂" is no post of the pack',
      'may-be-set: cannot read 伙食标准 = 5',
      'duty and days: a scenario has hours or marks, not both',
    ]);
    expect(proofs.map((p) => p.line)).toEqual([2, 3, 7, 8]);
  });

  test('with a misspelt key or broken YAML are problems with file, line and a sentence in both languages', () => {
    const { scenarios, problems } = readScenarios([
      {
        path: 'scenarios/a.yaml',
        text: 'scenarios:\n  - name: 写错了项\n    cites: [TJ-2.1-f]\n    expects: {}\n',
      },
      { path: 'scenarios/b.yaml', text: 'scenarios:\n  - name: [没有收尾\n' },
      { path: 'scenarios/c.yaml', text: 'scenario: []\n' },
      {
        path: 'scenarios/d.yaml',
        text: 'scenarios:\n  - name: 没有这一天\n    cites: [TJ-2.1-f]\n    known-on: 2020-02-30\n',
      },
    ]);
    expect(scenarios).toEqual([]);
    expect(problems.map((p) => [p.file, p.row])).toEqual([
      ['scenarios/a.yaml', 2],
      ['scenarios/b.yaml', expect.any(Number)],
      ['scenarios/c.yaml', 1],
      ['scenarios/d.yaml', 4],
    ]);
    expect(problems[0].message).toEqual({
      zh: '“scenarios.0”有不认识的项：expects',
      en: '"scenarios.0" has keys nobody knows: expects',
    });
  });
});

describe('a rule that is changed makes a scenario of its clause fail', () => {
  const RATE = (kinds: string, clause: string): Edit => [
    'benefits.yaml',
    `kinds: [${kinds}]\n        clause: ${clause}\n        rate: day-rate`,
    `kinds: [${kinds}]\n        clause: ${clause}\n        rate: least(day-rate, 60 yuan/day)`,
  ];
  const ENDS = (day: string): Edit[] => [
    ['timelines.yaml', 'until: 2020-04-30, state: I,', `until: ${day}, state: I,`],
    ['timelines.yaml', 'from: 2020-04-30,', `from: ${day},`],
  ];
  const BEGINS = (day: string): Edit[] => [
    ['timelines.yaml', 'until: 2020-01-24,', `until: ${day},`],
    ['timelines.yaml', 'from: 2020-01-24,', `from: ${day},`],
    // The rate's own first day must not be what catches it.
    ['parameters.yaml', 'from: 2020-01-24, until: null, value: 70', 'from: null, until: null, value: 70'],
  ];
  const SWAPPED: Edit = [
    'questions.yaml',
    'if insured then fund else employer',
    'if insured then employer else fund',
  ];
  const IN_USE = (reading: string, option: string): Edit => [
    'readings.yaml',
    new RegExp(`(- id: ${reading}\\n(?:    .*\\n)*?    in-use: )\\S+`),
    `$1${option}`,
  ];

  const changes: [what: string, pack: string, edits: Edit[], clauses: string[]][] = [
    [
      'the guiding rate is 71 yuan',
      TIANJIN,
      [['parameters.yaml', 'value: 70 yuan/day', 'value: 71 yuan/day']],
      ['TJ-2.1-f', 'TJ-2.1-g', 'TJ-2.1-h'],
    ],
    [
      'the city bears 60 per cent',
      TIANJIN,
      [['parameters.yaml', 'value: 50%, source: plan', 'value: 60%, source: plan']],
      ['TJ-2.1-g'],
    ],
    ['grid workers are paid less', TIANJIN, [RATE('grid-worker', 'TJ-2.1-h')], ['TJ-2.1-h']],
    [
      'grid workers come first',
      TIANJIN,
      [['kinds.yaml', /( {2}- \{ id: village-committee[\s\S]*)( {2}- \{ id: grid-worker.*\n)/, '$2$1']],
      ['TJ-2.1-i'],
    ],
    [
      'workers added by a district are paid without its document',
      TIANJIN,
      [['parameters.yaml', 'needs-document: true', 'needs-document: false']],
      ['TJ-S-7'],
    ],
    [
      'workers added by a district are paid whatever it says',
      TIANJIN,
      [
        [
          'benefits.yaml',
          '- if: district-added-paid',
          '- if: district-added-paid or not district-added-paid',
        ],
      ],
      ['TJ-S-7'],
    ],
    ['who pays for an injury is turned round', TIANJIN, [SWAPPED], ['TJ-2.2-b', 'TJ-2.2-c']],
    [
      'districts fix the award',
      TIANJIN,
      [
        [
          'parameters.yaml',
          'measure: recognition\n    set-by: [city-headquarters]',
          'measure: recognition\n    set-by: [district-headquarters]',
        ],
      ],
      ['TJ-2.6-d'],
    ],
    ['Level I ends a day earlier', TIANJIN, ENDS('2020-04-29'), ['TJ-2.1-d']],
    ['Level I ends a day later', TIANJIN, ENDS('2020-05-01'), ['TJ-2.1-d']],
    ['Level I begins a day earlier', TIANJIN, BEGINS('2020-01-23'), ['TJ-2.1-d']],
    ['Level I begins a day later', TIANJIN, BEGINS('2020-01-25'), ['TJ-2.1-d']],
    [
      'a gate day takes a minute less',
      TIANJIN,
      [['parameters.yaml', 'value: 6 hours', 'value: 359 minutes']],
      ['TJ-S-2'],
    ],
    [
      'a gate day takes a minute more',
      TIANJIN,
      [['parameters.yaml', 'value: 6 hours', 'value: 361 minutes']],
      ['TJ-S-2'],
    ],
    [
      'a centre day takes a minute less',
      TIANJIN,
      [['parameters.yaml', 'value: 8 hours', 'value: 479 minutes']],
      ['TJ-S-2'],
    ],
    [
      'a centre day takes a minute more',
      TIANJIN,
      [['parameters.yaml', 'value: 8 hours', 'value: 481 minutes']],
      ['TJ-S-2'],
    ],
    [
      'half a day takes a minute less',
      TIANJIN,
      [['parameters.yaml', 'value: 4 hours', 'value: 239 minutes']],
      ['TJ-S-2'],
    ],
    [
      'half a day takes a minute more',
      TIANJIN,
      [['parameters.yaml', 'value: 4 hours', 'value: 241 minutes']],
      ['TJ-S-2'],
    ],
    ['mixed posts are read one by one', TIANJIN, [IN_USE('D1', 'single')], ['TJ-S-2']],
    ['nights go to the day they began', TIANJIN, [IN_USE('D2', 'shift-start')], ['TJ-S-2']],
    ['"over 6 hours" includes 6 hours', TIANJIN, [IN_USE('D3', 'inclusive')], ['TJ-S-2']],
    ['the city shares above the guiding rate', TIANJIN, [IN_USE('D14', 'whole')], ['TJ-2.1-g']],
    ['weeks start on Sunday', TIANJIN, [IN_USE('D6', 'sunday')], ['TJ-2.5-c']],
    [
      'the floor of the health check is 480 yuan',
      TIANJIN,
      [['parameters.yaml', 'value: 500 yuan', 'value: 480 yuan']],
      ['TJ-2.5-e'],
    ],
    [
      'a banner that decides not to pay pays',
      INNER_MONGOLIA,
      [['benefits.yaml', '- if: allowance-paid\n', '- if: allowance-paid or not allowance-paid\n']],
      ['NM-1-c'],
    ],
    [
      'the period is not looked at',
      INNER_MONGOLIA,
      [
        [
          'benefits.yaml',
          /if: within\(allowance-period\)/g,
          'if: within(allowance-period) or not within(allowance-period)',
        ],
      ],
      ['NM-1-d'],
    ],
    [
      'the league bears no more than a tenth',
      INNER_MONGOLIA,
      [['benefits.yaml', /part: league-share/g, "part: 'least(league-share, 1/10)'"]],
      ['NM-1-e'],
    ],
    [
      'volunteers are paid whatever the banner says',
      INNER_MONGOLIA,
      [['benefits.yaml', 'if: volunteers-paid', 'if: volunteers-paid or not volunteers-paid']],
      ['NM-1-f'],
    ],
    ['who pays for an injury is turned round', INNER_MONGOLIA, [SWAPPED], ['NM-2-b', 'NM-2-c']],
    [
      'a rate that is set does not mean yes',
      INNER_MONGOLIA,
      [['parameters.yaml', '    implied-by: { parameter: day-rate, value: true }\n', '']],
      ['NM-1-c'],
    ],
    [
      'duty must exceed a minute',
      INNER_MONGOLIA,
      [['parameters.yaml', 'value: 0 minutes', 'value: 1 minute']],
      ['NM-1-d'],
    ],
    [
      'rest is forced a day earlier',
      INNER_MONGOLIA,
      [['parameters.yaml', 'value: 14 days', 'value: 13 days']],
      ['NM-5-b'],
    ],
    [
      'rest is forced a day later',
      INNER_MONGOLIA,
      [['parameters.yaml', 'value: 14 days', 'value: 15 days']],
      ['NM-5-b'],
    ],
    ['forced rest only warns', INNER_MONGOLIA, [['duties.yaml', 'effect: lock', 'effect: warn']], ['NM-5-b']],
  ];

  test.each(changes)('%s (%s)', (_, id, edits, clauses) => {
    const pack = loaded(id, edited(id, edits));
    for (const clause of clauses) {
      const own = of(id).scenarios.filter((s) => s.scenario.cites.includes(clause));
      const failing = proofsOf(pack, own).filter((p) => p.differences.length > 0);
      expect(failing.length, `no scenario citing ${clause} noticed`).toBeGreaterThan(0);
    }
  });

  test('every clause that gives money has such a change', () => {
    const money = shipped.flatMap(({ pack }) =>
      [...pack.clauses.values()]
        .filter((c) => c.gives === 'money' && pack.measures.get(c.measure))
        .map((c) => c.id),
    );
    expect(money.filter((clause) => !changes.some(([, , , clauses]) => clauses.includes(clause)))).toEqual(
      [],
    );
  });
});

describe('a broken pack is refused with file, line and a sentence in both languages', () => {
  /** `line` is a text that stands in the line the problem must point to, once the edits are made. */
  type Broken = { edits: Edit[]; pack?: string; file: string; line: string; zh: string; en: string };
  const ONCE = / {4}once:\n(?: {6}.*\n)+/;
  const broken: Record<string, Broken> = {
    'a parameter without a clause': {
      edits: [['parameters.yaml', '    force: guiding\n    clause: TJ-2.1-f\n', '    force: guiding\n']],
      file: 'parameters.yaml',
      line: '- id: day-rate',
      zh: '“parameters.0.clause”缺少',
      en: '"parameters.0.clause" is missing',
    },
    'a clause nobody wrote': {
      edits: [
        ['parameters.yaml', 'force: guiding\n    clause: TJ-2.1-f', 'force: guiding\n    clause: TJ-9.9-z'],
      ],
      file: 'parameters.yaml',
      line: '- id: day-rate',
      zh: '没有条款“TJ-9.9-z”',
      en: 'there is no clause "TJ-9.9-z"',
    },
    'periods that overlap': {
      edits: [['timelines.yaml', 'from: 2020-04-30', 'from: 2020-04-29']],
      file: 'timelines.yaml',
      line: '- id: response-level',
      zh: '时段有重叠',
      en: 'has periods that overlap',
    },
    'a hole between periods': {
      edits: [['timelines.yaml', 'from: 2020-04-30', 'from: 2020-05-01']],
      file: 'timelines.yaml',
      line: '- id: response-level',
      zh: '时段中间有空缺',
      en: 'has a hole between its periods',
    },
    'shares above the whole': {
      edits: [
        ['benefits.yaml', 'part: city-share', 'part: 3/2'],
        [
          'parameters.yaml',
          /(- id: city-share\n(?: {4}.*\n)*? {4}measure: subsidy\n)/,
          '$1    read-by: [subsidy]\n',
        ],
      ],
      file: 'benefits.yaml',
      line: '- id: duty-allowance',
      zh: '分担合计超过全部',
      en: 'exceed the whole',
    },
    'no bearer that takes the rest': {
      edits: [
        [
          'benefits.yaml',
          '{ bearer: district, part: rest, clause: TJ-2.1-h }',
          '{ bearer: district, part: 1/2, clause: TJ-2.1-h }',
        ],
      ],
      file: 'benefits.yaml',
      line: '- id: duty-allowance',
      zh: '分担凑不成整',
      en: 'make no whole',
    },
    'a name nobody declared': {
      edits: [['benefits.yaml', 'rate: day-rate', 'rate: daily-rate']],
      file: 'benefits.yaml',
      line: 'rate: daily-rate',
      zh: '算式“daily-rate”',
      en: 'formula "daily-rate"',
    },
    'a figure that needs itself': {
      edits: [
        ['questions.yaml', 'answer: pre-allocated - city-due', 'answer: pre-allocation-balance - city-due'],
      ],
      file: 'questions.yaml',
      line: '- id: pre-allocation-balance',
      zh: '“pre-allocation-balance”要用到它自己',
      en: '"pre-allocation-balance" needs itself',
    },
    'two parameters that imply each other': {
      pack: INNER_MONGOLIA,
      edits: [
        [
          'parameters.yaml',
          '    implied-by: { parameter: volunteer-day-rate, value: true }',
          '    implied-by: { parameter: allowance-paid, value: true }',
        ],
        [
          'parameters.yaml',
          '    implied-by: { parameter: day-rate, value: true }',
          '    implied-by: { parameter: volunteers-paid, value: true }',
        ],
      ],
      file: 'parameters.yaml',
      line: '- id: allowance-paid',
      zh: '“allowance-paid”要用到它自己',
      en: '"allowance-paid" needs itself',
    },
    'a parameter nobody reads': {
      edits: [['parameters.yaml', /(- id: pre-allocation\n(?: {4}.*\n)*?) {4}read-by: \[subsidy\]\n/, '$1']],
      file: 'parameters.yaml',
      line: '- id: pre-allocation',
      zh: '没有算式用到参数“pre-allocation”',
      en: 'no formula reads the parameter "pre-allocation"',
    },
    'a clause that gives money and is used by nothing': {
      edits: [
        ['parameters.yaml', 'clause: TJ-2.6-d', 'clause: TJ-2.6-c'],
        ['pack.yaml', 'clause: TJ-2.6-d', 'clause: TJ-2.6-c'],
      ],
      file: 'clauses.yaml',
      line: '- id: TJ-2.6-d',
      zh: '给钱的条款 TJ-2.6-d 没有',
      en: 'clause TJ-2.6-d gives money and nothing',
    },
    'a label without English': {
      edits: [
        [
          'parameters.yaml',
          'label: { zh: 工作补助标准, en: Daily allowance }',
          'label: { zh: 工作补助标准 }',
        ],
      ],
      file: 'parameters.yaml',
      line: 'label: { zh: 工作补助标准 }',
      zh: '“parameters.0.label.en”缺少',
      en: '"parameters.0.label.en" is missing',
    },
    'money added to days': {
      edits: [['benefits.yaml', 'amount: health-check-standard', 'amount: health-check-standard + 3 days']],
      file: 'benefits.yaml',
      line: 'amount: health-check-standard + 3 days',
      zh: '算式“health-check-standard + 3 days”',
      en: 'formula "health-check-standard + 3 days"',
    },
    'a kind with two sets of terms': {
      edits: [['benefits.yaml', 'kinds: [grid-worker]', 'kinds: [grid-worker, community-worker]']],
      file: 'benefits.yaml',
      line: '- id: duty-allowance',
      zh: '“community-worker”出现两次',
      en: 'names "community-worker" twice',
    },
    'kinds that can meet on one day with no precedence': {
      edits: [['benefits.yaml', ONCE, '']],
      file: 'benefits.yaml',
      line: '- id: duty-allowance',
      zh: '没有写择一（once）',
      en: 'no precedence (once)',
    },
    'a text that is no YAML': {
      edits: [['duties.yaml', 'duties:', 'duties: [']],
      file: 'duties.yaml',
      line: '',
      zh: '不是合格的 YAML',
      en: 'not valid YAML',
    },
    'a key nobody knows': {
      edits: [['duties.yaml', 'effect: warn', 'efect: warn']],
      file: 'duties.yaml',
      line: '',
      zh: '有不认识的项：efect',
      en: 'has keys nobody knows: efect',
    },
    'a period that ends before it begins': {
      edits: [['parameters.yaml', 'from: 2020-01-24, until: null', 'from: 2020-01-24, until: 2020-01-24']],
      file: 'parameters.yaml',
      line: 'until: 2020-01-24',
      zh: '不成立',
      en: 'is empty or not a date',
    },
  };

  test.each(Object.entries(broken))('%s', (_, { edits, pack = TIANJIN, file, line, zh, en }) => {
    const files = edited(pack, edits);
    const found = loadPack(pack, files, readExtended);
    const problems = 'problems' in found ? found.problems : [];
    const own = problems.find((p) => p.message.en.includes(en));
    expect(own, problems.map(sentence).join('\n') || 'it loaded').toBeDefined();
    expect(own!.message.zh).toContain(zh);
    expect(own!.file).toBe(file);
    const lines = files.find((f) => f.path === file)!.text.split('\n');
    expect(own!.row).toBeGreaterThan(0);
    expect(lines[own!.row! - 1]).toContain(line);
  });

  test('and all its problems are told at once, those of different files too', () => {
    const found = loadPack(
      TIANJIN,
      edited(TIANJIN, [
        ...broken['periods that overlap'].edits,
        ...broken['a name nobody declared'].edits,
        ...broken['a figure that needs itself'].edits,
        ...broken['a parameter nobody reads'].edits,
        ...broken['a clause nobody wrote'].edits,
        ...broken['money added to days'].edits,
      ]),
      readExtended,
    );
    const says = 'problems' in found ? found.problems.map((p) => p.message.en).join('\n') : '';
    for (const name of [
      'periods that overlap',
      'a name nobody declared',
      'a figure that needs itself',
      'a parameter nobody reads',
      'a clause nobody wrote',
      'money added to days',
    ]) {
      expect(says).toContain(broken[name].en);
    }
  });

  test('and what is misshapen in several files is told at once', () => {
    const found = loadPack(
      TIANJIN,
      edited(TIANJIN, [
        ...broken['a parameter without a clause'].edits,
        ...broken['a label without English'].edits,
        ...broken['a key nobody knows'].edits,
      ]),
      readExtended,
    );
    const says = 'problems' in found ? found.problems.map((p) => p.message.en).join('\n') : '';
    for (const name of ['a parameter without a clause', 'a label without English', 'a key nobody knows'])
      expect(says).toContain(broken[name].en);
  });
});

describe('a pack that extends another', () => {
  const HEAD = filesOf(TIANJIN)
    .find((f) => f.path === 'pack.yaml')!
    .text.replace('version: 1', 'version: 1\nextends: tianjin-2020');
  const parameter = (id: string, from: string, to: string): PackFile => {
    const text = filesOf(TIANJIN).find((f) => f.path === 'parameters.yaml')!.text;
    const own = new RegExp(`  - id: ${id}\\n(?: {4}.*\\n)+`).exec(text)![0];
    if (!own.includes(from)) throw new Error(`nothing to change: ${from}`);
    return { path: 'parameters.yaml', text: `parameters:\n${own.replace(from, to)}` };
  };
  const extending = (...own: PackFile[]): PackFile[] => [{ path: 'pack.yaml', text: HEAD }, ...own];

  test('with nothing but another guiding rate loads and settles by it, the city sharing by the new rate too', () => {
    const pack = loaded('extended-2031', extending(parameter('day-rate', '70 yuan/day', '80 yuan/day')));
    expect(pack.extends).toBe(TIANJIN);
    expect(pack.clauses.size).toBe(of(TIANJIN).pack.clauses.size);
    const { scenarios } = readScenarios([
      {
        path: 'scenarios/x.yaml',
        text: `scenarios:
  - name: 十天八百元，市区各四百元
    cites: [TJ-2.1-f, TJ-2.1-g]
    people: { 甲: { engagements: [{ kind: 社区工作者, place: '120101001001' }], duty: [{ on: 2020-02-03, through: 2020-02-12, at: 卡口, from: 08:00, to: 15:00 }] } }
    expect: { 甲: { days: 10, amount: 800, shares: { 市: 400, 区: 400 } } }
`,
      },
    ]);
    expect(proofsOf(pack, scenarios)[0].differences).toEqual([]);
  });

  test('may raise a floor and may not lower it', () => {
    loaded('extended-2031', extending(parameter('health-check-standard', '500 yuan', '600 yuan')));
    const found = loadPack(
      'extended-2031',
      extending(parameter('health-check-standard', '500 yuan', '400 yuan')),
      readExtended,
    );
    const problems = 'problems' in found ? found.problems : [];
    expect(problems.map((p) => [p.file, p.row, p.message.zh, p.message.en])).toEqual([
      ['parameters.yaml', 2, '“health-check-standard”低于底线', '"health-check-standard" is below the floor'],
    ]);
  });

  test('may not change what is fixed, nor loosen how it binds', () => {
    const fixed = loadPack('extended-2031', extending(parameter('city-share', '50%', '40%')), readExtended);
    expect('problems' in fixed && fixed.problems.map(sentence)).toEqual([
      'parameters.yaml:2 "city-share" is fixed and may not be changed',
    ]);
    const loosened = loadPack(
      'extended-2031',
      extending(parameter('weekly-rest-days', 'force: floor', 'force: guiding')),
      readExtended,
    );
    expect('problems' in loosened && loosened.problems.map(sentence)).toEqual([
      'parameters.yaml:2 the type and force of "weekly-rest-days" are the extended pack\'s',
    ]);
  });

  test('is another pack when what it extends has changed', () => {
    const files = extending(parameter('day-rate', '70 yuan/day', '80 yuan/day'));
    const changed = edited(TIANJIN, [['parameters.yaml', 'value: 500 yuan', 'value: 550 yuan']]);
    const digest = (base: readonly PackFile[]) => {
      const found = loadPack('extended-2031', files, () => base);
      return 'pack' in found ? found.pack.digest : '';
    };
    expect(digest(filesOf(TIANJIN))).not.toBe(digest(changed));
  });

  test('of a pack that does not exist, or of itself, is refused', () => {
    const head = (of: string): PackFile[] => [
      { path: 'pack.yaml', text: HEAD.replace('extends: tianjin-2020', `extends: ${of}`) },
    ];
    for (const name of ['atlantis-2020', 'extended-2031', '..']) {
      const found = loadPack('extended-2031', head(name), readExtended);
      expect('problems' in found && found.problems.map(sentence)).toEqual([
        `pack.yaml:3 the pack "${name}" it extends does not exist`,
      ]);
    }
  });
});
