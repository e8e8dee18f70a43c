import { compare, type Fraction, floor, fraction, minus, plus, times, ZERO } from '../values/fraction.ts';
import type { ShareTerms } from './day.ts';

/** What a claim is added up from: some days in order, each with its exact amount in fen and the shares that hold on it. */
export type ClaimDay = { readonly amount: Fraction; readonly credit: Fraction; readonly shares: ShareTerms | null };

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
    let part = ZERO;
    days.forEach((d, i) => {
      const terms = d.shares as ShareTerms;
      const upTo = terms.upTo[k];
      const ceiling = upTo ? times(upTo, d.credit) : null;
      const base = ceiling && compare(ceiling, left[i]) < 0 ? ceiling : left[i];
      part = plus(part, times(terms.parts[k] as Fraction, base));
    });
    shares.push(floor(part));
    rest -= floor(part);
  }
  if (bearers > 0) shares.push(rest);
  return { fen, shares };
}
