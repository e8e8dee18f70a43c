/**
 * The names most like a written one, best first; none when nothing is like it. Likeness is how many characters the two
 * share in order, against their lengths: it finds left-out characters, one wrong character, and short forms made of a long
 * name's characters. For suggestions to a person only; nothing is ever decided by it. `core` takes from a name what all names
 * of its sort share (an ending, say), so that it does not count.
 */
export function nearestNames(
  written: string,
  names: Iterable<string>,
  core: (name: string) => string = (name) => name,
  limit = 3,
): string[] {
  const wanted = core(written);
  const scored: { name: string; score: number }[] = [];
  for (const name of new Set(names)) {
    const own = core(name);
    const shared = sharedInOrder(wanted, own);
    const likeness = (2 * shared) / (wanted.length + own.length) + (shared === wanted.length ? 0.25 : 0);
    // Half: one wrong character in a name of two still finds it, two unrelated names do not meet.
    if (shared === 0 || likeness < 0.5) continue;
    // Among equals, the one with the same characters in the same places.
    const inPlace = [...wanted].filter((character, i) => character === own[i]).length;
    scored.push({ name, score: likeness + inPlace / 100 });
  }
  return scored
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map((s) => s.name);
}

/** The length of the longest common subsequence. */
function sharedInOrder(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const character of a) {
    const next = [0];
    for (let j = 0; j < b.length; j++)
      next.push(character === b[j] ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!));
    row = next;
  }
  return row[b.length]!;
}
