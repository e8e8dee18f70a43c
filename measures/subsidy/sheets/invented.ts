/** An invented settlement for the tests of this folder: a district that never was, lines said in a few words, and the sheets read back. */

import type { OutRow, OutValue, SheetOut } from '../../../platform/sheets/contract.ts';
import { day, firstDay, type Month, parseMonth } from '../../../values/date.ts';
import type { PaidLine, SettledPerson, Settlement } from '../contract.ts';

export const BEARERS = ['市', '区'];

/** 春和里社区 and two others in two streets, 李家沟村 in the next district. */
export const PLACES = {
  chunheli: {
    district: '青禾区',
    districtCode: '990101000000',
    street: '春水街道',
    community: '春和里社区',
    placeCode: '990101001001',
  },
  xinghua: {
    district: '青禾区',
    districtCode: '990101000000',
    street: '春水街道',
    community: '杏花里社区',
    placeCode: '990101001002',
  },
  liyuan: {
    district: '青禾区',
    districtCode: '990101000000',
    street: '梨园镇',
    community: '梨园社区',
    placeCode: '990101002001',
  },
  lijiagou: {
    district: '白石区',
    districtCode: '990102000000',
    street: '石桥镇',
    community: '李家沟村',
    placeCode: '990102001201',
  },
} as const;

export const KINDS = {
  worker: { kindId: 'worker', kind: '社区工作者', reportedTo: '民政', bearers: ['市', '区'] },
  committee: { kindId: 'committee', kind: '村“两委”成员', reportedTo: '组织', bearers: ['市', '区'] },
  grid: { kindId: 'grid', kind: '网格员', reportedTo: null, bearers: ['区'] },
} as const;

/** A person of the invented district: the number is made from the index and has no right check digit on purpose. */
export function person(index: number, name: string, at: keyof typeof PLACES = 'chunheli'): SettledPerson {
  const { district, community } = PLACES[at];
  return {
    index,
    name,
    district,
    community,
    idNumber: `9901011980010${String(1000 + index).padStart(5, '0')}`,
    bankCard: `62170000000000${String(10_000 + index)}`,
    bank: '青禾银行',
    phone: `1380000${String(1000 + index)}`,
    cardIssue: null,
  };
}

export type LineSaid = {
  readonly at?: keyof typeof PLACES;
  readonly kind?: keyof typeof KINDS;
  readonly month?: string;
  /** Full days and half days of the month. */
  readonly full?: readonly number[];
  readonly half?: readonly number[];
  readonly rateFen?: number;
  /** Shares not known yet. */
  readonly open?: boolean;
};

const bitsOf = (days: readonly number[]): number => days.reduce((bits, d) => bits | (1 << (d - 1)), 0);

/** A line of a person: 70 yuan a day, the first bearer half rounded down, unless said otherwise. */
export function line(of: SettledPerson, said: LineSaid = {}): PaidLine {
  const {
    at = 'chunheli',
    kind = 'worker',
    month = '2020-02',
    full = [3, 4, 5],
    half = [],
    rateFen = 7000,
    open = false,
  } = said;
  const { bearers, ...kindSaid } = KINDS[kind];
  const days = full.length + half.length / 2;
  const amountFen = Math.floor(days * rateFen);
  const upper = bearers.length > 1 ? Math.floor(amountFen / 2) : 0;
  const m: Month = parseMonth(month)!;
  const all = [...full, ...half].sort((a, b) => a - b);
  const place = PLACES[at];
  return {
    idNumber: of.idNumber,
    name: of.name,
    person: of.index,
    ...place,
    ...kindSaid,
    days,
    amountFen,
    shares: bearers.map((bearer, i) => ({
      bearer,
      fen: open ? null : i < bearers.length - 1 ? upper : amountFen - upper,
    })),
    because: `${month}/${place.placeCode}/${kind}`,
    month: m,
    above: '云州市',
    dayBits: bitsOf(all),
    halfBits: bitsOf(half),
    rateFen,
    posts: ['卡口'],
    firstDay: firstDay(m) + all[0] - 1,
    lastDay: firstDay(m) + all.at(-1)! - 1,
  };
}

/** A settlement of these people and lines; the totals are added here by themselves, so that a sheet can be held against them. */
export function settlement(
  persons: readonly SettledPerson[],
  lines: readonly PaidLine[],
  more: Partial<Settlement> = {},
): Settlement {
  const byBearer: Record<string, number> = Object.fromEntries(BEARERS.map((bearer) => [bearer, 0]));
  for (const l of lines) for (const share of l.shares) byBearer[share.bearer] += share.fen ?? 0;
  return {
    pack: { id: 'yunzhou-2020', version: '1', digest: 'd', title: '云州市关心关爱措施（2020）' },
    period: { from: day('2020-02-01'), until: day('2020-03-01') },
    bearers: BEARERS,
    levels: [
      { id: 'city', label: '市' },
      { id: 'district', label: '区' },
      { id: 'street', label: '街镇' },
      { id: 'community', label: '社区（村）' },
    ],
    payingLevel: 'district',
    kinds: Object.values(KINDS).map(({ kindId, kind, reportedTo }) => ({
      id: kindId,
      label: kind,
      reportedTo,
    })),
    benefitLabel: '疫情防控工作补助',
    totals: {
      people: new Set(lines.map((l) => l.person)).size,
      days: lines.reduce((sum, l) => sum + l.days, 0),
      amountFen: lines.reduce((sum, l) => sum + l.amountFen, 0),
      byBearer,
    },
    lines,
    refused: [],
    undetermined: [],
    problems: [],
    persons,
    preflight: [],
    documents: [
      '《关于进一步关心关爱一线社区工作者的通知》（云防指〔2020〕12号）',
      '《关于发放补助的实施口径》（云民发〔2020〕3号）',
    ],
    readings: ['D2 夜班跨零点怎么计：按自然日拆分', 'D12 除不尽的一分归谁：上级份额舍去不足一分，余数归下级'],
    postingDays: 3,
    ...more,
  };
}

/** What is left undetermined, and refused, of a person. */
export const waits = (of: SettledPerson, days = 2): Settlement['undetermined'][number] => ({
  idNumber: of.idNumber,
  person: of.index,
  days,
  missing: '工作补助标准',
  whoMustAct: '区人民政府',
  clause: 'YZ-1-d',
});
export const refusal = (of: SettledPerson): Settlement['refused'][number] => ({
  idNumber: of.idNumber,
  person: of.index,
  from: '2020-02-10',
  to: '2020-02-11',
  days: 2,
  kind: '网格员',
  reason: '同一天已按另一类人员计发，不重复发放',
  clause: 'YZ-1-i',
});

/** A sheet with its rows drawn, bare rows made rows. */
export type Drawn = Omit<SheetOut, 'rows'> & { readonly rows: readonly OutRow[] };

export function drawn(sheets: Iterable<SheetOut>): Drawn[] {
  return [...sheets].map((sheet) => {
    if (!(Symbol.iterator in sheet.rows))
      throw new Error('these sheets give their rows one after another without waiting');
    return { ...sheet, rows: [...sheet.rows].map((row) => (isBare(row) ? { cells: row } : row)) };
  });
}

function isBare(row: readonly OutValue[] | OutRow): row is readonly OutValue[] {
  return Array.isArray(row);
}

/** Rows of one look; body rows are those without one. */
export const rowsOf = (sheet: Drawn, look?: OutRow['look']): readonly OutValue[][] =>
  sheet.rows.filter((row) => (row.look ?? 'body') === (look ?? 'body')).map((row) => [...row.cells]);

/** Every text of a workbook: titles, headings and cells. */
export const textsOf = (sheets: readonly Drawn[]): string[] =>
  sheets.flatMap((sheet) => [
    sheet.name,
    ...(sheet.titles ?? []),
    ...(sheet.subtitles ?? []),
    ...sheet.headings.flatMap((row) => row.map((cell) => cell.text)),
    ...sheet.rows.flatMap((row) => row.cells.filter((cell) => typeof cell === 'string')),
  ]);
