/** An exact fraction of whole numbers in lowest terms, denominator above 0. Used for shares and factors, never as a float. */
export type Fraction = { readonly n: number; readonly d: number };

/** A fraction in lowest terms. Throws RangeError where a whole number would leave the range of exact ones, and for a denominator of 0. */
export function fraction(n: number, d = 1): Fraction {
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d) || d === 0)
    throw new RangeError(`not an exact fraction: ${n}/${d}`);
  const g = gcd(Math.abs(n), Math.abs(d)) * Math.sign(d);
  return { n: n / g, d: d / g };
}

export const ZERO = fraction(0);
export const ONE = fraction(1);

/** Sums, differences and products are exact; they throw as `fraction` does rather than lose a digit. */
/** Sums and products of exact fractions. Throws a RangeError only when the result itself is beyond exact numbers. */
export function plus(a: Fraction, b: Fraction): Fraction {
  const n = a.n * b.d + b.n * a.d;
  const d = a.d * b.d;
  return exact(a.n * b.d, b.n * a.d, n, d)
    ? fraction(n, d)
    : reduced(BigInt(a.n) * BigInt(b.d) + BigInt(b.n) * BigInt(a.d), BigInt(a.d) * BigInt(b.d));
}

export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { n: -b.n, d: b.d });

export function times(a: Fraction, b: Fraction): Fraction {
  const n = a.n * b.n;
  const d = a.d * b.d;
  return exact(n, d) ? fraction(n, d) : reduced(BigInt(a.n) * BigInt(b.n), BigInt(a.d) * BigInt(b.d));
}

/** Below 0 where a is less than b, 0 where they are equal, above 0 where a is more. */
export function compare(a: Fraction, b: Fraction): number {
  const l = a.n * b.d;
  const r = b.n * a.d;
  if (exact(l, r)) return l - r;
  const difference = BigInt(a.n) * BigInt(b.d) - BigInt(b.n) * BigInt(a.d);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

// A product on the way may leave the exact numbers though what comes of it does not: a share of 33.333333%, twice.
const exact = (...numbers: number[]): boolean => numbers.every((x) => Math.abs(x) <= Number.MAX_SAFE_INTEGER);

function reduced(n: bigint, d: bigint): Fraction {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return fraction(Number(n / a), Number(d / a));
}

export const floor = (a: Fraction): number => Math.floor(a.n / a.d);

/** A decimal or fraction as written ("0.5", "1/2", "30%"); null when it is neither. */
export function parseFraction(text: string): Fraction | null {
  const m = /^(-?\d+)(?:\.(\d{1,9}))?\s*(%)?$/.exec(text);
  if (m) {
    const digits = m[2] ?? '';
    const whole = Number(m[1] + digits);
    return Number.isSafeInteger(whole) ? fraction(whole, 10 ** digits.length * (m[3] ? 100 : 1)) : null;
  }
  const q = /^(-?\d{1,15})\s*\/\s*(\d{1,15})$/.exec(text);
  return q && Number(q[2]) !== 0 ? fraction(Number(q[1]), Number(q[2])) : null;
}

/** The greatest common divisor; 1 for two zeros, so that it can always be divided by. */
export function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a === 0 ? 1 : a;
}
