/** An exact fraction of whole numbers in lowest terms, denominator above 0. Used for shares and factors, never as a float. */
export type Fraction = { readonly n: number; readonly d: number };

export function fraction(n: number, d = 1): Fraction {
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d) || d === 0) throw new RangeError(`not an exact fraction: ${n}/${d}`);
  const g = gcd(Math.abs(n), Math.abs(d)) * Math.sign(d);
  return { n: n / g, d: d / g };
}

export const ZERO = fraction(0);
export const ONE = fraction(1);

export const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
export const compare = (a: Fraction, b: Fraction): number => a.n * b.d - b.n * a.d;
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

export function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a === 0 ? 1 : a;
}
