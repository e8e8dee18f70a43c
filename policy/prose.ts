import { chineseDay, EVER, isoDay, NEVER } from '../values/date.ts';
import { type Fraction, fraction, times } from '../values/fraction.ts';
import type { Period } from '../values/period.ts';
import { type Language, same, type Text } from '../values/text.ts';
import type { Comparison, Formula, Type, Value } from './formula.ts';
import type { Pack, Source } from './pack.ts';

/** A whole or decimal number without trailing zeros; a fraction that is no short decimal stays a fraction. */
function decimal(f: Fraction): string {
  const scaled = times(f, fraction(1_000_000));
  return scaled.d === 1 ? String(scaled.n / 1_000_000) : `${f.n}/${f.d}`;
}

/** Fen as yuan with two decimals; part of a fen is kept, since before rounding there may be one. */
export function yuanOf(fen: Fraction): string {
  return fen.d === 1 ? (fen.n / 100).toFixed(2) : decimal(times(fen, fraction(1, 100)));
}

const bothDays = (f: Fraction): Text => ({
  zh: `${decimal(f)}天`,
  en: decimal(f) === '1' ? '1 day' : `${decimal(f)} days`,
});

/** A length of time in hours and minutes. */
export function hoursAndMinutes(minutes: number): Text {
  const h = Math.floor(minutes / 60);
  const m = minutes % 60;
  return {
    zh: `${h > 0 || m === 0 ? `${h}小时` : ''}${m > 0 ? `${m}分钟` : ''}`,
    en: [h > 0 || m === 0 ? `${h} h` : '', m > 0 ? `${m} min` : ''].filter((x) => x !== '').join(' '),
  };
}

/** A half-open period in inclusive days as people say them: "2020年1月24日至4月29日", "from 2020-01-24 to 2020-04-29". */
export function periodText(p: Period): Text {
  if (p.from <= EVER && p.until >= NEVER) return { zh: '一直有效', en: 'at all times' };
  if (p.until >= NEVER) return { zh: `${chineseDay(p.from)}起`, en: `from ${isoDay(p.from)} on` };
  if (p.from <= EVER) return { zh: `至${chineseDay(p.until - 1)}止`, en: `until ${isoDay(p.until - 1)}` };
  if (p.until - p.from === 1) return { zh: chineseDay(p.from), en: isoDay(p.from) };
  const to = chineseDay(p.until - 1);
  const year = chineseDay(p.from).slice(0, 5);
  return {
    zh: `${chineseDay(p.from)}至${to.startsWith(year) ? to.slice(5) : to}`,
    en: `${isoDay(p.from)} to ${isoDay(p.until - 1)}`,
  };
}

/** A value of the formula language in words with its unit. `options` gives the labels of a choice or a list. */
export function valueText(
  value: Value,
  type: Type,
  options?: ReadonlyMap<string, Text>,
  percent = false,
): Text {
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  if (typeof value === 'string') return options?.get(value) ?? same(value);
  if (Array.isArray(value)) {
    if (type === 'periods') return together((value as readonly Period[]).map(periodText));
    return together((value as readonly string[]).map((v) => options?.get(v) ?? same(v)));
  }
  const f = value as Fraction;
  switch (type) {
    case 'money':
      return { zh: `${yuanOf(f)}元`, en: `${yuanOf(f)} yuan` };
    case 'rate':
      return { zh: `${yuanOf(f)}元/天`, en: `${yuanOf(f)} yuan a day` };
    case 'days':
      return bothDays(f);
    case 'minutes':
      return hoursAndMinutes(f.n / f.d);
    case 'date':
      return { zh: chineseDay(f.n), en: isoDay(f.n) };
    default:
      return same(percent ? `${decimal(times(f, fraction(100)))}%` : decimal(f));
  }
}

function together(items: readonly Text[]): Text {
  return { zh: items.map((i) => i.zh).join('、') || '无', en: items.map((i) => i.en).join(', ') || 'none' };
}

/** A document as people cite it: its title and its number, or what is known of it. */
export function sourceText(source: Source): Text {
  const zh = /[《（]/.test(source.title.zh[0]) ? source.title.zh : `《${source.title.zh}》`;
  return {
    zh: source.number ? `${zh}（${source.number}）` : zh,
    en: source.number ? `${source.title.en} (${source.number})` : source.title.en,
  };
}

const SIGNS: Record<Comparison, Text> = {
  '=': { zh: '为', en: 'is' },
  '!=': { zh: '不是', en: 'is not' },
  '<': { zh: '不足', en: 'is less than' },
  '<=': { zh: '不超过', en: 'is at most' },
  '>': { zh: '超过', en: 'is more than' },
  '>=': { zh: '达到', en: 'is at least' },
};

const FACTS: Record<string, Text> = {
  kind: { zh: '人员类别', en: 'the kind of worker' },
  post: { zh: '当日主要场所', en: "the day's main post" },
  'day-kind': { zh: '当日性质', en: 'the kind of day' },
  area: { zh: '城乡', en: 'urban or rural' },
  credit: { zh: '当日计天', en: "the day's credit" },
  day: { zh: '当日', en: 'the day' },
  days: { zh: '当月计天', en: 'the number of days credited in the month' },
  'minutes-in-all': { zh: '当日累计时长', en: 'the time served that day in all' },
  'rest-days': { zh: '一周内没有值守的天数', en: 'the number of days without duty in the week' },
  'days-in-week': { zh: '一周天数', en: 'the number of days in the week' },
  'run-days': { zh: '连续值守天数', en: 'the number of days of duty in a row' },
};

const DAY_KIND_TEXT = new Map<string, Text>([
  ['working-day', { zh: '工作日', en: 'a working day' }],
  ['rest-day', { zh: '休息日', en: 'a rest day' }],
  ['statutory-holiday', { zh: '法定节假日', en: 'a statutory holiday' }],
]);
const AREA_TEXT = new Map<string, Text>([
  ['urban', { zh: '城市', en: 'urban' }],
  ['rural', { zh: '农村', en: 'rural' }],
]);

/** The labels of the options of a choice type, wherever the pack declares them. */
export function optionsOf(pack: Pack, type: Type): ReadonlyMap<string, Text> {
  const name = type.slice(type.indexOf(':') + 1);
  if (name === 'kind') return new Map(pack.kinds.map((k) => [k.id, k.label]));
  if (name === 'post') return new Map(pack.posts.map((p) => [p.id, p.label]));
  if (name === 'day-kind') return DAY_KIND_TEXT;
  if (name === 'area') return AREA_TEXT;
  return (
    pack.parameters.get(name)?.options ??
    pack.timelines.get(name)?.states ??
    pack.readings.get(name)?.options ??
    pack.facts.get(name)?.options ??
    pack.questions.get(name)?.options ??
    new Map()
  );
}

/** What to say of a piece of a formula instead of its usual words; null leaves them. */
export type Saying = (f: Formula) => Text | null;

/**
 * The third reading of a formula: its sentence in the reader's language, from the same tree that is evaluated. `saying`
 * lets a document put a value in a name's place, or quote it.
 */
export function formulaText(f: Formula, pack: Pack, saying: Saying = () => null): Text {
  const own = saying(f);
  if (own) return own;
  const text = (x: Formula): Text => formulaText(x, pack, saying);
  const part = (x: Formula): Text => {
    const inner = text(x);
    return ['and', 'or', 'add', 'subtract', 'choose'].includes(x.op)
      ? { zh: `（${inner.zh}）`, en: `(${inner.en})` }
      : inner;
  };
  const infix = (zh: string, en: string, a: Formula, b: Formula): Text =>
    both((l) => `${part(a)[l]}${l === 'zh' ? zh : ` ${en} `}${part(b)[l]}`);
  switch (f.op) {
    case 'literal':
      return valueText(f.value, f.type, optionsOf(pack, f.type));
    case 'parameter': {
      const label = pack.parameters.get(f.name)?.label ?? same(f.name);
      if (f.type === 'flag') return yesOrNo(label, true);
      return f.asIssued
        ? { zh: `文件所定的${label.zh}`, en: `${label.en.toLowerCase()} as issued` }
        : { zh: label.zh, en: label.en.toLowerCase() };
    }
    case 'timeline':
      return pack.timelines.get(f.name)?.label ?? same(f.name);
    case 'reading':
      return { zh: `口径 ${f.name}`, en: `reading ${f.name}` };
    case 'figure':
    case 'fact':
      return f.type === 'flag'
        ? yesOrNo(flagLabel(f, pack) ?? same(f.name), true)
        : (FACTS[f.name] ??
            (f.op === 'fact' ? pack.facts : pack.questions).get(f.name)?.label ??
            same(f.name));
    case 'minutes-at': {
      const post = pack.posts.find((p) => p.id === f.post)?.label ?? same(f.post);
      return { zh: `${post.zh}累计时长`, en: `time served at the ${post.en}` };
    }
    case 'is-set': {
      const label = pack.parameters.get(f.name)?.label ?? same(f.name);
      return { zh: `${label.zh}已经确定`, en: `${label.en.toLowerCase()} is set` };
    }
    case 'within':
      return both((l) =>
        l === 'zh' ? `当日在${text(f.periods).zh}之内` : `the day lies within the ${text(f.periods).en}`,
      );
    case 'in': {
      const alone = f.set.op === 'literal' && Array.isArray(f.set.value) && f.set.value.length === 1;
      return both(
        (l) =>
          `${part(f.part)[l]}${alone ? (l === 'zh' ? '为' : ' is ') : l === 'zh' ? '属于：' : ' is one of: '}${text(f.set)[l]}`,
      );
    }
    case 'add':
      return infix(' ＋ ', '+', f.left, f.right);
    case 'subtract':
      return infix(' － ', '−', f.left, f.right);
    case 'multiply':
      return infix(' × ', '×', f.left, f.right);
    case 'divide':
      return infix(' ÷ ', '÷', f.left, f.right);
    case 'compare': {
      const asked = flagLabel(f.left, pack);
      if (asked && f.right.op === 'literal' && (f.sign === '=' || f.sign === '!='))
        return yesOrNo(asked, (f.right.value === true) === (f.sign === '='));
      if (f.left.op === 'reading' && f.right.op === 'literal' && f.sign === '=') {
        const option = text(f.right);
        return { zh: `${text(f.left).zh} 取“${option.zh}”`, en: `${text(f.left).en} is “${option.en}”` };
      }
      return both(
        (l) =>
          `${part(f.left)[l]}${l === 'zh' ? SIGNS[f.sign].zh : ` ${SIGNS[f.sign].en} `}${part(f.right)[l]}`,
      );
    }
    case 'and':
      return both((l) => f.parts.map((p) => part(p)[l]).join(l === 'zh' ? '，且' : ', and '));
    case 'or':
      return both((l) => f.parts.map((p) => part(p)[l]).join(l === 'zh' ? '，或者' : ', or '));
    case 'not': {
      const asked = flagLabel(f.part, pack);
      return asked
        ? yesOrNo(asked, false)
        : both((l) => (l === 'zh' ? `不是（${text(f.part).zh}）` : `not (${text(f.part).en})`));
    }
    case 'choose':
      return both((l) => {
        const [w, t, o] = [part(f.when)[l], part(f.then)[l], part(f.otherwise)[l]];
        return l === 'zh' ? `如果${w}，取${t}，否则取${o}` : `if ${w} then ${t}, otherwise ${o}`;
      });
    case 'least':
    case 'most':
      return both((l) => {
        const items = f.parts.map((p) => text(p)[l]);
        if (l === 'zh') return `${items.join('与')}中${f.op === 'least' ? '较低者' : '较高者'}`;
        return `the ${f.op === 'least' ? 'lower' : 'higher'} of ${items.join(' and ')}`;
      });
    case 'round': {
      const how = {
        'round-down': { zh: '向下取整', en: 'rounded down' },
        'round-up': { zh: '向上取整', en: 'rounded up' },
        'round-half-up': { zh: '四舍五入', en: 'rounded' },
      }[f.how];
      return both(
        (l) => `${part(f.part)[l]}${l === 'zh' ? `，${how.zh}到` : `, ${how.en} to `}${text(f.to)[l]}`,
      );
    }
  }
}

const both = (make: (language: Language) => string): Text => ({ zh: make('zh'), en: make('en') });

/** The label of a yes-or-no name; null for anything else. "如果是否参保" is no Chinese: it is said as “是否参保”为是. */
function flagLabel(f: Formula, pack: Pack): Text | null {
  if (f.type !== 'flag') return null;
  if (f.op === 'parameter') return pack.parameters.get(f.name)?.label ?? same(f.name);
  if (f.op === 'fact') return pack.facts.get(f.name)?.label ?? same(f.name);
  return f.op === 'figure' ? (pack.questions.get(f.name)?.label ?? same(f.name)) : null;
}

const yesOrNo = (label: Text, yes: boolean): Text => ({
  zh: `“${label.zh}”为${yes ? '是' : '否'}`,
  en: `“${label.en}” is ${yes ? 'yes' : 'no'}`,
});
