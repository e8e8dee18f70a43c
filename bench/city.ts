import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type DivisionTree, loadDivisions } from '../platform/places/divisions.ts';
import { writeWorkbook } from '../platform/sheets/write.ts';
import { chineseDay, type Day, day, isoDay, isoMonth, monthOf, partsOf } from '../values/date.ts';
import { Seeded } from './seeded.ts';

/** The first and last day of the sheets, both included: all of Level I. */
export const CITY_DAYS = { from: '2020-01-24', to: '2020-04-29' } as const;
const FIRST = day(CITY_DAYS.from);
const DAYS = day(CITY_DAYS.to) - FIRST + 1;

const TIANJIN = '120000000000';
const PEOPLE_A_COMMUNITY = 9;

export type CityAsked = {
  readonly seed: number;
  readonly people: number;
  /** The part of the days on which a person has duty. */
  readonly served: number;
  readonly format: 'csv' | 'xlsx';
  readonly folder: string;
};

/** The sheets written, and what they come to by a plain computation of their own, apart from the product's. */
export type City = {
  readonly roster: string;
  readonly duty: string;
  readonly settings: string;
  readonly rosterRows: number;
  readonly dutyRows: number;
  /** Rows written wrong on purpose: each must come back as a problem. */
  readonly wrongRows: number;
  /** What each person is owed for each month, by "identity number|2020-02". */
  readonly owed: ReadonlyMap<string, Owed>;
  /** Half-days that wait, of workers whom their district would have to add. */
  readonly waiting: number;
};

/** Half-days, and whole fen: in all, and of it the city's. */
export type Owed = { half: number; fen: number; city: number };

type Sort = 'shared' | 'grid' | 'added' | 'refused';
type Worker = {
  readonly id: string;
  readonly name: string;
  readonly kinds: readonly string[];
  readonly sort: Sort;
};
type Community = {
  readonly district: string;
  readonly street: string;
  readonly name: string;
  readonly districtCode: string;
  readonly workers: readonly Worker[];
  readonly dateStyle: number;
};
type Row = readonly string[];

const ROSTER_HEADINGS = [
  '姓名',
  '身份证号',
  '区',
  '街镇',
  '社区',
  '人员类别',
  '任职起',
  '任职止',
  '城乡',
  '银行卡号',
  '开户行',
];
const DUTY_HEADINGS = ['姓名', '身份证号', '社区', '日期', '场所', '开始', '结束', '填报类别'];

/** Own rates of two districts: 和平区 from within February, so that its rate changes in a month, 河东区 all along. */
const HEPING = { code: '120101000000', from: day('2020-02-10'), fen: 8000 };
const HEDONG = { code: '120102000000', from: FIRST, fen: 9000 };
const AS_ISSUED = 7000;
const SETTINGS =
  '区划,参数,值,起,止,文号\n天津市和平区,工作补助标准,80,2020-02-10,,测和政〔2020〕1号\n天津市河东区,工作补助标准,90,2020-01-24,,测东政〔2020〕2号\n';

/**
 * Writes the sheets of an invented city over the real communities of Tianjin: a roster (60 in a hundred of the six kinds,
 * 25 grid workers, 15 both on two rows, a few refused or waiting for their district), and a duty record for each shift:
 * days and nights over midnight, halves, shifts too short to count, days of two records, one row in 5,000 wrong. Rows
 * stand by community and day, as sheets of communities put under one another do. People, numbers and cards are invented:
 * no identity number begins with 99, and no bank issues cards that do.
 */
export async function makeCity(asked: CityAsked): Promise<City> {
  const random = new Seeded(asked.seed);
  const communities = settle(loadDivisions(), asked.people, random);
  const file = (name: string): string => join(asked.folder, `${name}.${asked.format}`);
  const tally = new Tally();
  const roster = file('花名册');
  const duty = file('值守记录');
  const settings = join(asked.folder, '本级规定.csv');
  writeCsv(settings, [], [SETTINGS]);
  const write = asked.format === 'csv' ? writeRows : writeSheet;
  const rosterRows = await write(roster, ROSTER_HEADINGS, rosterOf(communities, random));
  const dutyRows = await write(duty, DUTY_HEADINGS, dutyOf(communities, asked.served, random, tally));
  return {
    roster,
    duty,
    settings,
    rosterRows,
    dutyRows,
    wrongRows: tally.wrong,
    owed: tally.owed,
    waiting: tally.waiting,
  };
}

function settle(divisions: DivisionTree, people: number, random: Seeded): Community[] {
  const all = divisions.within(TIANJIN, 12);
  const count = Math.min(all.length, Math.max(1, Math.round(people / PEOPLE_A_COMMUNITY)));
  const communities: Community[] = [];
  for (let i = 0; i < count; i++) {
    const [community, street, district] = divisions.pathOf(all[Math.floor((i * all.length) / count)]!.code);
    if (!community || !street || !district) throw new Error('a community lies in a street and a district');
    const workers: Worker[] = [];
    const until = Math.floor(((i + 1) * people) / count);
    for (let p = Math.floor((i * people) / count); p < until; p++)
      workers.push(workerOf(p, community.name, random));
    communities.push({
      district: district.name,
      street: street.name,
      name: community.name,
      districtCode: district.code,
      workers,
      dateStyle: random.below(10),
    });
  }
  return communities;
}

const VILLAGE_KINDS = ['村“两委”成员', '农村专职党务工作者', '残疾人专职委员'];
const TOWN_KINDS = ['社区工作者', '劳动保障协管员', '劳动关系协调员', '残疾人专职委员'];

function workerOf(index: number, community: string, random: Seeded): Worker {
  const sort = random.next();
  const own = random.one(isVillage(community) ? VILLAGE_KINDS : TOWN_KINDS);
  const who = {
    id: identityOf(index),
    name: `测${SIGNS[index % 10]}${SIGNS[10 + (Math.floor(index / 10) % 10)]}`,
  };
  if (sort < 0.02) return { ...who, kinds: [random.one(['下派干部', '志愿者'])], sort: 'refused' };
  if (sort < 0.03) return { ...who, kinds: ['其他区自定人员'], sort: 'added' };
  if (sort < 0.6) return { ...who, kinds: [own], sort: 'shared' };
  if (sort < 0.85) return { ...who, kinds: ['网格员'], sort: 'grid' };
  return { ...who, kinds: [own, '网格员'], sort: 'shared' };
}

const SIGNS = '甲乙丙丁戊己庚辛壬癸一二三四五六七八九十';
const isVillage = (community: string): boolean => community.includes('村委会');

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A number with a right check digit in an area no code stands for, so that it can be nobody's. */
function identityOf(index: number): string {
  const born = isoDay(day('1960-01-01') + (index % 12_000)).replaceAll('-', '');
  const body = `990001${born}${String(100 + Math.floor(index / 12_000)).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((all, weight, i) => all + weight * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
}

/** Sixteen digits with a right Luhn digit, beginning with 99. */
function cardOf(random: Seeded): string {
  const body = `99${String(random.below(1e13)).padStart(13, '0')}`;
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const digit = Number(body[i]) * (i % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return body + String((10 - (sum % 10)) % 10);
}

function* rosterOf(communities: readonly Community[], random: Seeded): Generator<Row> {
  for (const { district, street, name, workers } of communities) {
    for (const worker of workers) {
      const card = cardOf(random);
      for (const kind of worker.kinds) {
        yield [
          worker.name,
          worker.id,
          district,
          street,
          name,
          kind,
          '',
          '',
          isVillage(name) ? '农村' : '城市',
          card,
          '测试银行',
        ];
      }
    }
  }
}

const GATE = ['卡口', '卡口', '小区卡口'];
const CENTRE = ['党群服务中心', '党群服务中心', '服务中心'];

/** One stretch at one post on one day, in minutes from its midnight; past 1440 it ends on the next day. */
type Shift = { readonly centre: boolean; readonly from: number; readonly to: number };

function shiftsOf(random: Seeded): Shift[] {
  const sort = random.next();
  const quarter = (hours: number): number => Math.round(hours * 4) * 15;
  const at = quarter(7.5 + random.next() * 1.5);
  const one = (centre: boolean, hours: number): Shift[] => [{ centre, from: at, to: at + quarter(hours) }];
  if (sort < 0.42) return one(false, 6.25 + random.next() * 2.75);
  if (sort < 0.68) return one(true, 8 + random.next() * 1.5);
  if (sort < 0.74)
    return [
      { centre: false, from: quarter(19 + random.next() * 3), to: 1440 + quarter(3 + random.next() * 4) },
    ];
  if (sort < 0.84) return one(random.chance(0.5), 4.25 + random.next() * 1.5);
  // On the thresholds themselves: neither six hours at a gate nor four anywhere are more than that.
  if (sort < 0.86) return one(false, random.chance(0.5) ? 6 : 4);
  if (sort < 0.89) return one(random.chance(0.5), 1 + random.next() * 2.5);
  const first = one(random.chance(0.5), 3 + random.next() * 1.5)[0]!;
  const from = first.to + quarter(0.5 + random.next());
  return [first, { centre: random.chance(0.5), from, to: from + quarter(2.5 + random.next() * 2.5) }];
}

function* dutyOf(
  communities: readonly Community[],
  served: number,
  random: Seeded,
  tally: Tally,
): Generator<Row> {
  for (const community of communities) {
    const { workers, name } = community;
    // Minutes by worker, day and post; a night that begins on the last day ends on one more.
    const minutes = new Int32Array(workers.length * (DAYS + 1) * 2);
    for (let d = 0; d < DAYS; d++) {
      const date = dateText(FIRST + d, community.dateStyle);
      for (let w = 0; w < workers.length; w++) {
        if (!random.chance(served)) continue;
        const { name: who, id, kinds } = workers[w]!;
        for (const { centre, from, to } of shiftsOf(random)) {
          const place = random.one(centre ? CENTRE : GATE);
          const kind = random.chance(0.1) ? random.one(kinds) : '';
          if (random.chance(1 / 5000)) {
            tally.wrong++;
            yield [who, id, name, date, '值班室外', clock(from), clock(to), kind];
            continue;
          }
          const at = (w * (DAYS + 1) + d) * 2 + (centre ? 1 : 0);
          minutes[at]! += Math.min(to, 1440) - from;
          if (to > 1440) minutes[at + 2]! += to - 1440;
          yield [who, id, name, date, place, clock(from), clock(to), kind];
        }
      }
    }
    tally.add(community, minutes);
  }
}

function dateText(d: Day, style: number): string {
  if (style < 8) return isoDay(d);
  const { year, month, dayOfMonth } = partsOf(d);
  return style === 8 ? `${year}/${month}/${dayOfMonth}` : chineseDay(d);
}

const clock = (minutes: number): string =>
  `${String(Math.floor((minutes % 1440) / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** What the rows come to, worked out from the minutes with plain arithmetic: nothing of the product has a hand in it. */
class Tally {
  readonly owed = new Map<string, Owed>();
  wrong = 0;
  waiting = 0;

  add(community: Community, minutes: Int32Array): void {
    community.workers.forEach(({ id, sort }, w) => {
      const months = new Map<string, { half: number; sum: number; shared: number }>();
      for (let d = 0; d < DAYS; d++) {
        const at = (w * (DAYS + 1) + d) * 2;
        const half = halfDays(minutes[at]!, minutes[at + 1]!);
        if (half === 0 || sort === 'refused') continue;
        if (sort === 'added') {
          this.waiting += half;
          continue;
        }
        const month = isoMonth(monthOf(FIRST + d));
        const so = months.get(month) ?? { half: 0, sum: 0, shared: 0 };
        const rate = rateOf(community.districtCode, FIRST + d);
        so.half += half;
        so.sum += half * rate;
        so.shared += half * Math.min(rate, AS_ISSUED);
        months.set(month, so);
      }
      for (const [month, { half, sum, shared }] of months) {
        this.owed.set(`${id}|${month}`, {
          half,
          fen: Math.floor(sum / 2),
          city: sort === 'shared' ? Math.floor(shared / 4) : 0,
        });
      }
    });
  }
}

/** 津民函〔2020〕9 号 as read today: over 6 hours at a gate or 8 at a centre or together is a day, over 4 half of one. */
function halfDays(gate: number, centre: number): number {
  if (gate > 360 || centre >= 480 || gate + centre >= 480) return 2;
  return gate + centre > 240 ? 1 : 0;
}

function rateOf(district: string, d: Day): number {
  for (const own of [HEPING, HEDONG]) if (own.code === district && d >= own.from) return own.fen;
  return AS_ISSUED;
}

/** Large enough that a city is written in a few hundred calls. */
const PIECE = 1 << 20;

async function writeRows(path: string, headings: Row, rows: Iterable<Row>): Promise<number> {
  let count = 0;
  const pieces = function* (): Generator<string> {
    let piece = '';
    for (const row of rows) {
      count++;
      piece += `${row.join(',')}\n`;
      if (piece.length < PIECE) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  };
  writeCsv(path, headings, pieces());
  return count;
}

function writeCsv(path: string, headings: Row, pieces: Iterable<string>): void {
  const file = openSync(path, 'w', 0o600);
  try {
    if (headings.length > 0) writeSync(file, `${headings.join(',')}\n`);
    for (const piece of pieces) writeSync(file, piece);
  } finally {
    closeSync(file);
  }
}

async function writeSheet(path: string, headings: Row, rows: Iterable<Row>): Promise<number> {
  let count = 0;
  const counted = function* (): Generator<Row> {
    for (const row of rows) {
      count++;
      yield row;
    }
  };
  await writeWorkbook(path, [
    {
      name: '表一',
      columns: headings.map(() => ({ kind: 'text', width: 16 })),
      headings: [headings.map((text) => ({ text }))],
      rows: counted(),
    },
  ]);
  return count;
}
