import { describe, expect, it } from 'vitest';
import { day } from '../../values/date.ts';
import { Refusal } from '../../values/problem.ts';
import type { Cell } from '../sheets/contract.ts';
import { context, feed, NUMBERS, roster } from './invented.ts';
import { paidReader } from './paid.ts';

const facts = roster([{ name: '王小明', holds: [{}] }]);
const read = (headings: readonly Cell[], ...rows: Cell[][]) => {
  const paid = paidReader(context(facts, '2020-02-01', '2020-02-29'));
  feed(paid, headings, rows);
  return paid.finish();
};
const STRETCH = ['身份证号', '起', '止', '项目'];

describe('a sheet of days already paid elsewhere', () => {
  it('takes one day, or a first and a last day with the last included', () => {
    expect(
      read(['身份证号', '日期', '项目'], [NUMBERS[0], '2020-02-03', '网格员补助']).stretches,
    ).toMatchObject([
      {
        person: 0,
        period: { from: day('2020-02-03'), until: day('2020-02-04') },
        item: '网格员补助',
        row: 2,
      },
    ]);
    expect(read(STRETCH, [NUMBERS[0], '2020.2.3', '2020.2.5', null]).stretches).toMatchObject([
      { period: { from: day('2020-02-03'), until: day('2020-02-06') }, item: null },
    ]);
  });

  it('sets aside a row that ends before it starts or has no end, and keeps the next', () => {
    const paid = read(
      STRETCH,
      [NUMBERS[0], '2020-02-05', '2020-02-04', null],
      [NUMBERS[0], '2020-02-05', null, null],
      [NUMBERS[0], '2020-02-05', '2020-02-05', null],
    );
    expect(paid.problems.map((p) => [p.severity, p.row, p.column])).toEqual([
      ['problem', 2, '止'],
      ['problem', 3, '止'],
    ]);
    expect(paid.stretches).toHaveLength(1);
  });

  it('only warns of a person not on the roster, but a wrong number is a problem', () => {
    const paid = read(
      STRETCH,
      [NUMBERS[1], '2020-02-05', '2020-02-05', null],
      ['123', '2020-02-05', '2020-02-05', null],
    );
    expect(paid.problems.map((p) => p.severity)).toEqual(['warning', 'problem']);
    expect(paid.stretches).toEqual([]);
  });

  it('is refused when it names no days at all', () => {
    expect(() => read(['身份证号', '项目'])).toThrow(Refusal);
    expect(() => read(['身份证号', '起'])).toThrow(Refusal);
    expect(() => read(STRETCH)).not.toThrow();
  });
});
