/** One small invented notice with everything a notice can say, for tests: each test changes the lines it is about. */
import { day, daysInMonth, EVER, firstDay, monthOf, NEVER } from '../values/date.ts';
import type { Problem } from '../values/problem.ts';
import { loadPack } from './load.ts';
import type { Months } from './months.ts';
import type { Sheet } from './naive-reading.ts';
import type { Pack, PackFile } from './pack.ts';
import { Policy } from './policy.ts';
import { divisionsOf, monthsOf } from './random-packs.ts';
import { type Change, digitsOf, type Setting } from './terms.ts';

/** An invented province with a city, a league (盟), and what lies in them. */
export const PLACES = divisionsOf(
  (
    [
      ['990000000000', '云海省', null],
      ['990100000000', '松山市', '990000000000'],
      ['990101000000', '东河区', '990100000000'],
      ['990101001000', '桥头街道', '990101000000'],
      ['990101001001', '柳巷社区', '990101001000'],
      ['990101001002', '井台社区', '990101001000'],
      ['990102000000', '西河县', '990100000000'],
      ['990102001001', '石桥村', '990102000000'],
      ['990200000000', '白草盟', '990000000000'],
      ['990201000000', '青石旗', '990200000000'],
      ['990201001001', '苇塘嘎查', '990201000000'],
      ['880000000000', '邻省', null],
    ] as const
  ).map(([code, name, parent]) => ({ code, name, parent })),
);

export const WILLOW = '990101001001';
export const WELL = '990101001002';
export const BRIDGE = '990102001001';
export const REEDS = '990201001001';

const FILES: Record<string, string> = {
  'pack.yaml': `
version: 3
title: { zh: 云海省值守补助通知, en: Yunhai notice on duty allowances }
division: '990000000000'
levels:
  - { id: province, label: { zh: 省, en: province }, digits: 2, headers: [省] }
  - { id: prefecture, label: { zh: 市, en: prefecture }, digits: 4, headers: [市] }
  - { id: county, label: { zh: 区县, en: county }, digits: 6, headers: [区县] }
  - { id: town, label: { zh: 街镇, en: town }, digits: 9, headers: [街镇] }
  - { id: community, label: { zh: 社区, en: community }, digits: 12, headers: [社区] }
pays: county
measures: { subsidy: true, rest: true, wellbeing: true }
`,
  'sources.yaml': `
sources:
  - { id: notice, title: { zh: 关于值守补助的通知, en: Notice on duty allowances }, number: 云发〔2020〕1号, issuer: { zh: 省政府, en: the province }, date: 2020-02-10, held: held }
  - { id: old-rules, title: { zh: 值守老规定, en: Old rules of duty }, number: null, issuer: { zh: 省政府, en: the province }, date: null, held: cited }
`,
  'bodies.yaml': `
bodies:
  - { id: province-government, name: { zh: 省人民政府, en: provincial government }, level: province, line: government, suffix: { zh: 人民政府, en: people's government } }
  - id: prefecture-government
    name: { zh: 市人民政府、盟行政公署, en: prefecture government }
    level: prefecture
    line: government
    suffix: { zh: 人民政府, en: people's government }
    suffix-by-name-end: { 盟: { zh: 行政公署, en: administrative office } }
  - { id: county-government, name: { zh: 区县人民政府, en: county government }, level: county, line: government, suffix: { zh: 人民政府, en: people's government } }
  - { id: employer, name: { zh: 用人单位, en: the employer }, level: null, line: employer }
`,
  'clauses.yaml': `
clauses:
  - { id: Y-1, source: notice, path: { zh: 一, en: one }, measure: subsidy, force: must, gives: money, zh: 值守一天补助一天, en: each day of duty is paid, bodies: [county-government] }
  - { id: Y-1-rate, source: notice, path: { zh: 一（一）, en: one (1) }, measure: subsidy, force: must, gives: money, zh: 每天七十元, en: seventy yuan a day, bodies: [county-government] }
  - { id: Y-1-share, source: notice, path: { zh: 一（二）, en: one (2) }, measure: subsidy, force: must, gives: money, zh: 市与区县分担, en: prefecture and county share, bodies: [prefecture-government] }
  - { id: Y-1-once, source: notice, path: { zh: 一（三）, en: one (3) }, measure: subsidy, force: must-not, gives: frame, zh: 不得重复, en: not twice, bodies: [county-government] }
  - { id: Y-2, source: notice, path: { zh: 二, en: two }, measure: subsidy, force: may, gives: money, zh: 每月交通补贴, en: a monthly travel sum, bodies: [county-government] }
  - { id: Y-3, source: notice, path: { zh: 三, en: three }, measure: rest, force: must, gives: duty, zh: 每周休息一天, en: a day of rest a week, bodies: [county-government] }
  - { id: Y-4, source: old-rules, path: { zh: 四, en: four }, measure: subsidy, force: must, gives: frame, zh: 响应级别, en: the response level, bodies: [province-government] }
  - { id: Y-5, source: notice, path: { zh: 五, en: five }, measure: wellbeing, force: must, gives: money, zh: 体检一次, en: one health check, bodies: [county-government] }
`,
  'parameters.yaml': `
parameters:
  - id: day-rate
    label: { zh: 补助标准, en: Daily allowance }
    aliases: [标准]
    type: rate
    force: guiding
    clause: Y-1-rate
    measure: subsidy
    set-by: [county-government]
    values:
      - { from: 2020-01-24, until: 2020-03-01, value: 70 yuan/day, source: notice }
      - { from: 2020-03-01, until: 2020-05-01, value: 80 yuan/day, source: notice, known: 2020-02-25 }
  - id: prefecture-share
    label: { zh: 市级分担比例, en: Share of the prefecture }
    type: number
    unit: percent
    force: delegated
    clause: Y-1-share
    measure: subsidy
    set-by: [prefecture-government]
  - id: also-paid
    label: { zh: 其他人员是否发放, en: Whether others are paid }
    type: flag
    force: delegated
    clause: Y-1
    measure: subsidy
    set-by: [county-government]
    implied-by: { parameter: other-rate, value: true }
  - { id: other-rate, label: { zh: 其他人员标准, en: Rate for others }, type: rate, force: delegated, clause: Y-1-rate, measure: subsidy, set-by: [county-government] }
  - { id: pay-period, label: { zh: 补助时段, en: Period of payment }, type: periods, force: delegated, clause: Y-1, measure: subsidy, set-by: [county-government], read-by: [subsidy] }
  - id: check-standard
    label: { zh: 体检标准, en: Health check standard }
    type: money
    force: floor
    clause: Y-5
    measure: wellbeing
    set-by: [county-government]
    values:
      - { from: 2020-01-01, until: 2020-03-01, value: 500 yuan, source: notice }
      - { from: 2020-03-01, until: null, value: 600 yuan, source: notice }
  - id: travel-sum
    label: { zh: 交通补贴, en: Travel sum }
    type: money
    force: ceiling
    clause: Y-2
    measure: subsidy
    set-by: [county-government]
    values: [{ from: null, until: null, value: 200 yuan, source: old-rules }]
  - { id: extra-kinds, label: { zh: 列入的其他人员, en: Other kinds included }, type: set, force: delegated, clause: Y-1, measure: subsidy, set-by: [prefecture-government], needs-document: true }
  - id: colour
    label: { zh: 分区, en: Zone }
    type: choice
    options: [{ id: red, label: { zh: 红区, en: red zone } }, { id: green, label: { zh: 绿区, en: green zone } }]
    force: guiding
    clause: Y-4
    measure: subsidy
    set-by: [county-government]
    read-by: [subsidy]
    values: [{ from: null, until: null, value: green, source: old-rules }]
  - { id: rest-each-week, label: { zh: 每周休息天数, en: Rest days a week }, type: days, force: fixed, clause: Y-3, measure: rest, values: [{ from: null, until: null, value: 1 day, source: notice }] }
  - { id: run-allowed, label: { zh: 连续值守上限, en: Longest run of duty }, type: days, force: fixed, clause: Y-3, measure: rest, values: [{ from: null, until: null, value: 14 days, source: notice }] }
`,
  'timelines.yaml': `
timelines:
  - id: response
    label: { zh: 响应级别, en: Response level }
    declared-by: province-government
    clause: Y-4
    states: [{ id: I, label: { zh: 一级, en: Level I } }, { id: II, label: { zh: 二级, en: Level II } }]
    entries:
      - { division: '990000000000', from: 2020-01-24, until: 2020-04-30, state: I, source: old-rules }
      - { division: '990000000000', from: 2020-04-30, until: null, state: II, source: old-rules }
      - { division: '990102000000', from: 2020-02-01, until: 2020-02-11, state: II, source: notice, known: 2020-02-20 }
`,
  'kinds.yaml': `
kinds:
  - { id: worker, label: { zh: 社区工作者, en: community worker }, clause: Y-1 }
  - { id: warden, label: { zh: 网格员, en: grid warden }, clause: Y-1 }
  - { id: other, label: { zh: 其他人员, en: others }, clause: Y-1 }
  - { id: helper, label: { zh: 志愿者, en: volunteer }, clause: Y-1 }
open: { clause: Y-1, decided-by: prefecture-government, included: extra-kinds, as: warden }
two-districts: { reading: R-two, clause: Y-1-once }
`,
  'posts.yaml': `
posts:
  - { id: gate, label: { zh: 卡口, en: gate } }
  - { id: centre, label: { zh: 服务中心, en: centre } }
credit:
  clause: Y-1
  over-midnight: R-night
  full: minutes-at(gate) > 6 hours or minutes-at(centre) >= 8 hours
  half: minutes-in-all > 4 hours
`,
  'readings.yaml': `
readings:
  - { id: R-two, question: { zh: 两地任职, en: Two districts }, options: [{ id: undetermined, label: { zh: 待定, en: undetermined } }], in-use: undetermined, clause: Y-1-once, decided-by: prefecture-government }
  - { id: R-once, question: { zh: 重复的范围, en: What twice means }, options: [{ id: per-day, label: { zh: 按日, en: by day } }], in-use: per-day, clause: Y-1-once, decided-by: province-government }
  - id: R-night
    question: { zh: 跨零点, en: Over midnight }
    options: [{ id: natural-day, label: { zh: 按自然日, en: by civil day } }, { id: shift-start, label: { zh: 归起始日, en: by its start } }]
    in-use: natural-day
    clause: Y-1
    decided-by: county-government
  - id: R-week
    question: { zh: 一周起于, en: A week starts on }
    options: [{ id: monday, label: { zh: 周一, en: Monday } }, { id: sunday, label: { zh: 周日, en: Sunday } }]
    in-use: monday
    clause: Y-3
    decided-by: county-government
  - id: R-base
    question: { zh: 分担基数, en: The base of the share }
    options: [{ id: capped, label: { zh: 以通知标准为限, en: no more than the notice says } }, { id: actual, label: { zh: 按实际标准, en: what is actually paid } }]
    in-use: capped
    clause: Y-1-share
    decided-by: prefecture-government
`,
  'benefits.yaml': `
benefits:
  - id: allowance
    label: { zh: 值守补助, en: Duty allowance }
    measure: subsidy
    per: day
    clause: Y-1
    when:
      - { if: response = I, else: { clause: Y-4, says: { zh: 不在一级响应期间, en: outside Level I } } }
    once: { clause: Y-1-once, reading: R-once, says: { zh: 当日已按另一类计发, en: paid under another kind that day } }
    for:
      - kinds: [worker]
        clause: Y-1-rate
        rate: day-rate
        shares:
          - { bearer: prefecture, part: prefecture-share, up-to: 'if R-base = capped then least(day-rate, as-issued(day-rate)) else day-rate', clause: Y-1-share, paid-as: { zh: 市补区县, en: transferred } }
          - { bearer: county, part: rest, clause: Y-1-share }
      - kinds: [warden]
        clause: Y-1-rate
        rate: day-rate
        shares: [{ bearer: county, part: rest, clause: Y-1-share }]
      - kinds: [other]
        clause: Y-1
        when: [{ if: also-paid, else: { clause: Y-1, says: { zh: 本区县不发, en: not paid here } } }]
        rate: other-rate
        shares: [{ bearer: county, part: rest, clause: Y-1-share }]
      - kinds: [helper]
        clause: Y-1
        refused: { clause: Y-1, says: { zh: 志愿者不在其列, en: volunteers are not meant } }
  - id: travel
    label: { zh: 交通补贴, en: Travel sum }
    measure: subsidy
    per: month
    clause: Y-2
    for:
      - kinds: [worker, warden]
        clause: Y-2
        amount: if days >= 10 days then travel-sum else round-down(travel-sum × 1/3, 1 yuan)
        shares: [{ bearer: county, part: rest, clause: Y-2 }]
  - id: check-up
    label: { zh: 体检, en: Health check }
    measure: wellbeing
    per: event
    event: over
    clause: Y-5
    once: { clause: Y-5, says: { zh: 每人一次, en: once each } }
    for:
      - kinds: [worker, warden]
        clause: Y-5
        amount: check-standard
        shares: [{ bearer: county, part: rest, clause: Y-5 }]
`,
  'duties.yaml': `
duties:
  - { id: weekly-rest, label: { zh: 周休, en: Weekly rest }, clause: Y-3, measure: rest, each: week, week-starts: R-week, effect: warn, finding-when: rest-days < rest-each-week, says: { zh: 本周没有休息, en: no rest this week } }
  - { id: long-run, label: { zh: 连续值守, en: Long run }, clause: Y-3, measure: rest, each: run, effect: lock, finding-when: run-days >= run-allowed, says: { zh: 连续两周未休, en: two weeks without rest } }
`,
};

/** The files, each changed by what a test says of it: pieces of text to replace, or a whole new text. */
export function inventedFiles(
  changes: Record<string, string | readonly (readonly [string, string])[]> = {},
): PackFile[] {
  for (const path of Object.keys(changes))
    if (!(path in FILES) && typeof changes[path] !== 'string')
      throw new Error(`there is no ${path} to change`);
  return [...new Set([...Object.keys(FILES), ...Object.keys(changes)])].map((path) => {
    const change = changes[path];
    if (change === undefined) return { path, text: FILES[path] };
    if (typeof change === 'string') return { path, text: change };
    return {
      path,
      text: change.reduce((text, [from, to]) => {
        if (!text.includes(from)) throw new Error(`${path} does not say ${from}`);
        return text.replace(from, to);
      }, FILES[path]),
    };
  });
}

/** The pack, which must load. */
export function inventedPack(changes: Parameters<typeof inventedFiles>[0] = {}): Pack {
  const loaded = loadPack('invented', inventedFiles(changes));
  if ('problems' in loaded)
    throw new Error(loaded.problems.map((p) => `${p.file}:${p.row} ${p.message.en}`).join('\n'));
  return loaded.pack;
}

/** The problems of a pack that must not load. */
export function inventedProblems(changes: Parameters<typeof inventedFiles>[0]): readonly Problem[] {
  const loaded = loadPack('invented', inventedFiles(changes));
  return 'problems' in loaded ? loaded.problems : [];
}

export function inventedPolicy(
  settings: readonly Setting[] = [],
  options: { changes?: readonly Change[]; knownOn?: string; pack?: Pack } = {},
): Policy {
  return new Policy(
    options.pack ?? inventedPack(),
    PLACES,
    settings,
    options.changes ?? [],
    options.knownOn ? day(options.knownOn) : NEVER,
  );
}

/** A local value, for ever unless days are given (the last included), under a document. */
export function set(
  division: string,
  name: string,
  value: Setting['value'],
  from: string | null = null,
  to: string | null = null,
  known: string | null = null,
): Setting {
  return {
    name,
    division: division.padEnd(12, '0'),
    value,
    document: `${PLACES.of(division.padEnd(12, '0'))?.name}〔2020〕${digitsOf(division.padEnd(12, '0'))}号`,
    period: { from: from ? day(from) : EVER, until: to ? day(to) + 1 : NEVER },
    known: known ? day(known) : EVER,
  };
}

type Engagement = {
  person?: number;
  place?: string;
  kind?: string;
  on?: string;
  half?: string;
  inForce?: string;
  post?: string;
  paidElsewhere?: string;
};

/** The days "2020-02-03..2020-02-07 2020-02-10", the last of a stretch included. */
function stretch(text = ''): number[] {
  return text
    .split(' ')
    .filter((x) => x !== '')
    .flatMap((part) => {
      const [from, to] = part.split('..').map((iso) => day(iso));
      return Array.from({ length: (to ?? from) - from + 1 }, (_, i) => from + i);
    });
}

/** Months of people as tests tell them: days served whole and half, in force always unless said. */
export function monthsFor(...engagements: Engagement[]): Months {
  const sheets: Sheet[] = [];
  const served = engagements.map((e) => ({
    e,
    full: stretch(e.on),
    half: stretch(e.half),
    paid: stretch(e.paidElsewhere),
  }));
  const all = served.flatMap((s) => [...s.full, ...s.half]).map(monthOf);
  for (const person of [...new Set(engagements.map((e) => e.person ?? 0))]) {
    for (let month = Math.min(...all); month <= Math.max(...all); month++) {
      const first = firstDay(month);
      const within = (d: number) => d >= first && d < first + daysInMonth(month);
      for (const s of served.filter((x) => (x.e.person ?? 0) === person)) {
        sheets.push({
          person,
          month,
          place: s.e.place ?? WILLOW,
          kind: s.e.kind ?? 'worker',
          area: null,
          days: [
            ...s.full.map((d) => ({ day: d, half: 2 as const, post: s.e.post ?? null })),
            ...s.half.map((d) => ({ day: d, half: 1 as const, post: s.e.post ?? null })),
          ]
            .filter((d) => within(d.day))
            .sort((a, b) => a.day - b.day),
          inForce:
            s.e.inForce === undefined
              ? Array.from({ length: daysInMonth(month) }, (_, i) => first + i)
              : stretch(s.e.inForce).filter(within),
          paidElsewhere: s.paid.filter(within),
        });
      }
    }
  }
  return monthsOf(sheets, ['gate', 'centre']);
}
