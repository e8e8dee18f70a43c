import { plain } from '../../values/text.ts';
import type { Term, Vocabulary } from '../../values/vocabulary.ts';
import places from '../places/words.json' with { type: 'json' };
import type { Cell } from '../sheets/contract.ts';

/** Text without blanks, quotation marks and small punctuation: what is left of two writings of one word is equal. */
export function bare(text: string): string {
  return plain(text).replace(/[\s"'“”‘’「」『』〝〞〟`´·.．・•、，,。:：]/g, '');
}

/** What a cell says, as text; empty for an empty cell. */
export const said = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? '' : String(cell);

/**
 * A copy that holds nothing but its own characters. A cell cut out of a file keeps the whole file in memory for as long
 * as the cell is kept, so whatever outlives its row goes through here.
 */
export const kept = (text: string): string =>
  text.length < 13 ? text : Buffer.from(text, 'utf8').toString('utf8');

/**
 * Finds a word of the pack by its label, an alias or its id, however it is spaced and quoted. A remark in brackets and a
 * running number around it are let go ("卡口（东门）", "2号卡口"); beyond that nothing is guessed. −1 when it is none of them.
 */
export function termFinder(terms: readonly Term[]): (written: string) => number {
  const at = new Map<string, number>();
  terms.forEach((term, i) => {
    for (const word of [term.label, ...term.aliases, term.id]) {
      const key = bare(word).toLowerCase();
      if (key !== '' && !at.has(key)) at.set(key, i);
    }
  });
  return (written) => {
    const key = bare(written).toLowerCase();
    const unnumbered = key
      .replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】/g, '')
      .replace(/^(?:第?\d+|[一二三四五六七八九十]+)[号#]|[-—#]?\d+[号#]?$/g, '');
    return at.get(key) ?? at.get(unnumbered) ?? -1;
  };
}

/**
 * What two writings of one place have in common: the name without blanks, without a remark in brackets, without the
 * words for the level and its committee ("福安里社区居委会", "福安里社区（村）" and "福安里" are one).
 */
export function placeKeys(vocabulary: Vocabulary): (written: string) => string {
  const words = new Set(
    [...Object.values(places.endings['6']), ...Object.values(places.endings['12'])].flat(),
  );
  for (const level of vocabulary.levels) {
    for (const word of [level.label, ...level.aliases, ...level.headers]) {
      for (const part of bare(word).split(/[/()]/)) if (part !== '') words.add(part);
    }
  }
  const endings = [...words].sort((a, b) => b.length - a.length);
  return (written) => {
    let name = bare(written).replace(/\([^()]*\)/g, '');
    for (;;) {
      // At least two characters stay, or a village called 新村 would lose its name.
      const ending = endings.find((w) => name.endsWith(w) && name.length - w.length >= 2);
      if (ending === undefined) return name;
      name = name.slice(0, name.length - ending.length);
    }
  };
}

/** Remembers what a reader made of each text, since a sheet says the same few things a million times. */
export function remembered<T>(read: (written: string) => T): (written: string) => T {
  const known = new Map<string, T>();
  return (written) => {
    const before = known.get(written);
    if (before !== undefined) return before;
    const answer = read(written);
    // A sheet of nothing but errors must not fill the memory with them.
    if (known.size < 100_000) known.set(kept(written), answer);
    return answer;
  };
}

/** The sheet's own word for the name: blanks go, the dots of names with several parts are one dot. */
export const nameKey = (name: string): string =>
  plain(name)
    .replace(/\s/g, '')
    .replace(/[.．・•‧∙]/g, '·');
