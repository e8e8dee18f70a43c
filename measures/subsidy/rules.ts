import type { Folded } from '../../platform/duty/contract.ts';
import type { Engagement, Person, Roster } from '../../platform/people/roster.ts';
import { NOT_DRAWN, type RowResult } from '../../policy/detail.ts';
import { type Entitled, GRANTED, REFUSED, SHARES_UNKNOWN, UNDETERMINED } from '../../policy/entitle.ts';
import { kindLabel } from '../../policy/explain.ts';
import { namesIn } from '../../policy/formula.ts';
import type { Months } from '../../policy/months.ts';
import type { Benefit, Pack, Reading } from '../../policy/pack.ts';
import type { Policy } from '../../policy/policy.ts';
import { sourceText } from '../../policy/prose.ts';
import { isMissing } from '../../policy/terms.ts';
import { type Day, firstDay, isoDay, isoMonth } from '../../values/date.ts';
import type { Fraction } from '../../values/fraction.ts';
import { countBits, type Period } from '../../values/period.ts';
import type { Problem } from '../../values/problem.ts';
import type {
  PaidLine,
  PreflightItem,
  ProblemRow,
  RefusedDays,
  SettledPerson,
  Settlement,
  UndeterminedDays,
} from './contract.ts';

/** What a settlement is made from: who there is, what they served, and which policy holds. Days are half-open. */
export type Facts = {
  readonly policy: Policy;
  readonly roster: Roster;
  readonly folded: Folded;
  readonly period: Period;
  readonly problems: readonly Problem[];
};

/** Called now and then with the rows done of all rows; may throw to stop. */
export type OnRows = (done: number, all: number) => void;

/**
 * Settles a period: what each person is owed for each month, community and kind, who bears it, what is refused and why,
 * what waits for whom. A period is the sum of its months: each line is rounded by itself, amount first, then shares
 * (readings D18, D12). Nothing is dropped: every credited day ends in a line, a refusal or an undetermined entry.
 */
export function settle(facts: Facts, onRows: OnRows = () => {}): Settlement {
  const { policy, roster, folded } = facts;
  const { months } = folded;
  const { pack } = policy;
  const benefits = policy.benefitsOf('subsidy');
  const lines: Writable<PaidLine>[] = [];
  const said = sayings(policy, benefits);
  const refused = new DayRuns();
  const undetermined = new Map<
    string,
    { person: number; half: number; missing: string; whoMustAct: string; clause: string }
  >();

  const sums = benefits.map((benefit) =>
    policy.entitle(benefit, months, (done) => onRows(done, months.count)),
  );
  onRows(months.count, months.count);
  for (let r = 0; r < months.count; r++)
    for (const entitled of sums)
      if ((entitled.status[r] & GRANTED) !== 0) addLine(facts, said, entitled, r, lines);
  for (const [b, benefit] of benefits.entries()) {
    const entitled = sums[b];
    for (const row of rowsToTell(policy, benefit, months, entitled)) {
      const person = months.person[row.row];
      const kind = kindLabel(pack, months.kinds[months.kind[row.row]]).zh;
      const place = months.places[months.place[row.row]];
      const wait = (half: number, m: RowResult['shareMissing'][number]): void => {
        const gap = policy.terms.gapAt(m, place);
        const key = `${person}|${gap.missing.zh}|${gap.whoMustAct.zh}|${gap.clause}`;
        const entry = undetermined.get(key) ?? {
          person,
          half: 0,
          missing: gap.missing.zh,
          whoMustAct: gap.whoMustAct.zh,
          clause: gap.clause,
        };
        entry.half += half;
        undetermined.set(key, entry);
      };
      for (const d of row.days) {
        if (d.outcome.is === 'refused') {
          const second =
            d.outcome.second === undefined
              ? ''
              : `（已按“${kindLabel(pack, months.kinds[months.kind[d.outcome.second]]).zh}”计发）`;
          refused.add(
            person,
            kind,
            d.outcome.refusal.says.zh + second,
            d.outcome.refusal.clause,
            d.day,
            d.credit,
          );
        } else if (d.outcome.is === 'undetermined') for (const m of d.outcome.missing) wait(d.credit, m);
      }
      if (row.sum.shares === null) for (const m of row.shareMissing) wait(row.granted, m);
    }
  }

  const sorted = lines.sort(byPlaceAndPerson);
  const refusals = refused.entries(roster);
  const waiting = [...undetermined.values()]
    .sort((a, b) => a.person - b.person)
    .map((u): UndeterminedDays & { person: number } => ({
      idNumber: roster.persons[u.person].id,
      days: u.half / 2,
      missing: u.missing,
      whoMustAct: u.whoMustAct,
      clause: u.clause,
      person: u.person,
    }));
  const problems = facts.problems.map(problemRow);
  const bearing = new Set(benefits.flatMap((b) => b.terms.flatMap((t) => t.shares.map((s) => s.bearer))));
  const bearers = pack.levels.filter((l) => bearing.has(l.id)).map((l) => l.label.zh);
  const persons = settledPersons(roster, sorted);
  return {
    pack: { id: pack.id, version: pack.version, digest: pack.digest, title: pack.title.zh },
    period: facts.period,
    bearers,
    levels: pack.levels.map((l) => ({ id: l.id, label: l.label.zh })),
    payingLevel: pack.pays,
    kinds: pack.kinds.map((k) => ({ id: k.id, label: k.label.zh, reportedTo: reportedTo(policy, k.id) })),
    benefitLabel: benefits[0]?.label.zh ?? '',
    totals: totalsOf(sorted, bearers),
    lines: sorted,
    refused: refusals,
    undetermined: waiting,
    problems,
    persons,
    preflight: preflight(persons, sorted, waiting, facts),
    documents: documentsOf(policy, benefits),
    readings: readingsOf(policy, benefits),
    postingDays: postingDays(policy, benefits, facts.period),
  };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Rows with something to say beyond the money, read day by day; a person's months in order, because caps may run on. */
function* rowsToTell(
  policy: Policy,
  benefit: Benefit,
  months: Months,
  entitled: Entitled,
): Generator<RowResult> {
  const tell = REFUSED | UNDETERMINED | SHARES_UNKNOWN;
  for (let start = 0; start < months.count; ) {
    let end = start;
    let flagged = false;
    while (end < months.count && months.person[end] === months.person[start])
      flagged = (entitled.status[end++] & tell) !== 0 || flagged;
    if (flagged) {
      const drawn = NOT_DRAWN();
      for (let from = start; from < end; ) {
        let to = from + 1;
        while (to < end && months.month[to] === months.month[from]) to++;
        yield* policy.read(benefit, months, from, to, drawn);
        from = to;
      }
    }
    start = end;
  }
}

/** What is said of a kind on every one of its lines, worked out once. */
type Saying = {
  readonly label: string;
  readonly reportedTo: string | null;
  readonly shares: ReadonlyMap<Benefit, readonly { readonly level: number; readonly bearer: string }[]>;
};
type Sayings = {
  kind(id: string): Saying;
  above(paying: string): string | null;
  posts(bits: number): readonly string[];
};

/** Labels of a settlement's lines. A city has some hundred thousand lines and a dozen kinds. */
function sayings(policy: Policy, benefits: readonly Benefit[]): Sayings {
  const { pack } = policy;
  const remembered = <K, V>(make: (key: K) => V): ((key: K) => V) => {
    const known = new Map<K, V>();
    return (key) => {
      let value = known.get(key);
      if (value === undefined && !known.has(key)) {
        value = make(key);
        known.set(key, value);
      }
      return value as V;
    };
  };
  return {
    kind: remembered((id: string): Saying => {
      const as = id.startsWith('?') ? (pack.openKinds?.as ?? id) : id;
      const shares = benefits.map((b) => {
        const bearers = (b.terms.find((t) => t.kinds.includes(as))?.shares ?? []).map((s) => {
          const level = pack.levels.findIndex((l) => l.id === s.bearer);
          return { level, bearer: pack.levels[level].label.zh };
        });
        return [b, bearers] as const;
      });
      return { label: kindLabel(pack, id).zh, reportedTo: reportedTo(policy, id), shares: new Map(shares) };
    }),
    // The virtual levels of statistics are left out of a path: above a district of a municipality is the municipality.
    above: remembered((paying: string) => policy.terms.pathOf(paying)[1]?.name ?? null),
    posts: remembered((bits: number) =>
      pack.posts.filter((_, i) => ((bits >>> i) & 1) === 1).map((p) => p.label.zh),
    ),
  };
}

function addLine(
  { roster, folded }: Facts,
  said: Sayings,
  e: Entitled,
  r: number,
  lines: Writable<PaidLine>[],
): void {
  const { months } = folded;
  const engagement = roster.engagements[folded.engagementOf[r]];
  const person = roster.persons[months.person[r]];
  const kindId = months.kinds[months.kind[r]];
  const kind = said.kind(kindId);
  const placeCode = months.places[months.place[r]];
  const month = months.month[r];
  const shares = (kind.shares.get(e.benefit) ?? []).map(({ level, bearer }) => {
    const fen = e.shares[level][r];
    return { bearer, fen: fen < 0 ? null : fen };
  });
  // Rows of one person and month stand together, so what could be the same line is among the last.
  for (
    let i = lines.length - 1;
    i >= 0 && lines[i].person === person.index && lines[i].month === month;
    i--
  ) {
    const line = lines[i];
    if (line.kindId !== kindId || line.placeCode !== placeCode || line.community !== engagement.community)
      continue;
    // Another benefit adds its money to the line, and of days only those the line does not have.
    const fresh = e.days[r] & ~line.dayBits;
    line.days += countBits(fresh) - countBits(fresh & months.half[r]) / 2;
    line.amountFen += e.fen[r];
    line.shares = together(line.shares, shares);
    line.dayBits |= fresh;
    line.halfBits |= months.half[r] & fresh;
    line.firstDay = firstDay(month) + lowest(line.dayBits);
    line.lastDay = firstDay(month) + highest(line.dayBits);
    line.rateFen = null;
    return;
  }
  const days = e.days[r];
  const first = firstDay(month);
  lines.push({
    idNumber: person.id,
    name: person.name,
    district: engagement.district,
    community: engagement.community,
    kind: kind.label,
    days: e.half[r] / 2,
    amountFen: e.fen[r],
    shares,
    because: `${isoMonth(month)}/${placeCode}/${kindId}`,
    person: person.index,
    month,
    street: engagement.street,
    districtCode: engagement.paying,
    placeCode,
    above: said.above(engagement.paying),
    kindId,
    reportedTo: kind.reportedTo,
    dayBits: days,
    halfBits: months.half[r] & days,
    rateFen: e.rate[r] > 0 ? e.rate[r] : null,
    posts: said.posts(postBits(months, r, days)),
    firstDay: first + lowest(days),
    lastDay: first + highest(days),
  });
}

/** What two claims cost each bearer in all; not known where either is not. */
function together(a: PaidLine['shares'], b: PaidLine['shares']): PaidLine['shares'] {
  const sums = new Map(a.map((s) => [s.bearer, s.fen]));
  for (const { bearer, fen } of b) {
    const before = sums.has(bearer) ? sums.get(bearer)! : 0;
    sums.set(bearer, before === null || fen === null ? null : before + fen);
  }
  return [...sums].map(([bearer, fen]) => ({ bearer, fen }));
}

const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);
const highest = (bits: number): number => 31 - Math.clz32(bits);

/** The label of the line a kind is reported to; null where the pack names none. */
function reportedTo(policy: Policy, kindId: string): string | null {
  const { kinds, parameters, reportedTo } = policy.pack;
  const line = kinds.find((k) => k.id === kindId)?.line ?? '';
  return parameters.get(reportedTo ?? '')?.options.get(line)?.zh ?? null;
}

/** Which posts were served at on the days of a line, as bits in the pack's order. */
function postBits(months: Months, r: number, days: number): number {
  let bits = 0;
  months.posts?.forEach((post, i) => {
    if ((post[r] & days) !== 0) bits |= 1 << i;
  });
  return bits;
}

function byPlaceAndPerson(a: PaidLine, b: PaidLine): number {
  return (
    compareText(a.districtCode, b.districtCode) ||
    compareText(a.placeCode, b.placeCode) ||
    compareText(a.community, b.community) ||
    a.person - b.person ||
    a.month - b.month ||
    compareText(a.kindId, b.kindId)
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Refused days gathered into runs of consecutive days with one reason, across the ends of months. */
class DayRuns {
  private readonly runs = new Map<
    string,
    { person: number; kind: string; reason: string; clause: string; days: { day: Day; credit: number }[] }
  >();

  add(person: number, kind: string, reason: string, clause: string, day: Day, credit: number): void {
    const key = `${person}|${kind}|${reason}|${clause}`;
    let run = this.runs.get(key);
    if (!run) {
      run = { person, kind, reason, clause, days: [] };
      this.runs.set(key, run);
    }
    run.days.push({ day, credit });
  }

  entries(roster: Roster): (RefusedDays & { person: number })[] {
    const out: (RefusedDays & { person: number; at: Day })[] = [];
    for (const { person, kind, reason, clause, days } of this.runs.values()) {
      days.sort((a, b) => a.day - b.day);
      for (let i = 0; i < days.length; ) {
        let j = i;
        let half = days[i].credit;
        while (j + 1 < days.length && days[j + 1].day <= days[j].day + 1) half += days[++j].credit;
        out.push({
          idNumber: roster.persons[person].id,
          from: isoDay(days[i].day),
          to: isoDay(days[j].day),
          days: half / 2,
          kind,
          reason,
          clause,
          person,
          at: days[i].day,
        });
        i = j + 1;
      }
    }
    return out
      .sort(
        (a, b) =>
          a.person - b.person ||
          a.at - b.at ||
          compareText(a.kind, b.kind) ||
          compareText(a.clause, b.clause),
      )
      .map(({ at: _, ...entry }) => entry);
  }
}

function totalsOf(lines: readonly PaidLine[], bearers: readonly string[]): Settlement['totals'] {
  const byBearer: Record<string, number> = Object.fromEntries(bearers.map((b) => [b, 0]));
  const people = new Set<number>();
  let days = 0;
  let amountFen = 0;
  for (const line of lines) {
    people.add(line.person);
    days += line.days;
    amountFen += line.amountFen;
    for (const s of line.shares) if (s.fen !== null) byBearer[s.bearer] += s.fen;
  }
  return { people: people.size, days, amountFen, byBearer };
}

/** A problem as JSON carries it. */
const problemRow = (p: Problem): ProblemRow => ({
  severity: p.severity,
  file: p.file,
  row: p.row,
  column: p.column,
  message: p.message.zh,
  suggestion: p.suggestion.zh,
});

/**
 * What the roster says of town and country, held against what the rules say of the kind: warnings on the roster's rows.
 * The money does not change. Nothing where the pack has no such rule. Source: TJ-S-1, reading D15.
 */
export function areaWarnings({ areas, kinds }: Pack, roster: Roster): Problem[] {
  if (!areas) return [];
  const words = { urban: { zh: '城市', en: 'urban' }, rural: { zh: '农村', en: 'rural' } };
  return roster.engagements.flatMap((e: Engagement): Problem[] => {
    const kind = kinds.find((k) => k.id === e.kind);
    if (!kind?.area || !e.area || kind.area === e.area) return [];
    return [
      {
        severity: 'warning',
        file: roster.file,
        row: e.row,
        column: roster.headings.area ?? null,
        message: {
          zh: `“${kind.label.zh}”按实施口径应为${words[kind.area].zh}，表上是${words[e.area].zh}（${areas.clause}，口径 ${areas.reading}）；金额不变`,
          en: `"${kind.label.en}" is ${words[kind.area].en} by the rules, the sheet says ${words[e.area].en} (${areas.clause}, reading ${areas.reading}); the money does not change`,
        },
        suggestion: {
          zh: '核对城乡一栏，或由主管部门定口径',
          en: 'check the column, or let the department decide',
        },
      },
    ];
  });
}

function settledPersons(roster: Roster, lines: readonly PaidLine[]): SettledPerson[] {
  const first = new Map<number, Engagement>();
  for (const e of roster.engagements) if (!first.has(e.person)) first.set(e.person, e);
  const paid = new Map<number, PaidLine>();
  for (const l of lines) if (!paid.has(l.person)) paid.set(l.person, l);
  return roster.persons.map((p: Person): SettledPerson => {
    const at = paid.get(p.index) ?? first.get(p.index);
    return {
      index: p.index,
      idNumber: p.id,
      name: p.name,
      bankCard: p.bankCard,
      bank: p.bank,
      phone: p.phone,
      district: at?.district ?? '',
      community: at?.community ?? '',
      cardIssue: p.cardIssue ? `${p.cardIssue.reason.zh}` : null,
    };
  });
}

/** Columns of the roster whose problems, rows set aside among them, are put right before anything is posted. */
const SORT_OF_COLUMN: Readonly<Record<string, PreflightItem['sort']>> = {
  kind: 'kind',
  from: 'dates',
  to: 'dates',
  area: 'area',
};

/** What to put right before anything is posted: cards, kinds, dates, and what waits. Refused days are a list of their own. */
function preflight(
  persons: readonly SettledPerson[],
  lines: readonly PaidLine[],
  waiting: Settlement['undetermined'],
  facts: Facts,
): PreflightItem[] {
  const items: PreflightItem[] = [];
  const of = (p: SettledPerson) => ({
    idNumber: p.idNumber,
    name: p.name,
    district: p.district,
    community: p.community,
  });
  // Whoever is refused alone is sent no money, and needs no card for it.
  const due = new Set<number>([...lines, ...waiting].map((one) => one.person));
  for (const p of persons) {
    if (!due.has(p.index)) continue;
    const issue = facts.roster.persons[p.index].cardIssue;
    if (issue)
      items.push({ ...of(p), sort: 'card', message: issue.reason.zh, suggestion: issue.suggestion.zh });
  }
  for (const u of waiting)
    items.push({
      ...of(persons[u.person]),
      sort: 'gap',
      message: `${u.days} 天待定：缺“${u.missing}”（${u.clause}）`,
      suggestion: `由${u.whoMustAct}确定`,
    });
  const onRow = (p: Problem, sort: PreflightItem['sort']): void => {
    items.push({
      idNumber: '',
      name: '',
      district: '',
      community: '',
      sort,
      message: `花名册第 ${p.row} 行：${p.message.zh}`,
      suggestion: p.suggestion.zh,
    });
  };
  for (const p of facts.roster.problems) {
    const sort = p.about === null ? undefined : SORT_OF_COLUMN[p.about];
    if (sort) onRow(p, sort);
  }
  for (const p of areaWarnings(facts.policy.pack, facts.roster)) onRow(p, 'area');
  return items;
}

function documentsOf(policy: Policy, benefits: readonly Benefit[]): string[] {
  const ids = new Set<string>();
  const { pack } = policy;
  for (const b of benefits) {
    for (const clause of [
      b.clause,
      b.once?.clause,
      ...b.terms.flatMap((t) => [t.clause, ...t.shares.map((s) => s.clause)]),
      pack.credit?.clause,
    ]) {
      const source = clause ? pack.clauses.get(clause)?.source : undefined;
      if (source) ids.add(source);
    }
  }
  const own = [...new Set(policy.settings.flatMap((s) => (s.document ? [s.document] : [])))];
  return [...[...pack.sources.values()].filter((s) => ids.has(s.id)).map((s) => sourceText(s).zh), ...own];
}

function readingsOf(policy: Policy, benefits: readonly Benefit[]): string[] {
  const { pack } = policy;
  const used = new Set<string>(pack.credit ? [pack.credit.overMidnight] : []);
  const formulas = [
    ...(pack.credit ? [pack.credit.full, ...(pack.credit.half ? [pack.credit.half] : [])] : []),
    ...benefits.flatMap((b) => [
      ...b.when.map((c) => c.if),
      ...b.terms.flatMap((t) => [t.rate, ...t.shares.flatMap((s) => [s.part, s.upTo])]),
    ]),
  ];
  for (const f of formulas) if (f) for (const name of namesIn(f, 'reading')) used.add(name);
  for (const b of benefits)
    for (const id of [b.once?.reading, b.rounding?.amount, b.rounding?.shares]) if (id) used.add(id);
  const option = (r: Reading, id: unknown): string => r.options.get(String(id))?.zh ?? String(id);
  // Whoever may decide a reading may have chosen otherwise for their own division: said beside the pack's choice.
  const own = (r: Reading): string =>
    policy.settings
      .filter((s) => s.name === r.id)
      .map((s) => `，${policy.divisions.of(s.division)?.name ?? s.division}另定：${option(r, s.value)}`)
      .join('');
  return [...pack.readings.values()]
    .filter((r) => used.has(r.id))
    .map((r) => `${r.id} ${r.question.zh}：${option(r, r.inUse)}${own(r)}`);
}

/** How many days the list is posted, as it binds at the end of the period; null when the pack does not say. */
function postingDays(policy: Policy, benefits: readonly Benefit[], period: Period): number | null {
  const name = benefits.find((b) => b.postedFor !== null)?.postedFor;
  const found = name ? policy.terms.parameter(name, policy.pack.division, period.until - 1) : null;
  if (!found || isMissing(found)) return null;
  const days = found.value as Fraction; // the loader lets only a parameter of days be named here
  return days.n / days.d;
}
