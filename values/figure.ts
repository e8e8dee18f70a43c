import type { Period } from './period.ts';
import type { Text } from './text.ts';

/**
 * Why no figure can be given: what is missing, which body must act, under which clause. A gap is never 0 and never no.
 * `division` is the 12-digit code of the body's division where it is known.
 */
export type Gap = {
  readonly missing: Text;
  readonly whoMustAct: Text;
  readonly division: string | null;
  readonly clause: string;
};

/** Where a parameter's value comes from: who set it, over which days, under which document, with what force. */
export type Origin = {
  readonly name: string;
  readonly setBy: Text;
  readonly inForce: Period;
  readonly force: string;
  readonly document: string | null;
};

/** A duty record or other fact a figure was made from: the sheet's row where there is one, and what it says. */
export type FactRef = { readonly row: number | null; readonly says: Text };

/** What a figure was made from, down to clause, parameter, document number and duty records. */
export type Because = {
  readonly says: Text;
  readonly clause?: string;
  readonly parameter?: Origin;
  readonly facts?: readonly FactRef[];
  readonly reading?: string;
  readonly of: readonly Figure<unknown>[];
};

/** A value that knows its because, or the gaps that stand in its way. */
export type Figure<T> = { readonly value: T; readonly because: Because } | { readonly gaps: readonly Gap[] };
