/**
 * `npm run bench:policy`: how fast the kernel entitles a million worker-months under tianjin-2020 as shipped, beside a
 * loop written by hand for that one rule and beside publicodes, and what explaining 10,000 people costs. Every row of
 * the batch is held against the loop, a sample against the day-by-day reading. Exits 1 when anything differs; a bar
 * that is missed is printed and no more, because what a machine can do is not an error of the code.
 */
import { openPack } from '../apps/cli/intake.ts';
import { explainPerson } from '../measures/subsidy/explain.ts';
import type { KeptHead, KeptPerson } from '../measures/subsidy/keep.ts';
import type { RecordSeen } from '../platform/duty/contract.ts';
import { type DivisionTree, loadDivisions } from '../platform/places/divisions.ts';
import { paidElsewhere, type RowResult } from '../policy/detail.ts';
import { type Entitled, GRANTED, REFUSED, reasonText, UNDETERMINED } from '../policy/entitle.ts';
import type { Months } from '../policy/months.ts';
import type { Benefit, Refusal } from '../policy/pack.ts';
import type { Policy } from '../policy/policy.ts';
import type { Setting } from '../policy/terms.ts';
import { chineseDay, day, EVER, firstDay, isoDay, NEVER } from '../values/date.ts';
import type { FactRef } from '../values/figure.ts';
import { fraction } from '../values/fraction.ts';
import { countBits, monthBits } from '../values/period.ts';
import { type ByHand, byHand, REASONS, type Ruled } from './by-hand.ts';
import { InPublicodes } from './in-publicodes.ts';
import { bar, bestOf, count, cpuSeconds, machine } from './measure.ts';
import { Seeded } from './seeded.ts';
import { type Mix, workerMonths, workersIn } from './worker-months.ts';

const SEED = 20200124;
const WORKER_MONTHS = 1_000_000;
const ROUNDS = 15;
const DAY_BY_DAY_SAMPLE = 2_000;
const PUBLICODES_SAMPLE = 3_000;
const PEOPLE_EXPLAINED = 10_000;
/** Fewer as text, which is asked for one person at a time. */
const PEOPLE_WRITTEN = 1_000;

/** A reason of the batch that the loop does not have: equal to none of its codes, so that it shows. */
const NO_REASON = 0xffff;

const HOHHOT = '150100000000';

const TIANJIN_MIX: Mix = {
  shared: [
    'village-committee',
    'rural-party-worker',
    'community-worker',
    'labour-security-assistant',
    'labour-relations-coordinator',
    'disability-commissioner',
  ],
  grid: 'grid-worker',
  added: 'district-added',
  refused: ['seconded-cadre', 'volunteer'],
};

/** The districts that decide something of their own; everywhere else the notice holds as issued. */
const OWN = { heping: '120101000000', hedong: '120102000000', hexi: '120103000000', nankai: '120104000000' };
/** 和平区 pays 80 from within February, so that a rate changes inside a month; 河东区 90 all along. */
const HEPING_FROM = day('2020-02-10');
const TIANJIN_SETTINGS: readonly Setting[] = [
  setting('day-rate', OWN.heping, fraction(8000), HEPING_FROM),
  setting('day-rate', OWN.hedong, fraction(9000), day('2020-01-24')),
  setting('district-added-paid', OWN.hexi, true),
  setting('district-added-paid', OWN.nankai, false),
];

function setting(name: string, division: string, value: Setting['value'], from: number = EVER): Setting {
  return { name, division, value, period: { from, until: NEVER }, document: '测发〔2020〕1号', known: EVER };
}

/** What the hand-written loop is told: the same rule and settings, worked out by a person beforehand. */
function ruledByHand(months: Months): Ruled {
  const firstMonth = months.month[0] ?? 0;
  const levelOne = { from: day('2020-01-24'), until: day('2020-04-30') };
  const window = Int32Array.from({ length: 4 }, (_, m) => monthBits(levelOne, firstMonth + m));
  const within = (district: string) => (place: string) => place.startsWith(district.slice(0, 6));
  const [heping, hedong, hexi, nankai] = Object.values(OWN).map(within) as ((place: string) => boolean)[];
  const later = { from: HEPING_FROM, until: NEVER };
  return {
    sort: Uint8Array.from(months.kinds, (k) =>
      TIANJIN_MIX.shared.includes(k) ? 0 : k === TIANJIN_MIX.grid ? 1 : k === TIANJIN_MIX.added ? 2 : 3,
    ),
    firstMonth,
    window,
    rate: Int32Array.from(months.places, (p) => (hedong?.(p) ? 9000 : 7000)),
    laterDays: Int32Array.from(
      months.places.flatMap((p) =>
        Array.from(window, (_, m) => (heping?.(p) ? monthBits(later, firstMonth + m) : 0)),
      ),
    ),
    laterRate: Int32Array.from(months.places, (p) => (heping?.(p) ? 8000 : 0)),
    guiding: 7000,
    added: Int8Array.from(months.places, (p) => (hexi?.(p) ? 1 : nankai?.(p) ? 0 : -1)),
  };
}

/** The loop's code for each reason of the batch, by its text. */
function reasonCodes(benefit: Benefit, reasons: readonly string[]): number[] {
  const text = (refusal: Refusal) => reasonText({ is: 'refused', refusal });
  const [levelOne] = benefit.when;
  const added = benefit.terms.find((t) => t.kinds.includes(TIANJIN_MIX.added));
  const refused = benefit.terms.find((t) => t.refused);
  const [addedPaid] = added?.when ?? [];
  if (!levelOne || !refused?.refused || !addedPaid)
    throw new Error('the pack is not the one the loop is for');
  const codes = new Map<string, number>([
    ['', REASONS.none],
    [text(paidElsewhere(benefit)), REASONS.paidElsewhere],
    [text(levelOne.otherwise), REASONS.outsideLevelOne],
    [`refused ${benefit.once?.clause ?? ''} second-kind`, REASONS.secondKind],
    [text(refused.refused), REASONS.refusedKind],
    [text(addedPaid.otherwise), REASONS.addedNotPaid],
    ['undetermined TJ-S-7 district-added-paid', REASONS.addedNotSet],
  ]);
  return reasons.map((reason) => codes.get(reason) ?? NO_REASON);
}

/** The batch's columns held against the loop's, all rows; the first rows that differ are printed. */
function differFromHand(batch: Entitled, hand: ByHand, policy: Policy, n: number): number {
  const codes = reasonCodes(batch.benefit, batch.reasons);
  const reason = batch.reason.map((at) => codes[at] ?? NO_REASON);
  const level = (id: string) => batch.shares[policy.pack.levels.findIndex((l) => l.id === id)] ?? [];
  const columns: [string, ArrayLike<number>, ArrayLike<number>][] = [
    ['fen', batch.fen, hand.fen],
    ['half', batch.half, hand.half],
    ['days', batch.days, hand.days],
    ['rate', batch.rate, hand.rate],
    ['status', batch.status, hand.status],
    ['reason', reason, hand.reason],
    ['city', level('city'), hand.city],
    ['district', level('district'), hand.district],
  ];
  let differ = 0;
  for (const [name, mine, theirs] of columns) {
    for (let r = 0; r < n; r++) {
      if (mine[r] === theirs[r]) continue;
      if (differ++ < 5) console.log(`row ${r}, ${name}: the batch says ${mine[r]}, the loop ${theirs[r]}`);
    }
  }
  return differ;
}

/** A sample of worker-months held against the day-by-day reading. */
function differFromDays(policy: Policy, benefit: Benefit, months: Months, batch: Entitled, random: Seeded) {
  let differ = 0;
  let rows = 0;
  for (let i = 0; i < DAY_BY_DAY_SAMPLE; i++) {
    const { start, end } = workerMonthAt(months, random.below(months.count));
    for (const result of policy.read(benefit, months, start, end)) {
      rows++;
      if (isRead(policy, batch, months, result)) continue;
      if (differ++ < 5) console.log(`row ${result.row} is not what the day-by-day reading says`);
    }
  }
  return { differ, rows };
}

function isRead(policy: Policy, batch: Entitled, months: Months, result: RowResult): boolean {
  const r = result.row;
  let status = 0;
  let days = 0;
  let reason = '';
  const shares = policy.pack.levels.map(() => 0);
  for (const { day: at, outcome } of result.days) {
    if (outcome.is === 'granted') {
      status |= GRANTED;
      days |= 1 << (at - firstDay(months.month[r]!));
      outcome.terms.shares.forEach((s, k) => {
        shares[policy.pack.levels.findIndex((l) => l.id === s.bearer)] = result.sum.shares?.[k] ?? -1;
      });
    } else if (outcome.is !== 'elsewhere') {
      status |= outcome.is === 'refused' ? REFUSED : UNDETERMINED;
      reason ||= reasonText(outcome);
    }
  }
  return (
    batch.fen[r] === result.sum.fen &&
    batch.half[r] === result.granted &&
    batch.days[r] === days &&
    batch.status[r] === status &&
    batch.reasons[batch.reason[r]!] === reason &&
    batch.shares.every((column, level) => column[r] === shares[level])
  );
}

/** The rows of one worker and month that row `r` is among. */
function workerMonthAt(months: Months, r: number): { start: number; end: number } {
  const isBeside = (other: number) =>
    months.person[other] === months.person[r] && months.month[other] === months.month[r];
  let start = r;
  let end = r + 1;
  while (start > 0 && isBeside(start - 1)) start--;
  while (end < months.count && isBeside(end)) end++;
  return { start, end };
}

/** A sample asked of publicodes: its CPU-seconds, and how many answers are not those of the batch. */
function askPublicodes(months: Months, batch: Entitled, hand: ByHand, policy: Policy, random: Seeded) {
  const model = new InPublicodes();
  const rows: number[] = [];
  while (rows.length < PUBLICODES_SAMPLE) {
    const r = random.below(months.count);
    // One rate for the whole row is all its model can be asked with.
    if (batch.rate[r]! > 0) rows.push(r);
  }
  const asked = rows.map((r) => ({
    fullDays: countBits(months.full[r]! & batch.days[r]!),
    halfDays: countBits(months.half[r]! & batch.days[r]!),
    yuanPerDay: batch.rate[r]! / 100,
    isShared: TIANJIN_MIX.shared.includes(months.kinds[months.kind[r]!]!),
  }));
  const city = batch.shares[policy.pack.levels.findIndex((l) => l.id === 'city')]!;
  let differ = 0;
  const seconds = cpuSeconds(() => {
    asked.forEach((of, i) => {
      const r = rows[i]!;
      const { fen, city: fromCity, district } = model.ask(of);
      if (fen !== batch.fen[r] || fromCity !== city[r] || district !== hand.district[r]) differ++;
    });
  });
  return { seconds, differ };
}

/** The same day maps as months of the other notice, which leaves its rate to the banners. */
function inInnerMongolia(months: Months, divisions: DivisionTree): Months {
  const kinds = ['two-committee-member', 'full-time-staff', 'volunteer'];
  const sorts = months.kinds.map((k) =>
    TIANJIN_MIX.shared.includes(k) ? 0 : TIANJIN_MIX.refused.includes(k) ? 2 : 1,
  );
  const places = divisions.within(HOHHOT, 12).map((d) => d.code);
  return {
    ...months,
    kinds,
    kind: months.kind.map((k) => sorts[k]!),
    places,
    place: months.place.map((p) => p % places.length),
  };
}

/** What every banner of 呼和浩特 would have to set, and the city above them, for the money to be known. */
function hohhotSettings(divisions: DivisionTree): Setting[] {
  const period = { from: day('2020-01-24'), until: day('2020-04-30') };
  const banners = divisions
    .within(HOHHOT, 6)
    .flatMap(({ code }) => [
      setting('day-rate', code, fraction(6000)),
      setting('allowance-period', code, [period]),
      setting('volunteers-paid', code, false),
    ]);
  return [...banners, setting('league-share', HOHHOT, fraction(3, 10))];
}

/** The first people of the months as a settlement keeps them: the rows, and a duty record for each day credited. */
function keptPeople(months: Months, people: number): KeptPerson[] {
  const kept: KeptPerson[] = [];
  for (let start = 0; start < months.count && kept.length < people; ) {
    let end = start;
    while (end < months.count && months.person[end] === months.person[start]) end++;
    const rows: KeptPerson['rows'][number][] = [];
    const records = new Map<string, RecordSeen>();
    for (let r = start; r < end; r++) {
      const [full, half, month] = [months.full[r]!, months.half[r]!, months.month[r]!];
      const place = months.places[months.place[r]!]!;
      rows.push({
        month,
        place,
        kind: months.kinds[months.kind[r]!]!,
        full,
        half,
        active: months.active[r]!,
        paid: months.paidElsewhere[r]!,
        posts: null,
        area: 0,
        engagement: -1,
      });
      for (let d = 0; d < 31; d++) {
        if ((((full | half) >>> d) & 1) === 0) continue;
        const date = isoDay(firstDay(month) + d);
        const minutes = ((full >>> d) & 1) === 1 ? 480 : 300;
        records.set(date, {
          sheet: null,
          row: records.size + 2,
          date,
          post: 'gate',
          from: 480,
          to: 480 + minutes,
          marked: null,
          kind: null,
          community: null,
        });
      }
    }
    kept.push({
      id: `9900011960010${String(kept.length).padStart(5, '0')}`,
      name: `测${kept.length}`,
      engagements: [],
      records: [...records.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
      paid: [],
      short: [],
      rows,
    });
    start = end;
  }
  return kept;
}

/** Every row of the first people to whole explanations, each day with the record behind it. Returns how many rows. */
function explainAll(policy: Policy, benefit: Benefit, months: Months, people: number): number {
  let explained = 0;
  for (let start = 0; start < months.count && months.person[start]! < people; ) {
    const { end } = workerMonthAt(months, start);
    for (const row of policy.read(benefit, months, start, end)) {
      policy.explain(benefit, months, row, recordOn);
      explained++;
    }
    start = end;
  }
  return explained;
}

const recordOn = (at: number): FactRef[] => [
  { row: at, says: { zh: `${chineseDay(at)} 卡口 08:00至16:00`, en: `${isoDay(at)} gate 08:00 to 16:00` } },
];

const divisions = loadDivisions();
const tianjin = openPack('tianjin-2020', divisions, TIANJIN_SETTINGS);
const [benefit] = tianjin.benefitsOf('subsidy');
if (!benefit) throw new Error('the pack pays no subsidy');
const communities = divisions.within(tianjin.pack.division, 12).map((d) => d.code);
const months = workerMonths(WORKER_MONTHS, TIANJIN_MIX, communities, new Seeded(SEED));
const workers = workersIn(months);
const ruled = ruledByHand(months);
console.log(`seed ${SEED}; ${machine()}`);
console.log(
  `${count(workers)} worker-months in ${count(months.count)} rows, ${count(communities.length)} communities, ` +
    `pack ${tianjin.pack.id} version ${tianjin.pack.version}, best of ${ROUNDS} in turns, CPU-seconds of the whole process`,
);

const batch = tianjin.entitle(benefit, months);
const hand = byHand(months, ruled);
const wrong = differFromHand(batch, hand, tianjin, months.count);
const sampled = differFromDays(tianjin, benefit, months, batch, new Seeded(SEED + 1));
const publicodes = askPublicodes(months, batch, hand, tianjin, new Seeded(SEED + 2));
const with_ = (bit: number) => batch.status.reduce((n, s) => n + ((s & bit) !== 0 ? 1 : 0), 0);
console.log(
  `${count(with_(GRANTED))} rows granted, ${count(with_(REFUSED))} with days refused, ${count(with_(UNDETERMINED))} with days undetermined`,
);
console.log(`checked: ${count(months.count)} rows × 8 columns against the loop, ${wrong} differ`);
console.log(
  `checked: ${count(sampled.rows)} rows of ${count(DAY_BY_DAY_SAMPLE)} worker-months day by day, ${sampled.differ} differ`,
);
console.log(`checked: ${count(PUBLICODES_SAMPLE)} rows in publicodes, ${publicodes.differ} differ`);

const bare = openPack('inner-mongolia-2020', divisions);
const set = openPack('inner-mongolia-2020', divisions, hohhotSettings(divisions));
const theirs = inInnerMongolia(months, divisions);
const own = bare.benefitsOf('subsidy')[0]!;
const seconds = bestOf(ROUNDS, {
  hand: () => byHand(months, ruled),
  batch: () => tianjin.entitle(benefit, months),
  unset: () => bare.entitle(own, theirs),
  set: () => set.entitle(set.benefitsOf('subsidy')[0]!, theirs),
});
const waiting = bare.entitle(own, theirs).status.reduce((n, s) => n + (s === UNDETERMINED ? 1 : 0), 0);

const line = (name: string, each: number, note = '') =>
  console.log(
    `${name.padEnd(44)} ${count(1 / each).padStart(12)} ${(each / (seconds.hand / workers)).toFixed(2).padStart(10)}  ${note}`,
  );
console.log(`\n${''.padEnd(44)} ${'workers/CPU-s'.padStart(12)} ${'× by hand'.padStart(9)}`);
line('this rule by hand, typed arrays', seconds.hand / workers);
line('the kernel, tianjin-2020', seconds.batch / workers);
line('the kernel, inner-mongolia-2020, rate set', seconds.set / workers);
line(
  'the kernel, inner-mongolia-2020, rate not set',
  seconds.unset / workers,
  `${count(waiting)} rows only undetermined`,
);
line(
  'publicodes 1.10.3, days already counted',
  publicodes.seconds / PUBLICODES_SAMPLE,
  `${count(PUBLICODES_SAMPLE)} rows; no day maps, no once-a-day, no gaps, no reasons`,
);

let explained = 0;
const { objects } = bestOf(3, {
  objects: () => {
    explained = explainAll(tianjin, benefit, months, PEOPLE_EXPLAINED);
  },
});
const people = keptPeople(months, PEOPLE_WRITTEN);
const head: KeptHead = {
  pack: { id: tianjin.pack.id, version: tianjin.pack.version, digest: tianjin.pack.digest },
  from: day('2020-01-24'),
  until: day('2020-04-30'),
  settings: TIANJIN_SETTINGS,
  sheets: { pack: 'tianjin-2020', roster: '花名册.csv', duty: '值守记录.csv' },
};
let characters = 0;
const text = cpuSeconds(() => {
  for (const person of people) characters += explainPerson(tianjin, head, person, 'zh').length;
});
console.log(
  `\nexplained: ${count(PEOPLE_EXPLAINED)} people, ${count(explained)} rows, ${objects.toFixed(2)} CPU-seconds; ` +
    `as text, from the facts a settlement keeps: ${count(PEOPLE_WRITTEN)} people, ${count(characters)} characters, ${text.toFixed(2)} CPU-seconds\n`,
);

bar('policy-ratio-to-hand-written', seconds.batch / seconds.hand, 3, 'lower');
bar('policy-workers-per-cpu-second', workers / seconds.batch, 10_000_000, 'higher');
bar('explain-10000-cpu-seconds', objects, 2, 'lower');
if (wrong + sampled.differ + publicodes.differ > 0) process.exitCode = 1;
