import type { Text } from '../../values/text.ts';
import type { SheetProblem } from './contract.ts';

/**
 * A sentence made when it is read. A city's sheet can hold a million wrong rows and every one is kept, but few are ever
 * printed in both languages.
 */
class Later implements Text {
  readonly #say: () => Text;
  constructor(say: () => Text) {
    this.#say = say;
  }
  get zh(): string {
    return this.#say().zh;
  }
  get en(): string {
    return this.#say().en;
  }
  toJSON(): Text {
    return this.#say();
  }
}

/** A sentence put together only when somebody reads it. `say` must hold no row of the sheet, only its own words. */
export const later = (say: () => Text): Text => new Later(say);

/** Collects what is wrong with one input file. */
export class Found {
  readonly #file: string | null;
  readonly #problems: SheetProblem[] = [];

  constructor(file: string | null) {
    this.#file = file;
  }

  /** Sets the row (or cell) aside. */
  problem(
    sheet: string | null,
    row: number | null,
    column: string | null,
    message: Text,
    suggestion: Text,
  ): void {
    this.#problems.push({
      severity: 'problem',
      file: this.#file,
      sheet: sheet || null,
      row,
      column,
      message,
      suggestion,
    });
  }

  /** Lets it through, and tells the person who can act. */
  warning(
    sheet: string | null,
    row: number | null,
    column: string | null,
    message: Text,
    suggestion: Text,
  ): void {
    this.#problems.push({
      severity: 'warning',
      file: this.#file,
      sheet: sheet || null,
      row,
      column,
      message,
      suggestion,
    });
  }

  /** Everything found, in the order of the sheets and rows; what concerns the whole file comes first. */
  inOrder(sheets: readonly string[]): SheetProblem[] {
    const place = new Map(sheets.map((name, i) => [name, i]));
    const of = (p: SheetProblem) => (p.sheet === null ? -1 : (place.get(p.sheet) ?? -1));
    return this.#problems.sort((a, b) => of(a) - of(b) || (a.row ?? 0) - (b.row ?? 0));
  }
}
