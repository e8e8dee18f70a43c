import { parseDay } from '../values/date.ts';
import { type Fraction, fraction, parseFraction } from '../values/fraction.ts';
import type { Period } from '../values/period.ts';
import type { Text } from '../values/text.ts';

/**
 * The types of the formula language. Money is in fen, a rate in fen a day, days are credited days (halves), minutes are
 * minutes of duty; each is exact. `choice:x` is one of the options of x, `set:x` some of them.
 */
export type Type =
  | 'money'
  | 'days'
  | 'rate'
  | 'number'
  | 'minutes'
  | 'flag'
  | 'date'
  | 'periods'
  | `choice:${string}`
  | `set:${string}`;

export type Value = Fraction | boolean | string | readonly string[] | readonly Period[];

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
type Rounding = 'round-down' | 'round-up' | 'round-half-up';

/** A formula as read once: closed, typed, without names that do not exist. Batch, explanation and prose all read this. */
export type Formula =
  | { op: 'literal'; type: Type; value: Value; text: string }
  | { op: 'parameter'; type: Type; name: string; asIssued: boolean }
  | { op: 'timeline' | 'reading' | 'figure' | 'fact'; type: Type; name: string }
  | { op: 'minutes-at'; type: 'minutes'; post: string }
  | { op: 'is-set'; type: 'flag'; name: string }
  | { op: 'within'; type: 'flag'; periods: Formula }
  | { op: 'in'; type: 'flag'; part: Formula; set: Formula }
  | { op: 'add' | 'subtract' | 'multiply' | 'divide'; type: Type; left: Formula; right: Formula }
  | { op: 'compare'; type: 'flag'; sign: Comparison; left: Formula; right: Formula }
  | { op: 'and' | 'or'; type: 'flag'; parts: readonly Formula[] }
  | { op: 'not'; type: 'flag'; part: Formula }
  | { op: 'choose'; type: Type; when: Formula; then: Formula; otherwise: Formula }
  | { op: 'least' | 'most'; type: Type; parts: readonly Formula[] }
  | { op: 'round'; type: Type; how: Rounding; part: Formula; to: Formula };

/** The names a formula may use where it stands. Facts are what the kernel (or a question) supplies there. */
export type Scope = {
  readonly parameters: ReadonlyMap<string, Type>;
  readonly timelines: ReadonlyMap<string, Type>;
  readonly readings: ReadonlyMap<string, Type>;
  readonly figures: ReadonlyMap<string, Type>;
  readonly facts: ReadonlyMap<string, Type>;
  /** The options of each `choice:` and `set:`. */
  readonly options: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Why a text is not a formula: a sentence, and where in the text (0-based). */
export class FormulaError extends Error {
  readonly says: Text;
  readonly at: number;

  constructor(says: Text, at: number) {
    super(says.en);
    this.says = says;
    this.at = at;
  }
}

const TYPE_NAMES: Record<string, Text> = {
  money: { zh: '金额', en: 'money' },
  days: { zh: '天数', en: 'days' },
  rate: { zh: '每日标准', en: 'a daily rate' },
  number: { zh: '数', en: 'a number' },
  minutes: { zh: '时长', en: 'a length of time' },
  flag: { zh: '是否', en: 'yes or no' },
  date: { zh: '日期', en: 'a date' },
  periods: { zh: '时段', en: 'periods' },
};

/** A type in words, for problems and for the printed pack. */
export function typeName(type: Type): Text {
  return (
    TYPE_NAMES[type] ??
    (type.startsWith('set:') ? { zh: '清单', en: 'a list' } : { zh: '选项', en: 'an option' })
  );
}

/** The whole set of names with a meaning of their own; no parameter, fact or option may take one. */
export const RESERVED = new Set([
  'and',
  'or',
  'not',
  'if',
  'then',
  'else',
  'in',
  'least',
  'most',
  'round-down',
  'round-up',
  'round-half-up',
  'within',
  'is-set',
  'as-issued',
  'minutes-at',
  'yes',
  'no',
]);

/**
 * Reads a formula and gives it its types.
 *
 * The language is closed: + − × (and ÷ only straight inside a rounding), comparisons, and / or / not, if-then-else,
 * least, most, round-down / -up / -half-up, in, within, is-set, as-issued, minutes-at, literals with their unit
 * ("70 yuan/day", "6 hours", "1/2"), and names. `expected` is the type the place asks for.
 *
 * Throws FormulaError for an unknown name, a type that does not fit (money + days), a division outside a rounding.
 */
export function parseFormula(text: string, scope: Scope, expected?: Type): Formula {
  const reader = new Reader(text, scope);
  const formula = reader.whole(expected);
  if (expected && formula.type !== expected) throw mismatch(formula.type, expected, 0);
  return formula;
}

/** A value as a pack or a settings sheet writes it, with its unit; null when it is not one of that type. */
export function parseLiteral(text: string, type: Type): Value | null {
  const t = text.trim();
  if (type === 'flag') return t === 'yes' || t === 'true' ? true : t === 'no' || t === 'false' ? false : null;
  if (type === 'date') {
    const d = parseDay(t);
    return d === null ? null : fraction(d);
  }
  const m = /^(-?\d[\d.]*(?:\s*\/\s*\d+)?\s*%?)\s*([a-z][a-z/]*)?$/.exec(t);
  if (!m) return null;
  const amount = parseFraction(m[1].trim());
  const unit = m[2] ? UNITS[m[2]] : UNITS[''];
  if (!amount || !unit || unit.type !== type) return null;
  return fraction(amount.n * unit.factor, amount.d);
}

const UNITS: Record<string, { type: Type; factor: number }> = {
  '': { type: 'number', factor: 1 },
  yuan: { type: 'money', factor: 100 },
  fen: { type: 'money', factor: 1 },
  'yuan/day': { type: 'rate', factor: 100 },
  'fen/day': { type: 'rate', factor: 1 },
  day: { type: 'days', factor: 1 },
  days: { type: 'days', factor: 1 },
  hour: { type: 'minutes', factor: 60 },
  hours: { type: 'minutes', factor: 60 },
  minute: { type: 'minutes', factor: 1 },
  minutes: { type: 'minutes', factor: 1 },
};

const NUMERIC = new Set<Type>(['money', 'days', 'rate', 'number', 'minutes', 'date']);
/** True of the types that can be compared by size. */
export const isNumeric = (type: Type): boolean => NUMERIC.has(type);

function incomparable(type: Type, at: number): FormulaError {
  const t = typeName(type);
  return new FormulaError({ zh: `${t.zh}不能这样比较`, en: `${t.en} cannot be compared so` }, at);
}

function mismatch(found: Type, wanted: Type, at: number): FormulaError {
  const f = typeName(found);
  const w = typeName(wanted);
  return new FormulaError(
    { zh: `这里要的是${w.zh}，算式给的是${f.zh}`, en: `${w.en} is wanted here, the formula gives ${f.en}` },
    at,
  );
}

type Token = { kind: 'name' | 'literal' | 'sign'; text: string; at: number };

const TOKEN =
  /\s*(?:(\d{4}-\d{2}-\d{2}(?!\d)|\d[\d.]*(?:\/\d+)?\s*%?(?:\s*(?:(?:yuan|fen)(?:\/day)?|days?|hours?|minutes?)(?![\w-]))?)|([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)|(<=|>=|!=|[-+×*÷/=<>()[\],]))/y;

function tokens(text: string): Token[] {
  const out: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const m = TOKEN.exec(text);
    if (!m)
      throw new FormulaError(
        {
          zh: `看不懂“${text.slice(at).trim().slice(0, 12)}”`,
          en: `cannot read "${text.slice(at).trim().slice(0, 12)}"`,
        },
        at,
      );
    const found = m[1] ?? m[2] ?? m[3];
    out.push({
      kind: m[1] ? 'literal' : m[2] ? 'name' : 'sign',
      text: found.trim(),
      at: TOKEN.lastIndex - found.length,
    });
  }
  return out;
}

/** Recursive descent, one method for each level of binding: or, and, not, comparison, sum, product, atom. */
class Reader {
  private readonly tokens: Token[];
  private readonly scope: Scope;
  private readonly end: number;
  private i = 0;

  constructor(text: string, scope: Scope) {
    this.tokens = tokens(text);
    this.scope = scope;
    this.end = text.length;
  }

  whole(expected?: Type): Formula {
    const formula = this.or(expected);
    const left = this.tokens[this.i];
    if (left)
      throw new FormulaError(
        { zh: `“${left.text}”接不上前文`, en: `"${left.text}" does not follow from what stands before it` },
        left.at,
      );
    return formula;
  }

  private or(expected?: Type): Formula {
    return this.joined('or', () => this.and(expected));
  }

  private and(expected?: Type): Formula {
    return this.joined('and', () => this.not(expected));
  }

  private joined(word: 'and' | 'or', next: () => Formula): Formula {
    const at = this.at();
    const first = next();
    if (!this.is(word)) return first;
    const parts = [this.want(first, 'flag', at)];
    while (this.take(word)) {
      const here = this.at();
      parts.push(this.want(next(), 'flag', here));
    }
    return { op: word, type: 'flag', parts };
  }

  private not(expected?: Type): Formula {
    if (!this.take('not')) return this.comparison(expected);
    const at = this.at();
    return { op: 'not', type: 'flag', part: this.want(this.not(), 'flag', at) };
  }

  private comparison(expected?: Type): Formula {
    const at = this.at();
    const left = this.sum(expected, true);
    if (this.take('in')) {
      if (!left.type.startsWith('choice:')) throw mismatch(left.type, 'choice:', at);
      return { op: 'in', type: 'flag', part: left, set: this.set(left.type.slice(7)) };
    }
    const sign = this.tokens[this.i]?.text;
    if (sign === '=' || sign === '!=' || sign === '<' || sign === '<=' || sign === '>' || sign === '>=') {
      // Lists and periods are asked about with "in" and "within"; whether two are equal is no question of the language.
      if (left.type === 'periods' || left.type.startsWith('set:')) throw incomparable(left.type, at);
      this.i++;
      const here = this.at();
      const right = this.want(this.sum(left.type), left.type, here);
      if (sign !== '=' && sign !== '!=' && !isNumeric(left.type)) throw incomparable(left.type, here);
      return { op: 'compare', type: 'flag', sign, left, right };
    }
    return left;
  }

  private set(name: string): Formula {
    const at = this.at();
    if (!this.take('[')) return this.want(this.atom(), `set:${name}`, at);
    const ids: string[] = [];
    do {
      const here = this.at();
      const id = this.name();
      this.option(name, id, here);
      ids.push(id);
    } while (this.take(','));
    this.must(']');
    return { op: 'literal', type: `set:${name}`, value: ids, text: ids.join(', ') };
  }

  private sum(expected?: Type, mayBeChoice = false): Formula {
    const at = this.at();
    let left = this.product(expected, mayBeChoice);
    for (;;) {
      const op = this.take('+') ? 'add' : this.take('-') ? 'subtract' : null;
      if (!op) return left;
      if (!isNumeric(left.type) || left.type === 'date') throw mismatch(left.type, 'number', at);
      const here = this.at();
      const right = this.product(left.type);
      if (right.type !== left.type) {
        const l = typeName(left.type);
        const r = typeName(right.type);
        throw new FormulaError(
          { zh: `${l.zh}与${r.zh}不能相加减`, en: `${l.en} and ${r.en} cannot be added or subtracted` },
          here,
        );
      }
      left = { op, type: left.type, left, right };
    }
  }

  private product(expected?: Type, mayBeChoice = false): Formula {
    const at = this.at();
    let left = this.atom(expected, mayBeChoice);
    for (;;) {
      const times = this.take('×') || this.take('*');
      const over = !times && (this.take('/') || this.take('÷'));
      if (!times && !over) return left;
      if (over && this.rounding === 0) {
        throw new FormulaError(
          { zh: '除法只许写在舍入之内', en: 'division is only allowed inside a rounding' },
          this.at(),
        );
      }
      const right = this.atom();
      const type = times ? productType(left.type, right.type) : quotientType(left.type, right.type);
      if (!type) {
        const l = typeName(left.type);
        const r = typeName(right.type);
        throw new FormulaError(
          { zh: `${l.zh}与${r.zh}不能相乘除`, en: `${l.en} and ${r.en} cannot be multiplied or divided` },
          at,
        );
      }
      left = { op: times ? 'multiply' : 'divide', type, left, right };
    }
  }

  /** How many roundings we stand inside: division is only meaningful where the result is rounded at once. */
  private rounding = 0;

  private atom(expected?: Type, mayBeChoice = false): Formula {
    const token = this.tokens[this.i];
    if (!token) throw new FormulaError({ zh: '算式没有写完', en: 'the formula ends too early' }, this.end);
    this.i++;
    if (token.text === '(') {
      const inner = this.or(expected);
      this.must(')');
      return inner;
    }
    if (token.kind === 'literal') return literal(token);
    if (token.kind !== 'name')
      throw new FormulaError(
        { zh: `此处不应有“${token.text}”`, en: `"${token.text}" does not belong here` },
        token.at,
      );
    switch (token.text) {
      case 'yes':
      case 'no':
        return { op: 'literal', type: 'flag', value: token.text === 'yes', text: token.text };
      case 'if':
        return this.choose(expected);
      case 'least':
      case 'most':
        return this.extreme(token.text, expected);
      case 'round-down':
      case 'round-up':
      case 'round-half-up':
        return this.round(token.text, expected);
      case 'within': {
        this.must('(');
        const at = this.at();
        const periods = this.want(this.atom(), 'periods', at);
        this.must(')');
        return { op: 'within', type: 'flag', periods };
      }
      case 'is-set':
      case 'as-issued':
        return this.ofParameter(token.text);
      case 'minutes-at': {
        this.must('(');
        const at = this.at();
        const post = this.name();
        this.option('post', post, at);
        this.must(')');
        if (!this.scope.facts.has('minutes-in-all')) throw unknown('minutes-at', token.at);
        return { op: 'minutes-at', type: 'minutes', post };
      }
      default:
        return this.named(token, expected, mayBeChoice);
    }
  }

  private choose(expected?: Type): Formula {
    const at = this.at();
    const when = this.want(this.or(), 'flag', at);
    this.must('then');
    const then = this.or(expected);
    this.must('else');
    const here = this.at();
    const otherwise = this.want(this.or(then.type), then.type, here);
    return { op: 'choose', type: then.type, when, then, otherwise };
  }

  private extreme(op: 'least' | 'most', expected?: Type): Formula {
    this.must('(');
    const parts = [this.sum(expected)];
    while (this.take(',')) {
      const here = this.at();
      parts.push(this.want(this.sum(parts[0].type), parts[0].type, here));
    }
    this.must(')');
    if (!isNumeric(parts[0].type)) throw mismatch(parts[0].type, 'number', this.at());
    return { op, type: parts[0].type, parts };
  }

  private round(how: Rounding, expected?: Type): Formula {
    this.must('(');
    this.rounding++;
    const part = this.sum(expected);
    this.rounding--;
    this.must(',');
    const here = this.at();
    const to = this.want(this.atom(part.type), part.type, here);
    this.must(')');
    if (to.op !== 'literal' || (to.value as Fraction).n <= 0) {
      throw new FormulaError(
        { zh: '舍入要写明到哪一单位，例如 1 yuan', en: 'a rounding names its unit, for example 1 yuan' },
        here,
      );
    }
    return { op: 'round', type: part.type, how, part, to };
  }

  private ofParameter(op: 'is-set' | 'as-issued'): Formula {
    this.must('(');
    const at = this.at();
    const name = this.name();
    const type = this.scope.parameters.get(name);
    if (!type) throw unknown(name, at);
    this.must(')');
    return op === 'is-set' ? { op, type: 'flag', name } : { op: 'parameter', type, name, asIssued: true };
  }

  private named(token: Token, expected?: Type, mayBeChoice = false): Formula {
    const name = token.text;
    // An option is only an option where one is asked for: what stands on the other side of "=", or a choice to return.
    if (
      expected?.startsWith('choice:') &&
      !mayBeChoice &&
      this.scope.options.get(expected.slice(7))?.has(name)
    ) {
      return { op: 'literal', type: expected, value: name, text: name };
    }
    const parameter = this.scope.parameters.get(name);
    if (parameter) return { op: 'parameter', type: parameter, name, asIssued: false };
    for (const [op, names] of [
      ['fact', this.scope.facts],
      ['timeline', this.scope.timelines],
      ['reading', this.scope.readings],
      ['figure', this.scope.figures],
    ] as const) {
      const type = names.get(name);
      if (type) return { op, type, name };
    }
    if (expected?.startsWith('choice:') && this.scope.options.get(expected.slice(7))?.has(name)) {
      return { op: 'literal', type: expected, value: name, text: name };
    }
    throw unknown(name, token.at);
  }

  private option(set: string, id: string, at: number): void {
    if (!this.scope.options.get(set)?.has(id)) throw unknown(id, at);
  }

  private want(formula: Formula, type: Type, at: number): Formula {
    if (formula.type !== type) throw mismatch(formula.type, type, at);
    return formula;
  }

  private at(): number {
    return this.tokens[this.i]?.at ?? this.end;
  }

  private is(text: string): boolean {
    return this.tokens[this.i]?.text === text;
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false;
    this.i++;
    return true;
  }

  private must(text: string): void {
    if (!this.take(text))
      throw new FormulaError({ zh: `这里缺“${text}”`, en: `"${text}" is missing here` }, this.at());
  }

  private name(): string {
    const token = this.tokens[this.i];
    if (token?.kind !== 'name')
      throw new FormulaError({ zh: '这里缺一个名称', en: 'a name is missing here' }, this.at());
    this.i++;
    return token.text;
  }
}

function unknown(name: string, at: number): FormulaError {
  return new FormulaError({ zh: `没有“${name}”这个名称`, en: `there is no name "${name}"` }, at);
}

function literal(token: Token): Formula {
  for (const type of ['date', 'number', 'money', 'rate', 'days', 'minutes'] as const) {
    const value = parseLiteral(token.text, type);
    if (value !== null) return { op: 'literal', type, value, text: token.text };
  }
  throw new FormulaError(
    { zh: `“${token.text}”不是数，也不是日期`, en: `"${token.text}" is neither a number nor a date` },
    token.at,
  );
}

function productType(a: Type, b: Type): Type | null {
  if (a === 'number' && isNumeric(b) && b !== 'date') return b;
  if (b === 'number' && isNumeric(a) && a !== 'date') return a;
  if ((a === 'rate' && b === 'days') || (a === 'days' && b === 'rate')) return 'money';
  return null;
}

function quotientType(a: Type, b: Type): Type | null {
  if (b === 'number' && isNumeric(a) && a !== 'date') return a;
  if (a === 'money' && b === 'days') return 'rate';
  if (a === b && isNumeric(a) && a !== 'date') return 'number';
  return null;
}

/** Every name of one sort a formula reads, its parts included. */
export function namesIn(formula: Formula, op: Formula['op']): Set<string> {
  const found = new Set<string>();
  const walk = (f: Formula): void => {
    if (f.op === op && 'name' in f) found.add(f.name);
    if (op === 'fact' && f.op === 'minutes-at') found.add('minutes-at');
    for (const part of partsOf(f)) walk(part);
  };
  walk(formula);
  return found;
}

/** The parts of a formula, in the order they are read. */
function partsOf(f: Formula): readonly Formula[] {
  switch (f.op) {
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
    case 'compare':
      return [f.left, f.right];
    case 'and':
    case 'or':
    case 'least':
    case 'most':
      return f.parts;
    case 'not':
      return [f.part];
    case 'choose':
      return [f.when, f.then, f.otherwise];
    case 'round':
      return [f.part, f.to];
    case 'in':
      return [f.part, f.set];
    case 'within':
      return [f.periods];
    case 'literal':
    case 'parameter':
    case 'timeline':
    case 'reading':
    case 'figure':
    case 'fact':
    case 'minutes-at':
    case 'is-set':
      return [];
  }
}
