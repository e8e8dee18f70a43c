/** An invented district for the tests of this folder: its words, its people, and sheets typed row by row. */
import { type Day, day, EVER, NEVER } from '../../values/date.ts';
import type { Vocabulary } from '../../values/vocabulary.ts';
import type { Cell, Column, TableReader } from '../sheets/contract.ts';
import type { DayCredit, DutyContext, DutySheet, Engaged, Enrolled, RosterFacts } from './contract.ts';
import { dutyReader } from './duty.ts';
import { gridReader } from './grid.ts';

const term = (id: string, label: string, aliases: readonly string[] = []) => ({ id, label, aliases });

export const VOCABULARY: Vocabulary = {
  levels: [
    { ...term('city', '市'), digits: 2, headers: ['市'] },
    { ...term('district', '区'), digits: 6, headers: ['区', '县'] },
    { ...term('street', '街镇'), digits: 9, headers: ['街镇', '街道'] },
    { ...term('community', '社区（村）'), digits: 12, headers: ['社区', '村'] },
  ],
  payingLevel: 'district',
  kinds: [
    term('committee', '村“两委”成员', ['村两委']),
    term('worker', '社区工作者'),
    term('grid', '网格员', ['专职网格员']),
  ],
  kindsAreOpen: false,
  posts: [term('gate', '卡口', ['卡点']), term('centre', '党群服务中心', ['服务中心'])],
};

/** Four numbers with right check digits; the third is also written with fifteen digits. */
export const NUMBERS = [
  '11010519491231002X',
  '440524188001010014',
  '110105194912310038',
  '110105194912310054',
] as const;
export const FIFTEEN_OF_THIRD = '110105491231003';

export type Held = {
  kind?: string;
  community?: string;
  street?: string | null;
  district?: string;
  from?: string | null;
  to?: string | null;
};

/** A roster of people by name, each with the engagements given; district 甲区 pays unless another is named. */
export function roster(
  people: readonly { name: string; id?: string; holds: readonly Held[] }[],
): RosterFacts {
  const persons: Enrolled[] = [];
  const engagements: Engaged[] = [];
  for (const { name, id, holds } of people) {
    const index = persons.length;
    persons.push({ index, id: id ?? NUMBERS[index] ?? String(index), name });
    for (const held of holds) {
      const community = held.community ?? '福安里社区居委会';
      const district = held.district ?? '甲区';
      const kind = held.kind ?? 'worker';
      engagements.push({
        index: engagements.length,
        person: index,
        kind,
        kindText: VOCABULARY.kinds.find((k) => k.id === kind)?.label ?? kind.slice(1),
        place: `${district}${community}`,
        paying: district,
        community,
        street: held.street ?? null,
        district,
        period: {
          from: held.from ? day(held.from) : EVER,
          until: held.to ? day(held.to) + 1 : NEVER,
        },
      });
    }
  }
  return { persons, engagements };
}

/** Inclusive days in, as people say them. */
export function context(facts: RosterFacts, from: string, to: string): DutyContext {
  return { roster: facts, vocabulary: VOCABULARY, from: day(from), until: day(to) + 1, file: '值守.xlsx' };
}

/** Hands rows to a reader as `readTable` would: the heading in row 1, the first record in row 2. */
export function feed(
  { columns, reader }: { readonly columns: readonly Column[]; readonly reader: TableReader },
  headings: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  { sheet = 'Sheet1', titles = [] }: { sheet?: string; titles?: readonly string[] } = {},
): void {
  const at: Record<string, number> = {};
  headings.forEach((heading, i) => {
    const column = columns.find((c) => c.label === heading || c.aliases?.includes(String(heading)));
    if (column && !(column.id in at)) at[column.id] = i;
  });
  reader.header({ sheet, row: 1, at, headings, titles });
  rows.forEach((cells, i) => {
    reader.row(i + 2, cells);
  });
}

export const DUTY_HEADINGS = [
  '身份证号',
  '姓名',
  '日期',
  '场所',
  '开始',
  '结束',
  '区',
  '社区',
  '填报类别',
] as const;

/** A duty sheet read from rows under `DUTY_HEADINGS`; what is left out at the end of a row is empty. */
export function dutySheet(of: DutyContext, rows: readonly (readonly Cell[])[]): DutySheet {
  const duty = dutyReader(of);
  feed(duty, DUTY_HEADINGS, rows);
  return duty.finish();
}

/** A grid of one worksheet: 姓名, 身份证号, the days of the heading, 合计天数. */
export function gridSheet(
  of: DutyContext,
  rows: readonly { name?: Cell; id?: Cell; marks: Readonly<Record<number, Cell>>; total?: Cell }[],
  {
    titles = ['福安里社区（村）疫情防控值守考勤表（2020 年 2 月）'],
    sheet = '2月',
  }: { titles?: readonly string[]; sheet?: string } = {},
): DutySheet {
  const grid = gridReader(of);
  feed(grid, [...GRID_HEADINGS], gridRows(rows), { titles, sheet });
  return grid.finish();
}

export const GRID_HEADINGS: readonly Cell[] = [
  '姓名',
  '身份证号',
  ...Array.from({ length: 31 }, (_, i) => i + 1),
  '合计天数',
];

export const gridRows = (
  rows: readonly { name?: Cell; id?: Cell; marks: Readonly<Record<number, Cell>>; total?: Cell }[],
): Cell[][] =>
  rows.map(({ name, id, marks, total }) => [
    name ?? null,
    id ?? null,
    ...Array.from({ length: 31 }, (_, i) => marks[i + 1] ?? null),
    total ?? null,
  ]);

/** Above six hours at a gate or from eight at the centre a day, above four together half of one; nights are split. */
export const SIX_EIGHT_FOUR: DayCredit = {
  attribution: () => 'natural-day',
  credit(_place: string, _day: Day, minutes: ArrayLike<number>) {
    const gate = minutes[0] ?? 0;
    const centre = minutes[1] ?? 0;
    if (gate > 360 || centre >= 480 || gate + centre >= 480) return 2;
    return gate + centre > 240 ? 1 : 0;
  },
};
