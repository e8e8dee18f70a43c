import type { OutColumn, OutRow, OutValue, SheetOut } from '../../../platform/sheets/contract.ts';
import { inWords } from '../../../values/fen.ts';
import { maskIdentity } from '../../../values/identity.ts';
import type { PaidLine, Settlement } from '../contract.ts';
import {
  type Community,
  communitiesOf,
  communityLabel,
  pathOf,
  type Refused,
  streetLabel,
  type Waiting,
} from './communities.ts';
import { dayStrip, monthName, periodText, refusedSpan } from './days.ts';
import { across, documentNumbers, fitted, quoted } from './foot.ts';
import { nothingPaid } from './nothing.ts';
import { borneCell, gathered, shareCell, sumOf } from './sums.ts';

/** Everything a person's slip says. */
type Slip = {
  readonly person: number;
  readonly lines: readonly PaidLine[];
  readonly refused: readonly Refused[];
  readonly waiting: readonly Waiting[];
};

/**
 * Points of rows that fit on an upright A4 page: 842 less the margins, made more where the columns are wider than the page
 * and all is shrunk to its width. A character is a twelfth of an inch in the body font of these workbooks. A little is
 * kept back, because programs round heights differently and a slip that runs over costs a page each.
 */
function pageOf(columns: readonly OutColumn[]): number {
  const inches = columns.reduce((sum, { width }) => sum + width, 0) / 12;
  return 0.97 * 748 * Math.max(1, inches / 7.27);
}

/** From one slip to the next, to cut along. */
const GAP = 26;

/**
 * 个人明细: what each person is owed and why, on a slip to keep, a sheet for each community. One slip holds all of a person:
 * every month with its days, so that they can be held against memory; what is refused and under which clause; what waits
 * and for whom; whom to ask. Slips do not break over pages. People without a line have a slip too when days were refused
 * or wait: they need the reasons most.
 */
export function* slipSheets(s: Settlement): Generator<SheetOut> {
  if (s.lines.length === 0) yield nothingPaid(s, `${s.benefitLabel}个人明细`);
  const columns: readonly OutColumn[] = [
    { kind: 'text', width: 9, align: 'centre' },
    { kind: 'text', width: 17 },
    { kind: 'days', width: 7 },
    { kind: 'money', width: 11 },
    { kind: 'money', width: 12 },
    ...s.bearers.map((): OutColumn => ({ kind: 'money', width: 12 })),
    { kind: 'text', width: 28 },
  ];
  const communities = communitiesOf(s);
  const linesOf = linesElsewhere(communities);
  const numbers = documentNumbers(s);
  for (const c of communities) {
    const slips = slipsOf(c, linesOf);
    if (slips.length === 0) continue;
    yield {
      name: c.sheetName,
      columns,
      headings: [],
      rows: rows(s, c, slips, columns, numbers),
      print: { margins: { top: 0.6, bottom: 0.7, left: 0.5, right: 0.5 } },
    };
  }
}

/** Lines of people whose first line stands in another community; their slip is there and shows all. */
type Elsewhere = {
  readonly home: ReadonlyMap<number, Community>;
  readonly more: ReadonlyMap<number, readonly PaidLine[]>;
};

function linesElsewhere(communities: readonly Community[]): Elsewhere {
  const home = new Map<number, Community>();
  const more = new Map<number, PaidLine[]>();
  for (const c of communities)
    for (const line of c.lines) {
      const first = home.get(line.person);
      if (!first) home.set(line.person, c);
      else if (first !== c) more.set(line.person, [...(more.get(line.person) ?? []), line]);
    }
  return { home, more };
}

function slipsOf(c: Community, { home, more }: Elsewhere): Slip[] {
  const here = c.lines.filter((line) => home.get(line.person) === c);
  const lines = gathered(here, (line) => line.person);
  const refused = gathered(c.refused, (entry) => entry.person);
  const waiting = gathered(c.waiting, (entry) => entry.person);
  return [...new Set([...lines.keys(), ...refused.keys(), ...waiting.keys()])].map((person) => ({
    person,
    lines: [...(lines.get(person) ?? []), ...(more.get(person) ?? [])].sort((a, b) => a.month - b.month),
    refused: refused.get(person) ?? [],
    waiting: waiting.get(person) ?? [],
  }));
}

function* rows(
  s: Settlement,
  c: Community,
  slips: readonly Slip[],
  columns: readonly OutColumn[],
  numbers: string,
): Generator<OutRow> {
  const page = pageOf(columns);
  let used = 0;
  for (const slip of slips) {
    const own = [...slipRows(s, c, slip, columns, numbers)];
    const height = own.reduce((sum, row) => sum + (row.height ?? 0), 0);
    const newPage = used > 0 && used + GAP + height > page;
    if (used > 0 && !newPage)
      yield { cells: ['- '.repeat(120)], look: 'sign', merge: [[0, columns.length - 1]], height: GAP };
    used = newPage || used === 0 ? height : used + GAP + height;
    for (const [i, row] of own.entries()) yield i === 0 && newPage ? { ...row, newPage } : row;
  }
}

function* slipRows(
  s: Settlement,
  c: Community,
  slip: Slip,
  columns: readonly OutColumn[],
  numbers: string,
): Generator<OutRow> {
  const { name, idNumber } = s.persons[slip.person];
  const say = (text: string): OutRow => across(text, columns);
  yield { ...across(`${s.benefitLabel}个人明细`, columns, 'title'), height: 30 };
  yield say(`姓名：${name}　　证件号：${maskIdentity(idNumber)}　　期间：${periodText(s.period)}`);
  yield say(`${communityLabel(s)}：${pathOf(c)}`);
  if (slip.lines.length > 0) yield* paid(s, c, slip.lines, columns);
  else yield say('本期没有已确定的补助。');
  for (const r of slip.refused)
    yield say(
      `不予发放：${refusedSpan(r, s.period)}，${r.days}天，按${quoted(r.kind)}。理由：${r.reason}（${r.clause}）`,
    );
  if (slip.waiting.length > 0) yield say('待定：下列事项还没有定，定了以后重新核算。待定不等于不发。');
  for (const w of slip.waiting)
    yield say(`　　${w.days}天：还缺${quoted(w.missing)}，须由${w.whoMustAct}确定（${w.clause}）`);
  const street = c.street ?? streetLabel(s);
  yield say(
    `有疑问请找：先问${c.name}${street ? `，再问${street}` : ''}。天数以值守记录为准，记漏记错的可以要求更正。`,
  );
  if (numbers) yield say(`依据：${numbers}`);
}

function* paid(
  s: Settlement,
  c: Community,
  lines: readonly PaidLine[],
  columns: readonly OutColumn[],
): Generator<OutRow> {
  const headings = [
    '月份',
    '类别',
    '天数',
    '标准（元）',
    '金额（元）',
    ...s.bearers.map((bearer) => `${bearer}担`),
    '计发的日子',
  ];
  yield { cells: headings, look: 'heading', height: 22 };
  for (const line of lines) {
    const kind =
      line.community === c.name || line.community === '' ? line.kind : `${line.kind}（${line.community}）`;
    const cells: OutValue[] = [
      monthName(line.month, s.period),
      kind,
      line.days,
      line.rateFen ?? '分段',
      line.amountFen,
      ...s.bearers.map((bearer) => shareCell(line, bearer)),
      dayStrip(line),
    ];
    yield fitted({ cells }, columns, 22);
  }
  const total = sumOf(lines, s.bearers);
  const cells = ['合计', null, total.days, null, total.amountFen, ...total.borne.map(borneCell), null];
  yield { cells, look: 'total', merge: [[0, 1]], height: 22 };
  yield {
    cells: ['大写', `人民币${inWords(total.amountFen)}`],
    look: 'words',
    merge: [[1, columns.length - 1]],
    height: 22,
  };
}
