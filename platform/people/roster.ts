import { type Day, daysInMonth, EVER, firstDay, isoDay, NEVER } from '../../values/date.ts';
import {
  type ContactIssue,
  checkBankCard,
  checkPhone,
  maskIdentity,
  readIdentity,
} from '../../values/identity.ts';
import { common, overlaps, type Period } from '../../values/period.ts';
import type { Problem, Severity } from '../../values/problem.ts';
import { plain, type Text } from '../../values/text.ts';
import type { Level, Vocabulary } from '../../values/vocabulary.ts';
import { readDate, readMonth } from '../../values/written-date.ts';
import type { DivisionTree } from '../places/divisions.ts';
import { type PlaceMatch, PlaceMatcher } from '../places/matcher.ts';
import { nearestNames } from '../places/nearest-names.ts';
import type { Cell, Column, TableReader } from '../sheets/contract.ts';

/** Someone on the roster, once however many rows they stand on. */
export type Person = {
  /** The place in `Roster.persons`. */
  readonly index: number;
  /** The eighteen-character identity number. */
  readonly id: string;
  /** As the first row writes it, blanks between ideographs taken out. */
  readonly name: string;
  readonly bankCard: string | null;
  readonly bank: string | null;
  readonly phone: string | null;
  /** What stands in the way of paying: card missing, unlike a card, or different on two rows. For the check before paying. */
  readonly cardIssue: ContactIssue | null;
  readonly phoneIssue: ContactIssue | null;
  /** The rows of the sheet, in order. */
  readonly rows: readonly number[];
};

/** One person in one kind of work at one place for a time. */
export type Engagement = {
  /** The place in `Roster.engagements`. */
  readonly index: number;
  /** The place of the person in `Roster.persons`. */
  readonly person: number;
  /** The pack's id of the kind; where the pack's list is open, `?` and the text for a kind it does not name. */
  readonly kind: string;
  /** As the row writes it. */
  readonly kindText: string;
  /** The code of the deepest division found. */
  readonly place: string;
  /** The code of the division of the paying level. */
  readonly paying: string;
  /** The division's name, or as typed where it was not found; the unit above where the cell was empty. */
  readonly community: string;
  readonly street: string | null;
  /** The paying division's name without its parents. */
  readonly district: string;
  /** Half-open; the sheet's inclusive last day is the day before `until`. An empty end is open. */
  readonly period: Period;
  readonly area: 'urban' | 'rural' | null;
  /** The first row it stands on, and all of them. */
  readonly row: number;
  readonly rows: readonly number[];
};

/** A problem that also says by its id which column it is about, whatever the sheet calls that column. */
export type RosterProblem = Problem & { readonly about: string | null };

/** A roster as read: what can be worked with, and everything that was wrong, in the order of the rows. */
export type Roster = {
  readonly persons: readonly Person[];
  readonly engagements: readonly Engagement[];
  readonly problems: readonly RosterProblem[];
  /** The name of the file, and the heading each column goes by there, by the id of the column. */
  readonly file: string;
  readonly headings: Readonly<Record<string, string>>;
  /** How many rows were read and how many of them set aside. */
  readonly rows: number;
  readonly setAside: number;
};

/** The id of the roster's column of a level of places. */
const placeColumn = (level: Level): string => `place.${level.id}`;

/**
 * The columns a roster (花名册) may have for one jurisdiction, with the other headings people give them. Required: name,
 * identity number, the paying level, the lowest level, kind. The columns of places are the vocabulary's own.
 */
export function rosterColumns(vocabulary: Vocabulary): readonly Column[] {
  const lowest = vocabulary.levels.at(-1);
  return [
    {
      id: 'name',
      label: '姓名',
      aliases: ['名字', '人员姓名', '工作人员姓名', '本人姓名'],
      required: true,
    },
    {
      id: 'id',
      label: '身份证号',
      aliases: [
        '身份证',
        '身份证号码',
        '居民身份证号',
        '居民身份证号码',
        '公民身份号码',
        '公民身份证号',
        '公民身份证号码',
        '证件号',
        '证件号码',
        '身份证件号',
        '身份证件号码',
        '身份号码',
      ],
      required: true,
    },
    ...vocabulary.levels.map((level) => ({
      id: placeColumn(level),
      label: level.headers[0] ?? level.label,
      aliases: [...new Set([...level.headers.slice(1), level.label, ...level.aliases, `所在${level.label}`])],
      required: level.id === vocabulary.payingLevel || level === lowest,
    })),
    {
      id: 'kind',
      label: '人员类别',
      aliases: ['类别', '人员类型', '人员分类', '身份类别', '岗位类别', '工作人员类别', '人员身份'],
      required: true,
    },
    {
      id: 'from',
      label: '任职起',
      aliases: [
        '任职时间',
        '任职日期',
        '任职开始',
        '任职开始时间',
        '任职开始日期',
        '任职起始',
        '任职起始时间',
        '任职起始日期',
        '任职起止时间',
        '任职起止',
        '到岗',
        '到岗日期',
        '到岗时间',
        '上岗日期',
        '上岗时间',
        '入职日期',
        '入职时间',
        '开始日期',
        '起始日期',
      ],
    },
    {
      id: 'to',
      label: '任职止',
      aliases: [
        '任职结束',
        '任职结束时间',
        '任职结束日期',
        '任职终止',
        '任职终止时间',
        '任职终止日期',
        '任职截止',
        '任职截止时间',
        '任职截止日期',
        '离任',
        '离任日期',
        '离任时间',
        '离岗',
        '离岗日期',
        '离岗时间',
        '离职日期',
        '离职时间',
        '结束日期',
        '终止日期',
        '截止日期',
      ],
    },
    { id: 'area', label: '城乡', aliases: ['城乡属性', '城乡类别', '城乡分类', '城镇或农村', '城市农村'] },
    {
      id: 'card',
      label: '银行卡号',
      aliases: [
        '银行卡',
        '银行账号',
        '银行帐号',
        '银行账户',
        '卡号',
        '账号',
        '帐号',
        '收款账号',
        '收款帐号',
        '社保卡号',
        '社保卡/银行卡号',
        '社保卡（银行卡）号',
        '社会保障卡号',
        '工资卡号',
      ],
    },
    {
      id: 'bank',
      label: '开户行',
      aliases: ['开户银行', '开户行名称', '开户银行名称', '收款行', '收款行名', '收款行名称', '银行名称'],
    },
    {
      id: 'phone',
      label: '联系电话',
      aliases: ['电话', '电话号码', '手机', '手机号', '手机号码', '联系方式', '联系手机'],
    },
    { id: 'note', label: '备注', aliases: ['说明', '备考'] },
  ];
}

/** What people write in an end that has not come, or a cell they leave empty on purpose. */
const OPEN_END = /^(至今|今|现在|目前|长期|在任|在职|在岗|无|空|[-—–/\\]+)$/;

const IDEOGRAPH_GAP =
  /(?<=[\u2e80-\u9fff\uf900-\ufaff\u{20000}-\u{323af}·])\s+(?=[\u2e80-\u9fff\uf900-\ufaff\u{20000}-\u{323af}·])/gu;
const CLEAN_NAME = /^[\u4e00-\u9fff]+$/;
const NAME_DOT = /\s*[·.。•・‧･∙⋅●﹒]\s*(?=[^\d\s])/gu;

/**
 * A name as it is kept and compared: ordinary width, no blanks between ideographs (names of two are often spread to the
 * width of three), every dot of a transcribed name the middle dot U+00B7 of the identity card.
 */
export function personName(written: Cell): string {
  // Most are already as they should be, and the rules below look at each place of a name twice.
  if (typeof written === 'string' && CLEAN_NAME.test(written)) return written;
  return plain(String(written ?? ''))
    .replace(NAME_DOT, '·')
    .replace(IDEOGRAPH_GAP, '');
}

const QUOTES_AND_BLANKS = /[\s"'`´“”‘’„‟〝〞〟「」『』《》〈〉〔〕【】﹁﹂﹃﹄]+/g;

/** A kind as it is compared: no quotation marks of any shape, no blanks, ordinary width. */
const kindKey = (written: string): string => plain(written).replace(QUOTES_AND_BLANKS, '').toLowerCase();

const AREAS: Readonly<Record<string, 'urban' | 'rural'>> = {
  城: 'urban',
  城市: 'urban',
  城镇: 'urban',
  城区: 'urban',
  社区: 'urban',
  城市社区: 'urban',
  乡: 'rural',
  村: 'rural',
  农村: 'rural',
  乡村: 'rural',
  农村社区: 'rural',
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Draft = Mutable<Omit<Engagement, 'index'>>;

/**
 * Reads a roster row by row: feed it to `readTable` with `rosterColumns`, then take `roster()`.
 *
 * A row with a problem is set aside and the others go on: no name, an identity number that is none, a district not found
 * (see PlaceMatcher), a kind the closed list does not have, a date that cannot be read, an end before its start.
 * Warnings leave the row in: a community not found, a date that names only its month, one person under two names, two
 * rows of one engagement whose periods overlap (made one), engagements in two districts on the same days (the policy
 * decides who pays). Cards and telephones never set a row aside; they wait in the person for the check before paying.
 */
export class RosterReader implements TableReader {
  readonly #vocabulary: Vocabulary;
  readonly #places: PlaceMatcher;
  readonly #asOf: Day;
  readonly #file: string;
  readonly #columns: readonly Column[];
  readonly #kinds = new Map<string, string>();
  readonly #persons: (Mutable<Person> & { rows: number[] })[] = [];
  readonly #byId = new Map<string, number>();
  readonly #read: Omit<Engagement, 'index' | 'rows'>[] = [];
  readonly #problems: RosterProblem[] = [];
  #at: Readonly<Record<string, number>> = {};
  #headings: readonly Cell[] = [];
  #hasStreets = true;
  #rows = 0;
  #setAside = 0;

  /**
   * `top` is the code of the division the notice is of; `asOf` the last day anyone can have been born on, as a rule the
   * last day settled, because this code reads no clock.
   */
  constructor(given: {
    readonly vocabulary: Vocabulary;
    readonly divisions: DivisionTree;
    readonly top: string;
    readonly asOf: Day;
    readonly file: string;
    /** Where one is at work already, so that names are matched once for all sheets. */
    readonly places?: PlaceMatcher;
  }) {
    this.#vocabulary = given.vocabulary;
    this.#places = given.places ?? new PlaceMatcher(given.divisions, given.vocabulary, given.top);
    this.#asOf = given.asOf;
    this.#file = given.file;
    this.#columns = rosterColumns(given.vocabulary);
    for (const kind of given.vocabulary.kinds)
      for (const written of [kind.label, ...kind.aliases, kind.id]) {
        const key = kindKey(written);
        if (!this.#kinds.has(key)) this.#kinds.set(key, kind.id);
      }
  }

  header(found: Parameters<TableReader['header']>[0]): void {
    this.#at = found.at;
    this.#headings = [...found.headings];
    const street = this.#vocabulary.levels.find((level) => level.digits === 9);
    this.#hasStreets = street === undefined || found.at[placeColumn(street)] !== undefined;
    if (street && !this.#hasStreets)
      this.#problems.push({
        severity: 'warning',
        file: this.#file,
        row: found.row,
        column: null,
        about: null,
        message: {
          zh: `表里没有“${street.label}”一列，社区（村）按区内唯一的名称认定。`,
          en: `The sheet has no column ${street.label}; a community was placed where its name is the only one in its district.`,
        },
        suggestion: { zh: `请加上“${street.label}”一列。`, en: `Add the column ${street.label}.` },
      });
  }

  row(row: number, cells: readonly Cell[]): void {
    this.#rows++;
    const cell = (column: string): Cell => {
      const at = this.#at[column];
      return at === undefined || at < 0 ? null : (cells[at] ?? null);
    };
    const before = this.#problems.length;
    const name = personName(cell('name'));
    if (name === '')
      this.#say(
        'problem',
        row,
        'name',
        { zh: '姓名是空的。', en: 'The name is empty.' },
        {
          zh: '请填写姓名。',
          en: 'Enter the name.',
        },
      );
    const identity = readIdentity(cell('id'), this.#asOf);
    if (identity.ok === null) this.#say('problem', row, 'id', identity.reason, identity.suggestion);
    const match = this.#place(row, cell);
    const kind = this.#kind(row, cell('kind'));
    const period = this.#period(row, cell('from'), cell('to'));
    const area = this.#area(row, cell('area'));
    const bad = this.#problems.slice(before).some((p) => p.severity === 'problem');
    if (bad || identity.ok === null || !match.place || !match.paying || !kind || !period) {
      this.#setAside++;
      return;
    }
    const person = this.#person(row, identity.ok, name, cell('card'), cell('bank'), cell('phone'));
    this.#read.push({
      person,
      kind,
      kindText: plain(String(cell('kind') ?? '')),
      place: match.place,
      paying: match.paying,
      community: match.community ?? match.district ?? '',
      street: match.street,
      district: match.district ?? '',
      period,
      area,
      row,
    });
  }

  /** Everything read so far. What takes several rows to see is found here: repeated rows, two districts on the same days. */
  roster(): Roster {
    const { engagements, problems } = this.#merged();
    return {
      persons: this.#persons,
      engagements,
      // Stable: several findings of one row keep the order they were made in.
      problems: [...this.#problems, ...problems, ...this.#inTwoDistricts(engagements)].sort(
        (a, b) => (a.row ?? 0) - (b.row ?? 0),
      ),
      file: this.#file,
      headings: Object.fromEntries(Object.keys(this.#at).map((column) => [column, this.#heading(column)])),
      rows: this.#rows,
      setAside: this.#setAside,
    };
  }

  #place(row: number, cell: (column: string) => Cell): PlaceMatch {
    const { levels } = this.#vocabulary;
    const match = this.#places.match(levels.map((level) => cell(placeColumn(level))));
    for (const finding of match.findings) {
      // Said once for the sheet.
      if (finding.kind === 'streetMissing' && !this.#hasStreets) continue;
      const level = levels.find((l) => l.id === finding.level)!;
      this.#say(finding.severity, row, placeColumn(level), finding.message, finding.suggestion);
    }
    return match;
  }

  #kind(row: number, written: Cell): string | null {
    const clean = typeof written === 'string' ? this.#kinds.get(written) : undefined;
    if (clean !== undefined) return clean;
    const text = plain(String(written ?? ''));
    const key = kindKey(text);
    const labels = this.#vocabulary.kinds.map((kind) => kind.label);
    const problem = (message: Text, suggestion: Text): null => {
      this.#say('problem', row, 'kind', message, suggestion);
      return null;
    };
    if (key === '')
      return problem(
        { zh: '人员类别是空的。', en: 'The kind of worker is empty.' },
        {
          zh: `请填写：${labels.join('、')}。`,
          en: `Enter one of: ${labels.join(', ')}.`,
        },
      );
    const known = this.#kinds.get(key);
    if (known !== undefined) return known;
    const several = key.split(/[、,;/+和及]/).filter((part) => part !== '');
    if (several.length > 1 && several.every((part) => this.#kinds.has(part)))
      return problem(
        {
          zh: `一格里写了 ${several.length} 个人员类别：${text}。`,
          en: `One cell names ${several.length} kinds of worker: ${text}.`,
        },
        {
          zh: '一人有几个类别就写几行，每行一个类别和它的任职起止。',
          en: 'Use one row for each kind, with the dates of each.',
        },
      );
    if (this.#vocabulary.kindsAreOpen) return `?${text.replace(IDEOGRAPH_GAP, '')}`;
    const nearest = nearestNames(text, labels, kindKey);
    return problem(
      { zh: `没有“${text}”这个人员类别。`, en: `There is no kind of worker called "${text}".` },
      nearest.length > 0
        ? { zh: `是不是：${nearest.join('、')}？`, en: `Did you mean: ${nearest.join(', ')}?` }
        : { zh: `可填：${labels.join('、')}。`, en: `It may be: ${labels.join(', ')}.` },
    );
  }

  #period(row: number, fromCell: Cell, toCell: Cell): Period | null {
    let [fromText, toText] = [fromCell, toCell];
    // One column 任职起止时间 holds both ends; a plain dash is not taken for "to", because dates are written with it.
    const both =
      typeof fromText === 'string' && blank(toText)
        ? /^(.+?) ?(?:至|到|~|—+|–) ?(.+)$/.exec(plain(fromText))
        : null;
    if (both) [fromText, toText] = [both[1]!, both[2]!];
    const from = this.#end(
      row,
      'from',
      fromText,
      (d) => d,
      (m) => firstDay(m),
    );
    const until = this.#end(
      row,
      'to',
      toText,
      (d) => d + 1,
      (m) => firstDay(m) + daysInMonth(m),
    );
    if (from === null || until === null) return null;
    if (from === undefined || until === undefined || from < until)
      return { from: from ?? EVER, until: until ?? NEVER };
    this.#say(
      'problem',
      row,
      'to',
      {
        zh: `任职止（${isoDay(until - 1)}）早于任职起（${isoDay(from)}）。`,
        en: `The engagement ends (${isoDay(until - 1)}) before it starts (${isoDay(from)}).`,
      },
      { zh: '请核对这两个日期。', en: 'Check the two dates.' },
    );
    return null;
  }

  /** One end of an engagement: undefined when open, null (and a problem) when it cannot be read. */
  #end(
    row: number,
    column: 'from' | 'to',
    cell: Cell,
    ofDay: (d: Day) => Day,
    ofMonth: (m: number) => Day,
  ): Day | null | undefined {
    if (blank(cell) || OPEN_END.test(plain(String(cell)))) return undefined;
    const d = readDate(cell);
    if (d !== null) return ofDay(d);
    const month = readMonth(cell);
    const text = plain(String(cell));
    if (month !== null) {
      const taken = ofMonth(month);
      const shown = isoDay(column === 'from' ? taken : taken - 1);
      this.#say(
        'warning',
        row,
        column,
        {
          zh: `“${text}”只写到月，已按 ${shown} 计。`,
          en: `"${text}" names only a month; ${shown} was taken.`,
        },
        { zh: '请写明是哪一天，如 2020-02-03。', en: 'Write the day too, such as 2020-02-03.' },
      );
      return taken;
    }
    this.#say(
      'problem',
      row,
      column,
      { zh: `看不懂日期“${text}”。`, en: `The date "${text}" cannot be read.` },
      {
        zh: '请写成 2020-02-03 或 2020年2月3日；没有就空着。',
        en: 'Write it as 2020-02-03 or 2020年2月3日, or leave it empty.',
      },
    );
    return null;
  }

  #area(row: number, written: Cell): 'urban' | 'rural' | null {
    const text = plain(String(written ?? '')).replaceAll(' ', '');
    if (text === '' || OPEN_END.test(text)) return null;
    const area = AREAS[text];
    if (area) return area;
    this.#say(
      'warning',
      row,
      'area',
      {
        zh: `看不懂城乡“${text}”，按没有填写处理。`,
        en: `"${text}" is neither urban nor rural; it was taken as empty.`,
      },
      { zh: '请填“城市”或“农村”，或空着。', en: 'Enter 城市 (urban) or 农村 (rural), or leave it empty.' },
    );
    return null;
  }

  #person(row: number, id: string, name: string, card: Cell, bank: Cell, phone: Cell): number {
    const reading = checkBankCard(card);
    const call = checkPhone(phone);
    const bankName = plain(String(bank ?? '')) || null;
    const index = this.#byId.get(id);
    if (index === undefined) {
      this.#byId.set(id, this.#persons.length);
      this.#persons.push({
        index: this.#persons.length,
        id,
        name,
        bankCard: reading.value,
        bank: bankName,
        phone: call.value,
        cardIssue: reading.issue,
        phoneIssue: call.issue,
        rows: [row],
      });
      return this.#persons.length - 1;
    }
    const person = this.#persons[index]!;
    if (person.name !== name)
      this.#say(
        'warning',
        row,
        'name',
        {
          zh: `身份证号 ${maskIdentity(id)} 在第 ${person.rows[0]} 行姓名是“${person.name}”，这一行是“${name}”；已按第 ${person.rows[0]} 行。`,
          en: `The identity number ${maskIdentity(id)} is ${person.name} on row ${person.rows[0]} and ${name} here; row ${person.rows[0]} was followed.`,
        },
        {
          zh: '请对照身份证，改正写错的姓名或身份证号。',
          en: 'Compare with the identity card and correct the name or the number that is wrong.',
        },
      );
    if (person.bankCard === null) {
      person.bankCard = reading.value;
      // Missing here as well says nothing new; a card that lost its digits does.
      if (reading.value !== null || person.cardIssue?.kind === 'missing') person.cardIssue = reading.issue;
    } else if (reading.value !== null && reading.value !== person.bankCard) {
      person.cardIssue = {
        kind: 'different',
        reason: {
          zh: `第 ${person.rows[0]} 行和第 ${row} 行的银行卡号不一样，暂用第 ${person.rows[0]} 行的。`,
          en: `Rows ${person.rows[0]} and ${row} give different bank cards; that of row ${person.rows[0]} is used.`,
        },
        suggestion: { zh: '发放前请确定用哪一张。', en: 'Decide before paying which one holds.' },
      };
    }
    person.bank ??= bankName;
    if (person.phone === null) {
      person.phone = call.value;
      person.phoneIssue = call.issue;
    }
    person.rows.push(row);
    return index;
  }

  /** Rows of one person, kind and place whose days overlap are one engagement, however many there are. */
  #merged(): { engagements: Engagement[]; problems: RosterProblem[] } {
    const byWork = new Map<string, Draft[]>();
    const problems: RosterProblem[] = [];
    for (const read of this.#read) {
      const key = `${read.person}|${read.kind}|${read.place}|${read.community}`;
      const drafts = byWork.get(key) ?? [];
      const meeting = drafts.filter((d) => overlaps(d.period, read.period));
      const draft = meeting[0];
      if (!draft) {
        byWork.set(key, [...drafts, { ...read, rows: [read.row] }]);
        continue;
      }
      problems.push(this.#repeated(draft, read));
      // One row may bridge two that did not meet before.
      for (const other of [...meeting.slice(1), { ...read, rows: [read.row] }]) {
        draft.period = {
          from: Math.min(draft.period.from, other.period.from),
          until: Math.max(draft.period.until, other.period.until),
        };
        draft.area ??= other.area;
        draft.rows = [...draft.rows, ...other.rows].sort((x, y) => x - y);
      }
      if (meeting.length > 1)
        byWork.set(
          key,
          drafts.filter((d) => !meeting.slice(1).includes(d)),
        );
    }
    const engagements = [...byWork.values()].flat().sort((x, y) => x.row - y.row);
    return { engagements: engagements.map((draft, index) => ({ ...draft, index })), problems };
  }

  #repeated(earlier: Draft, read: Omit<Engagement, 'index' | 'rows'>): RosterProblem {
    const { name } = this.#persons[read.person]!;
    return this.#problem(
      'warning',
      read.row,
      'id',
      {
        zh: `${name}在${read.community}的同一类别，第 ${earlier.row} 行和第 ${read.row} 行任职日期重叠，已合并为一条。`,
        en: `Rows ${earlier.row} and ${read.row} give ${name} the same kind in ${read.community} on overlapping days; they were made one.`,
      },
      { zh: '请删去重复的一行，或改正起止日期。', en: 'Delete the row too many, or correct the dates.' },
    );
  }

  /** Once for each person and pair of districts. By start day, so that a person on thousands of rows costs no more than sorting them. */
  #inTwoDistricts(engagements: readonly Engagement[]): RosterProblem[] {
    const found: RosterProblem[] = [];
    for (const theirs of Map.groupBy(engagements, (e) => e.person).values()) {
      if (theirs.every((e) => e.paying === theirs[0]!.paying)) continue;
      const lasting = new Map<string, Engagement>();
      const told = new Set<string>();
      for (const engagement of theirs.toSorted((x, y) => x.period.from - y.period.from || x.row - y.row)) {
        for (const other of lasting.values()) {
          const both = common(other.period, engagement.period);
          const pair = [other.paying, engagement.paying].sort().join();
          if (other.paying === engagement.paying || !both || told.has(pair)) continue;
          told.add(pair);
          found.push(
            this.#atOnce(
              [other, engagement].sort((x, y) => x.row - y.row),
              both,
            ),
          );
        }
        const longest = lasting.get(engagement.paying);
        if (!longest || longest.period.until < engagement.period.until)
          lasting.set(engagement.paying, engagement);
      }
    }
    return found;
  }

  #atOnce(pair: readonly Engagement[], days: Period): RosterProblem {
    const [first, second] = [pair[0]!, pair[1]!];
    const { name } = this.#persons[second.person]!;
    const paying = this.#vocabulary.levels.find((level) => level.id === this.#vocabulary.payingLevel)!;
    return this.#problem(
      'warning',
      second.row,
      placeColumn(paying),
      {
        zh: `${name}同时在${first.district}（第 ${first.row} 行）和${second.district}（第 ${second.row} 行）任职${spoken(days).zh}。`,
        en: `${name} is engaged in ${first.district} (row ${first.row}) and ${second.district} (row ${second.row}) at once${spoken(days).en}.`,
      },
      {
        zh: '同一天只能由一处发放：请两处核对，改正任职起止。',
        en: 'Only one of them can pay for a day: let both check, and correct the dates.',
      },
    );
  }

  #say(severity: Severity, row: number, column: string, message: Text, suggestion: Text): void {
    this.#problems.push(this.#problem(severity, row, column, message, suggestion));
  }

  #problem(severity: Severity, row: number, column: string, message: Text, suggestion: Text): RosterProblem {
    return {
      severity,
      file: this.#file,
      row,
      column: this.#heading(column),
      about: column,
      message,
      suggestion,
    };
  }

  /** A column as the sheet itself calls it. */
  #heading(column: string): string {
    const at = this.#at[column];
    const heading = at === undefined ? null : this.#headings[at];
    const written = heading === null || heading === undefined ? '' : String(heading).trim();
    return written || (this.#columns.find((c) => c.id === column)?.label ?? column);
  }
}

const blank = (cell: Cell): boolean => cell === null || (typeof cell === 'string' && plain(cell) === '');

/** The days two engagements share, where they have ends. */
function spoken(period: Period): Text {
  if (period.from <= EVER && period.until >= NEVER) return { zh: '', en: '' };
  const from = period.from <= EVER ? null : isoDay(period.from);
  const to = period.until >= NEVER ? null : isoDay(period.until - 1);
  if (from === null) return { zh: `（至 ${to}）`, en: ` (until ${to})` };
  if (to === null) return { zh: `（自 ${from} 起）`, en: ` (from ${from})` };
  return { zh: `（${from} 至 ${to}）`, en: ` (${from} to ${to})` };
}
