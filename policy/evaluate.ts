import type { Day } from '../values/date.ts';
import { compare, type Fraction, fraction, minus, plus, times } from '../values/fraction.ts';
import { covers, type Period } from '../values/period.ts';
import type { Comparison, Formula, Value } from './formula.ts';
import { type Found, isMissing, type Missing, type Terms } from './terms.ts';

/** What a formula is read against: the terms of one place on one day, and the facts known there. */
export type Situation = {
  readonly terms: Terms;
  readonly place: string;
  readonly day: Day;
  /** Facts by name: kind, post, credit, minutes-in-all, or what a question was asked with. Undefined is not known. */
  readonly facts: Readonly<Record<string, Value | undefined>>;
  /** Minutes served at each post that day, where duty is being turned into credit. */
  readonly minutesAt?: (post: string) => number;
  /** When present, every parameter, timeline and reading that was looked at is noted here, in order. */
  readonly seen?: Seen[];
};

export type Seen = {
  readonly sort: 'parameter' | 'timeline' | 'reading';
  readonly name: string;
  readonly found: Found;
  readonly asIssued: boolean;
};

/** What stands in the way of a value. Never a number, so it cannot be added up by mistake. */
export class Gaps {
  readonly items: readonly Missing[];

  constructor(items: readonly Missing[]) {
    this.items = items;
  }
}

/**
 * The value of a formula in a situation, exact; or the gaps. A condition that is false whatever the missing fact turns
 * out to be is false: "not on duty" needs no rate. Rounding happens only where the formula says so.
 */
export function evaluate(f: Formula, at: Situation): Value | Gaps {
  switch (f.op) {
    case 'literal':
      return f.value;
    case 'parameter':
      return look(
        at,
        'parameter',
        f.name,
        at.terms.parameter(f.name, at.place, at.day, f.asIssued),
        f.asIssued,
      );
    case 'timeline':
      return look(at, 'timeline', f.name, at.terms.timeline(f.name, at.place, at.day));
    case 'reading':
      return look(at, 'reading', f.name, at.terms.reading(f.name, at.place, at.day));
    case 'figure': {
      const question = at.terms.pack.questions.get(f.name);
      if (!question) throw new Error(`no figure ${f.name}`);
      return evaluate(question.formula, at);
    }
    case 'fact':
      return fact(f.name, at);
    case 'minutes-at':
      return fraction(at.minutesAt?.(f.post) ?? 0);
    case 'is-set':
      return !isMissing(at.terms.parameter(f.name, at.place, at.day));
    case 'within': {
      const periods = evaluate(f.periods, at);
      return periods instanceof Gaps
        ? periods
        : (periods as readonly Period[]).some((p) => covers(p, at.day));
    }
    case 'in': {
      const [part, set] = [evaluate(f.part, at), evaluate(f.set, at)];
      const gaps = gapsOf(part, set);
      return gaps ?? (set as readonly string[]).includes(part as string);
    }
    case 'and':
    case 'or': {
      const deciding = f.op === 'or';
      const missing: Missing[] = [];
      for (const part of f.parts) {
        const value = evaluate(part, at);
        if (value instanceof Gaps) missing.push(...value.items);
        else if (value === deciding) return deciding;
      }
      return missing.length > 0 ? new Gaps(missing) : !deciding;
    }
    case 'not': {
      const value = evaluate(f.part, at);
      return value instanceof Gaps ? value : !value;
    }
    case 'choose': {
      const when = evaluate(f.when, at);
      return when instanceof Gaps ? when : evaluate(when ? f.then : f.otherwise, at);
    }
    case 'compare': {
      const [left, right] = [evaluate(f.left, at), evaluate(f.right, at)];
      const gaps = gapsOf(left, right);
      if (gaps) return gaps;
      if (typeof left !== 'object') return f.sign === '=' ? left === right : left !== right;
      return holds[f.sign](compare(left as Fraction, right as Fraction));
    }
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide': {
      const [left, right] = [evaluate(f.left, at), evaluate(f.right, at)];
      const gaps = gapsOf(left, right);
      if (gaps) return gaps;
      const [l, r] = [left as Fraction, right as Fraction];
      if (f.op === 'add') return plus(l, r);
      if (f.op === 'subtract') return minus(l, r);
      if (f.op === 'multiply') return times(l, r);
      // Nothing is shared among nobody: a division by 0 is not 0, it is a figure that cannot be given.
      if (r.n === 0)
        return new Gaps([
          {
            name: 'divide',
            missing: { zh: '除数为零', en: 'a divisor that is not 0' },
            body: '',
            clause: '',
          },
        ]);
      return fraction(l.n * r.d, l.d * r.n);
    }
    case 'least':
    case 'most': {
      const values = f.parts.map((p) => evaluate(p, at));
      const gaps = gapsOf(...values);
      if (gaps) return gaps;
      const sign = f.op === 'least' ? 1 : -1;
      return (values as Fraction[]).reduce((a, b) => (compare(a, b) * sign <= 0 ? a : b));
    }
    case 'round': {
      const part = evaluate(f.part, at);
      if (part instanceof Gaps) return part;
      const unit = (f.to as { value: Fraction }).value;
      const of = part as Fraction;
      const n = of.n * unit.d;
      const d = of.d * unit.n;
      const whole =
        f.how === 'round-down'
          ? Math.floor(n / d)
          : f.how === 'round-up'
            ? Math.ceil(n / d)
            : Math.floor((2 * n + d) / (2 * d));
      return times(fraction(whole), unit);
    }
  }
}

/** What each comparison asks of the order of two numbers. */
const holds: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function gapsOf(...values: (Value | Gaps)[]): Gaps | null {
  const missing = values.flatMap((v) => (v instanceof Gaps ? v.items : []));
  return missing.length > 0 ? new Gaps(missing) : null;
}

function look(
  at: Situation,
  sort: Seen['sort'],
  name: string,
  found: Found | Missing,
  asIssued = false,
): Value | Gaps {
  if (isMissing(found)) return new Gaps([found]);
  at.seen?.push({ sort, name, found, asIssued });
  return found.value;
}

function fact(name: string, at: Situation): Value | Gaps {
  if (name === 'day') return fraction(at.day);
  if (name === 'day-kind') {
    const kind = at.terms.dayKind(at.day);
    return typeof kind === 'string' ? kind : new Gaps([kind]);
  }
  const value = at.facts[name];
  if (value !== undefined) return value;
  const label = at.terms.pack.facts.get(name)?.label ?? { zh: name, en: name };
  return new Gaps([{ name, missing: label, body: '', clause: '' }]);
}
