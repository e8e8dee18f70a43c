import type { OutValue } from '../../../platform/sheets/contract.ts';
import type { Fen } from '../../../values/fen.ts';
import type { PaidLine } from '../contract.ts';

/** What some lines come to. The shares that are known and what waits for a share add up to the amount. */
export type Sum = {
  /** Distinct persons: somebody with several lines counts once. */
  readonly people: number;
  readonly days: number;
  readonly amountFen: Fen;
  /** For each bearer asked for, in their order: the known shares, and how many lines have one that is not known. */
  readonly borne: readonly { readonly fen: Fen; readonly waits: number }[];
  /** The part of the amount that no bearer is known for yet. */
  readonly waitingFen: Fen;
};

/** Adds lines up for the bearers asked for. Whole fen; a share that is not known yet is counted as waiting, never as 0. */
export function sumOf(lines: readonly PaidLine[], bearers: readonly string[]): Sum {
  const people = new Set<number>();
  const borne = bearers.map(() => ({ fen: 0, waits: 0 }));
  let days = 0;
  let amountFen = 0;
  let waitingFen = 0;
  for (const line of lines) {
    people.add(line.person);
    days += line.days;
    amountFen += line.amountFen;
    let known = 0;
    for (const [i, bearer] of bearers.entries()) {
      const share = shareOf(line, bearer);
      if (share === null) borne[i].waits++;
      else {
        borne[i].fen += share;
        known += share;
      }
    }
    waitingFen += line.amountFen - known;
  }
  return { people: people.size, days, amountFen, borne, waitingFen };
}

/** What a bearer carries of a line: 0 when the line is not theirs to carry, null while it is not known. */
function shareOf(line: PaidLine, bearer: string): Fen | null {
  if (line.shares.length === 0) return null;
  const share = line.shares.find((s) => s.bearer === bearer);
  return share ? share.fen : 0;
}

/** What a money column shows of a line's share. */
export const shareCell = (line: PaidLine, bearer: string): OutValue => shareOf(line, bearer) ?? '待定';

/** What a money column shows of a bearer's sum: nothing known yet is said in words and is not 0.00. */
export const borneCell = ({ fen, waits }: Sum['borne'][number]): OutValue =>
  fen === 0 && waits > 0 ? '待定' : fen;

const HOW_MANY = ['零', '一', '两', '三', '四', '五', '六'];

/**
 * Where the money of a line comes from, by who carries some of it: 市、区两级分担, 区全担, or with 比例待定 while a share
 * is not known. One sheet shows each source by itself, because they are settled separately (TJ-S-7).
 */
export function sourceOf(line: PaidLine): string {
  const carrying = line.shares.filter((s) => s.fen !== 0);
  const bearers = (carrying.length > 0 ? carrying : line.shares).map((s) => s.bearer);
  if (bearers.length === 0) return '资金来源待定';
  if (bearers.length === 1) return `${bearers[0]}全担`;
  const open = line.shares.some((s) => s.fen === null) ? '（比例待定）' : '';
  return `${bearers.join('、')}${HOW_MANY[bearers.length]}级分担${open}`;
}

/** Lines gathered by what `key` gives, in order of first appearance. */
export function gathered<L, K>(lines: Iterable<L>, key: (line: L) => K): Map<K, L[]> {
  const out = new Map<K, L[]>();
  for (const line of lines) {
    const k = key(line);
    const group = out.get(k);
    if (group) group.push(line);
    else out.set(k, [line]);
  }
  return out;
}
