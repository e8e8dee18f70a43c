import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SettlementFile } from '../../measures/subsidy/contract.ts';
import { AT, csv, DUTY, each, invented, ROSTER } from '../../town/invented.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shouwang-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let runs = 0;

/** Runs the command as a program would, and gives back what it said. */
function shouwang(...args: string[]): { code: number; out: string; err: string } {
  const done = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { code: done.status ?? -1, out: done.stdout, err: done.stderr };
}

type Sheet = readonly (readonly (string | number)[])[];
type Given = {
  pack?: string;
  roster: Sheet;
  duty?: Sheet;
  grid?: Sheet;
  settings?: Sheet;
  paid?: Sheet;
  from?: string;
  to?: string;
};

/** Writes the sheets into a folder of their own and settles them; the arguments are kept for other commands. */
function settle(given: Given): {
  file: SettlementFile;
  dir: string;
  args: string[];
  code: number;
  err: string;
} {
  const dir = join(folder, String(++runs));
  mkdirSync(dir, { recursive: true });
  const args = [
    '--pack',
    given.pack ?? 'tianjin-2020',
    '--from',
    given.from ?? '2020-02-01',
    '--to',
    given.to ?? '2020-02-29',
  ];
  for (const name of ['roster', 'duty', 'grid', 'settings', 'paid'] as const) {
    const rows = given[name];
    if (!rows) continue;
    writeFileSync(join(dir, `${name}.csv`), csv(rows));
    args.push(`--${name}`, join(dir, `${name}.csv`));
  }
  const done = shouwang('settle', ...args, '--out', join(dir, 'out'));
  const file =
    done.code === 0
      ? (JSON.parse(readFileSync(join(dir, 'out', 'settlement.json'), 'utf8')) as SettlementFile)
      : ({} as SettlementFile);
  return { file, dir: join(dir, 'out'), args, code: done.code, err: done.err };
}

const [WANG, LI, ZHANG] = [invented(1), invented(2), invented(3)];
const worker = (id: string, name: string, kind = '社区工作者', ...period: string[]): string[] => [
  name,
  id,
  ...AT,
  kind,
  ...period,
];
const gate = (id: string, date: string, from: string, to: string, as = ''): string[] => [
  id,
  date,
  '卡口',
  from,
  to,
  as,
];

describe('the worked cases, from sheets', () => {
  it('six hours at a gate are half a day, one minute more a day, four hours nothing, one minute more half a day', () => {
    const { file } = settle({
      roster: [ROSTER, worker(WANG, '王示')],
      duty: [
        DUTY,
        gate(WANG, '2020-02-03', '08:00', '14:00'),
        gate(WANG, '2020-02-04', '08:00', '14:01'),
        gate(WANG, '2020-02-05', '08:00', '12:00'),
        gate(WANG, '2020-02-06', '08:00', '12:01'),
      ],
    });
    expect(file.lines).toHaveLength(1);
    expect(file.lines[0]).toMatchObject({
      idNumber: WANG,
      district: '和平区',
      kind: '社区工作者',
      days: 2,
      amountFen: 14000,
    });
    expect(file.lines[0].shares).toEqual([
      { bearer: '市', fen: 7000 },
      { bearer: '区', fen: 7000 },
    ]);
    expect(file.refused).toEqual([]);
  });

  it('the night of 29 April splits at midnight: two hours are nothing, six lie outside the response and are refused', () => {
    const { file } = settle({
      from: '2020-04-01',
      to: '2020-05-31',
      roster: [ROSTER, worker(WANG, '王示')],
      duty: [DUTY, gate(WANG, '2020-04-29', '22:00', '06:00')],
    });
    expect(file.lines).toEqual([]);
    expect(file.refused).toMatchObject([
      { from: '2020-04-30', to: '2020-04-30', days: 0.5, clause: 'TJ-2.1-d' },
    ]);
  });

  it('community worker and grid worker on one day is one day, city 35 and district 35, one conflict', () => {
    const { file } = settle({
      roster: [ROSTER, worker(WANG, '王示'), worker(WANG, '王示', '网格员')],
      duty: [
        DUTY,
        gate(WANG, '2020-02-10', '08:00', '15:00', '社区工作者'),
        gate(WANG, '2020-02-10', '16:00', '21:00', '网格员'),
      ],
    });
    expect(file.totals).toEqual({ people: 1, days: 1, amountFen: 7000, byBearer: { 市: 3500, 区: 3500 } });
    expect(file.refused).toMatchObject([
      { kind: '网格员', days: 0.5, clause: 'TJ-2.1-i', from: '2020-02-10' },
    ]);
  });

  it('a grid worker on duty all 97 days is owed 6,790 yuan, all of it from the district', () => {
    const { file } = settle({
      from: '2020-01-24',
      to: '2020-04-29',
      roster: [ROSTER, worker(LI, '李示', '网格员')],
      duty: [DUTY, ...each('2020-01-24', '2020-04-29').map((d) => gate(LI, d, '08:00', '16:00'))],
    });
    expect(file.totals).toEqual({
      people: 1,
      days: 97,
      amountFen: 679_000,
      byBearer: { 市: 0, 区: 679_000 },
    });
    expect(file.lines.map((l) => l.days)).toEqual([8, 29, 31, 29]);
  });

  it('a district that pays 90 bears what is above the guiding rate', () => {
    const { file } = settle({
      roster: [ROSTER, worker(ZHANG, '张示')],
      duty: [DUTY, ...each('2020-02-01', '2020-02-10').map((d) => gate(ZHANG, d, '08:00', '16:00'))],
      settings: [
        ['区划', '参数', '值', '起', '止', '文号'],
        ['天津市和平区', '工作补助标准', '90', '', '', '示和政发〔2020〕1号'],
      ],
    });
    expect(file.lines[0]).toMatchObject({
      days: 10,
      amountFen: 90_000,
      shares: [
        { bearer: '市', fen: 35_000 },
        { bearer: '区', fen: 55_000 },
      ],
    });
  });

  it('a banner of Inner Mongolia at 60 with 30 to 70: 20.5 days are 1,230, 369 and 861', () => {
    const zhao = invented(7, '150102');
    const marks = Array.from({ length: 29 }, (_, i) => (i < 20 ? '√' : i === 20 ? '△' : ''));
    const { file } = settle({
      pack: 'inner-mongolia-2020',
      roster: [
        ['姓名', '身份证号', '盟市', '旗县', '苏木乡镇', '嘎查村', '人员类别'],
        ['赵示', zhao, '呼和浩特市', '新城区', '海拉尔东路街道', '公主府社区', '“两委”成员'],
      ],
      grid: [
        ['公主府社区疫情防控值守考勤表（2020年2月）'],
        ['姓名', '身份证号', ...marks.map((_, i) => i + 1)],
        ['赵示', zhao, ...marks],
      ],
      settings: [
        ['区划', '参数', '值', '起', '止', '文号'],
        ['呼和浩特市新城区', '工作补助标准', '60', '', '', '示新政发〔2020〕1号'],
        ['150102000000', '补助时段', '', '2020-01-27', '2020-03-31', '示新政发〔2020〕1号'],
        ['呼和浩特市', '盟市分担比例', '30', '', '', '示呼政发〔2020〕1号'],
      ],
    });
    expect(file.lines).toMatchObject([
      {
        days: 20.5,
        amountFen: 123_000,
        shares: [
          { bearer: '盟市', fen: 36_900 },
          { bearer: '旗县', fen: 86_100 },
        ],
      },
    ]);
    expect(file.undetermined).toEqual([]);
  });

  it('one person written with 15 and with 18 digits is one person', () => {
    const old = WANG.slice(0, 6) + WANG.slice(8, 17);
    const { file } = settle({
      roster: [ROSTER, worker(WANG, '王示'), worker(old, '王示')],
      duty: [DUTY, gate(WANG, '2020-02-03', '08:00', '16:00'), gate(old, '2020-02-04', '08:00', '16:00')],
    });
    expect(file.totals).toMatchObject({ people: 1, days: 2, amountFen: 14_000 });
    expect(file.refused).toEqual([]);
  });
});

describe('Inner Mongolia without settings', () => {
  const bater = invented(8, '150102');
  const given: Given = {
    pack: 'inner-mongolia-2020',
    roster: [
      ['姓名', '身份证号', '盟市', '旗县', '苏木乡镇', '嘎查村', '人员类别'],
      ['示·巴特尔', bater, '呼和浩特市', '新城区', '海拉尔东路街道', '公主府社区', '专职工作人员'],
    ],
    duty: [
      ['身份证号', '日期', '场所', '开始', '结束'],
      [bater, '2020-02-03', '卡口', '08:00', '10:00'],
    ],
  };

  it('is never 0 and never no: each missing item names who must set it under which clause', () => {
    const { file } = settle(given);
    expect(file.lines).toEqual([]);
    expect(file.refused).toEqual([]);
    expect(file.undetermined.map((u) => `${u.missing} ${u.whoMustAct} ${u.clause} ${u.days}`).sort()).toEqual(
      [
        '工作补助标准 新城区人民政府 NM-1-d 1',
        '是否发放 新城区人民政府 NM-1-c 1',
        '盟市分担比例 呼和浩特市人民政府 NM-1-e 1',
        '补助时段 新城区人民政府 NM-1-d 1',
      ],
    );
  });

  it('a banner that decides not to pay is lawful: refused under NM-1-c', () => {
    const { file } = settle({
      ...given,
      settings: [
        ['区划', '参数', '值', '起', '止', '文号'],
        ['呼和浩特市新城区', '是否发放', '否', '', '', '示新政发〔2020〕2号'],
      ],
    });
    expect(file.refused).toMatchObject([{ clause: 'NM-1-c', days: 1 }]);
    expect(file.undetermined).toEqual([]);
  });

  it('with the split unset the amount is known, the shares are null and stand outside the bearers', () => {
    const { file } = settle({
      ...given,
      settings: [
        ['区划', '参数', '值', '起', '止', '文号'],
        ['呼和浩特市新城区', '工作补助标准', '60', '', '', '示1号'],
        ['呼和浩特市新城区', '补助时段', '', '2020-01-27', '2020-03-31', '示1号'],
      ],
    });
    expect(file.lines).toMatchObject([
      {
        amountFen: 6000,
        shares: [
          { bearer: '盟市', fen: null },
          { bearer: '旗县', fen: null },
        ],
      },
    ]);
    expect(file.totals.byBearer).toEqual({ 盟市: 0, 旗县: 0 });
    expect(file.undetermined).toMatchObject([
      { missing: '盟市分担比例', whoMustAct: '呼和浩特市人民政府', clause: 'NM-1-e' },
    ]);
  });

  it('a kind the notice does not name waits under NM-1-a, it is no bad row', () => {
    const { file } = settle({
      ...given,
      roster: [given.roster[0], [...given.roster[1].slice(0, 6), '驻村干部']],
    });
    expect(file.undetermined).toMatchObject([{ clause: 'NM-1-a', whoMustAct: '呼和浩特市人民政府' }]);
    expect(file.problems.filter((p) => p.severity === 'problem')).toEqual([]);
  });
});

describe('sheets as people really make them', () => {
  it('a bad row is set aside with row, column, reason and suggestion, and changes nothing else', () => {
    const { file, dir } = settle({
      roster: [
        ['和平区花名册'],
        [],
        ROSTER,
        worker(WANG, '王  示'),
        worker(`${LI.slice(0, 17)}${LI[17] === '0' ? '1' : '0'}`, '李示'),
        worker(ZHANG, '张示', '保洁员'),
        ['合计', '3人'],
      ],
      duty: [
        DUTY,
        gate(WANG, '2020.2.3', '8:00', '16：00'),
        gate(WANG, '2020年2月4日', '08:00', '16:00'),
        gate(invented(9), '2020-02-04', '08:00', '16:00'),
        [WANG, '2020-02-05', '路口', '08:00', '16:00', ''],
      ],
    });
    expect(file.totals).toMatchObject({ people: 1, days: 2, amountFen: 14_000 });
    const problems = file.problems.filter((p) => p.severity === 'problem');
    expect(problems.map((p) => [p.file, p.row, p.column])).toEqual([
      ['roster.csv', 5, '身份证号'],
      ['roster.csv', 6, '人员类别'],
      ['duty.csv', 4, '身份证号'],
      ['duty.csv', 5, '场所'],
    ]);
    for (const p of problems) expect(p.message.length * p.suggestion.length).toBeGreaterThan(0);
    expect(readdirSync(dir)).toEqual(
      expect.arrayContaining([
        'settlement.json',
        '补助发放表.xlsx',
        '公示表.xlsx',
        '汇总表.xlsx',
        '发放前检查.xlsx',
        '个人明细.xlsx',
        '问题清单.xlsx',
        'roster-问题标注.csv',
        'duty-问题标注.csv',
      ]),
    );
  });

  it('a village of town and country written wrongly is a note and changes no money (D15)', () => {
    const { file, dir } = settle({
      roster: [
        [...ROSTER, '城乡属性'],
        [...worker(WANG, '王示', '社区工作者', '', ''), '农村'],
      ],
      duty: [DUTY, gate(WANG, '2020-02-03', '08:00', '16:00')],
    });
    expect(file.totals.byBearer).toEqual({ 市: 3500, 区: 3500 });
    expect(file.problems.filter((p) => p.column === '城乡属性')).toMatchObject([
      { file: 'roster.csv', row: 2 },
    ]);
    expect(readFileSync(join(dir, 'roster-问题标注.csv'), 'utf8')).toContain('金额不变');
  });

  it('two terms of one kind in one community within a month are one line, rounded once', () => {
    const { file } = settle({
      roster: [
        ROSTER,
        worker(WANG, '王示', '社区工作者', '', '2020-02-10'),
        worker(WANG, '王示', '社区工作者', '2020-02-20', ''),
      ],
      duty: [DUTY, gate(WANG, '2020-02-10', '08:00', '13:00'), gate(WANG, '2020-02-20', '08:00', '13:00')],
      settings: [
        ['区划', '参数', '值', '起', '止', '文号'],
        ['天津市和平区', '工作补助标准', '70.01', '', '', '和测〔2020〕1号'],
      ],
    });
    expect(file.lines).toMatchObject([{ days: 1, amountFen: 7001, shares: [{ fen: 3500 }, { fen: 3501 }] }]);
  });

  it('days already paid elsewhere are not paid again, with the reason', () => {
    const { file, dir } = settle({
      roster: [ROSTER, worker(WANG, '王示')],
      duty: [DUTY, gate(WANG, '2020-02-03', '08:00', '16:00'), gate(WANG, '2020-02-04', '08:00', '16:00')],
      paid: [
        ['身份证号', '日期', '项目'],
        [WANG, '2020-02-03', '网格员临时补助'],
      ],
    });
    expect(file.totals).toMatchObject({ days: 1, amountFen: 7000 });
    expect(file.refused).toMatchObject([{ from: '2020-02-03', days: 1, clause: 'TJ-2.1-i' }]);
    expect(shouwang('explain', '--in', dir, '--id', WANG).out).toContain(
      '已由“网格员临时补助”发放（已发明细第 2 行）',
    );
  });

  it('two districts that both engage a person on a day leave it undetermined, for the body above both (D22)', () => {
    const { file } = settle({
      roster: [ROSTER, worker(WANG, '王示'), ['王示', WANG, '河西区', '', '', '网格员', '', '']],
      duty: [DUTY, gate(WANG, '2020-02-03', '08:00', '16:00')],
    });
    expect(file.lines).toEqual([]);
    expect(file.undetermined).toHaveLength(1);
    expect(file.undetermined[0]).toMatchObject({ days: 1, whoMustAct: '天津市人民政府', clause: 'TJ-2.1-i' });
  });

  it('a kind reported but not held is refused as the second of the day and never paid', () => {
    const { file } = settle({
      roster: [ROSTER, worker(WANG, '王示', '志愿者')],
      duty: [DUTY, gate(WANG, '2020-02-03', '08:00', '16:00', '网格员')],
    });
    expect(file.lines).toEqual([]);
    expect(file.refused.map((r) => r.clause)).toEqual(['TJ-2.4-e']);
  });
});

describe('one clear sentence and exit code 2', () => {
  const sentence = (...args: string[]): string => {
    const done = shouwang(...args);
    expect(done.code).toBe(2);
    expect(done.out).toBe('');
    return done.err;
  };

  it('for an unknown pack, a missing file, a missing column, a wrong date, both duty and grid, an unknown command', () => {
    const { args } = settle({
      roster: [ROSTER, worker(WANG, '王示')],
      duty: [DUTY, gate(WANG, '2020-02-03', '08:00', '16:00')],
    });
    const out = ['--out', join(folder, 'never')];
    const swap = (option: string, value: string): string[] =>
      args.map((a, i) => (args[i - 1] === option ? value : a));
    expect(sentence('settle', ...swap('--pack', 'atlantis-2020'), ...out)).toContain('atlantis-2020');
    expect(sentence('settle', ...swap('--roster', join(folder, 'nowhere.csv')), ...out)).toContain(
      'nowhere.csv',
    );
    const bare = join(folder, 'bare.csv');
    writeFileSync(
      bare,
      csv([
        ['姓名', '区'],
        ['王示', '和平区'],
      ]),
    );
    expect(sentence('settle', ...swap('--roster', bare), ...out)).toContain('身份证号');
    expect(sentence('settle', ...swap('--from', '2020-02-30'), ...out)).toContain('2020-02-30');
    expect(sentence('settle', ...swap('--to', '2020-01-30'), ...out)).toContain('2020-01-30');
    expect(sentence('settle', ...args, '--grid', bare, ...out)).toContain('--grid');
    expect(sentence('settle', ...args)).toContain('--out');
    expect(sentence('settle', ...args, '--out', bare)).toContain('bare.csv');
    expect(sentence('settle', ...args, '--out', join(bare, 'within'))).toContain('within');
    expect(sentence('settel')).toContain('settel');
    expect(sentence('settle', '--pakc', 'x')).toContain('pakc');
    const binary = join(folder, 'broken.xlsx');
    writeFileSync(binary, Buffer.from([0x50, 0x4b, 3, 4, 9, 9, 9, 9]));
    expect(sentence('settle', ...swap('--roster', binary), ...out)).toContain('broken.xlsx');
    expect(() => statSync(join(folder, 'never'))).toThrow();
  });
});

describe('the folder of results', () => {
  const given: Given = {
    roster: [ROSTER, worker(WANG, '王示'), worker(LI, '=李示', '网格员')],
    duty: [
      DUTY,
      gate(WANG, '2020-02-03', '08:00', '16:00'),
      gate(WANG, '2020-02-05', '08:00', '11:00'),
      gate(LI, '2020-02-03', '08:00', '16:00'),
    ],
  };

  it('is the same bytes for the same sheets, and readable by its owner only', () => {
    const [a, b] = [settle(given), settle(given)];
    for (const name of readdirSync(a.dir)) {
      expect(readFileSync(join(a.dir, name)).equals(readFileSync(join(b.dir, name))), name).toBe(true);
      expect(statSync(join(a.dir, name)).mode & 0o777, name).toBe(0o600);
    }
  });

  it('explains a paid line down to clause, document number and duty record, in both languages', () => {
    const { dir } = settle(given);
    const zh = shouwang('explain', '--in', dir, '--id', WANG.toLowerCase());
    expect(zh.code).toBe(0);
    for (const part of [
      '应发 70.00元',
      'TJ-2.1-f',
      'TJ-2.1-d',
      '津新冠防指〔2020〕137号',
      '2020年2月3日 卡口 08:00至16:00',
      '第 2 行',
      '市财政负担 35.00元',
      '值守了但不够计天',
    ])
      expect(zh.out).toContain(part);
    const en = shouwang('explain', '--in', dir, '--id', WANG, '--lang', 'en');
    for (const part of ['70.00 yuan', 'TJ-2.1-f', 'Level I', 'duty sheet row 2', 'borne by the city'])
      expect(en.out).toContain(part);
    expect(en.out).not.toMatch(/undefined|\[object/);
    const nobody = shouwang('explain', '--in', dir, '--id', ZHANG);
    expect(nobody.code).toBe(2);
  });

  it('gives the same settlement on standard output with --json', () => {
    const { args, dir } = settle(given);
    const done = shouwang('settle', ...args, '--out', join(folder, 'json'), '--json');
    expect(done.out).toBe(readFileSync(join(dir, 'settlement.json'), 'utf8'));
  });

  it('stays as it was when the work is cancelled: no half-written file, no draft left', async () => {
    const days = each('2020-02-01', '2020-02-29');
    const people = Array.from({ length: 400 }, (_, i) => invented(i + 1));
    const dir = join(folder, 'cancelled');
    mkdirSync(dir);
    writeFileSync(join(dir, 'roster.csv'), csv([ROSTER, ...people.map((id, i) => worker(id, `示${i}`))]));
    writeFileSync(
      join(dir, 'duty.csv'),
      csv([
        DUTY,
        ...people.flatMap((id) =>
          days.flatMap((d) => Array.from({ length: 8 }, () => gate(id, d, '08:00', '16:00'))),
        ),
      ]),
    );
    const child = spawn(process.execPath, [
      MAIN,
      'settle',
      '--pack',
      'tianjin-2020',
      '--roster',
      join(dir, 'roster.csv'),
      '--duty',
      join(dir, 'duty.csv'),
      '--from',
      '2020-02-01',
      '--to',
      '2020-02-29',
      '--out',
      join(dir, 'out'),
    ]);
    // The draft folder is the sign that writing has begun: until then there would be nothing to leave behind.
    while (!readdirSync(dir).some((name) => name.includes('.partial-')))
      await new Promise((again) => setTimeout(again, 5));
    child.kill('SIGINT');
    const code = await new Promise((done) => child.once('exit', done));
    expect(code).toBe(130);
    expect(readdirSync(dir).sort()).toEqual(['duty.csv', 'roster.csv']);
  });
});

describe('what would change', () => {
  it('raising one district to 80 shows who pays the difference: the district alone', () => {
    const { args } = settle({
      roster: [ROSTER, worker(WANG, '王示')],
      duty: [DUTY, ...each('2020-02-01', '2020-02-10').map((d) => gate(WANG, d, '08:00', '16:00'))],
    });
    const done = shouwang('whatif', ...args, '--change', 'day-rate@天津市和平区=80', '--json');
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out)).toMatchObject({
      before: { amountFen: 70_000, byBearer: { 市: 35_000, 区: 35_000 } },
      after: { amountFen: 80_000, byBearer: { 市: 35_000, 区: 45_000 } },
      gain: 1,
      lose: 0,
    });
    const words = shouwang(
      'whatif',
      ...args,
      '--change',
      '突发公共卫生事件响应级别=二级,2020-02-06,2020-02-29',
    );
    expect(words.out).toContain('700.00 → 350.00');
    const idle = shouwang('whatif', ...args, '--change', 'D17=whole-period');
    expect([idle.code, idle.out]).toEqual([2, '']);
    expect(idle.err).toContain('no rule reads D17 yet');
  });

  it('a reading of hours or a threshold counts the days anew before the money', () => {
    const { args } = settle({
      from: '2020-04-01',
      to: '2020-04-30',
      roster: [ROSTER, worker(WANG, '王示'), worker(LI, '李示', '网格员')],
      duty: [DUTY, gate(WANG, '2020-04-03', '08:00', '14:00'), gate(LI, '2020-04-29', '22:00', '06:00')],
    });
    const under = (change: string): string => shouwang('whatif', ...args, '--change', change).out;
    expect(under('D2=归班次开始之日')).toContain('35.00 → 105.00（+70.00）');
    expect(under('D3=含')).toContain('35.00 → 70.00（+35.00）');
    expect(under('gate-full-day=5小时')).toContain('35.00 → 70.00（+35.00）');
  });
});

describe('a new jurisdiction is a folder', () => {
  it('a copy of a pack under a new name, edited only in YAML, settles by its own rate', () => {
    const dir = join(folder, 'invented-2031');
    execFileSync('cp', ['-r', fileURLToPath(new URL('../../packs/tianjin-2020', import.meta.url)), dir]);
    const file = join(dir, 'parameters.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('value: 70 yuan/day', 'value: 85.50 yuan/day'));
    const { file: settled, dir: out } = settle({
      pack: dir,
      roster: [ROSTER, worker(WANG, '王示')],
      duty: [DUTY, gate(WANG, '2020-02-03', '08:00', '13:00')],
    });
    expect(settled.pack.id).toBe('invented-2031');
    expect(settled.lines).toMatchObject([
      {
        days: 0.5,
        amountFen: 4275,
        shares: [
          { bearer: '市', fen: 2137 },
          { bearer: '区', fen: 2138 },
        ],
      },
    ]);
    expect(shouwang('explain', '--in', out, '--id', WANG).out).toContain('85.50元/天');
  });
});
