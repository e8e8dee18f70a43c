import type {
  OutColumn,
  OutHeading,
  OutLook,
  OutRow,
  OutValue,
  SheetOut,
} from '../../../platform/sheets/contract.ts';
import { inWords } from '../../../values/fen.ts';
import type { PaidLine, Settlement } from '../contract.ts';
import { communitiesOf, communityLabel, payingLabel, streetLabel } from './communities.ts';
import { periodText } from './days.ts';
import { across, awaited, leaningOn, quoted, signatures } from './foot.ts';
import { nothingPaid } from './nothing.ts';
import { borneCell, gathered, type Sum, sourceOf, sumOf } from './sums.ts';

/** A row to add up: what it is called, what it lies in, and its lines. */
type Part = { readonly name: string; readonly within: string; readonly lines: readonly PaidLine[] };

const HEIGHT = 24;

/**
 * 汇总表: the same columns for each level (community, street, paying level, and the one above where there are several),
 * so that a level adds up without retyping; then by the line each kind is reported to (TJ-S-4) and by funding source (TJ-S-7).
 * People are counted once in each figure: somebody who served in two communities is one person of their street. Where
 * shares are not known yet, a column says how much of the amount that is.
 */
export function* summarySheets(s: Settlement): Generator<SheetOut> {
  if (s.lines.length === 0) {
    yield nothingPaid(s, `${s.benefitLabel}汇总表`);
    return;
  }
  for (const level of levelsOf(s)) yield levelSheet(s, level.label, level.parts);
  yield groupSheet(s, '条线', (line) => line.reportedTo ?? '未定条线');
  yield groupSheet(s, '资金来源', sourceOf);
}

/** The levels from the bottom up, each with its parts in the settlement's order. Made when asked for: a city has many parts. */
function* levelsOf(s: Settlement): Generator<{ label: string; parts: () => Iterable<Part> }> {
  const street = streetLabel(s);
  const paying = s.levels.findIndex((level) => level.id === s.payingLevel);
  yield {
    label: communityLabel(s),
    *parts() {
      for (const c of communitiesOf(s))
        if (c.lines.length > 0)
          yield { name: c.name, within: [c.district, c.street].filter(Boolean).join('　'), lines: c.lines };
    },
  };
  if (street !== null)
    yield {
      label: street,
      parts: () =>
        partsBy(
          s,
          (line) => `${line.districtCode}|${line.street ?? ''}`,
          (line) => ({ name: line.street ?? `（未填${street}）`, within: line.district }),
        ),
    };
  yield {
    label: payingLabel(s),
    parts: () =>
      partsBy(
        s,
        (line) => line.districtCode,
        (line) => ({ name: line.district, within: line.above ?? '' }),
      ),
  };
  if (paying > 0 && new Set(s.lines.map((line) => line.above)).size > 1)
    yield {
      label: s.levels[paying - 1].label,
      parts: () =>
        partsBy(
          s,
          (line) => line.above ?? '',
          (line) => ({ name: line.above ?? line.district, within: '' }),
        ),
    };
}

function* partsBy(
  s: Settlement,
  key: (line: PaidLine) => string,
  said: (line: PaidLine) => Omit<Part, 'lines'>,
): Generator<Part> {
  for (const lines of gathered(s.lines, key).values()) yield { ...said(lines[0]), lines };
}

/** The kinds that occur, in the pack's order; kinds it does not name come last. */
function kindsThatOccur(s: Settlement): { id: string; label: string }[] {
  const labels = new Map(s.lines.map((line) => [line.kindId, line.kind]));
  const named = s.kinds.filter((kind) => labels.has(kind.id)).map(({ id, label }) => ({ id, label }));
  const known = new Set(named.map((kind) => kind.id));
  return [...named, ...[...labels].filter(([id]) => !known.has(id)).map(([id, label]) => ({ id, label }))];
}

const THREE: readonly OutColumn[] = [
  { kind: 'integer', width: 6 },
  { kind: 'days', width: 9 },
  { kind: 'money', width: 14 },
];
const THREE_HEADINGS = ['人数', '天数', '金额'].map((text) => ({ text }));

const three = (sum: Sum): OutValue[] => [sum.people, sum.days, sum.amountFen];

/** The columns of what is carried: one for each bearer, and one for what waits where anything does. */
function carried(s: Settlement): {
  columns: OutColumn[];
  headings: OutHeading[];
  cells: (sum: Sum) => OutValue[];
} {
  const waits = s.lines.some(
    (line) => line.shares.length === 0 || line.shares.some((share) => share.fen === null),
  );
  const names = [...s.bearers.map((bearer) => `${bearer}担`), ...(waits ? ['待定金额'] : [])];
  return {
    columns: names.map(() => ({ kind: 'money', width: 14 })),
    headings: names.map((text) => ({ text })),
    cells: (sum) => [...sum.borne.map(borneCell), ...(waits ? [sum.waitingFen] : [])],
  };
}

function levelSheet(s: Settlement, label: string, parts: () => Iterable<Part>): SheetOut {
  const kinds = kindsThatOccur(s);
  const share = carried(s);
  const columns: OutColumn[] = [
    { kind: 'integer', width: 6 },
    { kind: 'text', width: 22 },
    { kind: 'text', width: 22 },
    ...kinds.flatMap(() => THREE),
    ...THREE,
    ...share.columns,
  ];
  const down = (text: string): OutHeading => ({ text, down: 2 });
  const headings: OutHeading[][] = [
    [
      ...['序号', '所属', label].map(down),
      ...kinds.map((kind) => ({ text: kind.label, across: 3 })),
      { text: '合计', across: 3 },
      ...(share.headings.length > 0 ? [{ text: '其中：', across: share.headings.length }] : []),
    ],
    [...kinds.flatMap(() => THREE_HEADINGS), ...THREE_HEADINGS, ...share.headings],
  ];
  const figures = (lines: readonly PaidLine[]): OutValue[] => {
    const byKind = gathered(lines, (line) => line.kindId);
    // A kind that nobody has there is an empty cell: a page of 0.00 hides the figures.
    const each = kinds.flatMap((kind) => {
      const own = byKind.get(kind.id);
      return own ? three(sumOf(own, [])) : [null, null, null];
    });
    const sum = sumOf(lines, s.bearers);
    return [...each, ...three(sum), ...share.cells(sum)];
  };
  function* rows(): Generator<OutRow> {
    let number = 0;
    for (const part of parts()) yield { cells: [++number, part.within, part.name, ...figures(part.lines)] };
    yield {
      cells: ['合计', null, null, ...figures(s.lines)],
      look: 'total',
      merge: [[0, 2]],
      height: HEIGHT,
    };
    yield* foot(s, columns);
  }
  return {
    name: `按${label}`,
    columns,
    titles: [`${s.benefitLabel}情况汇总表`],
    subtitles: [`按${label}汇总　　期间：${periodText(s.period)}　　单位：元`],
    headings,
    rows: rows(),
    print: { landscape: true, paper: columns.length > 15 ? 'A3' : 'A4' },
  };
}

/** A sheet by anything else: within each group a row for each paying division, and a subtotal. */
function groupSheet(s: Settlement, label: string, groupOf: (line: PaidLine) => string): SheetOut {
  const share = carried(s);
  const columns: OutColumn[] = [
    { kind: 'integer', width: 6 },
    { kind: 'text', width: 26 },
    { kind: 'text', width: 18 },
    ...THREE,
    ...share.columns,
  ];
  function* rows(): Generator<OutRow> {
    const row = (cells: OutValue[], lines: readonly PaidLine[], look: OutLook): OutRow => {
      const sum = sumOf(lines, s.bearers);
      return {
        cells: [...cells, ...three(sum), ...share.cells(sum)],
        look,
        merge: look === 'body' ? [] : [[0, 2]],
        ...(look === 'body' ? {} : { height: HEIGHT }),
      };
    };
    let number = 0;
    for (const [group, lines] of gathered(s.lines, groupOf)) {
      for (const own of gathered(lines, (line) => line.districtCode).values())
        yield row([++number, group, own[0].district], own, 'body');
      yield row([`小计：${group}`, null, null], lines, 'subtotal');
    }
    yield row(['合计', null, null], s.lines, 'total');
    yield* foot(s, columns);
  }
  return {
    name: `按${label}`,
    columns,
    titles: [`${s.benefitLabel}情况汇总表`],
    subtitles: [`按${label}汇总　　期间：${periodText(s.period)}　　单位：元`],
    headings: [
      [
        ...['序号', label, payingLabel(s), '人数', '天数', '金额'].map((text) => ({ text })),
        ...share.headings,
      ],
    ],
    rows: rows(),
    print: { landscape: true },
  };
}

function* foot(s: Settlement, columns: readonly OutColumn[]): Generator<OutRow> {
  const { people, amountFen } = sumOf(s.lines, []);
  yield {
    cells: ['合计（大写）', null, `人民币${inWords(amountFen)}`],
    look: 'words',
    merge: [
      [0, 1],
      [2, columns.length - 1],
    ],
    height: HEIGHT,
  };
  yield across(`合计 ${people} 人是不重复的人数：同一人在两处或有两类的，各处各计，合计只算一人。`, columns);
  const waiting = awaited(s.undetermined);
  if (waiting.length > 0) {
    const all = new Set(s.undetermined.map((entry) => entry.person)).size;
    const who = waiting
      .slice(0, 3)
      .map((a) => `缺${quoted(a.missing)}，须由${a.whoMustAct}确定（${a.people} 人）`);
    yield across(
      `另有 ${all} 人有事项待定：${who.join('；')}${waiting.length > 3 ? '等' : ''}。名单见《发放前检查》。`,
      columns,
    );
  }
  yield signatures(['单位负责人（签字）：', '审核人（签字）：', '制表人（签字）：'], columns, 34);
  yield signatures(['党（工）委会议日期：', '会议纪要号：', '（盖章）　　　年　　月　　日'], columns, 34);
  yield* leaningOn(s, columns);
}
