import { type Day, EVER, NEVER } from '../values/date.ts';
import type { Figure, Gap } from '../values/figure.ts';
import { type Fraction, fraction, ZERO } from '../values/fraction.ts';
import type { Divisions } from '../values/place.ts';
import type { Problem } from '../values/problem.ts';
import { same } from '../values/text.ts';
import type { Vocabulary } from '../values/vocabulary.ts';
import { checkDuties, type Finding } from './check.ts';
import { addUp, type ClaimSum } from './claim.ts';
import { readDay } from './day.ts';
import { type Drawn, NOT_DRAWN, type RowResult, readRows } from './detail.ts';
import { type Entitled, entitle } from './entitle.ts';
import { evaluate, Gaps, type Seen } from './evaluate.ts';
import { type Explanation, explainRow, type FactsOn } from './explain.ts';
import type { Value } from './formula.ts';
import { loadPack } from './load.ts';
import type { Months } from './months.ts';
import type { Benefit, Measure, Pack, PackFile, Refusal } from './pack.ts';
import { formulaText, optionsOf, valueText } from './prose.ts';
import { type Change, type Setting, Terms } from './terms.ts';

export type PolicyOptions = {
  readonly divisions: Divisions;
  readonly settings?: readonly Setting[];
  readonly knownOn?: Day;
};

/** Loads a pack's folder into a policy, or returns every problem found in it. */
export function loadPolicy(
  id: string,
  files: readonly PackFile[],
  options: PolicyOptions,
  base?: (id: string) => readonly PackFile[] | null,
): Policy | { readonly problems: readonly Problem[] } {
  const loaded = loadPack(id, files, base);
  return 'problems' in loaded
    ? loaded
    : new Policy(loaded.pack, options.divisions, options.settings ?? [], [], options.knownOn ?? NEVER);
}

/** An event that something is owed for once: who, where, of what kind, when. */
export type EventFact = {
  readonly person: number;
  readonly place: string;
  readonly kind: string;
  readonly event: string;
  readonly day: Day;
  readonly facts?: Readonly<Record<string, Value>>;
};
export type EventOutcome =
  | { readonly is: 'granted'; readonly sum: ClaimSum }
  | { readonly is: 'refused'; readonly refusal: Refusal }
  | { readonly is: 'undetermined'; readonly gaps: readonly Gap[] };

/** What changes between two policies: in all, by division, by bearer, and who gains or loses most. Fen. */
export type Comparison = {
  readonly before: Totals;
  readonly after: Totals;
  readonly byDivision: ReadonlyMap<string, { before: number; after: number }>;
  readonly gain: number;
  readonly lose: number;
  /** Persons whose sum changes most, clearest first. */
  readonly clearest: readonly { person: number; before: number; after: number }[];
};
export type Totals = {
  readonly fen: number;
  readonly people: number;
  readonly byBearer: readonly number[];
  readonly sharesUnknownFen: number;
};

/**
 * A pack in force at its places, with the local settings and what-ifs laid over it. Immutable: a what-if is another
 * policy over the same pack, nothing copied, nothing changed.
 */
export class Policy {
  readonly pack: Pack;
  readonly divisions: Divisions;
  readonly settings: readonly Setting[];
  readonly changes: readonly Change[];
  readonly knownOn: Day;
  readonly terms: Terms;

  constructor(
    pack: Pack,
    divisions: Divisions,
    settings: readonly Setting[],
    changes: readonly Change[],
    knownOn: Day = NEVER,
  ) {
    this.pack = pack;
    this.divisions = divisions;
    this.settings = settings;
    this.changes = changes;
    this.knownOn = knownOn;
    this.terms = new Terms(pack, divisions, settings, changes, knownOn);
  }

  /** The benefits of a measure that are owed by day or month; none where the pack switches the measure off. */
  benefitsOf(measure: Measure): readonly Benefit[] {
    return this.pack.measures.get(measure)
      ? this.pack.benefits.filter((b) => b.measure === measure && b.per !== 'event')
      : [];
  }

  /** The batch reading: columns in, columns out. See `entitle`. */
  entitle(benefit: Benefit, months: Months, progress?: (done: number) => void): Entitled {
    return entitle(benefit, this.terms, months, progress);
  }

  /** The day-by-day reading of one person's rows of one month. See `readRows`. */
  read(
    benefit: Benefit,
    months: Months,
    start: number,
    end: number,
    drawn: Drawn = NOT_DRAWN(),
  ): RowResult[] {
    return readRows(benefit, this.terms, months, start, end, drawn);
  }

  /** The explanation of a row read day by day. See `explainRow`. */
  explain(benefit: Benefit, months: Months, result: RowResult, factsOn?: FactsOn): Explanation {
    return explainRow(benefit, this.terms, months, result, factsOn);
  }

  /** Findings on the duties of the pack (rest each week, forced rest). See `checkDuties`. */
  check(months: Months): Finding[] {
    return checkDuties(
      this.pack.duties.filter((d) => this.pack.measures.get(d.measure)),
      this.terms,
      months,
    );
  }

  /** Once-only amounts: each event in order; a second one for the same person is refused where the benefit says once. */
  entitleEvents(benefit: Benefit, events: readonly EventFact[]): EventOutcome[] {
    const had = new Set<number>();
    return events.map((e): EventOutcome => {
      // First of all: what is missing for one event is not missing for another.
      if (benefit.event !== e.event)
        return {
          is: 'refused',
          refusal: {
            clause: benefit.clause,
            says: { zh: '不是这项待遇所指的事由', en: 'not the event this benefit is for' },
          },
        };
      const outcome = readDay(benefit, this.terms, e.place, e.day, {
        kind: e.kind,
        post: null,
        credit: fraction(1),
        area: null,
      });
      if (outcome.is === 'refused') return outcome;
      if (outcome.is === 'undetermined')
        return { is: 'undetermined', gaps: outcome.missing.map((m) => this.terms.gapAt(m, e.place)) };
      if (benefit.once && had.has(e.person))
        return { is: 'refused', refusal: { clause: benefit.once.clause, says: benefit.once.says } };
      const amount = outcome.terms.amount
        ? evaluate(outcome.terms.amount, {
            terms: this.terms,
            place: e.place,
            day: e.day,
            facts: { kind: e.kind, ...e.facts },
          })
        : ZERO;
      if (amount instanceof Gaps)
        return { is: 'undetermined', gaps: amount.items.map((m) => this.terms.gapAt(m, e.place)) };
      had.add(e.person);
      return {
        is: 'granted',
        sum: addUp([
          {
            amount: amount as Fraction,
            credit: fraction(1),
            shares: 'missing' in outcome.shares ? null : outcome.shares,
          },
        ]),
      };
    });
  }

  /** Answers a question of the pack from the facts given; what is not given is a gap, not a no. */
  ask(question: string, place: string, day: Day, facts: Readonly<Record<string, Value>>): Figure<Value> {
    const q = this.pack.questions.get(question);
    if (!q) throw new Error(`no question ${question}`);
    const seen: Seen[] = [];
    const value = evaluate(q.formula, { terms: this.terms, place, day, facts, seen });
    if (value instanceof Gaps)
      return {
        gaps: value.items.map((m) => this.terms.gapAt(m.clause ? m : { ...m, clause: q.clause }, place)),
      };
    const answer = valueText(value, q.type, q.options.size > 0 ? q.options : optionsOf(this.pack, q.type));
    const rule = formulaText(q.formula, this.pack);
    return {
      value,
      because: {
        says: {
          zh: `${q.label.zh}：${answer.zh}（${rule.zh}）`,
          en: `${q.label.en}: ${answer.en} (${rule.en})`,
        },
        clause: q.clause,
        of: [],
      },
    };
  }

  /** Another policy with changes laid over this one; the latest change is looked at first. */
  whatIf(changes: readonly Change[]): Policy {
    return new Policy(this.pack, this.divisions, this.settings, [...this.changes, ...changes], this.knownOn);
  }

  /**
   * Baseline and other side by side, under every benefit of the measure. `otherMonths` are the same persons' months as
   * the other policy credits them: thresholds and readings of hours decide before any benefit does.
   */
  compare(
    other: Policy,
    months: Months,
    otherMonths: Months = months,
    measure: Measure = 'subsidy',
    clearest = 10,
  ): Comparison {
    const [mine, theirs] = [this.sumsOf(months, measure), other.sumsOf(otherMonths, measure)];
    const byDivision = new Map<string, { before: number; after: number }>();
    for (const [side, sums] of [
      ['before', mine],
      ['after', theirs],
    ] as const) {
      for (const [division, fen] of sums.byDivision) {
        const row = byDivision.get(division) ?? { before: 0, after: 0 };
        row[side] = fen;
        byDivision.set(division, row);
      }
    }
    const changed = [...new Set([...mine.byPerson.keys(), ...theirs.byPerson.keys()])]
      .map((person) => ({
        person,
        before: mine.byPerson.get(person) ?? 0,
        after: theirs.byPerson.get(person) ?? 0,
      }))
      .filter((p) => p.before !== p.after);
    return {
      before: mine.totals,
      after: theirs.totals,
      byDivision,
      gain: changed.filter((p) => p.after > p.before).length,
      lose: changed.filter((p) => p.after < p.before).length,
      clearest: changed
        .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || a.person - b.person)
        .slice(0, clearest),
    };
  }

  private sumsOf(
    months: Months,
    measure: Measure,
  ): { totals: Totals; byPerson: Map<number, number>; byDivision: Map<string, number> } {
    const byPerson = new Map<number, number>();
    const byDivision = new Map<string, number>();
    const byBearer = this.pack.levels.map(() => 0);
    const paying = months.places.map((p) => this.terms.divisionOf(this.pack.pays, p) ?? p);
    let sharesUnknownFen = 0;
    let fen = 0;
    for (const benefit of this.benefitsOf(measure)) {
      const e = this.entitle(benefit, months);
      for (let r = 0; r < months.count; r++) {
        if (e.fen[r] === 0) continue;
        fen += e.fen[r];
        byPerson.set(months.person[r], (byPerson.get(months.person[r]) ?? 0) + e.fen[r]);
        const division = paying[months.place[r]];
        byDivision.set(division, (byDivision.get(division) ?? 0) + e.fen[r]);
        if (e.shares.some((s) => s[r] < 0)) sharesUnknownFen += e.fen[r];
        else
          e.shares.forEach((s, k) => {
            byBearer[k] += s[r];
          });
      }
    }
    return { totals: { fen, people: byPerson.size, byBearer, sharesUnknownFen }, byPerson, byDivision };
  }

  /** The words of the jurisdiction's sheets. */
  vocabulary(): Vocabulary {
    const { pack } = this;
    return {
      levels: pack.levels.map((l) => ({
        id: l.id,
        label: l.label.zh,
        aliases: [],
        digits: l.digits,
        headers: l.headers,
      })),
      payingLevel: pack.pays,
      kinds: pack.kinds.map((k) => ({ id: k.id, label: k.label.zh, aliases: k.aliases })),
      kindsAreOpen: pack.openKinds !== null,
      posts: pack.posts.map((p) => ({ id: p.id, label: p.label.zh, aliases: p.aliases })),
    };
  }

  /** How a shift over midnight is counted at that place on the day it began (reading D2). */
  attribution(place: string, day: Day): 'natural-day' | 'shift-start' {
    const { credit } = this.pack;
    return credit && this.terms.reading(credit.overMidnight, place, day).value === 'shift-start'
      ? 'shift-start'
      : 'natural-day';
  }

  private readonly creditTerms = new Map<string, { cuts: readonly Day[]; first: number }>();
  private creditTermsCount = 0;

  /** A number for the terms that decide attribution and credit at a place on a day: where it is equal, so are both. */
  termsOf(place: string, day: Day): number {
    const key = this.terms.termsPlaceOf(place);
    let known = this.creditTerms.get(key);
    if (!known) {
      const cuts = this.terms.boundaries(place, { from: EVER, until: NEVER });
      known = { cuts, first: this.creditTermsCount };
      this.creditTermsCount += cuts.length;
      this.creditTerms.set(key, known);
    }
    let i = known.cuts.length - 1;
    while (i > 0 && known.cuts[i] > day) i--;
    return known.first + i;
  }

  /** Half-days credited for the minutes served at each post (in the pack's order) on one civil day at a place. */
  credit(place: string, day: Day, minutesByPost: ArrayLike<number>): 0 | 1 | 2 {
    const { credit, posts } = this.pack;
    if (!credit) return 0;
    let all = 0;
    for (let i = 0; i < minutesByPost.length; i++) all += minutesByPost[i];
    const at = {
      terms: this.terms,
      place,
      day,
      facts: { 'minutes-in-all': fraction(all) },
      minutesAt: (post: string) => minutesByPost[posts.findIndex((p) => p.id === post)] ?? 0,
    };
    if (evaluate(credit.full, at) === true) return 2;
    return credit.half && evaluate(credit.half, at) === true ? 1 : 0;
  }

  /** The label of a level of government; the id where the pack has none. */
  levelLabel(id: string): string {
    return (this.pack.levels.find((l) => l.id === id)?.label ?? same(id)).zh;
  }
}
