import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { isoDay, NEVER, parseDay } from '../values/date.ts';
import { type Fraction, fraction, parseFraction } from '../values/fraction.ts';
import type { Period } from '../values/period.ts';
import type { Problem } from '../values/problem.ts';
import { NOT_DRAWN, type RowResult } from './detail.ts';
import { kindLabel } from './explain.ts';
import type { Value } from './formula.ts';
import { shapeSentence } from './load.ts';
import type { Months } from './months.ts';
import type { Pack, PackFile } from './pack.ts';
import { Policy } from './policy.ts';
import { findNamed, readSetting, readWrittenValue } from './settings.ts';
import type { Change, Setting } from './terms.ts';

/** A day the calendar has: 2020-02-30 must not be read as an open end. */
const date = z.string().refine((v) => parseDay(v) !== null);
const time = z.string().regex(/^\d{1,2}:\d{2}$/);
const written = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((v) => (v === true ? 'yes' : v === false ? 'no' : v));
const money = z.union([z.string(), z.number()]).transform(String);

const person = z.strictObject({
  /** An identity number; two entries with the same number (15 or 18 digits) are one person, the expectation under the first. */
  id: z.string().optional(),
  engagements: z.array(
    z.strictObject({
      kind: z.string(),
      place: z.string().regex(/^\d{12}$/),
      from: date.optional(),
      to: date.optional(),
      area: z.enum(['urban', 'rural']).optional(),
    }),
  ),
  /** Hours: on each day from `on` to `through`, at a post, from one time to another; an end not after the start is the next day. */
  duty: z
    .array(
      z.strictObject({
        on: date,
        through: date.optional(),
        at: z.string(),
        from: time,
        to: time,
        as: z.string().optional(),
      }),
    )
    .default([]),
  /** Days as an attendance sheet marks them, without hours. A scenario has hours or marks, not both. */
  days: z
    .array(z.strictObject({ from: date, to: date, credit: z.union([z.literal(1), z.literal(0.5)]) }))
    .default([]),
  'paid-elsewhere': z.array(z.strictObject({ from: date, to: date })).default([]),
});

const expectation = z.strictObject({
  amount: money.optional(),
  days: z.number().optional(),
  shares: z.record(z.string(), z.union([money, z.null()])).optional(),
  refused: z
    .array(z.strictObject({ clause: z.string(), days: z.number(), kind: z.string().optional() }))
    .optional(),
  undetermined: z
    .array(
      z.strictObject({
        missing: z.string(),
        who: z.string(),
        clause: z.string(),
        days: z.number().optional(),
      }),
    )
    .optional(),
});

const scenario = z.strictObject({
  name: z.string().min(1),
  cites: z.array(z.string()).min(1),
  /** The number of the worked case this is, where it is one. */
  case: z.number().int().optional(),
  period: z.strictObject({ from: date, to: date }).optional(),
  'known-on': date.optional(),
  settings: z
    .array(
      z.strictObject({
        division: z.string().regex(/^\d{12}$/),
        name: z.string(),
        value: written.optional(),
        from: date.optional(),
        to: date.optional(),
        document: z.string().optional(),
      }),
    )
    .default([]),
  /** What-ifs laid over everything: readings, parameters, declared states. */
  assume: z.record(z.string(), written).default({}),
  people: z.record(z.string(), person).default({}),
  expect: z.record(z.string(), expectation).default({}),
  /** A local setting that must be turned away, or must stand. */
  'may-be-set': z
    .array(
      z.strictObject({
        division: z.string(),
        name: z.string(),
        value: written,
        allowed: z.boolean(),
        document: z.string().nullable().default('测试〔2020〕1号'),
      }),
    )
    .default([]),
  findings: z
    .array(
      z.strictObject({
        duty: z.string(),
        person: z.string(),
        from: date,
        to: date,
        'locked-from': date.optional(),
      }),
    )
    .optional(),
  answers: z
    .array(
      z.strictObject({
        question: z.string(),
        place: z.string().regex(/^\d{12}$/),
        facts: z.record(z.string(), written).default({}),
        answer: z.string(),
      }),
    )
    .default([]),
});

export type Scenario = z.output<typeof scenario>;
export type ScenarioPeople = Scenario['people'];

/**
 * Turns a scenario's people into months the way sheets are turned: the same readers, the same fold. `problems` says what
 * of the scenario could not be read: it holds only where there are none.
 */
export type ScenarioFold = (
  people: ScenarioPeople,
  policy: Policy,
  period: Period,
) => {
  readonly months: Months;
  readonly persons: readonly string[];
  readonly problems?: readonly string[];
};

/** What became of one scenario: nothing in `differences` means that it holds. */
export type Proof = {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly cites: readonly string[];
  readonly case: number | null;
  readonly differences: readonly string[];
};

/** A scenario and where it stands. */
export type ScenarioRead = { readonly file: string; readonly line: number; readonly scenario: Scenario };

/** Reads the scenario files of a pack, every problem with its file, line and a sentence. */
export function readScenarios(files: readonly PackFile[]): {
  scenarios: ScenarioRead[];
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const scenarios: ScenarioRead[] = [];
  for (const f of files) {
    const lines = new LineCounter();
    const document = parseDocument(f.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    const tell = (row: number, zh: string, en: string): void => {
      problems.push({
        severity: 'problem',
        file: f.path,
        row,
        column: null,
        message: { zh, en },
        suggestion: { zh: '', en: '' },
      });
    };
    for (const e of document.errors)
      tell(lines.linePos(e.pos[0]).line, `不是合格的 YAML：${e.message}`, `not valid YAML: ${e.message}`);
    if (document.errors.length > 0) continue;
    const lineOf = (path: readonly (string | number)[]): number => {
      for (let n = path.length; n > 0; n--) {
        const range = (
          document.getIn(path.slice(0, n), true) as { range?: [number, number, number] } | null | undefined
        )?.range;
        if (range) return lines.linePos(range[0]).line;
      }
      return 1;
    };
    const raw = document.toJS() as { scenarios?: unknown } | null;
    if (!Array.isArray(raw?.scenarios)) {
      tell(1, '算例文件要有 scenarios 清单', 'a file of scenarios has a list called scenarios');
      continue;
    }
    raw.scenarios.forEach((one: unknown, i) => {
      const parsed = scenario.safeParse(one);
      if (parsed.success)
        scenarios.push({ file: f.path, line: lineOf(['scenarios', i]), scenario: parsed.data });
      else {
        for (const issue of parsed.error.issues) {
          const path = issue.path.map((k) => (typeof k === 'symbol' ? String(k) : k));
          const says = shapeSentence(issue);
          const at = path.join('.') || `scenarios.${i}`;
          tell(lineOf(['scenarios', i, ...path]), `“${at}”${says.zh}`, `"${at}" ${says.en}`);
        }
      }
    });
  }
  return { scenarios, problems };
}

/**
 * Runs scenarios against a policy, exact to the fen: the batch reading gives the money, the day-by-day reading the
 * refusals and gaps, and both must agree on every row before anything else is compared.
 */
export function prove(policy: Policy, scenarios: readonly ScenarioRead[], fold: ScenarioFold): Proof[] {
  return scenarios.map(({ file, line, scenario: s }) => {
    const differences: string[] = [];
    const tell = (what: string): void => {
      differences.push(what);
    };
    if (
      Object.keys(s.expect).length === 0 &&
      !s.findings &&
      s['may-be-set'].length === 0 &&
      s.answers.length === 0
    )
      tell('expects nothing, so it proves nothing');
    for (const c of s.cites)
      if (!policy.pack.clauses.has(c)) tell(`cites ${c}, which the pack does not have`);
    const own = policyOf(policy, s, tell);
    const months = provePeople(own, s, fold, tell);
    if (s.findings) proveFindings(own, s, months, tell);
    for (const m of s['may-be-set']) {
      // A name or value that cannot be read would be turned away too, and prove nothing about the right to set it.
      const named = findNamed(own.pack, m.name);
      if (!named || readWrittenValue(m.value, named) === null) {
        tell(`may-be-set: cannot read ${m.name} = ${m.value}`);
        continue;
      }
      const setting = readSetting(
        { division: m.division, name: m.name, value: m.value, from: null, to: null, document: m.document },
        own.pack,
        own.terms,
        [],
      );
      const allowed = !('message' in setting);
      if (allowed !== m.allowed)
        tell(`${m.name} = ${m.value} at ${m.division}: ${allowed ? 'may' : 'may not'} be set`);
    }
    for (const a of s.answers) {
      const facts = Object.fromEntries(
        Object.entries(a.facts).map(([k, v]) => [k, factValue(own.pack, k, v)]),
      );
      const question = own.pack.questions.get(a.question);
      if (!question) {
        tell(`there is no question ${a.question}`);
        continue;
      }
      const figure = own.ask(a.question, a.place, parseDay(s.period?.from ?? '2020-03-01') ?? 0, facts);
      const found =
        'gaps' in figure
          ? `gap: ${figure.gaps.map((g) => g.missing.zh).join('、')}`
          : typeof figure.value === 'string'
            ? figure.value
            : ((figure.value as Fraction).n / 100).toFixed(2);
      if (found !== a.answer) tell(`${a.question}: ${found}, expected ${a.answer}`);
    }
    return { file, line, name: s.name, cites: s.cites, case: s.case ?? null, differences };
  });
}

function factValue(pack: Pack, name: string, raw: string | number): Value {
  const type = pack.facts.get(name)?.type ?? 'flag';
  if (type === 'flag') return raw === 'yes';
  if (type === 'money') return fraction(Math.round(Number(raw) * 100));
  return typeof raw === 'number' ? fraction(raw) : raw;
}

function policyOf(policy: Policy, s: Scenario, tell: (what: string) => void): Policy {
  const settings: Setting[] = [];
  const knownOn = s['known-on'] ? (parseDay(s['known-on']) ?? NEVER) : policy.knownOn;
  const base = new Policy(policy.pack, policy.divisions, policy.settings, policy.changes, knownOn);
  for (const w of s.settings) {
    const read = readSetting(
      {
        division: w.division,
        name: w.name,
        value: w.value ?? null,
        from: w.from ? parseDay(w.from) : null,
        to: w.to ? parseDay(w.to) : null,
        document: w.document ?? null,
      },
      base.pack,
      base.terms,
      settings,
    );
    if ('message' in read) tell(`setting ${w.name}: ${read.message.en}`);
    else {
      // Rows of a list of periods are joined into one setting: the later holds the earlier.
      const at = settings.findIndex(
        (x) => x.name === read.name && x.division === read.division && x.period.from === read.period.from,
      );
      if (at >= 0) settings[at] = read;
      else settings.push(read);
    }
  }
  const changes: Change[] = [];
  for (const [name, raw] of Object.entries(s.assume)) {
    const named = findNamed(base.pack, name);
    const value = named && readWrittenValue(raw, named);
    if (!named || value === null) tell(`cannot assume ${name} = ${raw}`);
    else changes.push({ name: named.id, division: null, value, period: { from: -1_000_000, until: NEVER } });
  }
  return new Policy(
    base.pack,
    base.divisions,
    [...base.settings, ...settings],
    [...base.changes, ...changes],
    knownOn,
  );
}

type Sum = {
  fen: number;
  half: number;
  shares: Map<string, number | null>;
  refused: Map<string, number>;
  undetermined: Map<string, number>;
};

function provePeople(
  policy: Policy,
  s: Scenario,
  fold: ScenarioFold,
  tell: (what: string) => void,
): { months: Months; persons: readonly string[] } | null {
  if (Object.keys(s.people).length === 0) return null;
  const from = parseDay(s.period?.from ?? '2020-01-01') ?? 0;
  const until = (parseDay(s.period?.to ?? '2020-12-31') ?? 0) + 1;
  const folded = fold(s.people, policy, { from, until });
  const { months, persons } = folded;
  for (const problem of folded.problems ?? []) tell(problem);
  const sums = new Map<string, Sum>(
    persons.map((p) => [
      p,
      { fen: 0, half: 0, shares: new Map(), refused: new Map(), undetermined: new Map() },
    ]),
  );
  for (const benefit of policy.benefitsOf('subsidy')) {
    const batch = policy.entitle(benefit, months);
    let drawn = NOT_DRAWN();
    for (let start = 0; start < months.count; ) {
      let end = start + 1;
      while (
        end < months.count &&
        months.person[end] === months.person[start] &&
        months.month[end] === months.month[start]
      )
        end++;
      if (start === 0 || months.person[start] !== months.person[start - 1]) drawn = NOT_DRAWN();
      for (const row of policy.read(benefit, months, start, end, drawn)) {
        if (row.sum.fen !== batch.fen[row.row] || row.granted !== batch.half[row.row])
          tell(`batch ${batch.fen[row.row]} fen and day-by-day ${row.sum.fen} fen differ`);
        const sum = sums.get(persons[months.person[row.row]]);
        if (sum) addRow(policy, months, row, sum);
      }
      start = end;
    }
  }
  for (const [name, want] of Object.entries(s.expect)) {
    const sum = sums.get(name);
    if (!sum) tell(`${name}: nobody of that name`);
    else compareSum(policy, name, want, sum, tell);
  }
  return folded;
}

function addRow(policy: Policy, months: Months, row: RowResult, sum: Sum): void {
  const { pack, terms } = policy;
  const place = months.places[months.place[row.row]];
  const kind = kindLabel(pack, months.kinds[months.kind[row.row]]).zh;
  sum.fen += row.sum.fen;
  sum.half += row.granted;
  const add = (map: Map<string, number>, key: string, n: number): void => {
    map.set(key, (map.get(key) ?? 0) + n);
  };
  const own = row.days.find((d) => d.outcome.is === 'granted')?.outcome;
  if (own?.is === 'granted') {
    own.terms.shares.forEach((share, k) => {
      const label = policy.levelLabel(share.bearer);
      const before = sum.shares.get(label);
      sum.shares.set(
        label,
        row.sum.shares === null || before === null ? null : (before ?? 0) + row.sum.shares[k],
      );
    });
    for (const m of row.shareMissing) {
      const gap = terms.gapAt(m, place);
      add(sum.undetermined, `${gap.missing.zh}|${gap.whoMustAct.zh}|${gap.clause}`, row.granted);
    }
  }
  for (const d of row.days) {
    if (d.outcome.is === 'refused') add(sum.refused, `${d.outcome.refusal.clause}|${kind}`, d.credit);
    if (d.outcome.is === 'undetermined') {
      for (const m of d.outcome.missing) {
        const gap = terms.gapAt(m, place);
        add(sum.undetermined, `${gap.missing.zh}|${gap.whoMustAct.zh}|${gap.clause}`, d.credit);
      }
    }
  }
}

function compareSum(
  policy: Policy,
  name: string,
  want: z.output<typeof expectation>,
  sum: Sum,
  tell: (what: string) => void,
): void {
  const yuan = (fen: number | null): string => (fen === null ? 'not known' : (fen / 100).toFixed(2));
  const fenOf = (text: string): number => {
    const f = parseFraction(text);
    return f ? (f.n * 100) / f.d : Number.NaN;
  };
  if (want.amount !== undefined && fenOf(want.amount) !== sum.fen)
    tell(`${name}: ${yuan(sum.fen)} yuan, expected ${want.amount}`);
  if (want.days !== undefined && want.days * 2 !== sum.half)
    tell(`${name}: ${sum.half / 2} days, expected ${want.days}`);
  for (const [bearer, amount] of Object.entries(want.shares ?? {})) {
    const level = policy.pack.levels.find((l) => l.id === bearer || l.label.zh === bearer);
    const found =
      sum.shares.get(level?.label.zh ?? bearer) ?? (sum.shares.has(level?.label.zh ?? bearer) ? null : 0);
    if (amount === null ? found !== null : found === null || fenOf(amount) !== found)
      tell(`${name}: ${bearer} bears ${yuan(found)}, expected ${amount ?? 'not known'}`);
  }
  if (want.refused) {
    const left = new Map(sum.refused);
    for (const r of want.refused) {
      const key = [...left.keys()].find(
        (k) =>
          k.startsWith(`${r.clause}|`) &&
          (r.kind === undefined || k === `${r.clause}|${kindLabel(policy.pack, r.kind).zh}`),
      );
      const found = key ? (left.get(key) ?? 0) : 0;
      if (found !== r.days * 2)
        tell(`${name}: ${found / 2} days refused under ${r.clause}, expected ${r.days}`);
      if (key) left.delete(key);
    }
    for (const [key, half] of left) tell(`${name}: ${half / 2} days refused under ${key}, not expected`);
  }
  if (want.undetermined) {
    const left = new Map(sum.undetermined);
    for (const u of want.undetermined) {
      const key = `${u.missing}|${u.who}|${u.clause}`;
      if (!left.has(key))
        tell(
          `${name}: nothing waits for ${key}; what waits: ${[...sum.undetermined.keys()].join('; ') || 'nothing'}`,
        );
      else if (u.days !== undefined && left.get(key) !== u.days * 2)
        tell(`${name}: ${(left.get(key) ?? 0) / 2} days wait for ${key}, expected ${u.days}`);
      left.delete(key);
    }
    for (const key of left.keys()) tell(`${name}: waits for ${key}, not expected`);
  }
}

function proveFindings(
  policy: Policy,
  s: Scenario,
  folded: { months: Months; persons: readonly string[] } | null,
  tell: (what: string) => void,
): void {
  const found = folded
    ? policy
        .check(folded.months)
        .map(
          (f) =>
            `${f.duty} ${folded.persons[f.person]} ${isoDay(f.from)} ${isoDay(f.to)}${f.lockedFrom === null ? '' : ` locked from ${isoDay(f.lockedFrom)}`}`,
        )
    : [];
  const wanted = (s.findings ?? []).map(
    (f) =>
      `${f.duty} ${f.person} ${f.from} ${f.to}${f['locked-from'] ? ` locked from ${f['locked-from']}` : ''}`,
  );
  for (const w of wanted)
    if (!found.includes(w)) tell(`no finding ${w}; found: ${found.join('; ') || 'none'}`);
  for (const f of found) if (!wanted.includes(f)) tell(`finding ${f}, not expected`);
}
