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
import { type Community, communitiesOf, pathOf, streetLabel } from './communities.ts';
import { inOneMonth, lineSpan, monthName, periodText } from './days.ts';
import { across, fitted, leaningOn, signatures } from './foot.ts';
import { nothingPaid } from './nothing.ts';
import { borneCell, gathered, type Sum, shareCell, sourceOf, sumOf } from './sums.ts';

/** Columns before the amount and after the shares stand still; the shares between them are the pack's. */
const BEFORE: readonly (readonly [heading: string, column: OutColumn])[] = [
  ['序号', { kind: 'integer', width: 5 }],
  ['姓名', { kind: 'text', width: 11, align: 'centre' }],
  ['身份证号', { kind: 'text', width: 20, align: 'centre' }],
  ['类别', { kind: 'text', width: 15 }],
  ['防控地点', { kind: 'text', width: 13 }],
  ['起止日期', { kind: 'text', width: 14, align: 'centre' }],
  ['天数', { kind: 'days', width: 7 }],
  ['标准\n（元/天）', { kind: 'money', width: 9 }],
  ['金额\n（元）', { kind: 'money', width: 12 }],
];
const AFTER: readonly (readonly [heading: string, column: OutColumn])[] = [
  ['银行卡号', { kind: 'text', width: 21, align: 'centre' }],
  ['本人签字', { kind: 'text', width: 12 }],
  ['备注', { kind: 'text', width: 14 }],
];

/** Room to sign in: shrunk to the width of a page it is still 8 mm on paper. */
const ROW = 30;

/**
 * 补助发放表: a sheet for each community with a row for each line, to be signed and paid from. It holds whole identity and
 * card numbers and is never posted. At the end of each sheet the subtotals of each funding source (TJ-S-7) and each month
 * where there is more than one, the total and the total in words. Figures are values, not formulas: a sheet that was signed
 * must not recalculate.
 */
export function* paymentSheets(s: Settlement): Generator<SheetOut> {
  if (s.lines.length === 0) {
    yield nothingPaid(s, `${s.benefitLabel}发放表`);
    return;
  }
  const columns = [
    ...BEFORE.map(([, column]) => column),
    ...s.bearers.map((): OutColumn => ({ kind: 'money', width: 12 })),
    ...AFTER.map(([, column]) => column),
  ];
  const down = ([text]: readonly [string, OutColumn]): OutHeading => ({ text, down: 2 });
  const shares: OutHeading[] = s.bearers.length > 0 ? [{ text: '其中：', across: s.bearers.length }] : [];
  const headings = [
    [...BEFORE.map(down), ...shares, ...AFTER.map(down)],
    s.bearers.map((bearer) => ({ text: `${bearer}担` })),
  ];
  const foot = [...footOf(s, columns)];
  const communities = communitiesOf(s);
  const elsewhere = communitiesPerPerson(communities);
  for (const c of communities) {
    if (c.lines.length === 0) continue;
    yield {
      name: c.sheetName,
      columns,
      titles: [`${c.name}${s.benefitLabel}发放表`],
      subtitles: [`${pathOf(c)}　　期间：${periodText(s.period)}　　单位：元`],
      headings,
      rows: rows(s, c, columns, elsewhere, foot),
      print: { landscape: true },
    };
  }
}

function* rows(
  s: Settlement,
  c: Community,
  columns: readonly OutColumn[],
  elsewhere: ReadonlyMap<number, ReadonlySet<string>>,
  foot: readonly OutRow[],
): Generator<OutRow> {
  const sources = gathered(c.lines, sourceOf);
  const months = gathered(
    [...c.lines].sort((a, b) => a.month - b.month),
    (line) => line.month,
  );
  // Most lines share one source; only the others need to say theirs.
  const usual = [...sources].sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
  let number = 0;
  for (const line of c.lines) {
    const person = s.persons[line.person];
    const cells: OutValue[] = [
      ++number,
      line.name,
      line.idNumber,
      line.kind,
      line.posts.join('、') || null,
      lineSpan(line, s.period),
      line.days,
      line.rateFen ?? '分段',
      line.amountFen,
      ...s.bearers.map((bearer) => shareCell(line, bearer)),
      person.bankCard,
      null,
      remarks(s, c, line, usual, elsewhere).join('；') || null,
    ];
    yield fitted({ cells }, columns, ROW);
  }

  const sumRow = (label: string, sum: Sum, look: OutLook): OutRow => {
    const waits = sum.waitingFen > 0 ? '含分担待定' : null;
    const cells = [
      `${label}（${sum.people}人）`,
      null,
      null,
      null,
      null,
      null,
      sum.days,
      null,
      sum.amountFen,
      ...sum.borne.map(borneCell),
      null,
      null,
      waits,
    ];
    return { cells, look, merge: [[0, 5]], height: 24 };
  };
  if (sources.size > 1)
    for (const [source, lines] of sources)
      yield sumRow(`小计：${source}`, sumOf(lines, s.bearers), 'subtotal');
  if (months.size > 1)
    for (const [month, lines] of months)
      yield sumRow(`小计：${monthName(month, s.period)}`, sumOf(lines, s.bearers), 'subtotal');
  const total = sumOf(c.lines, s.bearers);
  yield sumRow('合计', total, 'total');
  const last = columns.length - 1;
  yield {
    cells: ['合计（大写）', null, null, `人民币${inWords(total.amountFen)}`],
    look: 'words',
    merge: [
      [0, 2],
      [3, last],
    ],
    height: 28,
  };
  const waiting = new Set(c.waiting.map((entry) => entry.person)).size;
  if (waiting > 0)
    yield across(`另有 ${waiting} 人有事项待定，未定的天数没有列入本表，见《发放前检查》的“待定”。`, columns);

  yield* foot;
}

/** The same under every sheet of a workbook: who signs, and what the figures lean on. */
function* footOf(s: Settlement, columns: readonly OutColumn[]): Generator<OutRow> {
  const date = '日期：　　　　年　　月　　日';
  yield signatures(['单位负责人（签字）：', '审核人（签字）：', '制表人（签字）：', date], columns, 34);
  yield signatures([`${streetLabel(s) ?? ''}党（工）委意见（盖章）：`, '', '', date], columns, 44);
  yield* leaningOn(s, columns);
}

/** The communities of people who have lines in several; nobody else is in the map. */
function communitiesPerPerson(communities: readonly Community[]): ReadonlyMap<number, ReadonlySet<string>> {
  const first = new Map<number, Community>();
  const several = new Map<number, Set<string>>();
  for (const c of communities)
    for (const { person } of c.lines) {
      const known = first.get(person);
      if (!known) first.set(person, c);
      else if (known !== c) several.set(person, (several.get(person) ?? new Set([known.name])).add(c.name));
    }
  return several;
}

/** What whoever pays should know of a line besides its figures. */
function remarks(
  s: Settlement,
  c: Community,
  line: PaidLine,
  usual: string | undefined,
  elsewhere: ReadonlyMap<number, ReadonlySet<string>>,
): string[] {
  const out: string[] = [];
  if (!inOneMonth(s.period)) out.push(monthName(line.month, s.period));
  if (sourceOf(line) !== usual) out.push(sourceOf(line));
  if (line.rateFen === null) out.push('期内标准有变');
  for (const name of elsewhere.get(line.person) ?? []) if (name !== c.name) out.push(`另在${name}发放`);
  if (s.persons[line.person].cardIssue !== null) out.push('卡号待核');
  return out;
}
