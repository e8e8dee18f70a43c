import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { firstDay, isoDay } from '../values/date.ts';
import { GRANTED, REFUSED, SHARES_UNKNOWN, UNDETERMINED } from './entitle.ts';
import { reasonText } from './entitle.ts';
import { loadPack } from './load.ts';
import type { Months } from './months.ts';
import { MISTAKES, type Mistake, type NaiveRow, readNaively } from './naive-reading.ts';
import { Policy } from './policy.ts';
import { monthsOf, type RandomCase, randomCase } from './random-packs.ts';
import { type Drawn, NOT_DRAWN, type RowResult } from './detail.ts';

/**
 * The trust in the kernel: random notices, random people, and three readings of every row that must agree to the fen, on
 * half-days, days, rates, shares, status and reasons: the batch (`entitle`), day by day (`readRows`, with `explainRow` on
 * top), and the naive one (`naive-reading.ts`), which shares no code with the other two.
 */
const SEED = Number(process.env.SHOUWANG_SEED ?? 20200303);
const PACKS = Number(process.env.SHOUWANG_PACKS ?? 400);

const bytes = (maxLength: number) => fc.array(fc.nat({ max: 255 }), { minLength: 0, maxLength, size: 'max' });
const fullTape = (length: number) => fc.array(fc.nat({ max: 255 }), { minLength: length, maxLength: length });
/** Tapes of full length most of the time: a short tape is a simple notice, which is what failures shrink to. */
const tape = (length: number) => fc.oneof({ weight: 9, arbitrary: fullTape(length) }, { weight: 1, arbitrary: bytes(length) });
const people = (most: number) => fc.array(tape(60), { minLength: 0, maxLength: most, size: 'max' });
const cases = (most = 20) => fc.record({ pack: tape(400), terms: tape(500), local: tape(200), people: people(most) });

type Tapes = { pack: number[]; terms: number[]; local: number[]; people: number[][] };

function loaded(tapes: Tapes): { c: RandomCase; policy: Policy } {
  const c = randomCase(tapes);
  const found = loadPack('random', c.files);
  if ('problems' in found) throw new Error(`does not load: ${found.problems.map((p) => `${p.file}:${p.row} ${p.message.en}`).join('\n')}`);
  return { c, policy: new Policy(found.pack, c.divisions, c.settings, c.changes, c.knownOn) };
}

/** What one row came to, in words, however it was read: equal words, equal readings. */
type Read = { fen: number; half: number; days: string; rate: number; status: string; reason: string; shares: string };

const daysOf = (months: Months, r: number, map: number): string =>
  Array.from({ length: 31 }, (_, d) => d).filter((d) => ((map >>> d) & 1) === 1).map((d) => isoDay(firstDay(months.month[r]) + d).slice(5)).join(' ');
const statusOf = (bits: number): string =>
  [[GRANTED, 'granted'], [REFUSED, 'refused'], [UNDETERMINED, 'undetermined'], [SHARES_UNKNOWN, 'shares unknown']].filter(([bit]) => (bits & (bit as number)) !== 0).map(([, word]) => word).join(', ');
/** Which two districts contend is told in the order the kernel met them. */
const reasonOf = (text: string): string => text.replace(/two-districts .*/, 'two-districts');

function readInBatch(policy: Policy, months: Months, benefitId: string): Read[] {
  const benefit = benefitOf(policy, benefitId);
  const e = policy.entitle(benefit, months);
  return Array.from({ length: months.count }, (_, r) => ({
    fen: e.fen[r], half: e.half[r], days: daysOf(months, r, e.days[r]), rate: e.rate[r], status: statusOf(e.status[r]), reason: reasonOf(e.reasons[e.reason[r]]),
    shares: policy.pack.levels.map((l, k) => `${l.id} ${e.shares[k][r]}`).join(', '),
  }));
}

const benefitOf = (policy: Policy, id: string) => policy.pack.benefits.find((b) => b.id === id)!;

function readByDay(policy: Policy, months: Months, benefitId: string): RowResult[] {
  const benefit = benefitOf(policy, benefitId);
  const out: RowResult[] = [];
  let drawn: Drawn = NOT_DRAWN();
  for (let start = 0; start < months.count; ) {
    let end = start + 1;
    while (end < months.count && months.person[end] === months.person[start] && months.month[end] === months.month[start]) end++;
    if (start === 0 || months.person[start] !== months.person[start - 1]) drawn = NOT_DRAWN();
    out.push(...policy.read(benefit, months, start, end, drawn));
    start = end;
  }
  return out;
}

/** The naive row in the words of the batch. */
function naiveRead(row: NaiveRow, levels: readonly string[]): Read {
  const has = (is: string) => row.told.some((t) => t.is === is);
  const against = row.told.find((t) => t.is !== 'granted');
  return {
    fen: row.fen, half: row.half, days: row.told.filter((t) => t.is === 'granted').map((t) => isoDay(t.day).slice(5)).join(' '), rate: row.rate,
    status: [has('granted') && 'granted', has('refused') && 'refused', has('undetermined') && 'undetermined', row.sharesUnknown && 'shares unknown'].filter(Boolean).join(', '),
    reason: against?.why ?? '', shares: levels.map((l) => `${l} ${row.shares[l] === null ? -1 : (row.shares[l] ?? 0)}`).join(', '),
  };
}

/** Day by day, each day told, as text. */
const toldByDay = (row: RowResult): string =>
  row.days
    .filter((d) => d.outcome.is !== 'elsewhere')
    .map((d) => `${isoDay(d.day).slice(5)} ${d.credit} ${d.outcome.is} ${d.outcome.is === 'granted' ? '' : reasonOf(reasonText(d.outcome as Parameters<typeof reasonText>[0]))}`)
    .join('\n');
const toldNaively = (row: NaiveRow): string => row.told.map((t) => `${isoDay(t.day).slice(5)} ${t.half} ${t.is} ${t.why}`).join('\n');

/** What was met along the way, so that agreement about nothing is noticed. */
const met = new Map<string, number>();
const count = (what: string, n = 1): void => {
  met.set(what, (met.get(what) ?? 0) + n);
};

function expectAgreement(tapes: Tapes): void {
  const { c, policy } = loaded(tapes);
  for (const { id } of c.notice.benefits) {
    const naive = readNaively(c.notice, id, c.sheets);
    const batch = readInBatch(policy, c.months, id);
    const daily = readByDay(policy, c.months, id);
    naive.forEach((row, r) => {
      expect(batch[r], `batch and naive, row ${r}, ${id}`).toEqual(naiveRead(row, c.notice.levels));
    });
    expect(daily.map((row) => row.row)).toEqual(c.sheets.map((_, r) => r));
    naive.forEach((row, r) => {
      expect(toldByDay(daily[r]), `days of row ${r}, ${id}`).toBe(toldNaively(row));
      expect(daily[r].sum.fen).toBe(row.fen);
      expect(daily[r].granted).toBe(row.half);
      const granted = daily[r].days.find((d) => d.outcome.is === 'granted')?.outcome;
      if (granted?.is === 'granted') {
        const bearers = granted.terms.shares.map((s) => s.bearer);
        expect(bearers.map((b, k) => `${b} ${daily[r].sum.shares === null ? null : daily[r].sum.shares[k]}`)).toEqual(bearers.map((b) => `${b} ${row.shares[b]}`));
        expect(daily[r].shareMissing.map((m) => m.name), `what is missing for the shares of row ${r}, ${id}`).toEqual(row.shareMissing);
      }
      expectExplained(policy, c.months, id, daily[r], row);
      count(`${id} rows`);
      for (const word of ['granted', 'refused', 'undetermined', 'shares unknown']) if (batch[r].status.includes(word)) count(`${id} ${word}`);
      if (batch[r].fen > 0) count(`${id} paid`);
      if (row.told.some((t) => t.why.endsWith('second-kind'))) count(`${id} second kind`);
      if (row.told.some((t) => t.why.endsWith('two-districts'))) count(`${id} two districts`);
      if (row.told.some((t) => t.why.endsWith('paid-elsewhere'))) count(`${id} paid elsewhere`);
      if (row.told.some((t, i) => t.half === 1 && row.told[i - 1]?.day === t.day)) count(`${id} half of a day capped`);
      if (Object.values(row.shares).filter((s) => s).length > 1) count(`${id} shared by several`);
    });
  }
}

/** The explanation tells the same money and the same days, in whole sentences of both languages. */
function expectExplained(policy: Policy, months: Months, id: string, daily: RowResult, row: NaiveRow): void {
  const told = policy.explain(benefitOf(policy, id), months, daily);
  expect(told.paid).toMatchObject({ value: row.fen });
  const halfOf = (is: string) => row.told.filter((t) => t.is === is).reduce((n, t) => n + t.half, 0);
  expect(told.refused.reduce((n, s) => n + s.half, 0)).toBe(halfOf('refused'));
  expect(told.undetermined.reduce((n, s) => n + s.half, 0)).toBe(halfOf('undetermined'));
  expect(told.undetermined.every((u) => u.gaps.length > 0)).toBe(true);
  expect(JSON.stringify(told)).not.toMatch(/undefined|NaN|\[object/);
}

const runs = { seed: SEED, numRuns: PACKS, unbiased: true };
const explained = (tapes: Tapes): string => {
  const { c } = loaded(tapes);
  return [...c.files.filter((f) => /benefits|parameters|timelines/.test(f.path)).map((f) => f.text), JSON.stringify({ sheets: c.sheets, settings: c.settings, changes: c.changes, knownOn: c.knownOn })].join('\n');
};

if (process.env.HUNT) describe('hunt', () => {
  test('hunt', () => {
    let n = 0;
    const seen = new Map<string, number>();
    for (const t of fc.sample(cases(), { seed: Number(process.env.HUNT), numRuns: PACKS, unbiased: true } as never)) {
      n++;
      try { expectAgreement(t); } catch (e) { const k = String((e as {diff?:string}).diff ?? '').split('\n').filter((l) => /^.{0,6}[-+] /.test(l)).join(' | ') + String((e as Error).message).split('\n').slice(0, 3).join(' ').replace(/row \d+/, 'row').slice(0, 1200); seen.set(k, (seen.get(k) ?? 0) + 1); }
    }
    console.log(n, [...seen]);
  }, 600000);
});
describe('the three readings', () => {
  test(`agree on every row of ${PACKS} random notices (seed ${SEED})`, () => {
    fc.assert(fc.property(cases(), expectAgreement), { ...runs, reporter: undefined, endOnFailure: false });
  });
});
afterAll(() => console.log(`seed ${SEED}, ${PACKS} packs:`, Object.fromEntries([...met].sort())));
void explained; void MISTAKES; void monthsOf; type _M = Mistake;
