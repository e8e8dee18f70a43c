import {
  type Day,
  daysInMonth,
  firstDay,
  isoMonth,
  type Month,
  monthOf,
  partsOf,
} from '../../values/date.ts';
import { plain, type Text } from '../../values/text.ts';
import type { Vocabulary } from '../../values/vocabulary.ts';
import { readDate, readMonth } from '../../values/written-date.ts';
import { nearestNames } from '../places/nearest-names.ts';
import type { Cell, Column, TableReader } from '../sheets/contract.ts';
import type { DutyContext, DutySheet } from './contract.ts';
import {
  CHECK_KIND,
  CHECK_PERIOD,
  type DutyReader,
  ID_COLUMN,
  KIND_COLUMN,
  kindNotHeld,
  outsidePeriod,
  placeColumns,
} from './duty.ts';
import { type Entries, Gathering, NONE } from './entries.ts';
import { Found, later } from './found.ts';
import { Holdings } from './holdings.ts';
import { CHECK_NAME, CHECK_TERM, otherName, outsideTerm, peopleByNumber, sameName } from './people.ts';
import { bare, kept, nameKey, remembered, said } from './wording.ts';

/** Fewer headings than this that look like days are something else: a lone column 1 is a running number. */
const FEWEST_DAYS = 5;

const FULL = ['√', '✓', '✔', '☑', '✅', '1', '1.0', '全', '全天', '全勤', '●'];
const HALF = ['△', '▲', '半', '半天', '0.5', '.5', '½'];
const OFF = [
  '',
  '休',
  '休息',
  '轮休',
  '调休',
  '补休',
  '公休',
  '年休',
  '病',
  '病假',
  '事',
  '事假',
  '调',
  '假',
  '请假',
  '年假',
  '产假',
  '婚假',
  '丧假',
  '×',
  '✕',
  '✖',
  '✗',
  '✘',
  'x',
  'X',
  '0',
  '0.0',
  '-',
  '—',
  '——',
  '－',
  '/',
  '\\',
  '无',
  '空白',
];

/** Half-days of each way of marking a day, as the bare text of the cell. */
const MARKS: ReadonlyMap<string, 0 | 1 | 2> = new Map([
  ...FULL.map((mark) => [mark, 2] as const),
  ...HALF.map((mark) => [mark, 1] as const),
  ...OFF.map((mark) => [mark, 0] as const),
]);

/** The columns of a monthly grid beside the days, which are found by their headings (1, 1日, 2/1, 2月1日 …). */
function gridColumns(vocabulary: Vocabulary): Column[] {
  return [
    {
      id: 'name',
      label: '姓名',
      aliases: ['人员姓名', '值守人员', '值守人员姓名', '工作人员姓名', '名字'],
      required: true,
    },
    { ...ID_COLUMN, required: false },
    {
      id: 'total',
      label: '合计天数',
      aliases: [
        '合计',
        '天数',
        '出勤天数',
        '值守天数',
        '共计',
        '总计',
        '小计',
        '总天数',
        '合计（天）',
        '出勤合计',
      ],
    },
    { id: 'month', label: '月份', aliases: ['年月', '考勤月份', '所属月份', '考勤年月'] },
    { id: 'signature', label: '本人签字', aliases: ['签字', '签名', '本人签名'] },
    { id: 'remark', label: '备注', aliases: ['说明'] },
    ...placeColumns(vocabulary),
    KIND_COLUMN,
  ];
}

type DayColumn = {
  readonly place: number;
  readonly dayOfMonth: number;
  readonly month: number | null;
  readonly heading: string;
};

/** What is known of the worksheet being read. */
type GridSheet = {
  readonly name: string;
  readonly at: Readonly<Record<string, number>>;
  readonly headings: readonly Cell[];
  /** The month of the title, the worksheet's name or the period; null when a row must say it. */
  readonly month: Month | null;
  readonly community: Community | null;
  /** Null until found: some sheets have them one row below the other headings. */
  days: readonly DayColumn[] | null;
  saidNoDays: boolean;
};

/** A community as a sheet names it, and the engagements the roster has there. */
type Community = { readonly written: string; readonly key: string; readonly engagements: readonly number[] };

/**
 * Reads monthly grids (考勤表), one worksheet for each community and month. Community and month come from the title
 * ("福安里社区（村）疫情防控值守考勤表（2020 年 2 月）"), or from columns, the name of the worksheet, or a period within
 * one month. A person is found by identity number where there is one, else by name among those whom the roster has in
 * that community. Credits are taken as recorded: a full mark is a day, a half mark half of one; no hours are seen.
 *
 * Units: half-days. Errors: `Refusal` from `readTable`; problems for a worksheet whose month or days are not found, a
 * mark that is none (its cell is set aside), nobody or two of a name, marks outside the engagement; warnings for a total
 * that does not agree with the marks (the marks count) and for days marked twice.
 * Source: TJ-S-3 (attendance is kept by day), reading D16 (a half mark).
 */
export function gridReader(context: DutyContext): DutyReader<DutySheet> {
  const { roster, vocabulary, from, until } = context;
  const found = new Found(context.file);
  const gathering = new Gathering();
  const lines = gathering.lines;
  const holdings = new Holdings(roster, vocabulary);
  const personAt = peopleByNumber(roster, until);
  const findKind = remembered((written) => holdings.findKind(written));
  const communities = communityFinder(holdings);
  const byTyped = remembered((written: string) => communities.typed(kept(written)));
  const names = new Map<Community, Map<string, number[]>>();
  const sheets: string[] = [];
  let sheet: GridSheet | null = null;
  let rows = 0;
  let unused = 0;

  const cell = (cells: readonly Cell[], column: string): Cell => {
    const place = sheet?.at[column];
    return place === undefined ? null : (cells[place] ?? null);
  };
  const heading = (column: string): string | null => {
    const place = sheet?.at[column];
    return place === undefined ? null : said(sheet?.headings[place]) || null;
  };

  const reader: TableReader = {
    header({ sheet: name, at, headings, titles }) {
      lines.begin(name);
      sheets.push(name);
      const taken = new Set(Object.values(at));
      sheet = {
        name,
        at,
        headings: [...headings],
        month: monthIn(titles, from, until) ?? monthIn([name], from, until) ?? onlyMonth(from, until),
        community: communities.inTitles(titles) ?? communities.exactly(name),
        days: dayColumns(headings, taken),
        saidNoDays: false,
      };
    },

    row(row, cells) {
      rows++;
      if (sheet === null) return;
      if (sheet.days === null) {
        sheet.days = dayColumns(cells, new Set());
        if (sheet.days !== null) return;
        if (!sheet.saidNoDays) {
          sheet.saidNoDays = true;
          found.problem(sheet.name, row, null, noDays(sheet.name), WRITE_DAYS);
        }
        return;
      }
      readRow(sheet, sheet.days, row, cells);
    },
  };

  function readRow(sheet: GridSheet, days: readonly DayColumn[], row: number, cells: readonly Cell[]): void {
    const nameCell = cell(cells, 'name');
    const written = kept(nameKey(said(nameCell)));
    const idCell = cell(cells, 'id');
    const nobody = written === '' && said(idCell).trim() === '';
    const monthCell = cell(cells, 'month');
    const month = monthCell === null ? sheet.month : (monthOfCell(monthCell, from, until) ?? null);

    // First the marks alone: a row without any is a line of signatures, of weekdays, or of somebody who was not on duty.
    const marks: { readonly column: DayColumn; readonly half: 1 | 2 }[] = [];
    const strange: { readonly column: DayColumn; readonly text: string }[] = [];
    for (const column of days) {
      const mark = markOf(cells[column.place] ?? null);
      if (mark === null) strange.push({ column, text: kept(said(cells[column.place]).trim()) });
      else if (mark > 0) marks.push({ column, half: mark === 2 ? 2 : 1 });
    }
    if (marks.length === 0 && (strange.length === 0 || nobody)) return;
    if (nobody) {
      found.problem(sheet.name, row, heading('name'), NOBODY, WRITE_NAME);
      return;
    }
    if (month === null) {
      found.problem(sheet.name, row, heading('month'), noMonth(sheet.name, said(monthCell)), WRITE_MONTH);
      return;
    }
    const typed = said(cell(cells, 'community')).trim();
    const community = typed === '' ? sheet.community : byTyped(typed);
    const person = personOn(sheet, row, idCell, written, said(nameCell), community);
    if (person === null) return;

    for (const { column, text } of strange) {
      found.problem(sheet.name, row, column.heading, strangeMark(sheet.name, row, column, text), WRITE_MARK);
    }
    const kindText = said(cell(cells, 'kind'));
    const kind = kindText === '' ? NONE : findKind(kindText);
    if (kind < 0 && bare(kindText) !== '') {
      found.warning(sheet.name, row, heading('kind'), unknownKind(kept(kindText)), LEAVE_EMPTY);
    }
    const line = lines.at(row);
    const hint = community === null ? NONE : gathering.community(community.key);
    const outside: Day[] = [];
    let notHeld = -1;
    let sum = 0;
    for (const { column, half } of marks) {
      if (
        (column.month !== null && column.month !== (month % 12) + 1) ||
        column.dayOfMonth > daysInMonth(month)
      ) {
        found.problem(sheet.name, row, column.heading, notOfMonth(column, month), WRITE_DAYS);
        continue;
      }
      sum += half;
      const day = firstDay(month) + column.dayOfMonth - 1;
      if (day < from || day >= until) unused++;
      else if (holdings.firstOn(person, day) < 0) outside.push(day);
      else {
        gathering.add(person, day, half, 0, kind, hint, line);
        if (kind >= 0 && notHeld < 0 && !holdings.holds(person, kind, day))
          notHeld = holdings.firstOn(person, day);
      }
    }
    if (notHeld >= 0) {
      const held = roster.engagements[notHeld]!.kindText;
      found.warning(sheet.name, row, heading('kind'), kindNotHeld(kept(kindText), held), CHECK_KIND);
    }
    if (outside.length > 0) {
      const { name } = roster.persons[person]!;
      const first = days.find((c) => firstDay(month) + c.dayOfMonth - 1 === outside[0]);
      found.problem(
        sheet.name,
        row,
        first?.heading ?? null,
        outsideTerm(outside, name, holdings.engagementsOf(person)),
        CHECK_TERM,
      );
    }
    const total = totalOf(cell(cells, 'total'));
    if (total !== null && total !== sum && strange.length === 0) {
      found.warning(sheet.name, row, heading('total'), otherTotal(total, sum), CHECK_TOTAL);
    }
  }

  /** The person of a row; null when the row is set aside. A number that is there decides, even when the name would fit. */
  function personOn(
    sheet: GridSheet,
    row: number,
    idCell: Cell,
    name: string,
    nameWritten: string,
    community: Community | null,
  ): number | null {
    if (said(idCell).trim() !== '') {
      const person = personAt(idCell);
      if (typeof person !== 'number') {
        found.problem(sheet.name, row, heading('id'), person.message, person.suggestion);
        return null;
      }
      const known = roster.persons[person]!.name;
      if (!sameName(nameWritten, known)) {
        found.warning(sheet.name, row, heading('name'), otherName(kept(nameWritten), known), CHECK_NAME);
      }
      return person;
    }
    if (community === null || community.engagements.length === 0) {
      const written = community?.written ?? null;
      found.problem(
        sheet.name,
        row,
        heading('name'),
        unknownCommunity(written, name),
        nameCommunity(communities.near(written)),
      );
      return null;
    }
    const there = namesIn(community);
    const people = there.get(name) ?? [];
    if (people.length === 1) return people[0]!;
    if (people.length === 0) {
      const near = nearestNames(name, there.keys());
      found.problem(sheet.name, row, heading('name'), notThere(name, community.written), addOrCorrect(near));
    } else {
      found.problem(
        sheet.name,
        row,
        heading('name'),
        severalThere(people.length, name, community.written),
        ADD_NUMBER,
      );
    }
    return null;
  }

  /** Who stands on the roster in a community, by name. */
  function namesIn(community: Community): Map<string, number[]> {
    let there = names.get(community);
    if (there === undefined) {
      there = new Map();
      for (const e of community.engagements) {
        const person = roster.engagements[e]!.person;
        const name = nameKey(roster.persons[person]!.name);
        const same = there.get(name);
        if (same === undefined) there.set(name, [person]);
        else if (!same.includes(person)) same.push(person);
      }
      names.set(community, there);
    }
    return there;
  }

  return {
    columns: gridColumns(vocabulary),
    reader,
    finish() {
      if (unused > 0) found.warning(null, null, null, outsidePeriod(unused, from, until), CHECK_PERIOD);
      const entries = gathering.grouped(roster.persons.length);
      warnOfMarksTwice(entries, roster.persons.length, found);
      return { kind: 'marks', entries, rows, problems: found.inOrder(sheets) };
    },
  };
}

/** Finds communities of the roster in titles and cells, and remembers each so that one community is one object. */
function communityFinder(holdings: Holdings) {
  const { engagements } = holdings.roster;
  const at = new Map<string, number[]>();
  holdings.communityKey.forEach((key, e) => {
    const there = at.get(key);
    if (there) there.push(e);
    else at.set(key, [e]);
  });

  /** Where several districts have a community of that name, those whose district or street stands in front of it. */
  const among = (all: readonly number[], before: string): readonly number[] => {
    if (before === '') return all;
    const inFront = (name: string | null) =>
      name !== null && name !== '' && before.includes(holdings.placeKey(name));
    const street = all.filter((e) => inFront(engagements[e]!.street));
    if (street.length > 0) return street;
    const district = all.filter((e) => inFront(engagements[e]!.district));
    return district.length > 0 ? district : all;
  };

  /** The longest name of a community of the roster at the end of a text. */
  const atEnd = (text: string): Community | null => {
    const key = holdings.placeKey(text);
    for (let i = 0; i <= key.length - 2; i++) {
      const all = at.get(key.slice(i));
      if (all) return { written: text, key: key.slice(i), engagements: among(all, key.slice(0, i)) };
    }
    return null;
  };

  return {
    /** A cell that names a community, on the roster or not. */
    typed: (written: string): Community =>
      atEnd(written) ?? { written, key: holdings.placeKey(written), engagements: [] },

    /** The name of a worksheet, when it is just that of a community. */
    exactly(written: string): Community | null {
      const key = holdings.placeKey(written.replace(/\d{2,4}年?|\d{1,2}月份?/g, ''));
      const all = at.get(key);
      return all ? { written, key, engagements: all } : null;
    },

    /** What stands before the words for the sheet in the titles: 福安里社区 before 疫情防控值守考勤表. */
    inTitles(titles: readonly string[]): Community | null {
      let unknown: Community | null = null;
      for (const title of [...titles].reverse()) {
        const text = bare(title)
          .replace(/\d{4}年|\d{1,2}月份?|\d{4}[-/]\d{1,2}/g, '')
          .replace(/\([^()]*\)/g, '');
        const labelled = /(?:社区|村|单位)(?:\([^()]*\))?(?:名称)?[:：]\s*([^\s:：]+)/.exec(
          plain(title),
        )?.[1];
        if (labelled) {
          const named = atEnd(labelled);
          if (named) return named;
        }
        const m = /^(.*?)(?:新型冠状|新冠|疫情|防控|一线|值守|值班|执勤|考勤|出勤)/.exec(text);
        const before = m?.[1] ?? text;
        const named = before === '' ? null : atEnd(before);
        if (named) return named;
        if (m?.[1]) unknown = { written: m[1], key: holdings.placeKey(m[1]), engagements: [] };
      }
      return unknown;
    },

    /** Communities of the roster that are like a name. */
    near: (written: string | null): string[] =>
      written === null
        ? []
        : nearestNames(written, new Set(engagements.map((e) => e.community)), holdings.placeKey),
  };
}

/** The half-days a cell records; null when it is no mark. */
function markOf(cell: Cell): 0 | 1 | 2 | null {
  if (cell === null) return 0;
  if (typeof cell === 'number') return cell === 1 ? 2 : cell === 0.5 ? 1 : cell === 0 ? 0 : null;
  return MARKS.get(cell) ?? MARKS.get(plain(cell).replace(/\s/g, '')) ?? null;
}

/** Days written in a cell of totals, in half-days; null when there is no number. */
function totalOf(cell: Cell): number | null {
  const m = /^(\d+(?:\.\d+)?)天?$/.exec(plain(said(cell)).replace(/\s/g, ''));
  return m ? Number(m[1]) * 2 : null;
}

/** The columns of days among some headings; null when there are too few to be days. */
function dayColumns(headings: readonly Cell[], taken: ReadonlySet<number>): DayColumn[] | null {
  const columns: DayColumn[] = [];
  const seen = new Set<number>();
  for (let place = 0; place < headings.length; place++) {
    if (taken.has(place)) continue;
    const cell = headings[place] ?? null;
    const day = dayHeading(cell);
    if (day === null || seen.has(day.dayOfMonth)) continue;
    seen.add(day.dayOfMonth);
    columns.push({ place, ...day, heading: said(cell).trim() });
  }
  return columns.length >= FEWEST_DAYS ? columns : null;
}

/** 1, 01, 1日, 1号, 2/1, 2月1日, 2.1, 2020-02-01, each with a weekday behind or not. */
function dayHeading(cell: Cell): { dayOfMonth: number; month: number | null } | null {
  if (cell === null) return null;
  const text = plain(said(cell))
    .replace(/\s/g, '')
    .replace(/\(?(?:星期|周)?[一二三四五六日天]\)?$/, (end) => (end === '日' ? '日' : ''));
  const alone = /^(\d{1,2})[日号]?$/.exec(text);
  const withMonth = /^(\d{1,2})[/月.-](\d{1,2})[日号]?$/.exec(text);
  if (alone) return within(Number(alone[1]), null);
  if (withMonth) return within(Number(withMonth[2]), Number(withMonth[1]));
  const whole = readDate(cell);
  if (whole === null) return null;
  const { month, dayOfMonth } = partsOf(whole);
  return { dayOfMonth, month };
}

const within = (dayOfMonth: number, month: number | null) =>
  dayOfMonth >= 1 && dayOfMonth <= 31 && (month === null || (month >= 1 && month <= 12))
    ? { dayOfMonth, month }
    : null;

const CHINESE_DIGITS = '〇一二三四五六七八九';

/** 二〇二〇年二月 as 2020年2月. */
function inDigits(text: string): string {
  return plain(text)
    .replace(/[〇○零一二三四五六七八九]{4}(?=年)/g, (year) =>
      [...year.replace(/[○零]/g, '〇')].map((c) => CHINESE_DIGITS.indexOf(c)).join(''),
    )
    .replace(/(十[一二]?|[一二三四五六七八九])(?=月)/g, (m) =>
      m.startsWith('十')
        ? String(10 + Math.max(0, CHINESE_DIGITS.indexOf(m[1] ?? '〇')))
        : String(CHINESE_DIGITS.indexOf(m)),
    );
}

/** The month a title names, the year taken from the period when it stands without one and only one fits. */
function monthIn(texts: readonly string[], from: Day, until: Day): Month | null {
  for (const text of texts) {
    const written = inDigits(text);
    const m = /(\d{4}) ?(?:年|[-/.]) ?(\d{1,2})(?: ?月|(?!\d))/.exec(written);
    const month = m ? Number(m[2]) : 0;
    if (m && month >= 1 && month <= 12) return Number(m[1]) * 12 + month - 1;
    const alone = /(?<!\d)(\d{1,2}) ?月/.exec(written);
    if (alone) {
      const fitting = monthsOf(from, until).filter((one) => (one % 12) + 1 === Number(alone[1]));
      if (fitting.length === 1) return fitting[0]!;
    }
  }
  return null;
}

function monthOfCell(cell: Cell, from: Day, until: Day): Month | null {
  const whole = readMonth(cell);
  if (whole !== null) return whole;
  const day = readDate(cell);
  if (day !== null) return monthOf(day);
  const text = inDigits(said(cell));
  return monthIn([/^\d{1,2}$/.test(text) ? `${text}月` : text], from, until);
}

function monthsOf(from: Day, until: Day): Month[] {
  const months: Month[] = [];
  for (let m = monthOf(from); m <= monthOf(until - 1); m++) months.push(m);
  return months;
}

function onlyMonth(from: Day, until: Day): Month | null {
  const months = monthsOf(from, until);
  return months.length === 1 ? months[0]! : null;
}

/** Two rows that mark the same days of one person: once for each pair of rows. */
function warnOfMarksTwice(e: Entries, people: number, found: Found): void {
  for (let p = 0; p < people; p++) {
    const pairs = new Map<string, { line: number; other: number; days: number; sameCommunity: boolean }>();
    for (let i = e.first[p]! + 1; i < e.first[p + 1]!; i++) {
      if (e.at[i] !== e.at[i - 1]) continue;
      const line = e.line[i]!;
      const other = e.line[i - 1]!;
      const pair = pairs.get(`${line} ${other}`);
      if (pair) pair.days++;
      else
        pairs.set(`${line} ${other}`, {
          line,
          other,
          days: 1,
          sameCommunity: e.community[i] === e.community[i - 1],
        });
    }
    for (const { line, other, days, sameCommunity } of pairs.values()) {
      const here = e.lines.whereIs(line);
      const there = e.lines.whereIs(other);
      found.warning(
        here.sheet,
        here.row,
        null,
        markedTwice(there.sheet, there.row, days, sameCommunity),
        CHECK_TWICE,
      );
    }
  }
}

/** A worksheet and row as a sentence names them; a CSV has no worksheets. */
const whereZh = (sheet: string | null, row: number) =>
  sheet ? `工作表“${sheet}”第 ${row} 行` : `第 ${row} 行`;
const whereEn = (sheet: string | null, row: number) => (sheet ? `row ${row} of "${sheet}"` : `row ${row}`);

const noDays = (sheet: string): Text => ({
  zh: `${sheet ? `工作表“${sheet}”` : '表'}里没有找到 1 至 31 日的列，整张表没有读取。`,
  en: `${sheet ? `Worksheet "${sheet}"` : 'The sheet'} has no columns for the days 1 to 31 and was not read.`,
});
const WRITE_DAYS: Text = {
  zh: '请在表头写 1、2、3 ……（或 1日、2/1、2月1日），并与标题里的月份一致。',
  en: 'Head the columns 1, 2, 3 … (or 2/1, 2月1日), in the month of the title.',
};
const noMonth = (sheet: string, written: string): Text =>
  later(() => ({
    zh:
      written === ''
        ? `${sheet ? `工作表“${sheet}”` : '表里'}没有写是哪一年哪一月。`
        : `月份“${written}”看不懂。`,
    en:
      written === ''
        ? `${sheet ? `Worksheet "${sheet}"` : 'The sheet'} does not say which month it is of.`
        : `The month "${written}" cannot be read.`,
  }));
const WRITE_MONTH: Text = {
  zh: '请在标题里写上，例如“考勤表（2020 年 2 月）”。',
  en: 'Write it in the title, such as 考勤表（2020 年 2 月）.',
};
const NOBODY: Text = { zh: '这一行有考勤符号，但没有姓名。', en: 'This row has marks but no name.' };
const WRITE_NAME: Text = {
  zh: '请填写姓名，最好也填身份证号。',
  en: 'Enter the name, and better the identity number too.',
};

const strangeMark = (sheet: string, row: number, column: DayColumn, text: string): Text =>
  later(() => ({
    zh: `${whereZh(sheet, row)} ${column.dayOfMonth} 日的“${text}”不是考勤符号，这一天没有计入。`,
    en: `"${text}" on day ${column.dayOfMonth}, ${whereEn(sheet, row)}, is no mark of attendance: that day was not counted.`,
  }));
const WRITE_MARK: Text = {
  zh: '全天写 √，半天写 △，未值守写 休、病、事、调 或留空。',
  en: 'Write √ for a day, △ for half a day; 休, 病, 事, 调 or nothing for none.',
};
const notOfMonth = (column: DayColumn, month: Month): Text =>
  later(() => ({
    zh: `“${column.heading}”不是 ${isoMonth(month)} 里的日子，这一格没有计入。`,
    en: `"${column.heading}" is no day of ${isoMonth(month)}: this cell was not counted.`,
  }));

const unknownCommunity = (community: string | null, name: string): Text =>
  later(() =>
    community === null
      ? {
          zh: `没有写是哪个社区（村），不能只凭姓名“${name}”确定是谁。`,
          en: `The community is not named, and the name "${name}" alone does not say who it is.`,
        }
      : {
          zh: `花名册上没有“${community}”的人员，不能只凭姓名“${name}”确定是谁。`,
          en: `The roster has nobody in "${community}", and the name "${name}" alone does not say who it is.`,
        },
  );
const nameCommunity = (near: readonly string[]): Text => ({
  zh: `请在标题写明社区（村），或填写身份证号。${near.length > 0 ? `相近的有：${near.join('、')}。` : ''}`,
  en: `Name the community in the title, or enter the identity number.${near.length > 0 ? ` Similar: ${near.join(', ')}.` : ''}`,
});
const notThere = (name: string, community: string): Text =>
  later(() => ({
    zh: `花名册上“${community}”没有叫“${name}”的人。`,
    en: `The roster has nobody called "${name}" in "${community}".`,
  }));
const addOrCorrect = (near: readonly string[]): Text => ({
  zh: `请更正姓名或补进花名册。${near.length > 0 ? `相近的有：${near.join('、')}。` : ''}`,
  en: `Correct the name or add the person to the roster.${near.length > 0 ? ` Similar: ${near.join(', ')}.` : ''}`,
});
const severalThere = (count: number, name: string, community: string): Text =>
  later(() => ({
    zh: `“${community}”有 ${count} 人都叫“${name}”，不能确定是哪一位。`,
    en: `${count} people in "${community}" are called "${name}": it cannot be told which.`,
  }));
const ADD_NUMBER: Text = {
  zh: '请在考勤表加一列身份证号，填上他们的号码。',
  en: 'Add a column 身份证号 to the grid and enter their numbers.',
};
const unknownKind = (written: string): Text =>
  later(() => ({
    zh: `填报类别“${written}”不在文件的人员类别里，未采用；按花名册的类别计。`,
    en: `The kind reported, "${written}", is none the notice knows and was ignored; the roster decides.`,
  }));
const LEAVE_EMPTY: Text = { zh: '请更正，或留空。', en: 'Correct it, or leave it empty.' };

const otherTotal = (total: number, sum: number): Text =>
  later(() => ({
    zh: `合计写的是 ${total / 2} 天，逐日符号加起来是 ${sum / 2} 天；按逐日符号计。`,
    en: `The total says ${total / 2} days, the marks come to ${sum / 2}: the marks count.`,
  }));
const CHECK_TOTAL: Text = {
  zh: '请核对是漏画了符号，还是合计写错。',
  en: 'Check whether a mark is missing or the total is wrong.',
};

const markedTwice = (sheet: string | null, row: number, days: number, sameCommunity: boolean): Text =>
  later(() => ({
    zh: `与${whereZh(sheet, row)}有 ${days} 天重复记了同一人；${sameCommunity ? '同一社区只计一次' : '合并后每天最多计 1 天'}。`,
    en: `${days} days of the same person also stand in ${whereEn(sheet, row)}; ${sameCommunity ? 'one community counts once' : 'together they come to one day at most'}.`,
  }));
const CHECK_TWICE: Text = {
  zh: '请核对本人当日究竟在哪里值守。',
  en: 'Check where the person really was on those days.',
};
