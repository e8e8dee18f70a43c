/** A word of the field as sheets write it: an id for the program, the Chinese label, and the other ways people write it. */
export type Term = { readonly id: string; readonly label: string; readonly aliases: readonly string[] };

/** A level of government: how many of the 12 digits of a division code are its own, and the headings its column goes by. */
export type Level = Term & { readonly digits: 2 | 4 | 6 | 9 | 12; readonly headers: readonly string[] };

/**
 * The words one jurisdiction's sheets use, as its pack gives them. Readers of sheets know these and nothing of the rules.
 * `kinds` stand in order of precedence: who holds two on one day is claimed under the first.
 */
export type Vocabulary = {
  /** From the top down. */
  readonly levels: readonly Level[];
  /** The level whose treasury pays the worker: a line of the settlement is within one division of it. */
  readonly payingLevel: string;
  readonly kinds: readonly Term[];
  /** True when the notice's list of kinds is open: a kind it does not name is kept, not a bad row. */
  readonly kindsAreOpen: boolean;
  readonly posts: readonly Term[];
};
