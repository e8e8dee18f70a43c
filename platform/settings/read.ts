import { readSetting } from '../../policy/settings.ts';
import type { Setting, Terms } from '../../policy/terms.ts';
import type { Problem } from '../../values/problem.ts';
import type { Text } from '../../values/text.ts';
import { readDate } from '../../values/written-date.ts';
import type { PlaceMatcher } from '../places/matcher.ts';
import type { Cell, Column, TableReader } from '../sheets/contract.ts';

/** The columns of a sheet of local settings (本级规定): whose, which parameter, what, over which days, by which document. */
export const SETTINGS_COLUMNS: readonly Column[] = [
  {
    id: 'division',
    label: '区划',
    aliases: ['行政区划', '区划代码', '地区', '所属区划', '制定地区'],
    required: true,
  },
  { id: 'name', label: '参数', aliases: ['参数名称', '项目', '事项'], required: true },
  { id: 'value', label: '值', aliases: ['取值', '数值', '标准', '参数值'], required: true },
  { id: 'from', label: '起', aliases: ['起日', '起始日期', '开始日期', '开始', '自'] },
  { id: 'to', label: '止', aliases: ['止日', '截止日期', '结束日期', '结束', '至'] },
  { id: 'document', label: '文号', aliases: ['依据文号', '发文字号', '文件号', '依据'] },
];

/**
 * Reads a sheet of local settings row by row. Both days are included; an empty end is open. A row that may not stand (no
 * such division, a body without the right, below a floor, no document number where one is needed) is set aside with its
 * sentence, and the others hold.
 */
export class SettingsReader implements TableReader {
  private readonly terms: Terms;
  private readonly places: PlaceMatcher;
  private readonly file: string;
  private readonly kept: Setting[] = [];
  private readonly found: Problem[] = [];
  private at: Readonly<Record<string, number>> = {};

  constructor(terms: Terms, places: PlaceMatcher, file: string) {
    this.terms = terms;
    this.places = places;
    this.file = file;
  }

  header(found: { at: Readonly<Record<string, number>> }): void {
    this.at = found.at;
  }

  row(row: number, cells: readonly Cell[]): void {
    const cell = (id: string): Cell => (this.at[id] === undefined ? null : (cells[this.at[id]] ?? null));
    const set = (
      column: string | null,
      message: Text,
      suggestion: Text,
      severity: Problem['severity'] = 'problem',
    ): void => {
      this.found.push({ severity, file: this.file, row, column, message, suggestion });
    };
    const division = this.places.matchFromTop(cell('division'));
    if (!division.ok) {
      set('区划', division.reason, division.suggestion);
      return;
    }
    const days = { from: null as number | null, to: null as number | null };
    for (const end of ['from', 'to'] as const) {
      const written = cell(end);
      if (written === null || String(written).trim() === '') continue;
      days[end] = readDate(written);
      if (days[end] === null) {
        set(
          end === 'from' ? '起' : '止',
          { zh: `日期“${written}”读不懂`, en: `cannot read the date "${written}"` },
          { zh: '写成 2020-01-27', en: 'write it as 2020-01-27' },
        );
        return;
      }
    }
    const name = String(cell('name') ?? '');
    const document = cell('document') === null ? null : String(cell('document')).trim() || null;
    const read = readSetting(
      { division: division.ok.code, name, value: cell('value'), ...days, document },
      this.terms.pack,
      this.terms,
      this.kept,
    );
    if ('message' in read) {
      set('参数', read.message, read.suggestion);
      return;
    }
    if (document === null) {
      const label = this.terms.pack.parameters.get(read.name)?.label ?? { zh: read.name, en: read.name };
      set(
        '文号',
        {
          zh: `“${label.zh}”没有文号，按此计算，发放前补上`,
          en: `"${label.en}" has no document number; it is used, and needs one before payment`,
        },
        { zh: '填写本级文件的文号', en: 'give the number of the document' },
        'warning',
      );
    }
    // Rows of a list of periods are joined by the reading: the later holds the earlier.
    const earlier = this.kept.findIndex(
      (s) => s.name === read.name && s.division === read.division && s.period.from === read.period.from,
    );
    if (earlier >= 0) this.kept[earlier] = read;
    else this.kept.push(read);
  }

  /** What may stand, and what was wrong. */
  finish(): { settings: readonly Setting[]; problems: readonly Problem[] } {
    return { settings: this.kept, problems: this.found };
  }
}
