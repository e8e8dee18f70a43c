import type { OutColumn, OutRow, OutValue, SheetOut } from '../../../platform/sheets/contract.ts';
import { inWords } from '../../../values/fen.ts';
import { maskIdentity } from '../../../values/identity.ts';
import type { Settlement } from '../contract.ts';
import {
  type Community,
  communitiesOf,
  communityLabel,
  namesakesOf,
  pathOf,
  streetLabel,
} from './communities.ts';
import { lineSpan, periodText } from './days.ts';
import { across, fitted, leaningOn } from './foot.ts';
import { nothingPaid } from './nothing.ts';
import { sumOf } from './sums.ts';

const COLUMNS: readonly OutColumn[] = [
  { kind: 'integer', width: 5 },
  { kind: 'text', width: 12, align: 'centre' },
  { kind: 'text', width: 20, align: 'centre' },
  { kind: 'text', width: 16 },
  { kind: 'text', width: 14, align: 'centre' },
  { kind: 'days', width: 7 },
  { kind: 'money', width: 9 },
  { kind: 'money', width: 12 },
  { kind: 'text', width: 15 },
];
const HEADINGS = [
  '序号',
  '姓名',
  '证件号\n（脱敏）',
  '类别',
  '起止日期',
  '天数',
  '标准\n（元/天）',
  '金额\n（元）',
  '备注',
];
const LAST = COLUMNS.length - 1;

/** 22 people, the total and what follows stand on one A4 page. */
const ROW = 24;

/**
 * 公示表: a sheet for each community, to be posted. Names are shown, because neighbours are asked to look; identity numbers
 * keep the first six and last four characters; no card, telephone or address is on it. Whoever waits for a decision is
 * listed below with what is missing and who must act, without an amount.
 */
export function* postingSheets(s: Settlement): Generator<SheetOut> {
  if (s.lines.length === 0) {
    yield nothingPaid(s, `${s.benefitLabel}公示表`);
    return;
  }
  const foot = [...footOf(s)];
  for (const c of communitiesOf(s)) {
    if (c.lines.length === 0 && c.waiting.length === 0) continue;
    yield {
      name: c.sheetName,
      columns: COLUMNS,
      titles: [`${c.name}${s.benefitLabel}公示表`],
      subtitles: [`${pathOf(c)}　　期间：${periodText(s.period)}　　单位：元`],
      headings: [HEADINGS.map((text) => ({ text, down: 2 })), []],
      rows: rows(s, c, foot),
      print: { margins: { top: 0.8, bottom: 0.7, left: 0.5, right: 0.5 } },
    };
  }
}

function* rows(s: Settlement, c: Community, foot: readonly OutRow[]): Generator<OutRow> {
  const namesakes = namesakesOf(c, s);
  let number = 0;
  for (const line of c.lines) {
    const notes: string[] = [];
    if (namesakes.has(line.name)) notes.push(`同名：${line.kind}，尾号${line.idNumber.slice(-4)}`);
    if (line.rateFen === null) notes.push('期内标准有变');
    const cells: OutValue[] = [
      ++number,
      line.name,
      maskIdentity(line.idNumber),
      line.kind,
      lineSpan(line, s.period),
      line.days,
      line.rateFen ?? '分段',
      line.amountFen,
      notes.join('；') || null,
    ];
    yield fitted({ cells }, COLUMNS, ROW);
  }
  const total = sumOf(c.lines, []);
  if (c.lines.length > 0) {
    yield {
      cells: [`合计（${total.people}人）`, null, null, null, null, total.days, null, total.amountFen, null],
      look: 'total',
      merge: [[0, 4]],
      height: ROW,
    };
    yield {
      cells: ['合计（大写）', null, null, `人民币${inWords(total.amountFen)}`],
      look: 'words',
      merge: [
        [0, 2],
        [3, LAST],
      ],
      height: ROW,
    };
  }
  if (c.waiting.length > 0) yield* waiting(s, c, namesakes);
  yield* foot;
}

function* waiting(s: Settlement, c: Community, namesakes: ReadonlySet<string>): Generator<OutRow> {
  const open = c.lines.some((line) => line.shares.some((share) => share.fen === null));
  const known = open ? '；只缺分担比例的，金额已列在上表' : '';
  yield across(`以下事项待定。未定的天数没有列入上表，不等于不发${known}：`, COLUMNS, 'note', 28);
  const merge = [
    [3, 4],
    [6, LAST],
  ] as const;
  yield {
    cells: ['序号', '姓名', '证件号（脱敏）', '待定：还缺什么', null, '天数', '由谁确定（依据）', null, null],
    look: 'heading',
    merge,
    height: ROW,
  };
  for (const [i, entry] of c.waiting.entries()) {
    const { name, idNumber } = s.persons[entry.person];
    // Whose kind it is cannot be told of days that wait; the masked number tells namesakes apart.
    const called = namesakes.has(name) ? `${name}（尾号${idNumber.slice(-4)}）` : name;
    const cells: OutValue[] = [
      i + 1,
      called,
      maskIdentity(idNumber),
      entry.missing,
      null,
      entry.days,
      `${entry.whoMustAct}（${entry.clause}）`,
      null,
      null,
    ];
    yield fitted({ cells, merge }, COLUMNS, ROW);
  }
}

/** The same under every sheet of a workbook: when it is posted, how to object, what the figures lean on, the seal. */
function* footOf(s: Settlement): Generator<OutRow> {
  const line = (label: string, text: string, height = 26): OutRow => ({
    cells: [label, null, text],
    look: 'sign',
    height,
  });
  const days = s.postingDays === null ? '' : `（公示 ${s.postingDays} 天）`;
  const street = streetLabel(s);
  const here = communityLabel(s);
  yield line('公示时间：', `　　　　年　　月　　日　至　　　　年　　月　　日${days}`, 32);
  yield line(
    '有异议：',
    `公示期内向${here}${street ? `或${street}` : ''}提出，实名、匿名都可以；核实有误的，更正后重新公示。`,
  );
  yield line(
    '监督电话：',
    `${here}　　　　　　　　　　　　${street ? `${street}　　　　　　　　　　　　` : ''}`,
  );
  yield* leaningOn(s, COLUMNS);
  yield { cells: [null, null, null, null, null, `${here}（盖章）`], look: 'sign', height: 44 };
  yield { cells: [null, null, null, null, null, '　　　　年　　月　　日'], look: 'sign', height: 24 };
}
