import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstDay, isoDay } from '../values/date.ts';
import { type Drawn, NOT_DRAWN, type RowResult } from './detail.ts';
import { GRANTED, REFUSED, reasonText, SHARES_UNKNOWN, UNDETERMINED } from './entitle.ts';
import { loadPack } from './load.ts';
import type { Months } from './months.ts';
import { MISTAKES, type Mistake, type NaiveRow, readNaively } from './naive-reading.ts';
import { Policy } from './policy.ts';
import { monthsOf, type RandomCase, randomCase } from './random-packs.ts';

/**
 * The trust in the kernel: random notices, random people, and three readings of every row that must agree to the fen, on
 * half-days, days, rates, shares, status and reasons: the batch (`entitle`), day by day (`readRows`, with `explainRow` on
 * top), and the naive one (`naive-reading.ts`), which shares no code with the other two.
 */
const SEED = Number(process.env.SHOUWANG_SEED ?? 20200303);
const PACKS = Number(process.env.SHOUWANG_PACKS ?? 300);

const bytes = (maxLength: number) => fc.array(fc.nat({ max: 255 }), { minLength: 0, maxLength, size: 'max' });
const fullTape = (length: number) => fc.array(fc.nat({ max: 255 }), { minLength: length, maxLength: length });
/** Tapes of full length most of the time: a short tape is a simple notice, which is what failures shrink to. */
const tape = (length: number) =>
  fc.oneof({ weight: 9, arbitrary: fullTape(length) }, { weight: 1, arbitrary: bytes(length) });
const people = (most: number) => fc.array(tape(60), { minLength: 0, maxLength: most, size: 'max' });
const cases = (most = 20) =>
  fc
    .record({ pack: tape(400), terms: tape(500), local: tape(200), people: people(most) })
    .map((tapes) => ({ ...tapes, [fc.toStringMethod]: () => described(tapes) }));

type Tapes = { pack: number[]; terms: number[]; local: number[]; people: number[][] };

function loaded(tapes: Tapes): { c: RandomCase; policy: Policy } {
  const c = randomCase(tapes);
  const found = loadPack('random', c.files);
  if ('problems' in found)
    throw new Error(
      `does not load: ${found.problems.map((p) => `${p.file}:${p.row} ${p.message.en}`).join('\n')}`,
    );
  return { c, policy: new Policy(found.pack, c.divisions, c.settings, c.changes, c.knownOn) };
}

/** What one row came to, in words, however it was read: equal words, equal readings. */
type Read = {
  fen: number;
  half: number;
  days: string;
  rate: number;
  status: string;
  reason: string;
  shares: string;
};

const daysOf = (months: Months, r: number, map: number): string =>
  Array.from({ length: 31 }, (_, d) => d)
    .filter((d) => ((map >>> d) & 1) === 1)
    .map((d) => isoDay(firstDay(months.month[r]) + d).slice(5))
    .join(' ');
const statusOf = (bits: number): string =>
  [
    [GRANTED, 'granted'],
    [REFUSED, 'refused'],
    [UNDETERMINED, 'undetermined'],
    [SHARES_UNKNOWN, 'shares unknown'],
  ]
    .filter(([bit]) => (bits & (bit as number)) !== 0)
    .map(([, word]) => word)
    .join(', ');
/** Which two districts contend is told in the order the kernel met them. */
const reasonOf = (text: string): string => text.replace(/two-districts .*/, 'two-districts');

function readInBatch(policy: Policy, months: Months, benefitId: string): Read[] {
  const benefit = benefitOf(policy, benefitId);
  const e = policy.entitle(benefit, months);
  return Array.from({ length: months.count }, (_, r) => ({
    fen: e.fen[r],
    half: e.half[r],
    days: daysOf(months, r, e.days[r]),
    rate: e.rate[r],
    status: statusOf(e.status[r]),
    reason: reasonOf(e.reasons[e.reason[r]]),
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
    while (
      end < months.count &&
      months.person[end] === months.person[start] &&
      months.month[end] === months.month[start]
    )
      end++;
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
    fen: row.fen,
    half: row.half,
    days: row.told
      .filter((t) => t.is === 'granted')
      .map((t) => isoDay(t.day).slice(5))
      .join(' '),
    rate: row.rate,
    status: [
      has('granted') && 'granted',
      has('refused') && 'refused',
      has('undetermined') && 'undetermined',
      row.sharesUnknown && 'shares unknown',
    ]
      .filter(Boolean)
      .join(', '),
    reason: against?.why ?? '',
    shares: levels.map((l) => `${l} ${row.shares[l] === null ? -1 : (row.shares[l] ?? 0)}`).join(', '),
  };
}

/** Day by day, each day told, as text. */
const toldByDay = (row: RowResult): string =>
  row.days
    .filter((d) => d.outcome.is !== 'elsewhere')
    .map(
      (d) =>
        `${isoDay(d.day).slice(5)} ${d.credit} ${d.outcome.is} ${d.outcome.is === 'granted' ? '' : reasonOf(reasonText(d.outcome as Parameters<typeof reasonText>[0]))}`,
    )
    .join('\n');
const toldNaively = (row: NaiveRow): string =>
  row.told.map((t) => `${isoDay(t.day).slice(5)} ${t.half} ${t.is} ${t.why}`).join('\n');

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
        expect(
          bearers.map((b, k) => `${b} ${daily[r].sum.shares === null ? null : daily[r].sum.shares[k]}`),
        ).toEqual(bearers.map((b) => `${b} ${row.shares[b]}`));
        expect(
          daily[r].shareMissing.map((m) => m.name),
          `what is missing for the shares of row ${r}, ${id}`,
        ).toEqual(row.shareMissing);
      }
      expectExplained(policy, c.months, id, daily[r], row);
      count(`${id} rows`);
      for (const word of ['granted', 'refused', 'undetermined', 'shares unknown'])
        if (batch[r].status.includes(word)) count(`${id} ${word}`);
      if (batch[r].fen > 0) count(`${id} paid`);
      if (row.told.some((t) => t.why.endsWith('second-kind'))) count(`${id} second kind`);
      if (row.told.some((t) => t.why.endsWith('two-districts'))) count(`${id} two districts`);
      if (row.told.some((t) => t.why.endsWith('paid-elsewhere'))) count(`${id} paid elsewhere`);
      if (row.told.some((t, i) => t.half === 1 && row.told[i - 1]?.day === t.day))
        count(`${id} half of a day capped`);
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

/** A failing case as one would want to read it: what the benefits say, what they lean on, who served when. */
function described(tapes: Tapes): string {
  const c = randomCase(tapes);
  const text = (path: string) => c.files.find((f) => f.path === path)?.text ?? '';
  const used = c.notice.parameters.filter((p) => text('benefits.yaml').includes(p.name));
  const plainly = (_: string, v: unknown) => (typeof v === 'bigint' ? Number(v) : v);
  return [
    '',
    text('benefits.yaml'),
    text('timelines.yaml'),
    ...used.map((p) => JSON.stringify(p, plainly)),
    `divisions ${c.notice.divisions.map((d) => `${d.code} ${d.level}`).join(', ')}; ${c.notice.pays} pays`,
    `open ${JSON.stringify(c.notice.open)}, known on ${c.notice.knownOn}`,
    ...c.notice.settings.map((s) => `set ${JSON.stringify(s, plainly)}`),
    ...c.notice.changes.map((s) => `what if ${JSON.stringify(s, plainly)}`),
    ...c.sheets.map(
      (s, r) =>
        `row ${r}: person ${s.person} ${s.month} ${s.place} ${s.kind} ${s.area}: ${s.days.map((d) => `${isoDay(d.day)}${d.half === 1 ? '½' : ''} ${d.post ?? ''}`).join(', ')}; in force ${s.inForce.length}, paid ${s.paidElsewhere.length}`,
    ),
  ].join('\n');
}

/** A failure as its seed, its case and its difference; the path to it through a thousand numbers is of no use to a reader. */
const runs = {
  seed: SEED,
  numRuns: PACKS,
  unbiased: true,
  interruptAfterTimeLimit: 150_000,
  reporter: <T>(found: fc.RunDetails<T>): void => {
    if (!found.failed && !found.interrupted) return;
    const error = found.errorInstance as Error | null;
    throw new Error(
      [
        `seed ${found.seed}, ${found.numRuns} cases tried, ${found.numShrinks} times made simpler`,
        fc.stringify(found.counterexample),
        error?.message,
        (error as { diff?: string } | null)?.diff,
        error?.stack?.split('\n').slice(1, 6).join('\n'),
      ]
        .filter(Boolean)
        .join('\n'),
    );
  },
};

/** What holds for every notice is searched less, and a failure is shown as it was found. */
const quick = (numRuns: number) => ({ ...runs, numRuns, endOnFailure: true });

describe('the three readings', () => {
  test(`agree on every row of ${PACKS} random notices (seed ${SEED})`, () => {
    fc.assert(fc.property(cases(), expectAgreement), runs);
    console.log(
      `seed ${SEED}, ${PACKS} packs: ${[...met]
        .sort()
        .map(([what, n]) => `${what} ${n}`)
        .join(', ')}`,
    );
    // Agreement about nothing would be no agreement: enough of everything was met.
    for (const per of ['by-day', 'by-month']) {
      for (const what of [
        'paid',
        'refused',
        'undetermined',
        'shares unknown',
        'second kind',
        'two districts',
        'paid elsewhere',
        'half of a day capped',
        'shared by several',
      ]) {
        expect(met.get(`${per} ${what}`) ?? 0, `${per} ${what}`).toBeGreaterThan(PACKS / 20);
      }
    }
  }, 180_000);
});

/** The first packs of the same seed, each read once by the batch. */
const pool = (() => {
  let made: { c: RandomCase; policy: Policy; batch: Map<string, Read[]> }[] | null = null;
  return () => {
    made ??= fc.sample(cases(), { seed: SEED, numRuns: 150, unbiased: true }).map((tapes: Tapes) => {
      const { c, policy } = loaded(tapes);
      return {
        c,
        policy,
        batch: new Map(c.notice.benefits.map((b) => [b.id, readInBatch(policy, c.months, b.id)])),
      };
    });
    return made;
  };
})();

describe('a naive reading that is wrong on purpose', () => {
  test.each(MISTAKES)('is caught when it %s', (mistake: Mistake) => {
    let rows = 0;
    for (const { c, batch } of pool()) {
      for (const [id, read] of batch) {
        const wrong = readNaively(c.notice, id, c.sheets, mistake).map((row) =>
          naiveRead(row, c.notice.levels),
        );
        rows += wrong.filter((row, r) => JSON.stringify(row) !== JSON.stringify(read[r])).length;
      }
      if (rows >= 3) return;
    }
    expect(rows, 'rows on which the mistake shows').toBeGreaterThan(0);
  });
});

/** Many people for one notice, made from a few numbers. */
function crowd(seed: number, people: number): number[][] {
  let s = seed >>> 0;
  const next = (): number => {
    s = (Math.imul(s, 1_664_525) + 1_013_904_223) >>> 0;
    return s >>> 24;
  };
  return Array.from({ length: people }, () => Array.from({ length: 60 }, next));
}

describe('whatever the notice', () => {
  test('shares sum to the amount, in 100,000 random rows', () => {
    let rows = 0;
    let shared = 0;
    fc.assert(
      fc.property(cases(0), fc.nat(), (tapes: Tapes, seed: number) => {
        const { c, policy } = loaded({ ...tapes, people: crowd(seed, 220) });
        for (const benefit of policy.pack.benefits) {
          const e = policy.entitle(benefit, c.months);
          for (let r = 0; r < c.months.count; r++) {
            rows++;
            const parts = e.shares.map((s) => s[r]);
            if (!Number.isInteger(e.fen[r]) || e.fen[r] < 0) throw new Error(`${e.fen[r]} is no whole fen`);
            if ((e.status[r] & SHARES_UNKNOWN) !== 0) {
              if (!parts.every((p) => p === -1 || p === 0) || !parts.includes(-1))
                throw new Error(`shares not known, and yet ${parts}`);
            } else {
              if (
                parts.some((p) => !Number.isInteger(p) || p < 0) ||
                parts.reduce((a, b) => a + b, 0) !== e.fen[r]
              )
                throw new Error(`${parts} do not make ${e.fen[r]}`);
              if (e.fen[r] > 0) shared++;
            }
          }
        }
      }),
      quick(80),
    );
    console.log(`shares summed on ${rows} rows, ${shared} of them paid and shared`);
    expect(rows).toBeGreaterThan(100_000);
    expect(shared).toBeGreaterThan(10_000);
  });

  test('a what-if leaves the policy it is laid over as it was', () => {
    fc.assert(
      fc.property(cases(6), (tapes) => {
        const { c, policy } = loaded(tapes);
        const bare = new Policy(policy.pack, c.divisions, c.settings, [], c.knownOn);
        for (const { id } of c.notice.benefits) {
          const before = readInBatch(bare, c.months, id);
          const assumed = bare.whatIf(c.changes);
          expect(readInBatch(assumed, c.months, id)).toEqual(readInBatch(policy, c.months, id));
          expect(readInBatch(bare, c.months, id)).toEqual(before);
          expect(readByDay(bare, c.months, id).map((row) => row.sum.fen)).toEqual(
            before.map((row) => row.fen),
          );
        }
      }),
      quick(60),
    );
  });

  test('the order of persons makes no difference, whoever is read first', () => {
    fc.assert(
      fc.property(cases(8), (tapes) => {
        const { c, policy } = loaded(tapes);
        const persons = [...new Set(c.sheets.map((s) => s.person))].reverse();
        const turned = persons.flatMap((p) =>
          c.sheets.map((s, r) => ({ s, r })).filter(({ s }) => s.person === p),
        );
        const months = monthsOf(
          turned.map(({ s }) => s),
          policy.pack.posts.map((p) => p.id),
        );
        // A second policy, so that nothing is remembered from the first order.
        const fresh = new Policy(policy.pack, c.divisions, c.settings, c.changes, c.knownOn);
        for (const { id } of c.notice.benefits) {
          const straight = readInBatch(policy, c.months, id);
          expect(readInBatch(policy, months, id)).toEqual(turned.map(({ r }) => straight[r]));
          const daily = readByDay(policy, c.months, id).map((row) => [toldByDay(row), row.shareMissing]);
          expect(readByDay(fresh, months, id).map((row) => [toldByDay(row), row.shareMissing])).toEqual(
            turned.map(({ r }) => daily[r]),
          );
        }
      }),
      quick(60),
    );
  });

  test('months read in two runs and joined are the months read in one, where no cap runs over the period', () => {
    let split = 0;
    fc.assert(
      fc.property(cases(8), (tapes) => {
        const { c, policy } = loaded(tapes);
        for (const benefit of c.notice.benefits.filter((b) => b.caps.every((cap) => cap.per === 'month'))) {
          const whole = readInBatch(policy, c.months, benefit.id);
          const cut = 2020 * 12 + 2;
          const joined: Read[] = [];
          for (const part of [(m: number) => m < cut, (m: number) => m >= cut]) {
            const rows = c.sheets.map((s, r) => ({ s, r })).filter(({ s }) => part(s.month));
            const read = readInBatch(
              policy,
              monthsOf(
                rows.map(({ s }) => s),
                policy.pack.posts.map((p) => p.id),
              ),
              benefit.id,
            );
            rows.forEach(({ r }, i) => {
              joined[r] = read[i];
            });
            if (rows.length > 0 && rows.length < c.sheets.length) split++;
          }
          expect(joined).toEqual(whole);
        }
      }),
      quick(60),
    );
    expect(split).toBeGreaterThan(20);
  });
});
