import { type Day, EVER, isoDay, NEVER } from '../values/date.ts';
import { parseYuan } from '../values/fen.ts';
import { compare, type Fraction, fraction } from '../values/fraction.ts';
import { ALWAYS, joined, overlaps, type Period } from '../values/period.ts';
import type { Text } from '../values/text.ts';
import { plain } from '../values/text.ts';
import { breaks } from './examine.ts';
import { namesIn, parseLiteral, type Type, typeName, type Value } from './formula.ts';
import { formulasOf, type Pack, type Parameter, type Reading } from './pack.ts';
import { digitsOf, type Setting, type Terms } from './terms.ts';

/** A row of a settings sheet as read: the division already matched, days as civil days, both ends included. */
export type WrittenSetting = {
  readonly division: string;
  readonly name: string;
  readonly value: string | number | null;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly document: string | null;
};

type SettingRefused = { readonly message: Text; readonly suggestion: Text };

/**
 * Takes one row of local settings into force, or says why not: no such parameter, a body without the right, a value of
 * the wrong sort, below a floor or above a ceiling, no document number where one is required, a second value for days
 * that have one. Rows of a parameter that is itself a list of periods are joined.
 *
 * Money is in yuan, percent in the hundred (30, 30%, or a cell that shows 30% and holds 0.3), yes and no as 是 and 否.
 */
export function readSetting(
  written: WrittenSetting,
  pack: Pack,
  terms: Terms,
  before: readonly Setting[],
): Setting | SettingRefused {
  const named = findNamed(pack, written.name);
  if (!named) {
    return refused(
      `没有叫“${written.name}”的参数`,
      `there is no parameter called "${written.name}"`,
      `可用的参数：${settableNames(pack).zh}`,
      `the parameters are: ${settableNames(pack).en}`,
    );
  }
  const { id, label } = named;
  const bodies = named.setBy.flatMap((b) => pack.bodies.get(b) ?? []);
  const digits = digitsOf(written.division);
  const lawful = bodies.find((b) => pack.levels.find((l) => l.id === b.level)?.digits === digits);
  if (
    named.parameter?.force === 'fixed' ||
    !lawful ||
    !terms.pathOf(written.division).some((d) => d.code === pack.division)
  ) {
    const who = bodies.map((b) => b.name);
    return refused(
      `“${label.zh}”不能由这一级来定`,
      `"${label.en}" may not be set at this level`,
      who.length > 0 ? `应由${who.map((w) => w.zh).join('、')}来定` : '文件规定为固定值',
      who.length > 0 ? `it is for the ${who.map((w) => w.en).join(' or ')} to set` : 'the notice fixes it',
    );
  }
  if (isUnread(pack, id)) {
    return refused(
      `口径 ${id} 还没有规则用到，另选一种不会改变任何结果`,
      `no rule reads ${id} yet: choosing otherwise would change nothing`,
      '先不填；需要改口径的，请先改政策包',
      'leave it out; to change the reading, change the pack first',
    );
  }
  if (written.from !== null && written.to !== null && written.to < written.from) {
    return refused('止日早于起日', 'the last day is before the first', '核对起、止', 'check both days');
  }
  if (named.parameter?.needsDocument && !written.document) {
    return refused(
      `“${label.zh}”须有文号`,
      `"${label.en}" needs a document number`,
      '填写本级文件的文号',
      'give the number of the document that decides it',
    );
  }
  const period: Period = { from: written.from ?? EVER, until: written.to === null ? NEVER : written.to + 1 };
  const setting = (value: Value, inForce: Period): Setting => ({
    name: id,
    division: written.division,
    value,
    period: inForce,
    document: written.document,
    known: EVER,
  });
  const earlier = before.filter((s) => s.name === id && s.division === written.division);

  if (named.type === 'periods') {
    if (written.from === null && written.to === null) {
      return refused(
        `“${label.zh}”没有写起止`,
        `"${label.en}" has neither first nor last day`,
        '填写起、止（含当日）',
        'give the first and the last day, both included',
      );
    }
    return setting(joined([...earlier.flatMap((s) => s.value as readonly Period[]), period]), ALWAYS);
  }
  const value = readWrittenValue(written.value, named);
  if (value === null) {
    const shape = writtenShape(named);
    return refused(
      `“${label.zh}”的值“${written.value ?? ''}”读不懂`,
      `cannot read "${written.value ?? ''}" as ${typeName(named.type).en}`,
      shape.zh,
      shape.en,
    );
  }
  if (named.percent && compare(value as Fraction, fraction(1)) > 0) {
    return refused(
      `“${label.zh}”超过 100%`,
      `"${label.en}" is more than 100%`,
      '填 0 到 100 之间的百分数',
      'write a percentage from 0 to 100',
    );
  }
  if (named.parameter) {
    // A floor may rise within the days the value is set for: it must hold against every one of them.
    const { force, values } = named.parameter;
    const broken = values
      .filter((v) => overlaps(v.period, period))
      .map((v) => breaks(force, named.type, value, v.value))
      .find((b) => b !== null);
    if (broken)
      return refused(
        `“${label.zh}”${broken.zh}`,
        `"${label.en}" ${broken.en}`,
        '改为符合文件的值',
        'give a value the notice allows',
      );
  }
  const clash = earlier.find((s) => overlaps(s.period, period));
  if (clash) {
    const days = {
      zh: `${clash.period.from <= EVER ? '' : `自 ${isoDay(clash.period.from)} `}${clash.period.until >= NEVER ? '' : `至 ${isoDay(clash.period.until - 1)} `}`,
      en: `${clash.period.from <= EVER ? '' : ` from ${isoDay(clash.period.from)}`}${clash.period.until >= NEVER ? '' : ` to ${isoDay(clash.period.until - 1)}`}`,
    };
    return refused(
      `“${label.zh}”${days.zh}已有一个值`,
      `"${label.en}" already has a value${days.en}`,
      '两行的起止不要重叠',
      'let the two rows not overlap',
    );
  }
  return setting(value, period);
}

/**
 * The value of a settings sheet's cell or of a what-if, by the type of what is named: money in yuan, percent in the
 * hundred, yes and no as 是 and 否, options by id or label. Null when it is none of that type, or below zero.
 */
export function readWrittenValue(raw: string | number | null, named: Named): Value | null {
  if (raw === null) return null;
  const text = plain(String(raw)).replace(/[“”"]/g, '');
  if (text === '') return null;
  if (named.type === 'flag') {
    if (/^(是|发放|发|有|yes|true|1)$/i.test(text)) return true;
    return /^(否|不发放|不发|无|no|false|0)$/i.test(text) ? false : null;
  }
  if (named.type.startsWith('choice:')) {
    const found = [...named.options].find(
      ([id, label]) =>
        id === text ||
        asWritten(label.zh) === asWritten(text) ||
        asWritten(label.en).toLowerCase() === asWritten(text).toLowerCase(),
    );
    return found ? found[0] : null;
  }
  if (named.type.startsWith('set:')) {
    const items = text.split(/[、,，;；\s]+/).filter((t) => t !== '');
    if (named.options.size === 0) return items;
    const ids = items.map(
      (t) => [...named.options].find(([id, label]) => id === t || asWritten(label.zh) === asWritten(t))?.[0],
    );
    return ids.every((id) => id !== undefined) ? (ids as string[]) : null;
  }
  const number = text.replace(/,(?=\d{3}(\D|$))/g, '');
  if (named.percent) {
    // A cell formatted as percent holds 0.3 where the clerk sees 30%; a share of less than 1% is nobody's.
    if (typeof raw === 'number' && raw > 0 && raw < 1) return parseLiteral(String(raw), 'number');
    // A cell that holds 1 shows 1 or 100%, and a typed 0.3 without the sign is 30% to some: not to be guessed.
    if (raw === 1 || /^0?\.\d*[1-9]/.test(number.endsWith('%') ? '' : number)) return null;
    const part = parseLiteral(number.endsWith('%') ? number : `${number}%`, 'number') as Fraction | null;
    return part && part.n < 0 ? null : part;
  }
  if (named.type === 'rate' || named.type === 'money') {
    const fen = parseYuan(typeof raw === 'number' ? raw : text);
    if (fen !== null) return fen < 0 ? null : fraction(fen);
  }
  const hours = /^(\d+(?:\.\d+)?)\s*(小时|时|分钟|分)$/.exec(number);
  if (named.type === 'minutes' && hours)
    return parseLiteral(`${hours[1]} ${hours[2].startsWith('分') ? 'minutes' : 'hours'}`, 'minutes');
  const days = /^(\d+(?:\.\d+)?)\s*天?$/.exec(number);
  if (named.type === 'days' && days) return parseLiteral(`${days[1]} days`, 'days');
  const value = parseLiteral(number, named.type);
  return value !== null &&
    typeof value === 'object' &&
    'n' in value &&
    compare(value as Fraction, fraction(0)) < 0
    ? null
    : value;
}

/** A parameter, reading or timeline by the name people know it by. */
export type Named = {
  readonly id: string;
  readonly label: Text;
  readonly type: Type;
  readonly percent: boolean;
  readonly options: ReadonlyMap<string, Text>;
  readonly setBy: readonly string[];
  readonly parameter: Parameter | null;
};

/** A name without blanks, quotation marks and full-width forms: a label is compared as the clerk's writing is. */
const asWritten = (text: string): string => plain(text).replace(/[\s“”"]/g, '');

/** Finds what a sheet or a what-if names: a parameter by id, label or alias; a reading or a timeline by id or label. */
export function findNamed(pack: Pack, written: string): Named | null {
  const name = asWritten(written);
  const fits = (id: string, label: Text, aliases: readonly string[] = []): boolean =>
    id === name ||
    asWritten(label.zh) === name ||
    asWritten(label.en).toLowerCase() === name.toLowerCase() ||
    aliases.some((a) => asWritten(a) === name);
  for (const p of pack.parameters.values()) {
    if (fits(p.id, p.label, p.aliases))
      return {
        id: p.id,
        label: p.label,
        type: p.type,
        percent: p.percent,
        options: p.options,
        setBy: p.setBy,
        parameter: p,
      };
  }
  for (const r of pack.readings.values()) if (fits(r.id, r.question)) return namedReading(r);
  for (const t of pack.timelines.values()) {
    if (fits(t.id, t.label))
      return {
        id: t.id,
        label: t.label,
        type: `choice:${t.id}`,
        percent: false,
        options: t.states,
        setBy: [],
        parameter: null,
      };
  }
  return null;
}

const namedReading = (r: Reading): Named => ({
  id: r.id,
  label: r.question,
  type: `choice:${r.id}`,
  percent: false,
  options: r.options,
  setBy: [r.decidedBy],
  parameter: null,
});

function settableNames(pack: Pack): Text {
  const settable = [...pack.parameters.values()].filter((p) => p.force !== 'fixed');
  return { zh: settable.map((p) => p.label.zh).join('、'), en: settable.map((p) => p.label.en).join(', ') };
}

function writtenShape(named: Named): Text {
  if (named.type === 'flag') return { zh: '填“是”或“否”', en: 'write 是 or 否' };
  if (named.percent)
    return {
      zh: '填百分数，如 30；不到 1% 或者正好 100% 的，把单元格设为文本，连百分号一起写',
      en: 'write a percentage such as 30; below 1% or at 100%, as text with its sign',
    };
  if (named.type === 'rate' || named.type === 'money')
    return { zh: '填元数，如 60 或 60.50', en: 'write yuan, such as 60 or 60.50' };
  if (named.options.size > 0) {
    const labels = [...named.options.values()];
    return {
      zh: `可填：${labels.map((l) => l.zh).join('、')}`,
      en: `one of: ${labels.map((l) => l.en).join(', ')}`,
    };
  }
  return { zh: '填数字', en: 'write a number' };
}

function refused(zh: string, en: string, doZh: string, doEn: string): SettingRefused {
  return { message: { zh, en }, suggestion: { zh: doZh, en: doEn } };
}

/** True of a reading that no rule looks at: choosing otherwise would change nothing, and must not look as if it did. */
export const isUnread = (pack: Pack, name: string): boolean =>
  pack.readings.has(name) && !readingsInForce(pack).has(name);

function readingsInForce(pack: Pack): ReadonlySet<string> {
  const read = new Set<string>(pack.credit ? [pack.credit.overMidnight] : []);
  for (const d of pack.duties) if (d.weekStarts) read.add(d.weekStarts);
  for (const f of formulasOf(pack)) for (const name of namesIn(f, 'reading')) read.add(name);
  return read;
}
