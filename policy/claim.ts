import { compare, type Fraction, floor, fraction, minus, plus, times, ZERO } from '../values/fraction.ts';
import type { ShareTerms } from './day.ts';

/** What a claim is added up from: some days in order, each with its exact amount in fen and the shares that hold on it. */
export type ClaimDay = {
  readonly amount: Fraction;
  readonly credit: Fraction;
  readonly shares: ShareTerms | null;
};

/** Whole fen: the amount, and what each bearer of the terms pays in their order; null shares are not known yet. */
export type ClaimSum = { readonly fen: number; readonly shares: readonly number[] | null };

/**
 * Adds up one claim (person × paying division × community × kind × month), rounding once.
 *
 * The amount first (reading D18): exact over all its days, no more than the cap, less than one fen dropped. What is
 * dropped comes off the latest days. Then the shares (reading D12): each upper bearer's part of what is left of each day,
 * or of no more than its daily ceiling, rounded down to the fen; the last bearer takes the remainder, so that shares sum
 * to the amount always. One day with unknown shares makes the claim's shares unknown.
 */
export function addUp(days: readonly ClaimDay[], cap: Fraction | null = null): ClaimSum {
  const exact = days.reduce<Fraction>((sum, d) => plus(sum, d.amount), ZERO);
  const fen = floor(cap && compare(cap, exact) < 0 ? cap : exact);
  if (days.some((d) => d.shares === null)) return { fen, shares: null };
  let dropped = minus(exact, fraction(fen));
  const left = days.map((d) => d.amount);
  for (let i = days.length - 1; i >= 0 && dropped.n > 0; i--) {
    const off = compare(left[i], dropped) < 0 ? left[i] : dropped;
    left[i] = minus(left[i], off);
    dropped = minus(dropped, off);
  }
  const bearers = days[0]?.shares?.parts.length ?? 0;
  const shares: number[] = [];
  let rest = fen;
  for (let k = 0; k < bearers - 1; k++) {
    const part = wholeOf(
      days.map((d, i) => {
        const terms = d.shares as ShareTerms;
        const upTo = terms.upTo[k];
        const ceiling = upTo ? times(upTo, d.credit) : null;
        return [terms.parts[k] as Fraction, ceiling && compare(ceiling, left[i]) < 0 ? ceiling : left[i]];
      }),
    );
    shares.push(part);
    rest -= part;
  }
  if (bearers > 0) shares.push(rest);
  return { fen, shares };
}

/**
 * The whole fen in a sum of products. In big integers: a share written as 33.3333% over a month at 70.01 yuan leaves the
 * range of exact numbers on the way, though the sum itself is small.
 */
function wholeOf(products: readonly (readonly [Fraction, Fraction])[]): number {
  let [n, d] = [0n, 1n];
  for (const [a, b] of products) {
    const [top, bottom] = [BigInt(a.n) * BigInt(b.n), BigInt(a.d) * BigInt(b.d)];
    [n, d] = bottom === d ? [n + top, d] : [n * bottom + top * d, d * bottom];
  }
  const whole = n / d;
  return Number(n < 0n && whole * d !== n ? whole - 1n : whole);
}
