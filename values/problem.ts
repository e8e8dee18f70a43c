import type { Text } from './text.ts';

/** A problem sets the row (or the pack) aside; a warning lets it through and is shown to the person who can act. */
export type Severity = 'problem' | 'warning';

/**
 * Something wrong with what a person gave us: where it stands, a sentence that says what is wrong, a sentence that says
 * what to do. `row` is the 1-based row or line of the file, `column` the heading as written there (or a dotted path in a
 * pack); null where there is none. Never thrown: problems are collected, so that all are seen at once.
 */
export type Problem = {
  readonly severity: Severity;
  readonly file: string | null;
  readonly row: number | null;
  readonly column: string | null;
  readonly message: Text;
  readonly suggestion: Text;
};

/** One refusal that ends the work: a file that cannot be read, a pack that does not exist. The command line exits 2 with it. */
export class Refusal extends Error {
  readonly says: Text;

  constructor(says: Text) {
    super(says.en);
    this.name = 'Refusal';
    this.says = says;
  }
}
