/**
 * The facts the kernel reads, in columns: one row per person × community × kind × calendar month, which is what a claim
 * is, however many terms of office lie in it. Rows of one person stand together, in order of month, and within a month
 * in the order of precedence of their kinds.
 *
 * A day map is 31 bits, bit 0 the first of the month. `full` and `half` hold the days credited 1 and 0.5 (never both);
 * `active` the days on which the engagement is in force: a credited day outside it is a kind reported but not held, which
 * is refused as the second kind of a day that another row holds and is never paid; `paidElsewhere` the days the person was already paid for by
 * another scheme (the same on every row of the person and month).
 */
export type Months = {
  readonly count: number;
  /** Which person: an index that only ties rows together. */
  readonly person: Int32Array;
  /** year × 12 + month − 1 */
  readonly month: Int32Array;
  /** Index into `places`. */
  readonly place: Int32Array;
  /** Index into `kinds`. */
  readonly kind: Uint16Array;
  readonly full: Int32Array;
  readonly half: Int32Array;
  readonly active: Int32Array;
  readonly paidElsewhere: Int32Array;
  /** For each post kind of the pack, in its order: the days on which it was the main post (most minutes). Absent when unseen. */
  readonly posts?: readonly Int32Array[];
  /** The days with any duty at all, credited or not: what a rest day is judged by. Absent: the credited days. */
  readonly served?: Int32Array;
  /** 0 not stated, 1 urban, 2 rural. Absent: not stated. */
  readonly area?: Uint8Array;
  /** 12-digit codes of the divisions the engagements belong to, the deepest known. */
  readonly places: readonly string[];
  /** Kind ids of the pack; a kind the pack does not know stands as it was written, after a question mark ("?保洁员"). */
  readonly kinds: readonly string[];
};
