import type { OutColumn, OutLook, OutRow, OutValue } from '../../../platform/sheets/contract.ts';
import type { Settlement } from '../contract.ts';

/** Points a line of the body font takes, and what a row has above and below its text. */
const LINE = 15;
const AIR = 5;

/** How many lines a text takes in a cell of a width: a Chinese character is two wide, as in `OutColumn`. */
function linesIn(text: string, width: number): number {
  const room = Math.max(2, width - 1);
  // Most cells of a city are short; counting their characters one by one took longer than writing them.
  if (text.length * 2 <= room && !text.includes('\n')) return 1;
  let lines = 0;
  for (const part of text.split('\n')) {
    let used = 0;
    lines++;
    for (const character of part) {
      const wide = character < '\u2e80' ? 1 : 2;
      if (used + wide > room) {
        lines++;
        used = 0;
      }
      used += wide;
    }
  }
  return lines;
}

/** The height a row needs so that none of its texts is cut, and at least what is asked. Merged cells count as one. */
function heightFor(row: OutRow, columns: readonly OutColumn[], least: number): number {
  let lines = 1;
  for (const [i, cell] of row.cells.entries()) {
    if (typeof cell !== 'string') continue;
    const to = row.merge?.find(([first]) => first === i)?.[1] ?? i;
    lines = Math.max(lines, linesIn(cell, widthOf(columns, i, to)));
  }
  // 409 points is the highest row there is.
  return Math.min(409, Math.max(least, lines * LINE + AIR));
}

/** A row as high as its text needs: merged rows are not fitted when a file is opened. */
export const fitted = (row: OutRow, columns: readonly OutColumn[], least = 20): OutRow => ({
  ...row,
  height: heightFor(row, columns, least),
});

/** A line of writing across the whole sheet. */
export function across(
  text: string,
  columns: readonly OutColumn[],
  look: OutLook = 'note',
  least = 20,
): OutRow {
  return fitted({ cells: [text], look, merge: [[0, columns.length - 1]] }, columns, least);
}

function widthOf(columns: readonly OutColumn[], from: number, to: number): number {
  let width = 0;
  for (let i = from; i <= to; i++) width += columns[i].width;
  return width;
}

/** Blanks to sign in, side by side and evenly spaced over the width of the sheet, however its columns stand. */
export function signatures(texts: readonly string[], columns: readonly OutColumn[], height: number): OutRow {
  const whole = widthOf(columns, 0, columns.length - 1);
  const cells: OutValue[] = columns.map(() => null);
  for (const [i, text] of texts.entries()) {
    let at = 0;
    for (let width = 0; width < (whole * i) / texts.length && at < columns.length - 1; at++)
      width += columns[at].width;
    cells[at] = text;
  }
  return { cells, look: 'sign', height };
}

/** What the figures lean on, for the foot of a sheet: documents, readings in use, the pack and its version. */
export function* leaningOn(s: Settlement, columns: readonly OutColumn[]): Generator<OutRow> {
  if (s.documents.length > 0) yield across(`依据：${s.documents.join('；')}。`, columns);
  if (s.readings.length > 0)
    yield across(`口径（原文未明，暂按此计算）：${s.readings.join('；')}。`, columns);
  yield across(`核算：${s.pack.title}，政策包 ${s.pack.id} 第 ${s.pack.version} 版。`, columns);
}

/** Document numbers alone, for paper that has no room for titles; a document without a number keeps its title. */
export function documentNumbers(s: Settlement): string {
  return s.documents.map((d) => /（([^（）]*〔\d{4}〕[^（）]*)）$/.exec(d)?.[1] ?? d).join('、');
}

/** A label in quotation marks; marks it has itself become the inner ones: “村‘两委’成员”. */
export const quoted = (label: string): string => `“${label.replaceAll('“', '‘').replaceAll('”', '’')}”`;

/** 由谁确定 sums up what waits: entries of one missing item for one body. */
type Awaited = {
  readonly whoMustAct: string;
  readonly missing: string;
  readonly clause: string;
  readonly people: number;
  readonly days: number;
};

/** What waits, gathered by who must act and what is missing, the largest first. People are distinct within a line. */
export function awaited(waiting: Settlement['undetermined']): Awaited[] {
  const out = new Map<
    string,
    { entry: Settlement['undetermined'][number]; people: Set<number>; days: number }
  >();
  for (const entry of waiting) {
    const key = `${entry.whoMustAct}|${entry.missing}|${entry.clause}`;
    const known = out.get(key) ?? { entry, people: new Set(), days: 0 };
    known.people.add(entry.person);
    known.days += entry.days;
    out.set(key, known);
  }
  return [...out.values()]
    .map(({ entry, people, days }) => ({
      whoMustAct: entry.whoMustAct,
      missing: entry.missing,
      clause: entry.clause,
      people: people.size,
      days,
    }))
    .sort(
      (a, b) =>
        b.people - a.people ||
        b.days - a.days ||
        (a.whoMustAct + a.missing < b.whoMustAct + b.missing ? -1 : 1),
    );
}
