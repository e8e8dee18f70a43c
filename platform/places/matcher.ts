import type { Division } from '../../values/place.ts';
import type { Severity } from '../../values/problem.ts';
import { plain, type Text } from '../../values/text.ts';
import type { Level, Vocabulary } from '../../values/vocabulary.ts';
import type { Digits, DivisionTree } from './divisions.ts';
import { nearestNames } from './nearest-names.ts';
import words from './words.json' with { type: 'json' };

/** Something to say about the place of a row, and under which level's column. */
export type PlaceFinding = {
  readonly severity: Severity;
  /**
   * `empty`: the cell is; `unknown`: no division has the name; `ambiguous`: several have it; `conflict`: it lies outside the
   * upper unit named; `elsewhere`: found under another street than the one named; `streetMissing`: found though no street
   * is named; `otherUnit`: found under another ending, such as a village that has become a community.
   */
  readonly kind: 'empty' | 'unknown' | 'ambiguous' | 'conflict' | 'elsewhere' | 'streetMissing' | 'otherUnit';
  /** The id of the level whose column it belongs to. */
  readonly level: string;
  readonly message: Text;
  readonly suggestion: Text;
};

/** What the place columns of one row mean. */
export type PlaceMatch = {
  /** The deepest division found; null when not even the paying division was, and then a finding is a problem. */
  readonly place: string | null;
  /** The division of the paying level it lies in. */
  readonly paying: string | null;
  /** The paying division's name without its parents. */
  readonly district: string | null;
  /** The name in the divisions when found, else as typed; null when the cell is empty and nothing told it. */
  readonly street: string | null;
  /** As street; where the row names no community it is the name of the deepest unit it does name. */
  readonly community: string | null;
  readonly findings: readonly PlaceFinding[];
};

/** One division named from the top, or why it was not found. */
export type TopMatch =
  | { readonly ok: Division }
  | { readonly ok: null; readonly reason: Text; readonly suggestion: Text };

/** What a sheet's column of names holds for one level. */
type Written = string | number | null;

/** A name taken apart: all of it, without the ending of its kind of unit, and without the word the ending stood on. */
type Parts = { readonly whole: string; readonly stem: string; readonly unit: string; readonly deep: string };

type Found =
  | { readonly kind: 'one'; readonly division: Division; readonly sameUnit: boolean }
  | { readonly kind: 'many'; readonly divisions: readonly Division[] }
  | { readonly kind: 'none' };

const NONE: Found = { kind: 'none' };

/** Longest ending first, so that a community's committee is not taken for a village's. */
const ENDINGS: ReadonlyMap<number, readonly { readonly ending: string; readonly unit: string }[]> = new Map(
  Object.entries(words.endings).map(([digits, units]) => [
    Number(digits),
    Object.entries(units)
      .flatMap(([unit, endings]: [string, string[]]) => endings.map((ending) => ({ ending, unit })))
      .sort((a, b) => b.ending.length - a.ending.length),
  ]),
);

/** Blanks, brackets and the dots and strokes people put into names; their content stays. */
const LOOSE = /[\s()（）［］[\]【】〔〕「」『』《》<>〈〉“”"'‘’·•・‧.。\-—_/、,，;；:：]+/g;
const BRACKETED = /[(（［[【〔][^)）］\]】〕]*[)）］\]】〕]/g;

/** A name as it is compared: ordinary width, nothing between the characters. */
const squash = (text: string): string => plain(text).replace(LOOSE, '');

function partsOf(whole: string, digits: Digits): Parts {
  const once = withoutEnding(whole, digits);
  const twice = once.unit === null ? once : withoutEnding(once.stem, digits);
  return { whole, stem: once.stem, unit: once.unit ?? '', deep: twice.stem };
}

function withoutEnding(name: string, digits: Digits): { stem: string; unit: string | null } {
  for (const { ending, unit } of ENDINGS.get(digits) ?? [])
    if (name.length > ending.length && name.endsWith(ending))
      return { stem: name.slice(0, -ending.length), unit };
  return { stem: name, unit: null };
}

/** Divisions of one depth by every form of their name that may stand for them. */
class NameIndex {
  readonly digits: Digits;
  readonly divisions: readonly Division[];
  readonly #by = {
    whole: new Map<string, Division[]>(),
    stem: new Map<string, Division[]>(),
    unit: new Map<string, Division[]>(),
    deep: new Map<string, Division[]>(),
    deepUnit: new Map<string, Division[]>(),
  };

  constructor(divisions: readonly Division[], digits: Digits) {
    this.digits = digits;
    this.divisions = divisions;
    for (const division of divisions) {
      const name = partsOf(squash(division.name), digits);
      put(this.#by.whole, name.whole, division);
      put(this.#by.stem, name.stem, division);
      put(this.#by.unit, `${name.stem}|${name.unit}`, division);
      put(this.#by.deep, name.deep, division);
      put(this.#by.deepUnit, `${name.deep}|${name.unit}`, division);
    }
  }

  /**
   * The division a name means among those `keep` lets through. The closest reading that fits any decides, and two that
   * fit it equally are never chosen between. `sameUnit` is false when only the kind of unit differs (a village that
   * has since become a community).
   */
  find(written: string, keep: (division: Division) => boolean = () => true): Found {
    const name = partsOf(squash(written), this.digits);
    if (name.whole === '') return NONE;
    const readings = [
      this.#by.whole.get(name.whole),
      this.#by.unit.get(`${name.stem}|${name.unit}`),
      this.#by.stem.get(name.whole),
      this.#by.whole.get(name.stem),
      this.#by.deepUnit.get(`${name.deep}|${name.unit}`),
      name.unit === '' ? this.#by.deep.get(name.whole) : undefined,
    ];
    for (const reading of readings) {
      const found = only(reading, keep, true);
      if (found.kind !== 'none') return found;
    }
    const otherUnit = only(this.#by.deep.get(name.deep), keep, false);
    if (otherUnit.kind !== 'none') return otherUnit;
    const bare = written.replace(BRACKETED, '');
    return bare === written ? NONE : this.find(bare, keep);
  }
}

function put(map: Map<string, Division[]>, key: string, division: Division): void {
  const there = map.get(key);
  if (there) there.push(division);
  else map.set(key, [division]);
}

function only(
  divisions: readonly Division[] | undefined,
  keep: (division: Division) => boolean,
  sameUnit: boolean,
): Found {
  const kept = divisions?.filter(keep) ?? [];
  if (kept.length === 0) return NONE;
  return kept.length === 1
    ? { kind: 'one', division: kept[0]!, sameUnit }
    : { kind: 'many', divisions: kept };
}

/**
 * Reads division names as sheets of one jurisdiction write them: with or without the ending of the unit, with the names of
 * the units above in front, in any width, with blanks and brackets. It never chooses between two that fit.
 *
 * The paying division decides who pays, so one that is not found, or lies elsewhere than the row says, is a problem and
 * the row is set aside. Street and community decide only where the line is listed, so there it is a warning and the names
 * stay as typed. Answers are remembered: a sheet repeats few names often.
 */
export class PlaceMatcher {
  readonly #tree: DivisionTree;
  readonly #levels: readonly Level[];
  readonly #payingAt: number;
  readonly #top: string;
  readonly #indexes = new Map<string, NameIndex>();
  readonly #matches = new Map<string, PlaceMatch>();
  readonly #named = new Map<string, TopMatch>();

  /**
   * `top` is the code of the division the notice is of, twelve digits or its own alone. Throws when it is
   * unknown or the vocabulary has no such paying level: both come from the pack, not from a sheet.
   */
  constructor(tree: DivisionTree, vocabulary: Pick<Vocabulary, 'levels' | 'payingLevel'>, top: string) {
    this.#tree = tree;
    this.#levels = vocabulary.levels;
    this.#payingAt = vocabulary.levels.findIndex((level) => level.id === vocabulary.payingLevel);
    this.#top = top.padEnd(12, '0');
    if (this.#payingAt < 0) throw new Error(`no level ${vocabulary.payingLevel} in the vocabulary`);
    if (!tree.of(this.#top)) throw new Error(`no division ${this.#top} in the divisions carried here`);
  }

  /**
   * The place a row means. `written` holds the cells of the vocabulary's levels in their order, from the top down; a
   * level without a column is null. Findings: `problem` at the paying level (empty, unknown, in several cities, not in the
   * city named), `warning` below it (unknown, ambiguous, found elsewhere in the district, another kind of unit).
   */
  match(written: readonly Written[]): PlaceMatch {
    let key = '';
    for (let i = 0; i < this.#levels.length; i++) key += `${written[i] ?? ''}\u0000`;
    let match = this.#matches.get(key);
    if (!match) {
      match = this.#read(this.#levels.map((_, i) => textOf(written[i] ?? null)));
      this.#matches.set(key, match);
    }
    return match;
  }

  /**
   * The name of the paying division a code lies in, without its parents; null for a code above the paying level or
   * unknown. The canonical name of a district wherever one is printed.
   */
  districtName(code: string): string | null {
    return this.payingOf(code)?.name ?? null;
  }

  /** The paying division a code lies in; undefined for a code above the paying level or unknown. */
  payingOf(code: string): Division | undefined {
    const digits = this.#levels[this.#payingAt]!.digits;
    return this.#tree.pathOf(code).find((division) => this.#tree.digitsOf(division.code) === digits);
  }

  /**
   * A division named in one text: its code (twelve digits or its own alone), or its names from the top, each with or
   * without its ending, upper ones left out where nothing else has the name. For settings and command line options.
   * Refuses what is unknown, ambiguous, or outside the division the notice is of, each with a sentence.
   */
  matchFromTop(written: Written): TopMatch {
    const text = textOf(written);
    let match = this.#named.get(text);
    if (!match) {
      match = this.#readFromTop(text);
      this.#named.set(text, match);
    }
    return match;
  }

  #read(written: readonly string[]): PlaceMatch {
    const findings: PlaceFinding[] = [];
    const paying = this.#payingDivision(written, findings);
    if (!paying)
      return { place: null, paying: null, district: null, street: null, community: null, findings };

    const below = this.#levels.slice(this.#payingAt + 1);
    const streetLevel = below.find((level) => level.digits === 9);
    const communityLevel = below.find((level) => level.digits === 12);
    const streetText = streetLevel ? written[this.#levels.indexOf(streetLevel)]! : '';
    const communityText = communityLevel ? written[this.#levels.indexOf(communityLevel)]! : '';

    let street = streetLevel ? this.#street(paying, streetText, streetLevel, findings) : null;
    const community = communityLevel
      ? this.#community(paying, street, streetText, communityText, communityLevel, findings)
      : null;
    if (community) {
      // A street not found is no more news once the community has told which it is.
      const told = findings.findIndex((f) => f.kind === 'unknown' && f.level === streetLevel?.id);
      if (told >= 0) findings.splice(told, 1);
      street = this.#tree.of(community.parent ?? '') ?? street;
    }
    const streetName = street && street !== paying ? street.name : streetText || null;
    return {
      place: (community ?? street ?? paying).code,
      paying: paying.code,
      district: paying.name,
      street: streetName,
      community: community?.name ?? (communityText || (streetName ?? paying.name)),
      findings,
    };
  }

  /** The division that pays, or null and a problem. */
  #payingDivision(written: readonly string[], findings: PlaceFinding[]): Division | null {
    const level = this.#levels[this.#payingAt]!;
    const text = written[this.#payingAt]!;
    const problem = (kind: PlaceFinding['kind'], message: Text, suggestion: Text): null => {
      findings.push({ severity: 'problem', kind, level: level.id, message, suggestion });
      return null;
    };
    if (text === '')
      return problem(
        'empty',
        { zh: `“${level.label}”是空的。`, en: `The column ${level.label} is empty.` },
        {
          zh: `请填写所在${level.label}，它决定由谁发放。`,
          en: `Enter the ${level.label}: it decides who pays.`,
        },
      );

    const uppers: Division[] = [];
    for (let i = 0; i < this.#payingAt; i++) {
      if (written[i] === '') continue;
      const upper = this.#upper(written[i]!, this.#levels[i]!);
      if (upper) uppers.push(upper);
      else
        findings.push({
          severity: 'warning',
          kind: 'unknown',
          level: this.#levels[i]!.id,
          message: {
            zh: `没有找到“${written[i]}”这个${this.#levels[i]!.label}，已按“${text}”认定。`,
            en: `There is no ${this.#levels[i]!.label} "${written[i]}"; the row was placed by "${text}".`,
          },
          suggestion: this.#nearest(written[i]!, this.#index(this.#top, this.#levels[i]!.digits)),
        });
    }
    const inside = (division: Division) => uppers.every((upper) => this.#isWithin(division, upper));
    const index = this.#index(this.#top, level.digits);
    const direct = index.find(text, inside);
    const found =
      direct.kind === 'none' ? this.#oneOf(this.#descend(text, level.digits).filter(inside)) : direct;

    if (found.kind === 'many') {
      const parents = found.divisions.map((d) => this.#fullName(d));
      return problem(
        'ambiguous',
        {
          zh: `名叫“${text}”的有 ${parents.length} 个：${parents.join('、')}。`,
          en: `${parents.length} divisions go by "${text}": ${parents.join(', ')}.`,
        },
        {
          zh: `请写明全称，或加上一列${this.#levels[this.#payingAt - 1]?.label ?? '上级'}。`,
          en: `Write the full name, or add the column ${this.#levels[this.#payingAt - 1]?.label ?? 'above it'}.`,
        },
      );
    }
    if (found.kind === 'none') {
      const elsewhere = uppers.length > 0 ? index.find(text) : NONE;
      if (elsewhere.kind === 'one')
        return problem(
          'conflict',
          {
            zh: `“${text}”不在${uppers.at(-1)!.name}，而在${this.#fullName(elsewhere.division)}。`,
            en: `"${text}" is not in ${uppers.at(-1)!.name}; it is ${this.#fullName(elsewhere.division)}.`,
          },
          { zh: '请核对这两列哪一个写错了。', en: 'Check which of the two columns is wrong.' },
        );
      return problem(
        'unknown',
        {
          zh: `在${this.#nameOf(this.#top)}没有找到“${text}”这个${level.label}。`,
          en: `There is no ${level.label} "${text}" in ${this.#nameOf(this.#top)}.`,
        },
        this.#nearest(text, index, inside),
      );
    }
    if (!found.sameUnit) findings.push(readAs(level, text, found.division));
    return found.division;
  }

  /** A unit above the paying level by its name, with or without those above it in front. */
  #upper(text: string, level: Level): Division | null {
    const found = this.#index(this.#top, level.digits).find(text);
    if (found.kind === 'one') return found.division;
    // The notice may be of a division further down than this column.
    for (const above of this.#tree.pathOf(this.#top))
      if (this.#tree.digitsOf(above.code) === level.digits && squash(above.name) === squash(text))
        return above;
    const named = this.#descend(text, level.digits);
    return named.length === 1 ? named[0]! : null;
  }

  /** The street or township, or null and a warning when the cell names one that is not found. */
  #street(paying: Division, text: string, level: Level, findings: PlaceFinding[]): Division | null {
    if (text === '') return null;
    const index = this.#index(paying.code, level.digits);
    let found = index.find(text);
    if (found.kind === 'none') found = index.find(this.#withoutUppers(text, paying));
    if (found.kind === 'one') {
      if (!found.sameUnit) findings.push(readAs(level, text, found.division));
      return found.division;
    }
    findings.push({
      severity: 'warning',
      kind: found.kind === 'many' ? 'ambiguous' : 'unknown',
      level: level.id,
      message:
        found.kind === 'many'
          ? {
              zh: `${paying.name}名叫“${text}”的有：${found.divisions.map((d) => d.name).join('、')}。`,
              en: `In ${paying.name} "${text}" may be: ${found.divisions.map((d) => d.name).join(', ')}.`,
            }
          : {
              zh: `${paying.name}没有找到“${text}”。`,
              en: `There is no "${text}" in ${paying.name}.`,
            },
      suggestion:
        found.kind === 'many' ? { zh: '请写全称。', en: 'Write the full name.' } : this.#nearest(text, index),
    });
    return null;
  }

  /** The community or village, or null and a warning. */
  #community(
    paying: Division,
    street: Division | null,
    streetText: string,
    text: string,
    level: Level,
    findings: PlaceFinding[],
  ): Division | null {
    const warn = (kind: PlaceFinding['kind'], message: Text, suggestion: Text): null => {
      findings.push({ severity: 'warning', kind, level: level.id, message, suggestion });
      return null;
    };
    if (text === '')
      return warn(
        'empty',
        {
          zh: `“${level.label}”是空的，这一行列在${street?.name ?? paying.name}名下。`,
          en: `The column ${level.label} is empty; the row is listed under ${street?.name ?? paying.name}.`,
        },
        { zh: `请填写${level.label}。`, en: `Enter the ${level.label}.` },
      );
    const index = this.#index(paying.code, level.digits);
    // The street's name may stand in front of the community's, in this column.
    const shorter = this.#withoutUppers(text, paying);
    const named = street ? null : this.#streetInFront(paying, shorter);
    const home = street ?? named?.street ?? null;
    const forms = [
      text,
      shorter,
      ...(home ? [this.#withoutUppers(shorter, home)] : []),
      ...(named ? [named.rest] : []),
    ].filter((form, i, all) => form !== '' && all.indexOf(form) === i);

    if (home) {
      for (const form of forms) {
        const found = index.find(form, (division) => division.parent === home.code);
        if (found.kind === 'one') {
          if (!found.sameUnit) findings.push(readAs(level, text, found.division));
          return found.division;
        }
        if (found.kind === 'many') return warn('ambiguous', ...this.#several(home, text, found.divisions));
      }
    }
    for (const form of forms) {
      const found = index.find(form);
      if (found.kind === 'many') {
        if (home) break;
        return warn('ambiguous', ...this.#several(paying, text, found.divisions));
      }
      // Elsewhere in the district only a name of the same kind of unit counts: more would join strangers.
      if (found.kind === 'none' || (home && !found.sameUnit)) continue;
      const real = this.#nameOf(found.division.parent ?? '');
      if (!found.sameUnit) findings.push(readAs(level, text, found.division));
      warn(
        streetText === '' ? 'streetMissing' : 'elsewhere',
        streetText === ''
          ? {
              zh: `没有写街镇；“${text}”在${paying.name}只有一个，在${real}，已按它认定。`,
              en: `No street is given; ${paying.name} has one "${text}", in ${real}, and the row was placed there.`,
            }
          : {
              zh: `“${text}”不在“${streetText}”，而在${real}，已按${real}认定。`,
              en: `"${text}" is not in "${streetText}" but in ${real}, and the row was placed there.`,
            },
        {
          zh: `请核对街镇，应为${real}。`,
          en: `Check the street or township: it should be ${real}.`,
        },
      );
      return found.division;
    }
    const among = home ? index.divisions.filter((d) => d.parent === home.code) : index.divisions;
    return warn(
      'unknown',
      {
        zh: `在${home?.name ?? paying.name}没有找到“${text}”，按所填名称保留。`,
        en: `There is no "${text}" in ${home?.name ?? paying.name}; the name is kept as typed.`,
      },
      this.#nearest(text, { digits: level.digits, divisions: among }),
    );
  }

  #several(where: Division, text: string, divisions: readonly Division[]): [Text, Text] {
    const names = divisions.map((d) =>
      d.parent === where.code ? d.name : `${this.#nameOf(d.parent ?? '')}${d.name}`,
    );
    return [
      {
        zh: `${where.name}名叫“${text}”的有 ${names.length} 个：${names.slice(0, 5).join('、')}；没有认定是哪一个。`,
        en: `${where.name} has ${names.length} that go by "${text}": ${names.slice(0, 5).join(', ')}; none was chosen.`,
      },
      { zh: '请填写街镇并写全称。', en: 'Enter the street or township, and the full name.' },
    ];
  }

  /** A text without the names of a division and those above it in front. */
  #withoutUppers(text: string, division: Division): string {
    let rest = squash(text);
    for (const above of [...this.#tree.pathOf(division.code)].reverse()) {
      const front = this.#front(rest, above);
      if (front > 0 && front < rest.length) rest = rest.slice(front);
    }
    return rest;
  }

  /** The street of a district whose name begins a text, and what follows it. */
  #streetInFront(paying: Division, text: string): { street: Division; rest: string } | null {
    const rest = squash(text);
    let best: { street: Division; front: number } | null = null;
    for (const street of this.#index(paying.code, 9).divisions) {
      const front = this.#front(rest, street);
      // A stem alone in front is more often the community's own name than a street's.
      if (front < 3 || front >= rest.length || front <= (best?.front ?? 0)) continue;
      if (partsOf(rest.slice(0, front), 9).unit !== '') best = { street, front };
    }
    return best ? { street: best.street, rest: rest.slice(best.front) } : null;
  }

  /** How many characters of a text are the name of a division, in the longest form that fits: with any of its unit's endings, or the stem. */
  #front(text: string, division: Division): number {
    const digits = this.#tree.digitsOf(division.code)!;
    const name = partsOf(squash(division.name), digits);
    if (!text.startsWith(name.stem) || name.stem.length < 2)
      return text.startsWith(name.whole) ? name.whole.length : 0;
    for (const { ending, unit } of ENDINGS.get(digits) ?? [])
      if (unit === name.unit && text.startsWith(ending, name.stem.length))
        return name.stem.length + ending.length;
    return text.startsWith(name.whole) ? name.whole.length : name.stem.length;
  }

  /** Every division a text names from the top down, of one depth or (null) of any. Several when it can be read in several ways. */
  #descend(text: string, digits: Digits | null): Division[] {
    const found = new Map<string, Division>();
    const walk = (at: Division, rest: string): void => {
      const depth = this.#tree.digitsOf(at.code)!;
      if (rest === '') {
        if (digits === null || depth === digits) found.set(at.code, at);
        return;
      }
      if (digits !== null && depth >= digits) return;
      for (const child of this.#tree.childrenOf(at.code)) {
        const front = this.#front(rest, child);
        if (front > 0) walk(child, rest.slice(front));
      }
    };
    const top = this.#tree.of(this.#top)!;
    const all = squash(text);
    walk(top, all);
    // The names above the notice's own division may stand in front, all of them or from any one down.
    const path = this.#tree.pathOf(this.#top);
    for (let from = path.length - 1; from >= 0; from--) {
      let rest = all;
      let whole = true;
      for (let i = from; i >= 0 && whole; i--) {
        const front = this.#front(rest, path[i]!);
        whole = front > 0;
        rest = rest.slice(front);
      }
      if (whole) walk(top, rest);
    }
    return [...found.values()];
  }

  #readFromTop(text: string): TopMatch {
    const top = this.#tree.of(this.#top)!;
    const no = (reason: Text, suggestion: Text): TopMatch => ({ ok: null, reason, suggestion });
    if (text === '')
      return no(
        { zh: '没有写区划。', en: 'No division is given.' },
        {
          zh: '请写 12 位区划代码，或从上级写起的名称。',
          en: 'Give the 12-digit code, or the names from the top.',
        },
      );
    if (/^\d{2,12}$/.test(text)) {
      const division = this.#tree.of(text.padEnd(12, '0'));
      if (division && this.#isWithin(division, top)) return { ok: division };
      return no(
        division
          ? {
              zh: `区划代码 ${text}（${this.#fullName(division)}）不在${top.name}。`,
              en: `The division ${text} (${this.#fullName(division)}) is not in ${top.name}.`,
            }
          : {
              zh: `没有区划代码 ${text}。`,
              en: `There is no division with the code ${text}.`,
            },
        { zh: '请核对代码，或改写名称。', en: 'Check the code, or write the name.' },
      );
    }
    let found = this.#oneOf(this.#descend(text, null));
    // A name alone, upper ones left out: the levels from the top down, the first that knows it decides.
    for (const digits of [4, 6, 9, 12] as const) {
      if (found.kind !== 'none') break;
      const bare = this.#index(this.#top, digits).find(text);
      if (bare.kind === 'many' || (bare.kind === 'one' && bare.sameUnit)) found = bare;
    }
    if (found.kind === 'one') return { ok: found.division };
    if (found.kind === 'many') {
      const names = found.divisions.slice(0, 5).map((d) => this.#fullName(d));
      return no(
        {
          zh: `“${text}”可以是 ${found.divisions.length} 个区划：${names.join('、')}。`,
          en: `"${text}" may be any of ${found.divisions.length} divisions: ${names.join(', ')}.`,
        },
        { zh: '请从上级写起，或写 12 位代码。', en: 'Write the names from the top, or the 12-digit code.' },
      );
    }
    return no(
      { zh: `在${top.name}没有找到“${text}”。`, en: `There is no "${text}" in ${top.name}.` },
      this.#nearest(text, this.#index(this.#top, this.#levels[this.#payingAt]!.digits)),
    );
  }

  #oneOf(divisions: readonly Division[]): Found {
    return only(divisions, () => true, true);
  }

  #index(code: string, digits: Digits): NameIndex {
    const key = `${code}/${digits}`;
    let index = this.#indexes.get(key);
    if (!index) {
      index = new NameIndex(this.#tree.within(code, digits), digits);
      this.#indexes.set(key, index);
    }
    return index;
  }

  #nearest(
    text: string,
    among: { readonly digits: Digits; readonly divisions: readonly Division[] },
    keep: (division: Division) => boolean = () => true,
  ): Text {
    const stem = (name: string) => partsOf(squash(name), among.digits).stem;
    const names = nearestNames(
      text,
      among.divisions.filter(keep).map((d) => d.name),
      stem,
    );
    return names.length === 0
      ? { zh: '请按民政部门的区划名称填写。', en: 'Write the name as in the official list of divisions.' }
      : { zh: `是不是：${names.join('、')}？`, en: `Did you mean: ${names.join(', ')}?` };
  }

  #isWithin(division: Division, upper: Division): boolean {
    return this.#tree.pathOf(division.code).includes(upper);
  }

  #nameOf(code: string): string {
    return this.#tree.of(code)?.name ?? code;
  }

  #fullName(division: Division): string {
    return [...this.#tree.pathOf(division.code)]
      .reverse()
      .map((d) => d.name)
      .join('');
  }
}

const textOf = (written: Written): string => (written === null ? '' : plain(String(written)));

function readAs(level: Level, text: string, division: Division): PlaceFinding {
  return {
    severity: 'warning',
    kind: 'otherUnit',
    level: level.id,
    message: {
      zh: `“${text}”已按“${division.name}”认定。`,
      en: `"${text}" was read as "${division.name}".`,
    },
    suggestion: {
      zh: `如果不是，请写全称；如果是，可改为“${division.name}”。`,
      en: `If that is wrong write the full name; if right, "${division.name}" may be written.`,
    },
  };
}
