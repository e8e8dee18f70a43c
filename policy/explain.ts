import { chineseDay, type Day, EVER, isoDay, isoMonth, type Month } from '../values/date.ts';
import type { Because, FactRef, Figure, Gap, Origin } from '../values/figure.ts';
import { compare, fraction, plus, times, ZERO } from '../values/fraction.ts';
import { ALWAYS } from '../values/period.ts';
import { same, type Text } from '../values/text.ts';
import { type DayFacts, type DayOutcome, kindFor, readDay, sameOutcome } from './day.ts';
import type { DayResult, RowResult } from './detail.ts';
import { evaluate, type Seen } from './evaluate.ts';
import type { Months } from './months.ts';
import type { Benefit, Pack } from './pack.ts';
import { formulaText, optionsOf, periodText, sourceText, valueText, yuanOf } from './prose.ts';
import type { Terms } from './terms.ts';

/** Days of a row that came to the same: the first and the last, all of them in words, how many half-days, and why. */
type Stretch = {
  readonly from: Day;
  readonly to: Day;
  readonly on: Text;
  readonly half: number;
  readonly because: Because;
};
/** Days that wait: what is missing and for whom, and what was served on them. */
type OpenStretch = Omit<Stretch, 'because'> & {
  readonly gaps: readonly Gap[];
  readonly facts: readonly FactRef[];
};

/** One row of the months explained: what is paid and why, what is refused and why, what waits and for whom. */
export type Explanation = {
  readonly row: number;
  readonly month: Month;
  readonly kind: Text;
  readonly place: string;
  /** Whole fen; its because ends at clause, parameter, document and the facts given. */
  readonly paid: Figure<number>;
  readonly refused: readonly Stretch[];
  readonly undetermined: readonly OpenStretch[];
};

/** What a day's facts were: the duty records or the mark on the attendance sheet. Empty when none are at hand. */
export type FactsOn = (day: Day) => readonly FactRef[];

/**
 * Explains a row already read day by day: the same outcomes, with every parameter, declared state and reading they
 * looked at, and the shares. Work is done when someone asks, never in the batch.
 */
export function explainRow(
  benefit: Benefit,
  terms: Terms,
  months: Months,
  result: RowResult,
  factsOn: FactsOn = () => [],
): Explanation {
  const { pack } = terms;
  const r = result.row;
  const kind = kindLabel(pack, months.kinds[months.kind[r]]);
  const place = months.places[months.place[r]];
  const refused: Stretch[] = [];
  const undetermined: OpenStretch[] = [];
  for (const run of runs(result.days)) {
    const { outcome } = run[0];
    const [from, to] = [run[0].day, run[run.length - 1].day];
    const half = run.reduce((n, d) => n + d.credit, 0);
    const on = daysText(run);
    const facts = run.flatMap((d) => factsOn(d.day));
    if (outcome.is === 'refused') {
      const says =
        outcome.second === undefined
          ? outcome.refusal.says
          : withKind(outcome.refusal.says, kindLabel(pack, months.kinds[months.kind[outcome.second]]));
      // That another kind holds the day is reason enough: what the terms of this one looked at decided nothing.
      const of = outcome.second === undefined ? seenFigures(benefit, terms, months, r, run[0], place) : [];
      refused.push({
        from,
        to,
        on,
        half,
        because: {
          says,
          clause: outcome.refusal.clause,
          facts,
          reading: outcome.second === undefined ? undefined : (benefit.once?.reading ?? undefined),
          of,
        },
      });
    } else if (outcome.is === 'undetermined') {
      undetermined.push({
        from,
        to,
        on,
        half,
        gaps: outcome.missing.map((m) => terms.gapAt(m, place)),
        facts,
      });
    }
  }
  return {
    row: r,
    month: months.month[r],
    kind,
    place,
    paid: paidFigure(benefit, terms, months, result, place, factsOn),
    refused,
    undetermined,
  };
}

const withKind = (says: Text, kind: Text): Text => ({
  zh: `${says.zh}（已按“${kind.zh}”计发）`,
  en: `${says.en} (paid as ${kind.en})`,
});

/** A kind's label; a kind the pack does not know is quoted as it was written. */
export function kindLabel(pack: Pack, kind: string): Text {
  return pack.kinds.find((k) => k.id === kind)?.label ?? same(kind.startsWith('?') ? kind.slice(1) : kind);
}

function runs(days: readonly DayResult[]): DayResult[][] {
  const out: DayResult[][] = [];
  for (const d of days) {
    if (d.outcome.is === 'granted' || d.outcome.is === 'elsewhere') continue;
    const run = out.find((x) => sameReason(x[0], d));
    if (run) run.push(d);
    else out.push([d]);
  }
  return out;
}

/** Two days refused or undetermined for one and the same reason. */
function sameReason(a: DayResult, b: DayResult): boolean {
  const [x, y] = [a.outcome, b.outcome];
  if (x.is === 'refused')
    return (
      y.is === 'refused' &&
      x.refusal.clause === y.refusal.clause &&
      x.refusal.says.zh === y.refusal.says.zh &&
      x.second === y.second
    );
  return (
    x.is === 'undetermined' &&
    y.is === 'undetermined' &&
    x.missing.map((m) => m.name).join() === y.missing.map((m) => m.name).join()
  );
}

function paidFigure(
  benefit: Benefit,
  terms: Terms,
  months: Months,
  result: RowResult,
  place: string,
  factsOn: FactsOn,
): Figure<number> {
  const { pack } = terms;
  const granted = result.days.filter(
    (d): d is DayResult & { outcome: Extract<DayOutcome, { is: 'granted' }> } => d.outcome.is === 'granted',
  );
  if (granted.length === 0) {
    return {
      value: 0,
      because: { says: { zh: '本月没有可发的天数', en: 'no day of this month is paid' }, of: [] },
    };
  }
  const of: Figure<unknown>[] = [];
  const terms0 = granted[0].outcome.terms;
  const sums: Text[] = [];
  let summed = ZERO;
  // Days on the same terms are told together, half days among them, however they lie in the month.
  const groups: (typeof granted)[] = [];
  for (const g of granted) {
    const same = groups.find((x) => sameOutcome(x[0].outcome, g.outcome));
    if (same) same.push(g);
    else groups.push([g]);
  }
  for (const group of groups) {
    const half = group.reduce((n, d) => n + d.credit, 0);
    const days = valueText(fraction(half, 2), 'days');
    const { outcome } = group[0];
    const amount = times(outcome.rate, fraction(half, 2));
    if (benefit.per === 'day') {
      const rate = valueText(outcome.rate, 'rate');
      summed = plus(summed, amount);
      sums.push({
        zh: `${days.zh} × ${rate.zh} = ${yuanOf(amount)}元`,
        en: `${days.en} × ${rate.en} = ${yuanOf(amount)} yuan`,
      });
    } else sums.push(days);
    const facts = group.flatMap((d) => factsOn(d.day));
    of.push({
      value: fraction(half, 2),
      because: { says: daysSay(group, days), clause: pack.credit?.clause, facts, of: [] },
    });
    for (const d of firstOfStretches(group, terms, place))
      add(of, seenFigures(benefit, terms, months, result.row, d, place));
  }
  const { fen, shares } = result.sum;
  if (benefit.per === 'month' && terms0.amount) {
    // A month's amount is read as its last counted day says.
    const { day } = granted[granted.length - 1];
    const kind = kindFor(months.kinds[months.kind[result.row]], terms, place, day);
    const seen: Seen[] = [];
    evaluate(terms0.amount, {
      terms,
      place,
      day,
      facts: { kind: typeof kind === 'string' ? kind : undefined, days: fraction(result.granted, 2) },
      seen,
    });
    sums.push(formulaText(terms0.amount, pack));
    add(of, figuresOf(seen, pack, terms));
  }
  if (result.capped)
    of.push({ value: fen, because: { says: result.capped.says, clause: result.capped.clause, of: [] } });
  if (shares) {
    terms0.shares.forEach((s, k) => {
      const level = pack.levels.find((l) => l.id === s.bearer)?.label ?? same(s.bearer);
      const yuan = yuanOf(fraction(shares[k]));
      const how = s.paidAs ?? { zh: '', en: '' };
      of.push({
        value: shares[k],
        because: {
          says: {
            zh: `${level.zh}财政负担 ${yuan}元${how.zh && `（${how.zh}）`}`,
            en: `${yuan} yuan borne by the ${level.en}${how.en && ` (${how.en})`}`,
          },
          clause: s.clause,
          of: [],
        },
      });
    });
  } else of.push({ gaps: result.shareMissing.map((m) => terms.gapAt(m, place)) });
  const total = yuanOf(fraction(fen));
  const exact = benefit.per === 'day' && compare(summed, fraction(fen)) === 0;
  const dropped: Text =
    exact || benefit.per !== 'day' || result.capped
      ? { zh: '', en: '' }
      : { zh: '；不足一分的舍去', en: '; less than a fen is dropped' };
  const says =
    sums.length === 1 && exact
      ? sums[0]
      : {
          zh: `${sums.map((s) => s.zh).join('；')}${dropped.zh}；合计 ${total}元`,
          en: `${sums.map((s) => s.en).join('; ')}${dropped.en}; ${total} yuan in all`,
        };
  return { value: fen, because: { says, clause: terms0.clause, of } };
}

/** The first day of each stretch between which something that binds may change: two documents may say the same. */
function firstOfStretches(days: readonly DayResult[], terms: Terms, place: string): DayResult[] {
  const book = cutsBy.get(terms) ?? new Map<string, readonly Day[]>();
  cutsBy.set(terms, book);
  const key = terms.termsPlaceOf(place);
  const cuts = book.get(key) ?? terms.boundaries(place, ALWAYS);
  book.set(key, cuts);
  const out: DayResult[] = [];
  let next = 0;
  for (const d of days) {
    if (out.length > 0 && (next >= cuts.length || d.day < cuts[next])) continue;
    while (next < cuts.length && cuts[next] <= d.day) next++;
    out.push(d);
  }
  return out;
}

const cutsBy = new WeakMap<Terms, Map<string, readonly Day[]>>();

/** Adds what is not told yet. */
function add(of: Figure<unknown>[], figures: readonly Figure<unknown>[]): void {
  for (const f of figures) if (!of.some((o) => sameFigure(o, f))) of.push(f);
}

function daysSay(days: readonly DayResult[], sum: Text): Text {
  const on = daysText(days);
  return { zh: `计 ${sum.zh}：${on.zh}`, en: `${sum.en} credited: ${on.en}` };
}

/** Days in words, those in a row joined: "2月1日至2月5日、2月6日（半天）". */
function daysText(days: readonly DayResult[]): Text {
  const written: { from: Day; to: Day; credit: number }[] = [];
  for (const d of days) {
    const last = written[written.length - 1];
    if (last && last.to === d.day - 1 && last.credit === d.credit) last.to = d.day;
    else written.push({ from: d.day, to: d.day, credit: d.credit });
  }
  const zh = written
    .map(
      (w) =>
        `${shortDay(w.from)}${w.to > w.from ? `至${shortDay(w.to)}` : ''}${w.credit === 1 ? '（半天）' : ''}`,
    )
    .join('、');
  const en = written
    .map(
      (w) =>
        `${isoDay(w.from).slice(5)}${w.to > w.from ? ` to ${isoDay(w.to).slice(5)}` : ''}${w.credit === 1 ? ' (half)' : ''}`,
    )
    .join(', ');
  return { zh, en };
}

const shortDay = (d: Day): string => chineseDay(d).slice(5);

const seenBy = new WeakMap<Terms, Map<string, Figure<unknown>[]>>();

/** What the terms of a day looked at, as figures; the same for all who share the outcome, so worked out once. */
function seenFigures(
  benefit: Benefit,
  terms: Terms,
  months: Months,
  r: number,
  d: DayResult,
  place: string,
): Figure<unknown>[] {
  const { pack } = terms;
  const post =
    months.posts?.findIndex((p) => ((p[r] >>> (d.day - firstOf(months.month[r]))) & 1) === 1) ?? -1;
  const area = months.area?.[r] ?? 0;
  const facts: DayFacts = {
    kind: months.kinds[months.kind[r]],
    post: post < 0 ? null : pack.posts[post].id,
    credit: fraction(d.credit, 2),
    area: area === 1 ? 'urban' : area === 2 ? 'rural' : null,
  };
  let book = seenBy.get(terms);
  if (!book) {
    book = new Map();
    seenBy.set(terms, book);
  }
  const key = `${benefit.id}|${terms.termsPlaceOf(place)}|${facts.kind}|${facts.post}|${d.credit}|${area}|${d.day}`;
  let figures = book.get(key);
  if (!figures) {
    const seen: Seen[] = [];
    readDay(benefit, terms, place, d.day, facts, seen);
    figures = figuresOf(seen, pack, terms);
    book.set(key, figures);
  }
  return figures;
}

function figuresOf(seen: readonly Seen[], pack: Pack, terms: Terms): Figure<unknown>[] {
  const figures: Figure<unknown>[] = [];
  for (const s of seen) {
    // What the notice itself says is only worth telling where a district says otherwise.
    if (
      s.asIssued &&
      seen.some((o) => o.name === s.name && !o.asIssued && !o.found.departs && o.found.by === 'pack')
    )
      continue;
    add(figures, [seenFigure(s, pack, terms)]);
  }
  return figures;
}

const firstOf = (m: Month): Day => Date.UTC(Math.floor(m / 12), m % 12, 1) / 86_400_000;

function sameFigure(a: Figure<unknown>, b: Figure<unknown>): boolean {
  return (
    a === b ||
    ('because' in a &&
      'because' in b &&
      a.because.says.zh === b.because.says.zh &&
      a.because.clause === b.because.clause)
  );
}

const FORCE_TEXT: Record<string, Text> = {
  fixed: { zh: '固定标准', en: 'fixed' },
  guiding: { zh: '指导标准', en: 'guiding' },
  floor: { zh: '不得低于', en: 'a floor' },
  ceiling: { zh: '不得高于', en: 'a ceiling' },
  delegated: { zh: '授权本级制定', en: 'delegated' },
};

/** The words for how strongly a parameter binds. */
const forceText = (force: string): Text => FORCE_TEXT[force] ?? same(force);

function seenFigure(seen: Seen, pack: Pack, terms: Terms): Figure<unknown> {
  const { found } = seen;
  const source = found.source ? pack.sources.get(found.source) : undefined;
  const document = found.document ?? (source ? (source.number ?? source.title.zh) : null);
  const by: Text =
    found.by === 'change'
      ? { zh: '测算假定', en: 'assumed in this what-if' }
      : found.by === 'setting' || found.by === 'implied'
        ? setByText(terms, found.division, found.document)
        : source
          ? sourceText(source)
          : { zh: '默认口径', en: 'the reading in use' };
  const cited: Text =
    source?.held === 'cited' ? { zh: '，原文未取得', en: ', text not held' } : { zh: '', en: '' };
  if (seen.sort === 'reading') {
    const reading = pack.readings.get(seen.name);
    const option = reading?.options.get(found.value as string) ?? same(String(found.value));
    return {
      value: found.value,
      because: {
        says: {
          zh: `口径 ${seen.name}：${reading?.question.zh}——${option.zh}`,
          en: `reading ${seen.name}: ${reading?.question.en}: ${option.en}`,
        },
        clause: reading?.clause,
        reading: seen.name,
        of: [],
      },
    };
  }
  if (seen.sort === 'timeline') {
    const timeline = pack.timelines.get(seen.name);
    const state = timeline?.states.get(found.value as string) ?? same(String(found.value));
    const period = periodText(found.period);
    return {
      value: found.value,
      because: {
        says: {
          zh: `${timeline?.label.zh}为${state.zh}（${period.zh}，依据${by.zh}${cited.zh}）`,
          en: `${timeline?.label.en}: ${state.en} (${period.en}, by ${by.en}${cited.en})`,
        },
        clause: timeline?.clause,
        of: [],
      },
    };
  }
  const parameter = pack.parameters.get(seen.name);
  if (!parameter) throw new Error(`no parameter ${seen.name}`);
  const value = valueText(found.value, parameter.type, optionsOf(pack, parameter.type), parameter.percent);
  const force = forceText(parameter.force);
  const issued: Text = seen.asIssued ? { zh: '文件所定', en: ' as issued' } : { zh: '', en: '' };
  const departs: Text = found.departs
    ? { zh: `，与${force.zh}不同`, en: ', departing from the guiding value' }
    : { zh: '', en: '' };
  const origin: Origin = {
    name: parameter.id,
    setBy: by,
    inForce: found.period,
    force: parameter.force,
    document,
  };
  const since: Text =
    found.period.from <= EVER
      ? { zh: '', en: '' }
      : { zh: `，${periodText(found.period).zh}`, en: `, ${periodText(found.period).en}` };
  return {
    value: found.value,
    because: {
      says: {
        zh: `${issued.zh}${parameter.label.zh}：${value.zh}（${force.zh}${departs.zh}${since.zh}，依据${by.zh}${cited.zh}）`,
        en: `${parameter.label.en}${issued.en}: ${value.en} (${force.en}${departs.en}${since.en}, by ${by.en}${cited.en})`,
      },
      clause: parameter.clause,
      parameter: origin,
      of: [],
    },
  };
}

function setByText(terms: Terms, division: string | null, document: string | null): Text {
  const name = division ? (terms.divisions.of(division)?.name ?? '') : '';
  return document
    ? { zh: `${name}规定（${document}）`, en: `a rule of ${name} (${document})` }
    : { zh: `${name}规定（未注文号）`, en: `a rule of ${name} (no document number given)` };
}

/** "2020-02" for sentences about a month. */
export const monthText = (m: Month): Text => ({
  zh: `${Math.floor(m / 12)}年${(m % 12) + 1}月`,
  en: isoMonth(m),
});
