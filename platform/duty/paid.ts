import { Refusal } from '../../values/problem.ts';
import type { Text } from '../../values/text.ts';
import { readDate } from '../../values/written-date.ts';
import type { Cell, Column, TableReader } from '../sheets/contract.ts';
import type { DutyContext, PaidSheet, PaidStretch } from './contract.ts';
import { type DutyReader, ID_COLUMN, NAME_COLUMN } from './duty.ts';
import { Found, later } from './found.ts';
import { CHECK_NAME, otherName, peopleByNumber, sameName } from './people.ts';
import { kept, said } from './wording.ts';

/** A day, or a first and a last day; what paid for them. The day money was handed out is not the day it was for. */
const PAID_COLUMNS: readonly Column[] = [
  ID_COLUMN,
  { id: 'date', label: '日期', aliases: ['补助日期', '享受日期', '已发日期', '计发日期', '值守日期'] },
  {
    id: 'first',
    label: '起',
    aliases: ['起始日期', '开始日期', '起始', '开始', '起日', '自', '起期', '补助起'],
  },
  {
    id: 'last',
    label: '止',
    aliases: ['截止日期', '终止日期', '结束日期', '截止', '结束', '止日', '至', '止期', '补助止'],
  },
  {
    id: 'item',
    label: '项目',
    aliases: ['补助项目', '已享受项目', '发放项目', '资金项目', '待遇项目', '补助名称', '项目名称'],
  },
  NAME_COLUMN,
];

/**
 * Reads the sheet of days already paid elsewhere (--paid): 身份证号 with 日期, or with 起 and 止, both days included.
 * Those days are not paid again.
 *
 * Errors: `Refusal` when there is neither 日期 nor 起 and 止; problems for bad numbers and days and an end before its
 * start; a person not on the roster is a warning, since such a list covers more people than one run.
 * Source: TJ-2.1-i (not drawn twice).
 */
export function paidReader(context: DutyContext): DutyReader<PaidSheet> {
  const { roster } = context;
  const found = new Found(context.file);
  const personAt = peopleByNumber(roster, context.until);
  const stretches: PaidStretch[] = [];
  const sheets: string[] = [];
  let sheet: string | null = null;
  let at: Readonly<Record<string, number>> = {};
  let headings: readonly Cell[] = [];
  let rows = 0;

  const cell = (cells: readonly Cell[], column: string): Cell => {
    const place = at[column];
    return place === undefined ? null : (cells[place] ?? null);
  };
  const heading = (column: string): string | null => {
    const place = at[column];
    return place === undefined ? null : said(headings[place]) || null;
  };

  const reader: TableReader = {
    header(heads) {
      sheet = heads.sheet || null;
      sheets.push(heads.sheet);
      at = heads.at;
      headings = [...heads.headings];
      if (at.date === undefined && (at.first === undefined || at.last === undefined))
        throw new Refusal(NO_DAYS);
    },
    row(row, cells) {
      rows++;
      let bad = false;
      const aside = (column: string, message: Text, suggestion: Text) => {
        bad = true;
        found.problem(sheet, row, heading(column), message, suggestion);
      };
      const day = (column: string): number | null => {
        const written = cell(cells, column);
        const d = readDate(written);
        if (d === null) aside(column, unreadable(kept(said(written))), WRITE_DAY);
        return d;
      };
      const single = said(cell(cells, 'date')) !== '' || at.first === undefined || at.last === undefined;
      const first = day(single ? 'date' : 'first');
      const last = single ? first : day('last');
      if (first !== null && last !== null && last < first) aside('last', BACKWARDS, SWAP);
      const person = personAt(cell(cells, 'id'));
      if (typeof person !== 'number') {
        // Only a number that is good and unknown is somebody else's; a bad number may be anybody's.
        if (person.stranger) found.warning(sheet, row, heading('id'), person.message, NOT_OURS);
        else aside('id', person.message, person.suggestion);
        return;
      }
      if (bad || first === null || last === null) return;
      const name = roster.persons[person]!.name;
      const nameCell = cell(cells, 'name');
      if (!sameName(nameCell, name))
        found.warning(sheet, row, heading('name'), otherName(kept(said(nameCell)), name), CHECK_NAME);
      const item = kept(said(cell(cells, 'item')).trim());
      stretches.push({
        person,
        period: { from: first, until: last + 1 },
        item: item === '' ? null : item,
        sheet,
        row,
      });
    },
  };

  return {
    columns: PAID_COLUMNS,
    reader,
    finish: () => ({ stretches, rows, problems: found.inOrder(sheets) }),
  };
}

const NO_DAYS: Text = {
  zh: '已享受天数表里没有“日期”列，也没有“起”和“止”两列。',
  en: 'The sheet of days already paid has neither a column 日期 nor the columns 起 and 止.',
};
const unreadable = (written: string): Text =>
  written === ''
    ? { zh: '没有写日期。', en: 'There is no date.' }
    : later(() => ({
        zh: `日期“${written}”看不懂，或日历上没有这一天。`,
        en: `The date "${written}" cannot be read, or there is no such day.`,
      }));
const WRITE_DAY: Text = {
  zh: '请写成 2020-02-03；起和止都要写，止当日也算在内。',
  en: 'Write it as 2020-02-03; both 起 and 止, the last day included.',
};
const BACKWARDS: Text = { zh: '止早于起。', en: 'It ends before it starts.' };
const SWAP: Text = { zh: '请核对起止日期。', en: 'Check both days.' };
const NOT_OURS: Text = {
  zh: '如不是本次发放对象，不用处理；如是，请更正身份证号或花名册。',
  en: 'Nothing to do when the person is not paid here; otherwise correct the number or the roster.',
};
