import { readFileSync } from 'node:fs';
import type { Division, Divisions } from '../../values/place.ts';
import type { Level } from '../../values/vocabulary.ts';
import words from './words.json' with { type: 'json' };

/** How many of the twelve digits of a code are its own: the depth of a division in the national coding. */
export type Digits = Level['digits'];

/** The whole tree of divisions this installation carries. */
export type DivisionTree = Divisions & {
  /** The day the names and codes are of, YYYY-MM-DD. */
  readonly asOf: string;
  /** The depth of a division, or undefined when the code is unknown. */
  digitsOf(code: string): Digits | undefined;
  /** The divisions directly in one, in the order of their codes; with null, the provinces. */
  childrenOf(code: string | null): readonly Division[];
  /** Everything inside a division at one depth, in the order of codes. The division itself when it is of that depth. */
  within(code: string, digits: Digits): readonly Division[];
  /** Divisions whose name contains the text, or whose code begins with it, upper levels first. For pickers and suggestions. */
  search(text: string, limit?: number): readonly Division[];
};

const DIGITS: Readonly<Record<string, Digits>> = {
  province: 2,
  prefecture: 4,
  county: 6,
  town: 9,
  village: 12,
};

const NOT_SHOWN: Readonly<Record<string, readonly string[]>> = words.notShown;

/**
 * Reads the divisions carried beside this file. Units coded only for form (the "districts under the city" node of a
 * municipality) are left out: their children are children of the parent, so no path shows them.
 * Throws when the file is not as its README says: that is a broken installation, not a clerk's mistake.
 */
export function loadDivisions(
  file: string | URL = new URL('./divisions.csv', import.meta.url),
): DivisionTree {
  const byCode = new Map<string, Division>();
  const depth = new Map<string, Digits>();
  const skipped = new Map<string, string | null>();
  const text = readFileSync(file, 'utf8');
  // Cut by position: splitting 22,000 lines into cells takes twice as long, and every command loads this.
  for (let at = text.indexOf('\n') + 1, line = 2; at > 0 && at < text.length; line++) {
    const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    const afterName = text.indexOf(',', at + 13);
    const afterLevel = text.indexOf(',', afterName + 1);
    const code = text.slice(at, at + 12);
    const name = text.slice(at + 13, afterName);
    const digits = DIGITS[text.slice(afterName + 1, afterLevel)];
    const above = text.slice(afterLevel + 1, end);
    if (
      text[at + 12] !== ',' ||
      name === '' ||
      digits === undefined ||
      !(above === '' || byCode.has(above) || skipped.has(above))
    )
      throw new Error(`divisions, line ${line} is not code,name,level,parent: ${text.slice(at, end)}`);
    at = end + 1;
    const parent = above === '' ? null : (skipped.get(above) ?? above);
    if (NOT_SHOWN[digits]?.includes(name)) {
      skipped.set(code, parent);
      continue;
    }
    byCode.set(code, { code, name, parent });
    depth.set(code, digits);
  }
  return new LoadedTree(byCode, depth);
}

class LoadedTree implements DivisionTree {
  readonly asOf = words.asOf;
  readonly #byCode: ReadonlyMap<string, Division>;
  readonly #depth: ReadonlyMap<string, Digits>;
  readonly #paths = new Map<string, readonly Division[]>();
  #children: Map<string | null, Division[]> | null = null;

  constructor(byCode: ReadonlyMap<string, Division>, depth: ReadonlyMap<string, Digits>) {
    this.#byCode = byCode;
    this.#depth = depth;
  }

  of(code: string): Division | undefined {
    return this.#byCode.get(code);
  }

  digitsOf(code: string): Digits | undefined {
    return this.#depth.get(code);
  }

  pathOf(code: string): readonly Division[] {
    const known = this.#paths.get(code);
    if (known) return known;
    const path: Division[] = [];
    for (
      let at = this.#byCode.get(code);
      at;
      at = at.parent === null ? undefined : this.#byCode.get(at.parent)
    )
      path.push(at);
    this.#paths.set(code, path);
    return path;
  }

  childrenOf(code: string | null): readonly Division[] {
    if (this.#children === null) {
      this.#children = new Map();
      for (const division of this.#byCode.values()) {
        const siblings = this.#children.get(division.parent);
        if (siblings) siblings.push(division);
        else this.#children.set(division.parent, [division]);
      }
    }
    return this.#children.get(code) ?? [];
  }

  within(code: string, digits: Digits): readonly Division[] {
    const own = this.#byCode.get(code);
    const depth = this.#depth.get(code);
    if (!own || depth === undefined || depth > digits) return [];
    if (depth === digits) return [own];
    return this.childrenOf(code).flatMap((child) => this.within(child.code, digits));
  }

  search(text: string, limit = 10): readonly Division[] {
    const wanted = text.trim();
    if (wanted === '') return [];
    const found: Division[] = [];
    for (const digits of Object.values(DIGITS)) {
      for (const division of this.#byCode.values()) {
        if (this.#depth.get(division.code) !== digits) continue;
        if (!division.name.includes(wanted) && !division.code.startsWith(wanted)) continue;
        found.push(division);
        if (found.length === limit) return found;
      }
    }
    return found;
  }
}
