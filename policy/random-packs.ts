/**
 * Random notices and random people, for tests only. What is meant is written down twice: as YAML text for the loader, with
 * formulas as an official would type them, and as plain data for the naive reading. Every choice is read off a tape of
 * numbers, 0 being the simplest, so that a failing case shrinks to a short notice.
 */
import { stringify } from 'yaml';
import { daysInMonth, EVER, firstDay, isoDay, NEVER } from '../values/date.ts';
import { fraction } from '../values/fraction.ts';
import type { Division, Divisions } from '../values/place.ts';
import type { Text } from '../values/text.ts';
import type { Value } from './formula.ts';
import type { Months } from './months.ts';
import {
  type Assumed,
  type ChoiceOf,
  type Exact,
  type Expr,
  exact,
  type Issued,
  type Local,
  type Meant,
  type MeantBenefit,
  type MeantCap,
  type MeantCondition,
  type MeantParameter,
  type MeantShare,
  type MeantTerms,
  type Notice,
  type Refuses,
  type Sheet,
  type Span,
} from './naive-reading.ts';
import type { PackFile } from './pack.ts';
import type { Change, Setting } from './terms.ts';

/** Choices one after another; once it is used up, always the simplest. */
export class Tape {
  private readonly numbers: readonly number[];
  private at = 0;

  constructor(numbers: readonly number[]) {
    this.numbers = numbers;
  }

  /** A whole number from 0 to below `n`. */
  upTo(n: number): number {
    const next = () => this.numbers[this.at++] ?? 0;
    return n <= 256 ? Math.floor((next() * n) / 256) : Math.floor(((next() * 256 + next()) * n) / 65536);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.upTo(list.length)];
  }

  /** True in `n` of `of` cases; false is the simple one. */
  chance(n: number, of: number): boolean {
    return this.upTo(of) >= of - n;
  }

  some<T>(n: number, make: (i: number) => T): T[] {
    return Array.from({ length: n }, (_, i) => make(i));
  }
}

/** Divisions from a list, as a tree. */
export function divisionsOf(list: readonly Division[]): Divisions {
  const byCode = new Map(list.map((d) => [d.code, d]));
  return {
    of: (code) => byCode.get(code),
    pathOf(code) {
      const path: Division[] = [];
      for (let d = byCode.get(code); d; d = d.parent === null ? undefined : byCode.get(d.parent))
        path.push(d);
      return path;
    },
  };
}

export type RandomCase = {
  readonly files: readonly PackFile[];
  readonly notice: Notice;
  readonly divisions: Divisions;
  readonly settings: readonly Setting[];
  readonly changes: readonly Change[];
  readonly knownOn: number;
  readonly sheets: readonly Sheet[];
  readonly months: Months;
};

const both = (zh: string): Text => ({ zh, en: zh });
const DAY_0 = Date.UTC(2019, 11, 20) / 86_400_000;
const DAYS = 140;
const CHUNKS = [2, 2, 2, 3, 3];
const DIGITS = [2, 4, 6, 9, 12] as const;

type Sort = 'rate' | 'money' | 'number' | 'days';
type Written = { yaml: unknown; meant: Meant; value: Value };

const lit = (text: string, n: number, d = 1): Extract<Expr, { op: 'literal' }> => ({
  op: 'literal',
  text,
  value: exact(n, d),
});

const RATES = [
  lit('70 yuan/day', 7000),
  lit('100 yuan/day', 10000),
  lit('60.5 yuan/day', 6050),
  lit('33.33 yuan/day', 3333),
  lit('0.01 yuan/day', 1),
  lit('7.77 yuan/day', 777),
  lit('250.03 yuan/day', 25003),
  lit('12.345 yuan/day', 12345, 10),
  lit('4999 fen/day', 4999),
  lit('1/3 yuan/day', 100, 3),
  lit('0 yuan/day', 0),
];
const SUMS = [
  lit('500 yuan', 50000),
  lit('0.01 yuan', 1),
  lit('99.99 yuan', 9999),
  lit('300 yuan', 30000),
  lit('1000 yuan', 100000),
  lit('0 yuan', 0),
  lit('33.335 yuan', 6667, 2),
];
const NUMBERS = [
  lit('1/2', 1, 2),
  lit('1', 1),
  lit('30%', 3, 10),
  lit('1/3', 1, 3),
  lit('2', 2),
  lit('0.35', 7, 20),
  lit('3/7', 3, 7),
  lit('12.5%', 1, 8),
  lit('150%', 3, 2),
  lit('0', 0),
];
const PARTS = [
  lit('1/2', 1, 2),
  lit('1/4', 1, 4),
  lit('10%', 1, 10),
  lit('1/3', 1, 3),
  lit('0', 0),
  lit('0.07', 7, 100),
  lit('1/7', 1, 7),
];
const COUNTS = [
  lit('10 days', 10),
  lit('1 day', 1),
  lit('4.5 days', 9, 2),
  lit('0.5 days', 1, 2),
  lit('22 days', 22),
  lit('3 days', 3),
  lit('0 days', 0),
];
const LITERALS: Record<Sort, readonly Extract<Expr, { op: 'literal' }>[]> = {
  rate: RATES,
  money: SUMS,
  number: NUMBERS,
  days: COUNTS,
};
const TO: Record<Sort, readonly Extract<Expr, { op: 'literal' }>[]> = {
  rate: [lit('1 yuan/day', 100), lit('0.1 yuan/day', 10), lit('1 fen/day', 1), lit('3 fen/day', 3)],
  money: [lit('1 yuan', 100), lit('1 fen', 1), lit('0.5 yuan', 50)],
  number: [lit('0.01', 1, 100), lit('1/2', 1, 2)],
  days: [lit('1 day', 1), lit('0.5 days', 1, 2)],
};

const NUMERIC_PARAMETERS: Record<Sort, readonly string[]> = {
  rate: ['rate-a', 'rate-b'],
  money: ['sum-a', 'sum-b'],
  number: ['part-a', 'part-b'],
  days: ['days-a', 'days-b'],
};
const OPTIONS: Record<string, readonly string[]> = {
  'pick-a': ['blue', 'red', 'gold'],
  'level-a': ['calm', 'raised', 'high'],
  'level-b': ['open', 'shut'],
  RA: ['strict', 'wide'],
  area: ['urban', 'rural'],
  'day-kind': ['working-day', 'rest-day', 'statutory-holiday'],
};

const exactOf = (e: Exact): Value => fraction(Number(e.n), Number(e.d));
const iso = (day: number | null): string | null => (day === null ? null : isoDay(day));
const period = (s: Span) => ({ from: s.from ?? EVER, until: s.until ?? NEVER });

/** How a formula is typed, with brackets only where the language needs them (and sometimes where it does not). */
export function typed(e: Expr): string {
  return print(e, 0);
}

const BINDING = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, atom: 7 } as const;

function print(e: Expr, at: number): string {
  const [text, binds] = printed(e);
  return binds < at ? `(${text})` : text;
}

function printed(e: Expr): [string, number] {
  const { atom, comparison, sum, product } = BINDING;
  switch (e.op) {
    case 'literal':
      return [e.text, atom];
    case 'flag':
      return [e.value ? 'yes' : 'no', atom];
    case 'parameter':
      return [e.asIssued ? `as-issued(${e.name})` : e.name, atom];
    case 'figure':
    case 'fact':
      return [e.name, atom];
    case 'is':
      return [`${e.of.name} ${e.not ? '!=' : '='} ${e.option}`, comparison];
    case 'among':
      return [`${e.of.name} in [${e.options.join(', ')}]`, comparison];
    case 'same-flag':
      return [`${print(e.left, sum)} ${e.not ? '!=' : '='} ${print(e.right, sum)}`, comparison];
    case 'compare':
      return [`${print(e.left, sum)} ${e.sign} ${print(e.right, sum)}`, comparison];
    case 'within':
    case 'is-set':
      return [`${e.op}(${e.name})`, atom];
    case 'and':
    case 'or':
      return [
        e.parts.map((p) => print(p, (e.op === 'and' ? BINDING.and : BINDING.or) + 1)).join(` ${e.op} `),
        e.op === 'and' ? BINDING.and : BINDING.or,
      ];
    case 'not':
      return [`not ${print(e.part, BINDING.not)}`, BINDING.not];
    case 'if':
      // An "else" takes all that follows it, so a choice stands alone or in brackets.
      return [`if ${print(e.when, 0)} then ${print(e.so, 0)} else ${print(e.otherwise, 0)}`, 0];
    case 'least':
    case 'most':
      return [`${e.op}(${e.parts.map((p) => print(p, sum)).join(', ')})`, atom];
    case 'round':
      return [`${e.how}(${print(e.part, sum)}, ${e.to.text})`, atom];
    case '+':
    case '-':
      return [`${print(e.left, sum)} ${e.op} ${print(e.right, sum + 1)}`, sum];
    case '×':
    case '/':
      return [`${print(e.left, product)} ${e.op} ${print(e.right, product + 1)}`, product];
  }
}

/** What a formula may ask about where it stands. */
type Place = {
  readonly facts: 'day' | 'month' | 'share';
  readonly kinds: readonly string[];
  readonly posts: readonly string[];
};

class Writer {
  private readonly tape: Tape;
  readonly figures: readonly string[];

  constructor(tape: Tape, figures: readonly string[]) {
    this.tape = tape;
    this.figures = figures;
  }

  numeric(sort: Sort, place: Place, depth: number): Expr {
    const t = this.tape;
    const deeper = (s: Sort = sort) => this.numeric(s, place, depth - 1);
    const parameter = (): Expr => ({
      op: 'parameter',
      name: t.pick(NUMERIC_PARAMETERS[sort]),
      asIssued: t.chance(1, 8),
    });
    switch (depth <= 0 ? t.upTo(2) : t.upTo(12)) {
      case 0:
        return t.pick(LITERALS[sort]);
      case 1:
      case 2:
      case 3:
        return parameter();
      case 4:
      case 5:
        return { op: 'if', when: this.flag(place, depth - 1), so: deeper(), otherwise: deeper() };
      case 6:
        return { op: t.pick(['least', 'most'] as const), parts: t.some(1 + t.upTo(3), () => deeper()) };
      case 7:
        return { op: '+', left: deeper(), right: deeper() };
      case 8: {
        // No less than nothing: a negative rate is no rate.
        const zero =
          sort === 'rate'
            ? lit('0 yuan/day', 0)
            : sort === 'money'
              ? lit('0 yuan', 0)
              : sort === 'days'
                ? lit('0 days', 0)
                : lit('0', 0);
        return { op: 'most', parts: [{ op: '-', left: deeper(), right: deeper() }, zero] };
      }
      case 9: {
        if (sort === 'money' && t.chance(1, 2)) {
          return t.chance(1, 2)
            ? { op: '×', left: deeper('days'), right: deeper('rate') }
            : {
                op: '×',
                left: deeper('rate'),
                right: place.facts === 'month' ? { op: 'fact', name: 'days' } : deeper('days'),
              };
        }
        return t.chance(1, 2)
          ? { op: '×', left: deeper('number'), right: deeper() }
          : { op: '×', left: deeper(), right: t.pick(NUMBERS) };
      }
      case 10: {
        const part: Expr = t.chance(1, 2)
          ? { op: '/', left: deeper(), right: deeper('number') }
          : sort === 'rate' && t.chance(1, 3)
            ? { op: '/', left: deeper('money'), right: deeper('days') }
            : deeper();
        return {
          op: 'round',
          how: t.pick(['round-down', 'round-up', 'round-half-up'] as const),
          part,
          to: t.pick(TO[sort]),
        };
      }
      default: {
        if (sort === 'days' && place.facts !== 'share')
          return { op: 'fact', name: place.facts === 'day' ? 'credit' : 'days' };
        return sort === 'rate' && this.figures.includes('figure-rate')
          ? { op: 'figure', name: 'figure-rate' }
          : parameter();
      }
    }
  }

  choice(place: Place): { of: ChoiceOf; options: readonly string[] } {
    const t = this.tape;
    const from: ChoiceOf[] = [
      { from: 'fact', name: 'kind' },
      { from: 'timeline', name: 'level-a' },
      { from: 'parameter', name: 'pick-a' },
      { from: 'reading', name: 'RA' },
      { from: 'timeline', name: 'level-b' },
    ];
    if (place.facts === 'day')
      from.push(
        { from: 'fact', name: 'day-kind' },
        { from: 'fact', name: 'area' },
        { from: 'fact', name: 'day-kind' },
      );
    if (place.facts === 'day' && place.posts.length > 0)
      from.push({ from: 'fact', name: 'post' }, { from: 'fact', name: 'post' });
    const of = t.pick(from);
    return {
      of,
      options: of.name === 'kind' ? place.kinds : of.name === 'post' ? place.posts : OPTIONS[of.name],
    };
  }

  flag(place: Place, depth: number): Expr {
    const t = this.tape;
    switch (depth <= 0 ? t.upTo(6) : t.upTo(14)) {
      case 0:
        return { op: 'flag', value: !t.chance(1, 6) };
      case 1:
        return { op: 'parameter', name: t.pick(['flag-a', 'flag-b']), asIssued: t.chance(1, 8) };
      case 2: {
        const { of, options } = this.choice(place);
        return { op: 'is', of, not: t.chance(1, 3), option: t.pick(options) };
      }
      case 3: {
        const { of, options } = this.choice(place);
        return { op: 'among', of, options: t.some(1 + t.upTo(3), () => t.pick(options)) };
      }
      case 4:
        return { op: 'within', name: t.pick(['span-a', 'span-b']) };
      case 5:
        return { op: 'is-set', name: t.pick(['rate-b', 'flag-b', 'span-b', 'part-b', 'pick-a']) };
      case 6:
      case 7:
      case 8:
        return {
          op: t.pick(['and', 'or'] as const),
          parts: t.some(2 + t.upTo(2), () => this.flag(place, depth - 1)),
        };
      case 9:
        return { op: 'not', part: this.flag(place, depth - 1) };
      case 10:
        return {
          op: 'if',
          when: this.flag(place, depth - 1),
          so: this.flag(place, depth - 1),
          otherwise: this.flag(place, depth - 1),
        };
      case 11:
        return {
          op: 'same-flag',
          left: this.flag(place, 0),
          not: t.chance(1, 2),
          right: this.flag(place, 0),
        };
      case 12: {
        const day = DAY_0 + t.upTo(DAYS);
        const written: Expr = t.chance(1, 3)
          ? { op: 'parameter', name: 'date-a', asIssued: false }
          : lit(isoDay(day), day);
        return {
          op: 'compare',
          sign: t.pick(['<', '>=', '=', '!=', '>', '<='] as const),
          left: { op: 'fact', name: 'day' },
          right: written,
        };
      }
      default: {
        const sort = t.pick(['rate', 'number', 'money', 'days'] as const);
        const left: Expr =
          place.facts === 'day' && t.chance(1, 3)
            ? { op: 'fact', name: 'credit' }
            : this.numeric(sort, place, depth - 1);
        const right =
          left.op === 'fact'
            ? t.pick([lit('1 day', 1), lit('0.5 days', 1, 2)])
            : this.numeric(sort, place, depth - 1);
        return { op: 'compare', sign: t.pick(['<', '>=', '=', '!=', '>', '<='] as const), left, right };
      }
    }
  }
}

/** Periods one after another without a hole, as a pack must write them; none, or any number of stretches. */
function stretches(t: Tape, n: number, openEnds = t.chance(1, 2)): Span[] {
  const cuts = [...new Set(t.some(n + 1, () => DAY_0 + t.upTo(DAYS)))].sort((a, b) => a - b);
  if (cuts.length < 2) return n === 0 ? [] : [{ from: null, until: null }];
  return cuts.slice(1).map((until, i) => ({
    from: i === 0 && openEnds ? null : cuts[i],
    until: i === cuts.length - 2 && openEnds ? null : until,
  }));
}

const anySpan = (t: Tape): Span =>
  t.pick([{ from: null, until: null }, ...stretches(t, 2, false), ...stretches(t, 1, true)]);

/** Builds one random case: a pack as text, the same meant as data, and months of people. */
export function randomCase(tapes: {
  pack: readonly number[];
  terms: readonly number[];
  local: readonly number[];
  people: readonly (readonly number[])[];
}): RandomCase {
  const t = new Tape(tapes.pack);

  // Where: one to five levels of government, a small tree.
  const count = 1 + t.upTo(5);
  const digits = [...DIGITS].filter((_, i) => i < count);
  for (let i = count - 1, shift = t.upTo(6 - count); i >= 0; i--) digits[i] = DIGITS[i + shift];
  const levels = digits.map((_, i) => `tier-${i + 1}`);
  const tree: (Division & { level: string; prefix: string })[] = [];
  const code = (prefix: string) => prefix.padEnd(12, '0');
  const rootPrefix = CHUNKS.slice(0, DIGITS.indexOf(digits[0]) + 1)
    .map((n) => '9'.padStart(n, '0'))
    .join('');
  tree.push({ code: code(rootPrefix), name: '甲地', parent: null, level: levels[0], prefix: rootPrefix });
  for (let i = 1; i < digits.length; i++) {
    for (const parent of tree.filter((d) => d.level === levels[i - 1])) {
      for (let child = 1; child <= (tree.length < 12 ? 2 : 1); child++) {
        const chunks = CHUNKS.slice(DIGITS.indexOf(digits[i - 1]) + 1, DIGITS.indexOf(digits[i]) + 1);
        const prefix =
          parent.prefix +
          chunks.map((n, k) => String(k === chunks.length - 1 ? child : 1).padStart(n, '0')).join('');
        tree.push({
          code: code(prefix),
          name: `${levels[i]}第${tree.length}`,
          parent: parent.code,
          level: levels[i],
          prefix,
        });
      }
    }
  }
  const pays = t.pick([...levels].reverse());
  const codes = tree.map((d) => d.code);

  const kinds = t.some(1 + t.upTo(5), (i) => `kind-${i + 1}`);
  const posts = t.some(t.upTo(4), (i) => `post-${i + 1}`);
  const open = t.chance(1, 2);
  const known = (): { yaml: object; known: number | null } => {
    switch (t.upTo(4)) {
      case 2:
        return { yaml: { source: 's-dated' }, known: Date.UTC(2020, 1, 12) / 86_400_000 };
      case 3: {
        const day = DAY_0 + t.upTo(DAYS);
        return { yaml: { source: t.pick(['s-old', 's-dated']), known: isoDay(day) }, known: day };
      }
      default:
        return { yaml: { source: 's-old' }, known: null };
    }
  };

  const valueFor = (name: string, w: Tape): Written => {
    const numeric = (Object.keys(NUMERIC_PARAMETERS) as Sort[]).find((s) =>
      NUMERIC_PARAMETERS[s].includes(name),
    );
    if (name === 'part-a') {
      const percent = w.pick([50, 30, 12.5, 0, 100, 33]);
      return { yaml: percent, meant: exact(percent * 2, 200), value: fraction(percent * 2, 200) };
    }
    if (numeric) {
      const l = w.pick(name === 'part-b' ? PARTS : LITERALS[numeric]);
      return { yaml: l.text, meant: l.value, value: exactOf(l.value) };
    }
    if (name.startsWith('flag')) {
      const value = !w.chance(1, 5);
      return { yaml: value, meant: value, value };
    }
    if (name.startsWith('span')) {
      const spans = w.some(1 + w.upTo(2), () => anySpan(w));
      return {
        yaml: spans.map((s) => ({ from: iso(s.from), until: iso(s.until) })),
        meant: spans,
        value: spans.map(period),
      };
    }
    if (name === 'date-a') {
      const day = DAY_0 + w.upTo(DAYS);
      return { yaml: isoDay(day), meant: exact(day), value: fraction(day) };
    }
    if (name === 'list-a') {
      const value = w.pick([['甲工'], ['甲工', '乙工'], ['乙工']]);
      return { yaml: value, meant: value, value };
    }
    const value = w.pick(OPTIONS[name]);
    return { yaml: value, meant: value, value };
  };

  // Parameters, each with its own force and periods.
  const names = [
    'rate-a',
    'rate-b',
    'part-a',
    'part-b',
    'flag-a',
    'flag-b',
    'span-a',
    'span-b',
    'days-a',
    'days-b',
    'sum-a',
    'sum-b',
    'pick-a',
    'date-a',
    'list-a',
  ];
  const TYPES: Record<string, string> = {
    rate: 'rate',
    part: 'number',
    flag: 'flag',
    span: 'periods',
    days: 'days',
    sum: 'money',
    pick: 'choice',
    date: 'date',
    list: 'set',
  };
  const meantParameters: MeantParameter[] = [];
  const parameters = names.map((name) => {
    const type = TYPES[name.slice(0, name.indexOf('-'))];
    const forces = [
      'guiding',
      'delegated',
      'fixed',
      'guiding',
      ...(['rate', 'number', 'days', 'money'].includes(type) ? ['floor', 'ceiling'] : []),
    ];
    const force = t.pick(forces);
    const spans = stretches(t, force === 'delegated' ? t.pick([0, 1, 2]) : t.pick([1, 2, 3]), t.chance(3, 4));
    const issued: Issued[] = [];
    const values = (spans.length === 0 && force !== 'delegated' ? [{ from: null, until: null }] : spans).map(
      (s) => {
        const v = valueFor(name, t);
        const k = known();
        issued.push({ ...s, value: v.meant, known: k.known });
        return { from: iso(s.from), until: iso(s.until), value: v.yaml, ...k.yaml };
      },
    );
    const implied =
      name === 'flag-b' || name === 'span-b'
        ? t.chance(3, 4)
          ? { by: name === 'flag-b' ? 'rate-b' : 'part-b', value: valueFor(name, t) }
          : null
        : null;
    meantParameters.push({
      name,
      clause: `C-${name}`,
      values: issued,
      impliedBy: implied && { name: implied.by, value: implied.value.meant },
    });
    return {
      id: name,
      label: both(`参数${name}`),
      type,
      ...(name === 'part-a' ? { unit: 'percent' } : {}),
      ...(name === 'pick-a' ? { options: OPTIONS[name].map((id) => ({ id, label: both(id) })) } : {}),
      force,
      clause: `C-${name}`,
      measure: 'subsidy',
      'set-by': force === 'fixed' ? [] : levels.map((l) => `body-${l}`),
      'read-by': ['subsidy'],
      values,
      ...(implied ? { 'implied-by': { parameter: implied.by, value: implied.value.yaml } } : {}),
    };
  });

  const meantTimelines = (['level-a', 'level-b'] as const).map((name) => {
    const where = [codes[0], ...t.some(t.upTo(3), () => t.pick(codes))].filter(
      (c, i, all) => all.indexOf(c) === i,
    );
    const entries = where.flatMap((division) =>
      stretches(t, t.pick([1, 2, 3]), t.chance(3, 4)).map((s) => {
        const k = known();
        return { ...s, division, value: t.pick(OPTIONS[name]), known: k.known, yaml: k.yaml };
      }),
    );
    return { name, clause: `C-${name}`, entries };
  });

  const calendarSpans = stretches(t, t.pick([1, 0, 2, 1]), true);
  const calendar = calendarSpans.map((s) => {
    const [from, until] = [s.from ?? DAY_0 - 20, s.until ?? DAY_0 + DAYS];
    const at = from + t.upTo(20);
    const days: (Span & { kind: string })[] = [];
    for (let d = at, n = t.upTo(4); n > 0 && d + 2 < until; n--, d += 5)
      days.push({ from: d, until: d + 1 + t.upTo(2), kind: t.pick(OPTIONS['day-kind']) });
    return { from, until: Math.max(until, from + 1), weekend: t.pick([[6, 7], [7], [5, 6]]), days };
  });

  // The benefits: by day and by month, with kinds paid or refused, conditions, shares, caps.
  const b = new Tape(tapes.terms);
  const hasFigure = b.chance(1, 3);
  const plain: Place = { facts: 'share', kinds, posts };
  const figureAnswer = new Writer(b, []).numeric('rate', { ...plain, kinds: kinds.slice(0, 1) }, 1);
  const writer = new Writer(b, hasFigure && !asksFacts(figureAnswer) ? ['figure-rate'] : []);
  let refusals = 0;
  const refusal = (): Refuses => ({
    clause: `C-refusal-${(refusals % 6) + 1}`,
    says: `不予发放之${++refusals}`,
  });
  const conditions = (place: Place): MeantCondition[] =>
    b.some(b.pick([0, 0, 0, 0, 1, 1, 2]), () => ({
      test: b.chance(1, 2)
        ? { op: 'or', parts: [writer.flag(place, 1), writer.flag(place, 1)] }
        : writer.flag(place, 2),
      otherwise: refusal(),
    }));
  const shares = (sort: 'rate' | 'money', place: Place): MeantShare[] => {
    const bearers = [...levels];
    const n = 1 + b.upTo(levels.length);
    let left = exact(1);
    return b.some(n, (k): MeantShare => {
      const bearer = bearers.splice(b.upTo(bearers.length), 1)[0];
      const clause = `C-share-${k + 1}`;
      if (k === n - 1) return { bearer, part: null, upTo: null, clause };
      // Literal parts that exceed the whole do not load; parts by parameter may, and are then a gap.
      const fits = (x: Expr): boolean => x.op !== 'literal' || x.value.n * left.d <= left.n * x.value.d;
      const written: Expr = b.pick([
        b.pick(PARTS.filter(fits)),
        { op: 'parameter', name: b.pick(['part-a', 'part-b']), asIssued: false },
        writer.numeric('number', plain, 1),
      ]);
      const part = fits(written) ? written : PARTS[4];
      if (part.op === 'literal')
        left = exact(left.n * part.value.d - part.value.n * left.d, left.d * part.value.d);
      const upTo = b.chance(1, 4)
        ? sort === 'rate'
          ? writer.numeric('rate', place, 1)
          : writer.numeric('money', plain, 1)
        : null;
      return { bearer, part, upTo, clause };
    });
  };
  const caps = (): MeantCap[] =>
    b.some(b.pick([0, 0, 0, 0, 1, 2]), () => {
      const which = b.upTo(3);
      return {
        per: b.pick(['month', 'period'] as const),
        days: which !== 1 ? writer.numeric('days', plain, 1) : null,
        amount: which !== 0 ? writer.numeric('money', plain, 1) : null,
        refusal: refusal(),
      };
    });
  const benefits = (['day', 'month'] as const).map((per): MeantBenefit => {
    const place: Place = { facts: 'day', kinds, posts };
    const groups = 1 + b.upTo(3);
    const inGroup = kinds.map(() => b.upTo(groups));
    const terms: MeantTerms[] = [];
    for (let g = 0; g < groups; g++) {
      const own = kinds.filter((_, i) => inGroup[i] === g);
      if (own.length === 0 || (per === 'month' && g > 0 && b.chance(1, 5))) continue;
      const refused = g > 0 && b.chance(1, 6) ? refusal() : null;
      terms.push({
        kinds: own,
        refused,
        when: refused ? [] : conditions(place),
        pays: refused
          ? null
          : per === 'day'
            ? writer.numeric('rate', place, 2)
            : writer.numeric('money', { ...place, facts: 'month' }, 2),
        shares: refused ? [] : shares(per === 'day' ? 'rate' : 'money', place),
      });
    }
    if (terms.length === 0) terms.push({ kinds, refused: refusal(), when: [], pays: null, shares: [] });
    const mustChoose = per === 'day' && terms.filter((x) => !x.refused).flatMap((x) => x.kinds).length > 1;
    return {
      id: `by-${per}`,
      per,
      clause: `C-by-${per}`,
      when: conditions(place),
      terms,
      once: mustChoose || b.chance(1, 2) ? { clause: 'C-once', says: '同日只计一份' } : null,
      caps: caps(),
    };
  });

  // Local values and what-ifs.
  const l = new Tape(tapes.local);
  const settable = [
    ...names.filter((n) => parameters.find((p) => p.id === n)?.force !== 'fixed'),
    'rate-b',
    'part-a',
    'part-b',
    'RA',
    'level-a',
  ].filter((n) => parameters.find((p) => p.id === n)?.force !== 'fixed');
  const settings: Local[] = [];
  const kernelSettings: Setting[] = [];
  for (let n = l.upTo(14); n > 0; n--) {
    const name = l.pick(settable);
    const division = l.pick(codes);
    const v = valueFor(name, l);
    const at = l.chance(1, 3) ? DAY_0 + l.upTo(DAYS) : null;
    const span = anySpan(l);
    const overlaps = settings.some(
      (s) =>
        s.name === name &&
        s.division === division &&
        (s.until === null || span.from === null || span.from < s.until) &&
        (span.until === null || s.from === null || s.from < span.until),
    );
    if (overlaps) continue;
    settings.push({ ...span, name, division, value: v.meant, known: at });
    kernelSettings.push({
      name,
      division,
      value: v.value,
      period: period(span),
      document: `测${n}号`,
      known: at ?? EVER,
    });
  }
  const changes: Assumed[] = [];
  const kernelChanges: Change[] = [];
  for (let n = l.pick([0, 0, 0, 1, 2, 4]); n > 0; n--) {
    // Often the same thing is assumed twice: the later what-if must be the one that is seen.
    const name =
      changes.length > 0 && l.chance(1, 2)
        ? changes[changes.length - 1].name
        : l.pick([...names, 'level-a', 'level-b', 'RA']);
    const division = l.chance(1, 2) ? l.pick(codes) : null;
    const v = valueFor(name, l);
    const span = anySpan(l);
    changes.push({ ...span, name, division, value: v.meant });
    kernelChanges.push({ name, division, value: v.value, period: period(span) });
  }
  const knownOn = l.chance(1, 4) ? DAY_0 + 40 + l.upTo(DAYS) : null;

  const clauseIds = new Set([
    ...names.map((n) => `C-${n}`),
    'C-level-a',
    'C-level-b',
    'C-once',
    'C-by-day',
    'C-by-month',
    'C-frame',
    ...[1, 2, 3, 4, 5, 6].map((n) => `C-refusal-${n}`),
    ...levels.map((_, k) => `C-share-${k + 1}`),
  ]);
  const yamlRefusal = (r: Refuses) => ({ clause: r.clause, says: both(r.says) });
  const yamlConditions = (list: readonly MeantCondition[]) =>
    list.map((c) => ({ if: typed(c.test), else: yamlRefusal(c.otherwise) }));
  const spanYaml = (s: Span) => ({ from: iso(s.from), until: iso(s.until) });
  const optionList = (name: string) => OPTIONS[name].map((id) => ({ id, label: both(id) }));
  const contents: Record<string, unknown> = {
    'pack.yaml': {
      version: 1,
      title: both('随机通知'),
      division: codes[0],
      levels: levels.map((id, i) => ({ id, label: both(id), digits: digits[i], headers: [id] })),
      pays,
      measures: { subsidy: true, rest: false },
    },
    'sources.yaml': {
      sources: [
        {
          id: 's-old',
          title: both('旧文'),
          number: '旧〔2019〕1号',
          issuer: both('甲'),
          date: null,
          held: 'held',
        },
        {
          id: 's-dated',
          title: both('新文'),
          number: null,
          issuer: both('甲'),
          date: '2020-02-12',
          held: 'cited',
        },
      ],
    },
    'bodies.yaml': {
      bodies: levels.map((id) => ({
        id: `body-${id}`,
        name: both(`${id}政府`),
        level: id,
        line: 'government',
        suffix: both('人民政府'),
      })),
    },
    'clauses.yaml': {
      clauses: [...clauseIds].map((id) => ({
        id,
        source: 's-old',
        path: both(id),
        measure: 'subsidy',
        force: 'must',
        gives: 'frame',
        zh: id,
        en: id,
        bodies: [`body-${levels[0]}`],
      })),
    },
    'parameters.yaml': { parameters },
    'timelines.yaml': {
      timelines: meantTimelines.map((x) => ({
        id: x.name,
        label: both(x.name),
        states: optionList(x.name),
        'declared-by': `body-${levels[0]}`,
        clause: x.clause,
        entries: x.entries.map((e) => ({ division: e.division, ...spanYaml(e), state: e.value, ...e.yaml })),
      })),
    },
    'calendar.yaml': {
      calendar: calendar.map((c) => ({
        ...spanYaml(c),
        source: 's-old',
        weekend: c.weekend,
        days: c.days.map((d) => ({ ...spanYaml(d), kind: d.kind })),
      })),
    },
    'kinds.yaml': {
      kinds: kinds.map((id) => ({ id, label: both(id), clause: 'C-frame' })),
      ...(open
        ? {
            open: {
              clause: 'C-list-a',
              'decided-by': `body-${levels[0]}`,
              included: 'list-a',
              as: kinds[kinds.length - 1],
            },
          }
        : {}),
      'two-districts': { reading: 'D22', clause: 'C-frame' },
    },
    'posts.yaml': { posts: posts.map((id) => ({ id, label: both(id) })) },
    'readings.yaml': {
      readings: [
        {
          id: 'D22',
          question: both('两地'),
          options: [{ id: 'undetermined', label: both('待定') }],
          'in-use': 'undetermined',
          clause: 'C-frame',
          'decided-by': `body-${levels[0]}`,
        },
        {
          id: 'RA',
          question: both('宽严'),
          options: optionList('RA'),
          'in-use': 'wide',
          clause: 'C-frame',
          'decided-by': `body-${levels[0]}`,
        },
      ],
    },
    'questions.yaml': {
      questions: writer.figures.map((id) => ({
        id,
        label: both(id),
        clause: 'C-frame',
        measure: 'subsidy',
        type: 'rate',
        answer: typed(figureAnswer),
      })),
    },
    'benefits.yaml': {
      benefits: benefits.map((x) => ({
        id: x.id,
        label: both(x.id),
        measure: 'subsidy',
        per: x.per,
        clause: x.clause,
        when: yamlConditions(x.when),
        ...(x.once ? { once: yamlRefusal(x.once) } : {}),
        for: x.terms.map((m) => ({
          kinds: m.kinds,
          clause: x.clause,
          ...(m.refused ? { refused: yamlRefusal(m.refused) } : {}),
          when: yamlConditions(m.when),
          ...(m.pays ? { [x.per === 'day' ? 'rate' : 'amount']: typed(m.pays) } : {}),
          shares: m.shares.map((s) => ({
            bearer: s.bearer,
            part: s.part ? typed(s.part) : 'rest',
            ...(s.upTo ? { 'up-to': typed(s.upTo) } : {}),
            clause: s.clause,
          })),
        })),
        caps: x.caps.map((c) => ({
          per: c.per,
          ...(c.days ? { days: typed(c.days) } : {}),
          ...(c.amount ? { amount: typed(c.amount) } : {}),
          ...yamlRefusal(c.refusal),
        })),
      })),
    },
  };

  const notice: Notice = {
    divisions: tree,
    levels,
    pays,
    parameters: meantParameters,
    timelines: meantTimelines,
    readings: [{ name: 'RA', inUse: 'wide' }],
    figures: [{ name: 'figure-rate', answer: figureAnswer }],
    calendar,
    open: open ? { clause: 'C-list-a', included: 'list-a', as: kinds[kinds.length - 1] } : null,
    twoDistrictsClause: 'C-frame',
    settings,
    changes,
    knownOn,
    benefits,
  };
  const sheets = tapes.people.flatMap((tape, person) =>
    sheetsOf(new Tape(tape), person, codes, [...kinds, '?甲工', '?乙工'], posts),
  );
  return {
    files: Object.entries(contents).map(([path, content]) => ({
      path,
      text: stringify(content, { lineWidth: 0 }),
    })),
    notice,
    divisions: divisionsOf(tree),
    settings: kernelSettings,
    changes: kernelChanges,
    knownOn: knownOn ?? NEVER,
    sheets,
    months: monthsOf(sheets, posts),
  };
}

/** A question of the pack knows other facts than a day does: a figure may ask of none. */
function asksFacts(e: Expr): boolean {
  const text = JSON.stringify(e, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  return text.includes('"op":"fact"') || text.includes('"from":"fact"');
}

function sheetsOf(
  t: Tape,
  person: number,
  codes: readonly string[],
  kinds: readonly string[],
  posts: readonly string[],
): Sheet[] {
  const from = 2020 * 12 + t.pick([1, 0, 2, -1]);
  const home = t.pick([...codes].reverse());
  const engagements = t.some(1 + t.upTo(3), (i) => ({
    place: i === 0 || !t.chance(1, 4) ? home : t.pick([...codes, '880000000000']),
    kind: t.pick(kinds),
    area: t.pick([null, 'urban', 'rural'] as const),
    span: t.chance(1, 3) ? { from: DAY_0 + t.upTo(DAYS), until: DAY_0 + t.upTo(DAYS) } : null,
  }));
  const out: Sheet[] = [];
  for (let m = 0, months = 1 + t.upTo(3); m < months; m++) {
    const first = firstDay(from + m);
    const all = Array.from({ length: daysInMonth(from + m) }, (_, i) => first + i);
    const [a, z] = [t.upTo(31), t.upTo(31)];
    const paidElsewhere = t.chance(1, 6)
      ? all.filter((d) => d - first >= Math.min(a, z) && d - first <= Math.max(a, z))
      : [];
    for (const e of engagements) {
      if (t.chance(1, 8)) continue;
      const [start, length, everyHalf, post, skip] = [
        t.upTo(31),
        1 + t.upTo(31),
        t.upTo(5),
        t.upTo(256),
        t.upTo(5),
      ];
      const days = all
        .filter(
          (d) =>
            d - first >= start &&
            d - first < start + length &&
            (skip === 0 || (d - first) % (skip + 1) !== 0),
        )
        .map((day) => {
          // A post for most days, and on some none that was seen.
          const main = (post + Math.floor((day - first) / (1 + (post % 7)))) % (posts.length * 3 + 1);
          return {
            day,
            half: (everyHalf > 0 && (day - first) % everyHalf === 0 ? 1 : 2) as 1 | 2,
            post: post < 40 ? (posts[0] ?? null) : (posts[main % posts.length] ?? null),
          };
        })
        .map((d, i) => (post > 200 && i % 5 === 4 ? { ...d, post: null } : d));
      out.push({
        person,
        month: from + m,
        place: e.place,
        kind: e.kind,
        area: e.area,
        days,
        paidElsewhere,
        inForce: all.filter(
          (d) => e.span === null || (d >= e.span.from && d < e.span.until) || e.span.from > e.span.until,
        ),
      });
    }
  }
  return out;
}

/** The same sheets as the kernel reads them. */
export function monthsOf(sheets: readonly Sheet[], posts: readonly string[]): Months {
  const places = [...new Set(sheets.map((s) => s.place))];
  const kinds = [...new Set(sheets.map((s) => s.kind))];
  const bits = (month: number, days: readonly number[]): number =>
    days.reduce((m, d) => m | (1 << (d - firstDay(month))), 0);
  const areas = sheets.some((s) => s.area !== null);
  return {
    count: sheets.length,
    person: Int32Array.from(sheets, (s) => s.person),
    month: Int32Array.from(sheets, (s) => s.month),
    place: Int32Array.from(sheets, (s) => places.indexOf(s.place)),
    kind: Uint16Array.from(sheets, (s) => kinds.indexOf(s.kind)),
    full: Int32Array.from(sheets, (s) =>
      bits(
        s.month,
        s.days.filter((d) => d.half === 2).map((d) => d.day),
      ),
    ),
    half: Int32Array.from(sheets, (s) =>
      bits(
        s.month,
        s.days.filter((d) => d.half === 1).map((d) => d.day),
      ),
    ),
    active: Int32Array.from(sheets, (s) => bits(s.month, s.inForce)),
    paidElsewhere: Int32Array.from(sheets, (s) => bits(s.month, s.paidElsewhere)),
    ...(sheets.some((s) => s.days.some((d) => d.post !== null))
      ? {
          posts: posts.map((p) =>
            Int32Array.from(sheets, (s) =>
              bits(
                s.month,
                s.days.filter((d) => d.post === p).map((d) => d.day),
              ),
            ),
          ),
        }
      : {}),
    ...(areas
      ? { area: Uint8Array.from(sheets, (s) => (s.area === 'urban' ? 1 : s.area === 'rural' ? 2 : 0)) }
      : {}),
    places,
    kinds,
  };
}
