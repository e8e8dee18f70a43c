import type { OutColumn, OutRow, OutValue, SheetOut } from '../../../platform/sheets/contract.ts';
import { yuan } from '../../../values/fen.ts';
import { maskIdentity } from '../../../values/identity.ts';
import type { PreflightItem, SettledPerson, Settlement } from '../contract.ts';
import { communitiesOf, communityLabel, payingLabel } from './communities.ts';
import { periodText } from './days.ts';
import { across, awaited } from './foot.ts';

/** What each sort of finding is called, in the order in which a place's findings are listed. */
const SORTS = {
  gap: '待定',
  kind: '人员类别',
  dates: '任职日期',
  area: '城乡属性',
  card: '银行卡',
} as const satisfies Record<PreflightItem['sort'], string>;

const SORT_ORDER: readonly string[] = Object.keys(SORTS);

/**
 * 发放前检查: what to put right before anything is posted, place by place; then everything refused with its reason, and everything that
 * waits with who must act. For the office alone: the second and third sheet hold whole identity numbers.
 */
export function* preflightSheets(s: Settlement): Generator<SheetOut> {
  const where = [payingLabel(s), communityLabel(s)];
  const rank = ranks(s);
  yield found(s, where, rank);
  yield refused(s, where, rank);
  yield waiting(s, where, rank);
}

/** The place of a person's community in the settlement's order; whatever has no place comes last. */
function ranks(s: Settlement): (district: string, community: string) => number {
  const known = new Map<string, number>();
  for (const [i, c] of communitiesOf(s).entries()) {
    const key = `${c.district}|${c.name}`;
    if (!known.has(key)) known.set(key, i);
  }
  return (district, community) =>
    known.get(`${district}|${community}`) ?? (district === '' ? Number.MAX_SAFE_INTEGER : known.size);
}

type Rank = ReturnType<typeof ranks>;

function found(s: Settlement, where: readonly string[], rank: Rank): SheetOut {
  const columns: readonly OutColumn[] = [
    { kind: 'integer', width: 6 },
    { kind: 'text', width: 10 },
    { kind: 'text', width: 21 },
    { kind: 'text', width: 14 },
    { kind: 'text', width: 18 },
    { kind: 'text', width: 11, align: 'centre' },
    { kind: 'text', width: 46 },
    { kind: 'text', width: 36 },
  ];
  const { people, days, amountFen } = s.totals;
  function* rows(): Generator<readonly OutValue[] | OutRow> {
    const keyed = s.preflight.map((item) => ({
      item,
      at: rank(item.district, item.community),
      sort: SORT_ORDER.indexOf(item.sort),
    }));
    // Sorting is stable: within one person the settlement's own order stays.
    keyed.sort((a, b) => a.at - b.at || a.sort - b.sort || order(a.item.idNumber, b.item.idNumber));
    for (const [i, { item }] of keyed.entries())
      yield [
        i + 1,
        item.name,
        item.idNumber && maskIdentity(item.idNumber),
        item.district,
        item.community,
        SORTS[item.sort],
        item.message,
        item.suggestion,
      ];
    if (keyed.length === 0) yield across('没有发现要处理的问题。', columns, 'body', 28);
  }
  return {
    name: '发放前检查',
    columns,
    titles: [`${s.benefitLabel}发放前检查`],
    subtitles: [
      `期间：${periodText(s.period)}　　可以发放：${people} 人，${days} 天，${yuan(amountFen)} 元　　要处理：${s.preflight.length} 项`,
    ],
    headings: [
      ['序号', '姓名', '证件号（脱敏）', ...where, '类型', '问题', '怎么办'].map((text) => ({ text })),
    ],
    rows: rows(),
    print: { landscape: true },
  };
}

function refused(s: Settlement, where: readonly string[], rank: Rank): SheetOut {
  const columns: readonly OutColumn[] = [
    { kind: 'integer', width: 6 },
    { kind: 'text', width: 10 },
    { kind: 'text', width: 21 },
    { kind: 'text', width: 14 },
    { kind: 'text', width: 18 },
    { kind: 'text', width: 12, align: 'centre' },
    { kind: 'text', width: 12, align: 'centre' },
    { kind: 'days', width: 8 },
    { kind: 'text', width: 18 },
    { kind: 'text', width: 36 },
    { kind: 'text', width: 11, align: 'centre' },
  ];
  function* rows(): Generator<readonly OutValue[] | OutRow> {
    let days = 0;
    for (const [i, entry] of inPlace(s, s.refused, rank).entries()) {
      yield [
        i + 1,
        ...who(s.persons[entry.person]),
        entry.from,
        entry.to,
        entry.days,
        entry.kind,
        entry.reason,
        entry.clause,
      ];
      days += entry.days;
    }
    if (s.refused.length === 0) yield across('没有不予发放的天数。', columns, 'body', 28);
    else yield total(`合计（${distinct(s.refused)}人）`, days, 7, columns.length);
  }
  return {
    name: '不予发放',
    columns,
    titles: ['不予发放的天数和理由'],
    subtitles: [`期间：${periodText(s.period)}　　含完整证件号，内部使用，不得公示`],
    headings: [
      ['序号', '姓名', '身份证号', ...where, '起', '止', '天数', '类别', '理由', '依据'].map((text) => ({
        text,
      })),
    ],
    rows: rows(),
    print: { landscape: true },
  };
}

function waiting(s: Settlement, where: readonly string[], rank: Rank): SheetOut {
  const columns: readonly OutColumn[] = [
    { kind: 'integer', width: 6 },
    { kind: 'text', width: 10 },
    { kind: 'text', width: 21 },
    { kind: 'text', width: 14 },
    { kind: 'text', width: 18 },
    { kind: 'days', width: 9 },
    { kind: 'text', width: 34 },
    { kind: 'text', width: 30 },
    { kind: 'text', width: 11, align: 'centre' },
  ];
  function* rows(): Generator<readonly OutValue[] | OutRow> {
    // What is missing, largest first: one decision above usually frees many people below.
    for (const a of awaited(s.undetermined))
      yield {
        cells: [`小计（${a.people}人）`, null, null, null, null, a.days, a.missing, a.whoMustAct, a.clause],
        look: 'subtotal',
        merge: [[0, 4]],
      };
    for (const [i, entry] of inPlace(s, s.undetermined, rank).entries())
      yield [
        i + 1,
        ...who(s.persons[entry.person]),
        entry.days,
        entry.missing,
        entry.whoMustAct,
        entry.clause,
      ];
    if (s.undetermined.length === 0) yield across('没有待定的事项。', columns, 'body', 28);
  }
  const people = distinct(s.undetermined);
  return {
    name: '待定',
    columns,
    titles: ['待定的天数：缺什么，由谁确定'],
    subtitles: [
      `期间：${periodText(s.period)}　　共${people}人${people > 0 ? '；先列各事项小计，后列名单；一人缺两项的列两行' : ''}　　含完整证件号，内部使用，不得公示`,
    ],
    headings: [
      ['序号', '姓名', '身份证号', ...where, '天数', '缺什么', '由谁确定', '依据'].map((text) => ({ text })),
    ],
    rows: rows(),
    print: { landscape: true },
  };
}

/** Entries in the order of their people's places; a person's own stay together and in order. */
function inPlace<E extends { readonly person: number }>(
  s: Settlement,
  entries: readonly E[],
  rank: Rank,
): E[] {
  return entries
    .map((entry) => ({
      entry,
      at: rank(s.persons[entry.person].district, s.persons[entry.person].community),
    }))
    .sort((a, b) => a.at - b.at || a.entry.person - b.entry.person)
    .map(({ entry }) => entry);
}

const who = (p: SettledPerson): OutValue[] => [p.name, p.idNumber, p.district, p.community];

const distinct = (entries: readonly { readonly person: number }[]): number =>
  new Set(entries.map((entry) => entry.person)).size;

function total(label: string, days: number, at: number, width: number): OutRow {
  return {
    cells: Array.from({ length: width }, (_, i) => (i === 0 ? label : i === at ? days : null)),
    look: 'total',
    merge: [[0, at - 1]],
    height: 24,
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
