/** A name office programs accept: no \ / ? * [ ] :, no quote at an end, at most 31 characters, told from the others without regard to case. */
export function legalName(wanted: string, taken: Set<string>): string {
  const clean =
    [...wanted]
      .map((character) => (/[\\/?*[\]:]/.test(character) || character < ' ' ? ' ' : character))
      .filter((character) => character.length === 2 || !/[\ud800-\udfff\ufffe\uffff]/.test(character))
      .join('')
      .replace(/^[\s']+|[\s']+$/g, '') || '工作表';
  const cut = (text: string, length: number) => {
    const short = text.slice(0, length);
    return /[\ud800-\udbff]$/.test(short) ? short.slice(0, -1) : short;
  };
  let name = cut(clean, 31);
  for (let n = 2; taken.has(name.toLowerCase()) || name.toLowerCase() === 'history'; n++) {
    const suffix = `(${n})`;
    name = cut(clean, 31 - suffix.length) + suffix;
  }
  taken.add(name.toLowerCase());
  return name;
}

/** A, B, … Z, AA for 0, 1, … */
export function columnName(index: number): string {
  let name = '';
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1)
    name = String.fromCharCode(65 + (rest % 26)) + name;
  return name;
}
