import { chineseDay, type Day, isoDay } from '../../values/date.ts';
import type { Text } from '../../values/text.ts';
import type { Vocabulary } from '../../values/vocabulary.ts';
import { readDate, readNextDayTime, readTime } from '../../values/written-date.ts';
import type { Cell, Column, TableReader } from '../sheets/contract.ts';
import type { DutyContext, DutySheet } from './contract.ts';
import { type Entries, Gathering, NONE } from './entries.ts';
import { Found, later } from './found.ts';
import { Holdings } from './holdings.ts';
import { CHECK_NAME, CHECK_TERM, otherName, outsideTerm, peopleByNumber, sameName } from './people.ts';
import { bare, kept, remembered, said, termFinder } from './wording.ts';

const DAY_MINUTES = 1440;

/** The columns of a duty sheet. Those for district and community go by the names the pack gives those levels. */
export function dutyColumns(vocabulary: Vocabulary): Column[] {
  return [
    ID_COLUMN,
    {
      id: 'date',
      label: '日期',
      aliases: [
        '值守日期',
        '值班日期',
        '值勤日期',
        '执勤日期',
        '上岗日期',
        '考勤日期',
        '工作日期',
        '服务日期',
        '日期（年月日）',
      ],
      required: true,
    },
    {
      id: 'post',
      label: '场所',
      aliases: [
        '值守场所',
        '值守地点',
        '值守点位',
        '值守岗位',
        '值守点',
        '值班地点',
        '值班场所',
        '执勤地点',
        '防控场所',
        '防控地点',
        '工作场所',
        '场所类型',
        '场所类别',
        '岗位类型',
        '岗位',
        '点位',
        '地点',
      ],
      required: true,
    },
    {
      id: 'start',
      label: '开始',
      aliases: [
        '开始时间',
        '起始时间',
        '起始',
        '上岗时间',
        '上岗',
        '到岗时间',
        '到岗',
        '上班时间',
        '签到时间',
        '起时间',
        '自',
        '起',
      ],
      required: true,
    },
    {
      id: 'end',
      label: '结束',
      aliases: [
        '结束时间',
        '终止时间',
        '截止时间',
        '下岗时间',
        '下岗',
        '离岗时间',
        '离岗',
        '下班时间',
        '签退时间',
        '止时间',
        '至',
        '止',
      ],
      required: true,
    },
    NAME_COLUMN,
    ...placeColumns(vocabulary),
    KIND_COLUMN,
  ];
}

/** Whose duty a row is. Grids and lists of paid days have the same column. */
export const ID_COLUMN: Column = {
  id: 'id',
  label: '身份证号',
  aliases: [
    '身份证号码',
    '身份证',
    '公民身份号码',
    '公民身份证号',
    '公民身份证号码',
    '居民身份证号',
    '证件号码',
    '证件号',
  ],
  required: true,
};

/** The name beside the number: compared with the roster's, never used to find a person. */
export const NAME_COLUMN: Column = {
  id: 'name',
  label: '姓名',
  aliases: ['人员姓名', '值守人员', '值守人', '值班人员', '值守人员姓名', '工作人员姓名', '名字'],
};

/** As which kind the duty was reported. */
export const KIND_COLUMN: Column = {
  id: 'kind',
  label: '填报类别',
  aliases: ['类别', '人员类别', '填报人员类别', '上报类别', '身份类别', '人员身份', '填报身份', '填报类型'],
};

/** The columns that may name the division that pays and the community, under the pack's words for those levels. */
export function placeColumns(vocabulary: Vocabulary): Column[] {
  const columns: Column[] = [];
  const add = (id: string, level: Vocabulary['levels'][number] | undefined) => {
    if (level === undefined) return;
    const words = [...new Set([...level.headers, level.label, ...level.aliases])];
    const spelled = words.flatMap((w) => [w, `所在${w}`, `所属${w}`, `${w}名称`, `填报${w}`, `上报${w}`]);
    const [label, ...aliases] = [...new Set(spelled)];
    if (label !== undefined) columns.push({ id, label, aliases });
  };
  add(
    'district',
    vocabulary.levels.find((level) => level.id === vocabulary.payingLevel),
  );
  add('community', vocabulary.levels.at(-1));
  return columns;
}

/** Reads duty row by row; `finish` gives it person by person and says what was wrong. */
export type DutyReader<Sheet> = {
  readonly columns: readonly Column[];
  readonly reader: TableReader;
  finish(): Sheet;
};

/**
 * Reads a duty sheet (值守记录): who stood where from when to when. A row that cannot be counted is set aside with a
 * sentence and stops nothing; overlapping records of one person are kept and warned of (the fold counts time once).
 * Rows dated from the day before the period are read, because a night may reach into it; others outside are counted
 * in one warning and not used.
 *
 * Units: minutes. Errors: `Refusal` from `readTable` for a file that cannot be read or lacks a column; problems for bad
 * or unknown numbers, dates, times, posts and duty outside any engagement; warnings for what is doubtful but counted.
 * Source: TJ-S-2 (time by post), TJ-2.1-e, TJ-2.1-i.
 */
export function dutyReader(context: DutyContext): DutyReader<DutySheet> {
  const { roster, vocabulary, from, until } = context;
  const found = new Found(context.file);
  const gathering = new Gathering();
  const lines = gathering.lines;
  const holdings = new Holdings(roster, vocabulary);
  const personAt = peopleByNumber(roster, until);
  const dayOf = rememberedCell(readDate);
  const timeOf = rememberedCell(readTime);
  const nextDayTimeOf = rememberedCell(readNextDayTime);
  const findPost = remembered(termFinder(vocabulary.posts));
  const findKind = remembered((written) => holdings.findKind(written));
  const communityOf = remembered((written) => {
    const key = holdings.placeKey(written);
    return key === '' ? NONE : gathering.community(kept(key));
  });
  const isIn = districtMatcher(holdings.placeKey);
  const NO_POST = unknownPostAdvice(vocabulary);
  const NO_KIND = unknownKindAdvice(vocabulary);

  const sheets: string[] = [];
  let at: Readonly<Record<string, number>> = {};
  let headings: readonly Cell[] = [];
  let rows = 0;
  let unused = 0;

  const heading = (column: string): string | null => {
    const place = at[column];
    return place === undefined ? null : said(headings[place]) || null;
  };
  const cell = (cells: readonly Cell[], column: string): Cell => {
    const place = at[column];
    return place === undefined ? null : (cells[place] ?? null);
  };
  const problem = (row: number, column: string, message: Text, suggestion: Text) =>
    found.problem(lines.sheet, row, heading(column), message, suggestion);
  const warning = (row: number, column: string, message: Text, suggestion: Text) =>
    found.warning(lines.sheet, row, heading(column), message, suggestion);

  const reader: TableReader = {
    header(heads) {
      lines.begin(heads.sheet);
      sheets.push(heads.sheet);
      at = heads.at;
      headings = [...heads.headings];
    },

    row(row, cells) {
      rows++;
      const dateCell = cell(cells, 'date');
      const date = dayOf(dateCell);
      if (date !== null && (date < from - 1 || date >= until)) {
        unused++;
        return;
      }
      const startCell = cell(cells, 'start');
      const endCell = cell(cells, 'end');
      const startTime = timeOf(startCell);
      const sameDayEnd = timeOf(endCell);
      const nextDayEnd = sameDayEnd === null ? nextDayTimeOf(endCell) : null;
      const badStart = startTime === null;
      const badEnd = sameDayEnd === null && nextDayEnd === null;
      let start = 0;
      let end = 0;
      if (date !== null && startTime !== null && !badEnd) {
        start = date * DAY_MINUTES + startTime;
        end = date * DAY_MINUTES + (sameDayEnd ?? nextDayEnd! + DAY_MINUTES);
        if (sameDayEnd !== null) while (end <= start) end += DAY_MINUTES;
        if (end <= from * DAY_MINUTES && end > start) {
          unused++;
          return;
        }
      }

      let bad = false;
      const aside = (column: string, message: Text, suggestion: Text) => {
        bad = true;
        problem(row, column, message, suggestion);
      };
      const person = personAt(cell(cells, 'id'));
      if (typeof person !== 'number') aside('id', person.message, person.suggestion);
      if (date === null) aside('date', unreadableDate(kept(said(dateCell))), WRITE_DATE);
      if (badStart) aside('start', unreadableTime(kept(said(startCell))), WRITE_TIME);
      if (badEnd) aside('end', unreadableTime(kept(said(endCell))), WRITE_TIME);
      if (end !== 0 && start === end) aside('end', NO_LENGTH, SAY_WHOLE_DAY);
      if (end - start > DAY_MINUTES) aside('end', TOO_LONG, SPLIT_IT);
      const postText = said(cell(cells, 'post'));
      const post = findPost(postText);
      if (post < 0) aside('post', unknownPost(kept(postText)), NO_POST);
      if (bad || typeof person !== 'number') return;

      const d1 = Math.floor(start / DAY_MINUTES);
      const d2 = Math.floor((end - 1) / DAY_MINUTES);
      const who = roster.persons[person]!;
      const first = holdings.firstOn(person, d1);
      const second = d1 === d2 ? first : holdings.firstOn(person, d2);
      if (first < 0 && second < 0) {
        const days = d1 === d2 ? [d1] : [d1, d2];
        problem(row, 'date', outsideTerm(days, who.name, holdings.engagementsOf(person)), CHECK_TERM);
        return;
      }
      if (startTime === sameDayEnd) warning(row, 'end', WHOLE_DAY, IF_SHORTER);
      const missed = first < 0 ? d1 : second < 0 ? d2 : null;
      if (missed !== null && missed >= from && missed < until) {
        warning(row, 'date', partlyOutside(missed, who.name), CHECK_TERM);
      }
      const nameCell = cell(cells, 'name');
      if (!sameName(nameCell, who.name)) {
        warning(row, 'name', otherName(kept(said(nameCell)), who.name), CHECK_NAME);
      }
      const district = said(cell(cells, 'district'));
      if (district !== '') checkDistrict(row, person, first >= 0 ? d1 : d2, district);
      const kindText = said(cell(cells, 'kind'));
      const kind = kindText === '' ? NONE : reportedKind(row, person, d1, d2, kindText);
      const communityText = said(cell(cells, 'community'));
      const community = communityText === '' ? NONE : communityOf(communityText);
      gathering.add(person, start, end - start, post, kind, community, lines.at(row));
    },
  };

  function checkDistrict(row: number, person: number, day: Day, written: string): void {
    let paying = '';
    for (let k = holdings.first[person]!; k < holdings.first[person + 1]!; k++) {
      const e = holdings.order[k]!;
      if (!holdings.inForce(e, day)) continue;
      const district = roster.engagements[e]!.district;
      if (isIn(written, district)) return;
      if (paying === '') paying = district;
    }
    warning(row, 'district', otherDistrict(kept(written), paying), CHECK_DISTRICT);
  }

  function reportedKind(row: number, person: number, d1: Day, d2: Day, written: string): number {
    const kind = findKind(written);
    if (kind < 0) {
      if (bare(written) !== '') warning(row, 'kind', unknownKind(kept(written)), NO_KIND);
      return NONE;
    }
    if (!holdings.holds(person, kind, d1) && !holdings.holds(person, kind, d2)) {
      const held = first(person, d1) ?? first(person, d2);
      warning(row, 'kind', kindNotHeld(kept(written), held?.kindText ?? ''), CHECK_KIND);
    }
    return kind;
  }

  const first = (person: number, day: Day) => roster.engagements[holdings.firstOn(person, day)];

  return {
    columns: dutyColumns(vocabulary),
    reader,
    finish() {
      if (unused > 0) found.warning(null, null, null, outsidePeriod(unused, from, until), CHECK_PERIOD);
      const entries = gathering.grouped(roster.persons.length);
      warnOfOverlaps(entries, roster.persons.length, found);
      return { kind: 'records', entries, rows, problems: found.inOrder(sheets) };
    },
  };
}

/** Reads a cell once for each way it is written. */
function rememberedCell(read: (cell: Cell) => number | null): (cell: Cell) => number | null {
  const known = new Map<Cell, number | null>();
  return (cell) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const answer = read(cell);
    if (known.size < 100_000) known.set(typeof cell === 'string' ? kept(cell) : cell, answer);
    return answer;
  };
}

/** Whether a district named on a sheet is one of the roster's: its name, with or without its ending and its parents. */
function districtMatcher(
  placeKey: (written: string) => string,
): (written: string, district: string) => boolean {
  const known = new Map<string, string>();
  const key = (text: string): string => {
    let found = known.get(text);
    if (found === undefined) {
      found = placeKey(text);
      if (known.size < 100_000) known.set(kept(text), found);
    }
    return found;
  };
  return (written, district) => {
    if (written === district) return true;
    const a = key(written);
    const b = key(district);
    return a === '' || a === b || a.endsWith(b) || bare(written).endsWith(bare(district));
  };
}

/** Time counts once (the fold sees to it); whoever keeps the records should still know which two rows share it. */
function warnOfOverlaps(e: Entries, people: number, found: Found): void {
  for (let p = 0; p < people; p++) {
    const until = e.first[p + 1]!;
    let reaching = e.first[p]!;
    let reach = 0;
    for (let i = e.first[p]!; i < until; i++) {
      const start = e.at[i]!;
      const end = start + e.amount[i]!;
      if (start < reach) {
        const twin = twinOf(e, e.first[p]!, i);
        const here = e.lines.whereIs(e.line[i]!);
        const there = e.lines.whereIs(e.line[twin ?? reaching]!);
        const elsewhere = there.sheet === here.sheet ? null : there.sheet;
        if (twin !== null)
          found.warning(here.sheet, here.row, null, twice(there.row, elsewhere), DELETE_TWIN);
        else found.warning(here.sheet, here.row, null, overlapping(there.row, elsewhere), CHECK_OVERLAP);
      }
      if (end > reach) {
        reach = end;
        reaching = i;
      }
    }
  }
}

/** How far back an equal is looked for: a person with more records of one start than this is told of an overlap instead. */
const TWINS_WITHIN = 64;

/** An earlier entry that says exactly the same; null when there is none. Equals stand within those of one start. */
function twinOf(e: Entries, from: number, i: number): number | null {
  for (let k = i - 1; k >= Math.max(from, i - TWINS_WITHIN) && e.at[k] === e.at[i]; k--) {
    if (
      e.amount[k] === e.amount[i] &&
      e.post[k] === e.post[i] &&
      e.kind[k] === e.kind[i] &&
      e.community[k] === e.community[i]
    )
      return k;
  }
  return null;
}

const unreadableDate = (written: string): Text =>
  written === ''
    ? { zh: '没有写日期。', en: 'There is no date.' }
    : later(() => ({
        zh: `日期“${written}”看不懂，或日历上没有这一天。`,
        en: `The date "${written}" cannot be read, or there is no such day.`,
      }));

const WRITE_DATE: Text = { zh: '请写成 2020-02-03 或 2020年2月3日。', en: 'Write it as 2020-02-03.' };

const unreadableTime = (written: string): Text =>
  written === ''
    ? { zh: '没有写时间。', en: 'There is no time.' }
    : later(() => ({ zh: `时间“${written}”看不懂。`, en: `The time "${written}" cannot be read.` }));

const WRITE_TIME: Text = {
  zh: '请写成 24 小时制的时和分，例如 08:00、22:30；午夜结束写 24:00。',
  en: 'Write hours and minutes of the 24-hour clock, such as 08:00 or 22:30; midnight as an end is 24:00.',
};

const NO_LENGTH: Text = {
  zh: '开始和结束是同一时刻，没有时长。',
  en: 'It starts and ends at the same time: there is no time between.',
};
const SAY_WHOLE_DAY: Text = {
  zh: '请核对时间；如确是 24 小时，请写“次日”和时间，或分成两条。',
  en: 'Check the times; if it was 24 hours, write 次日 before the end, or make two records of it.',
};
/** 08:00 to 08:00: an end not after the start is the next day's, and that is a long time to be on duty. */
const WHOLE_DAY: Text = {
  zh: '开始和结束写的是同一时刻，按值守到次日同一时刻（24 小时）计。',
  en: 'It starts and ends at the same time: counted as 24 hours, to that time of the next day.',
};
const IF_SHORTER: Text = {
  zh: '如不是 24 小时，请更正结束时间。',
  en: 'Correct the end when it was not 24 hours.',
};
const TOO_LONG: Text = { zh: '一条记录超过了 24 小时。', en: 'One record is longer than 24 hours.' };
const SPLIT_IT: Text = { zh: '请按日分开填写。', en: 'Make one record for each day.' };

const unknownPost = (written: string): Text =>
  written === ''
    ? { zh: '没有写场所。', en: 'There is no place.' }
    : later(() => ({
        zh: `场所“${written}”不是文件规定的值守场所，不能推断它按哪一种计时。`,
        en: `"${written}" is not a kind of post the notice knows, and which one it counts as is not guessed.`,
      }));

function unknownPostAdvice(vocabulary: Vocabulary): Text {
  const posts = vocabulary.posts.map((post) => post.label);
  return { zh: `请填写：${posts.join('、')}。`, en: `Write one of: ${posts.join(', ')}.` };
}

const unknownKind = (written: string): Text =>
  later(() => ({
    zh: `填报类别“${written}”不在文件的人员类别里，未采用；按花名册的类别计。`,
    en: `The kind reported, "${written}", is none the notice knows and was ignored; the roster decides.`,
  }));

function unknownKindAdvice(vocabulary: Vocabulary): Text {
  const kinds = vocabulary.kinds.map((kind) => kind.label);
  return {
    zh: `可以填写：${kinds.join('、')}；也可以不填。`,
    en: `It may be one of: ${kinds.join(', ')}; or be left empty.`,
  };
}

/** A kind that is reported but not held: the roster decides. */
export const kindNotHeld = (written: string, held: string): Text =>
  later(() => ({
    zh: `填报为“${written}”，但花名册上本人当日是“${held}”。时间照计，以“${written}”另行申报的部分不予认可。`,
    en: `Reported as "${written}", but on that day the roster has the person as "${held}". The time counts; what is claimed as "${written}" does not.`,
  }));
export const CHECK_KIND: Text = {
  zh: '如确有这一身份，请补进花名册；否则请更正填报类别。',
  en: 'If the person does hold it, add it to the roster; otherwise correct the kind reported.',
};

const otherDistrict = (written: string, district: string): Text =>
  later(() => ({
    zh: `由“${written}”填报，但本人当日的任职在“${district}”。按任职所在地计发。`,
    en: `Reported by "${written}", but the engagement on that day is in "${district}", which pays.`,
  }));
const CHECK_DISTRICT: Text = {
  zh: '如是跨区支援，不用改，由任职地发放；如是调动，请更正花名册。请防止两地重复填报。',
  en: 'For help across districts nothing is to be done: the home district pays. After a transfer, correct the roster. Both must not report it.',
};

const partlyOutside = (day: Day, name: string): Text =>
  later(() => ({
    zh: `这一班跨零点，${name}在${chineseDay(day)}没有任职，那一天的部分不计。`,
    en: `This shift crosses midnight and ${name} holds no engagement on ${isoDay(day)}: that day's part is not counted.`,
  }));

/** Duty dated outside the period asked for. Nobody need act when that was meant. */
export const outsidePeriod = (count: number, from: Day, until: Day): Text => ({
  zh: `有 ${count} 条记录在本次期间（${isoDay(from)} 至 ${isoDay(until - 1)}）之外，没有使用。`,
  en: `${count} records lie outside the period (${isoDay(from)} to ${isoDay(until - 1)}) and were not used.`,
});
export const CHECK_PERIOD: Text = {
  zh: '如果应当计入，请改起止日期后重新核算。',
  en: 'If they should count, run again with other dates.',
};

const otherRow = (row: number, sheet: string | null): Text =>
  !sheet
    ? { zh: `第 ${row} 行`, en: `row ${row}` }
    : { zh: `工作表“${sheet}”第 ${row} 行`, en: `row ${row} of "${sheet}"` };

const overlapping = (row: number, sheet: string | null): Text =>
  later(() => {
    const other = otherRow(row, sheet);
    return {
      zh: `与${other.zh}是同一人，时间重叠；重叠的时间只计一次。`,
      en: `The same person as ${other.en} at overlapping times; the time counts once.`,
    };
  });
const CHECK_OVERLAP: Text = { zh: '请核对两条记录的起止时间。', en: 'Check the times of both records.' };

const twice = (row: number, sheet: string | null): Text =>
  later(() => {
    const other = otherRow(row, sheet);
    return { zh: `与${other.zh}完全相同，只计一次。`, en: `Exactly the same as ${other.en}; counted once.` };
  });
const DELETE_TWIN: Text = { zh: '如是重复填报，请删去一条。', en: 'Delete one if it was entered twice.' };
