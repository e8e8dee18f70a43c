import type { Day } from '../values/date.ts';
import { compare, type Fraction, fraction, ONE, plus, ZERO } from '../values/fraction.ts';
import { evaluate, Gaps, type Seen, type Situation } from './evaluate.ts';
import type { Formula } from './formula.ts';
import type { Benefit, BenefitTerms, Refusal } from './pack.ts';
import { isMissing, type Missing, type Terms } from './terms.ts';

/**
 * What one day's credit comes to for one engagement under one benefit, before it is known whether another claim already
 * holds the day. `rate` is in fen per credited day. A share's part is null for whoever takes the rest.
 */
export type DayOutcome =
  | {
      readonly is: 'granted';
      readonly terms: BenefitTerms;
      readonly rate: Fraction;
      readonly shares: ShareTerms | { readonly missing: readonly Missing[] };
    }
  | { readonly is: 'refused'; readonly refusal: Refusal }
  | { readonly is: 'undetermined'; readonly missing: readonly Missing[] };

export type ShareTerms = {
  readonly parts: readonly (Fraction | null)[];
  readonly upTo: readonly (Fraction | null)[];
};

/** The facts of a day that a formula may ask about, besides the place and the date. */
export type DayFacts = {
  readonly kind: string;
  readonly post: string | null;
  readonly credit: Fraction;
  readonly area: 'urban' | 'rural' | null;
};

/**
 * Reads one day under a benefit: conditions first (the first that is surely not met refuses, whatever is missing
 * elsewhere), then the rate, then the shares. Every missing item is collected, so that all who must act are named at once.
 */
export function readDay(
  benefit: Benefit,
  terms: Terms,
  place: string,
  day: Day,
  facts: DayFacts,
  seen?: Seen[],
): DayOutcome {
  const kind = kindFor(facts.kind, terms, place, day, seen);
  if (typeof kind !== 'string') return { is: 'undetermined', missing: [kind] };
  const own = benefit.terms.find((t) => t.kinds.includes(kind));
  const at: Situation = {
    terms,
    place,
    day,
    facts: { kind, credit: facts.credit, post: facts.post ?? undefined, area: facts.area ?? undefined },
    seen,
  };
  if (!own)
    return {
      is: 'refused',
      refusal: {
        clause: benefit.clause,
        says: { zh: '不在发放对象之内', en: 'not among those the benefit is for' },
      },
    };
  if (own.refused) return { is: 'refused', refusal: own.refused };
  const missing: Missing[] = [];
  for (const condition of [...benefit.when, ...own.when]) {
    const met = evaluate(condition.if, at);
    if (met instanceof Gaps)
      missing.push(...met.items.map((m) => (m.clause ? m : { ...m, clause: condition.otherwise.clause })));
    else if (met !== true) return { is: 'refused', refusal: condition.otherwise };
  }
  const rate = own.rate ? evaluate(own.rate, at) : ZERO;
  if (rate instanceof Gaps) missing.push(...rate.items);
  const shares = readShares(own, at);
  if (missing.length > 0)
    return {
      is: 'undetermined',
      missing: unique([...missing, ...('missing' in shares ? shares.missing : [])]),
    };
  return { is: 'granted', terms: own, rate: rate as Fraction, shares };
}

/**
 * The days of one kind at one place under one benefit, read once and remembered: all who share the terms of the place
 * share the outcome of a day, which is the same object, so days with one outcome can be told by identity.
 */
export class DaysRead {
  private readonly benefit: Benefit;
  private readonly terms: Terms;
  private readonly place: string;
  private readonly kind: string;
  private readonly area: DayFacts['area'];
  private readonly outcomes = new Map<number, DayOutcome>();

  constructor(benefit: Benefit, terms: Terms, place: string, kind: string, area: DayFacts['area']) {
    this.benefit = benefit;
    this.terms = terms;
    this.place = place;
    this.kind = kind;
    this.area = area;
  }

  /** What a day comes to; `post` is an index into the pack's posts, −1 not known, `half` the half-days credited. */
  on(day: Day, post: number, half: 1 | 2): DayOutcome {
    const { posts } = this.terms.pack;
    const aDay = 2 * (posts.length + 1);
    const key = day * aDay + 2 * (post + 1) + half - 1;
    const known = this.outcomes.get(key);
    if (known) return known;
    const facts: DayFacts = {
      kind: this.kind,
      post: post < 0 ? null : posts[post].id,
      credit: fraction(half, 2),
      area: this.area,
    };
    const read = readDay(this.benefit, this.terms, this.place, day, facts);
    const before = this.outcomes.get(key - aDay);
    const outcome = before && sameOutcome(before, read) ? before : read;
    this.outcomes.set(key, outcome);
    return outcome;
  }
}

const read = new WeakMap<Terms, Map<string, DaysRead>>();

/** The days read so far for all who share benefit, place terms, kind and area. */
export function daysRead(
  benefit: Benefit,
  terms: Terms,
  place: string,
  kind: string,
  area: DayFacts['area'],
): DaysRead {
  let books = read.get(terms);
  if (!books) {
    books = new Map();
    read.set(terms, books);
  }
  const key = `${benefit.id}|${terms.termsPlaceOf(place)}|${kind}|${area ?? ''}`;
  let days = books.get(key);
  if (!days) {
    days = new DaysRead(benefit, terms, place, kind, area);
    books.set(key, days);
  }
  return days;
}

const sameFraction = (a: Fraction | null, b: Fraction | null): boolean =>
  a === b || (a !== null && b !== null && compare(a, b) === 0);
/** The daily ceilings of what each bearer shares in, a bearer for a bearer; none while the shares are not known. */
export const upToOf = (shares: ShareTerms | { missing: unknown }): readonly (Fraction | null)[] =>
  'missing' in shares ? [] : shares.upTo;

/** Shares by the same parts; what each part is of may still differ from day to day. */
export function sameParts(
  a: ShareTerms | { missing: readonly Missing[] } | undefined,
  b: ShareTerms | { missing: readonly Missing[] } | undefined,
): boolean {
  if (!a || !b) return a === b;
  if ('missing' in a || 'missing' in b)
    return 'missing' in a && 'missing' in b && sameMissing(a.missing, b.missing);
  return (
    a.parts.length === b.parts.length &&
    a.parts.every((p, k) => sameFraction(p, b.parts[k]) && (a.upTo[k] === null) === (b.upTo[k] === null))
  );
}

/** Two days that come to the same: same terms, rate and shares; or refused by the same clause; or missing the same. */
export function sameOutcome(a: DayOutcome, b: DayOutcome): boolean {
  if (a.is === 'granted') {
    return (
      b.is === 'granted' &&
      a.terms === b.terms &&
      sameFraction(a.rate, b.rate) &&
      sameParts(a.shares, b.shares) &&
      upToOf(a.shares).every((u, k) => sameFraction(u, upToOf(b.shares)[k] ?? null))
    );
  }
  if (a.is === 'refused') return b.is === 'refused' && a.refusal === b.refusal;
  return b.is === 'undetermined' && sameMissing(a.missing, b.missing);
}

const sameMissing = (a: readonly Missing[], b: readonly Missing[]): boolean =>
  a.length === b.length && a.every((m, i) => m.name === b[i].name && m.clause === b[i].clause);

/** The shares of some terms on a day: constants by then, or what is missing to know them. */
export function readShares(
  own: BenefitTerms,
  at: Situation,
): ShareTerms | { readonly missing: readonly Missing[] } {
  const missing: Missing[] = [];
  const read = (f: Formula | null): Fraction | null => {
    if (!f) return null;
    const value = evaluate(f, at);
    if (!(value instanceof Gaps)) return value as Fraction;
    missing.push(...value.items);
    return null;
  };
  const parts = own.shares.map((s) => read(s.part));
  const upTo = own.shares.map((s) => read(s.upTo));
  const sum = parts.reduce<Fraction>((a, p) => (p ? plus(a, p) : a), ZERO);
  if (missing.length === 0 && (compare(sum, ONE) > 0 || parts.some((p) => p !== null && p.n < 0))) {
    missing.push({
      name: 'shares',
      missing: { zh: '分担比例合计应为 100%', en: 'shares that make 100%' },
      body: '',
      clause: own.shares[0].clause,
    });
  }
  return missing.length > 0 ? { missing: unique(missing) } : { parts, upTo };
}

/** The kind whose terms apply: a kind the notice does not name is the pack's to include, or undetermined. */
export function kindFor(
  kind: string,
  terms: Terms,
  place: string,
  day: Day,
  seen?: Seen[],
): string | Missing {
  if (!kind.startsWith('?')) return kind;
  const open = terms.pack.openKinds;
  const written = kind.slice(1);
  if (!open) return kind;
  const included = terms.parameter(open.included, place, day);
  if (!isMissing(included) && (included.value as readonly string[]).includes(written)) {
    seen?.push({ sort: 'parameter', name: open.included, found: included, asIssued: false });
    return open.as;
  }
  return {
    name: kind,
    missing: { zh: `“${written}”是否列入补助对象`, en: `whether "${written}" is included` },
    body: open.decidedBy,
    clause: open.clause,
  };
}

function unique(missing: readonly Missing[]): Missing[] {
  return [...new Map(missing.map((m) => [`${m.name} ${m.clause}`, m])).values()];
}
