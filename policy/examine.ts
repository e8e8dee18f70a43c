import { EVER, NEVER } from '../values/date.ts';
import { compare, type Fraction, ONE, plus, ZERO } from '../values/fraction.ts';
import type { Period } from '../values/period.ts';
import type { Text } from '../values/text.ts';
import { type Formula, isNumeric, namesIn, RESERVED } from './formula.ts';
import type { Where } from './load.ts';
import { formulasOf, type Pack, type Parameter } from './pack.ts';

type Tell = (where: Where, zh: string, en: string, suggestion?: Text) => void;

/**
 * Everything that can be wrong with a pack whose files have the right shape: names nobody declared, periods that overlap
 * or leave a hole, shares that make no whole, a figure that needs itself, a parameter nobody reads, a money clause no
 * benefit uses, kinds that can meet on one day with no precedence, a floor of the extended pack broken.
 */
export function examine(
  pack: Pack,
  parent: Pack | null,
  tell: Tell,
  places: ReadonlyMap<string, Where>,
): void {
  const at = (key: string): Where => places.get(key) ?? { file: 'pack.yaml', line: 1 };
  const levels = new Set(pack.levels.map((l) => l.id));
  const kinds = new Set(pack.kinds.map((k) => k.id));

  const want = (
    known: { has(id: string): boolean },
    id: string | null | undefined,
    key: string,
    sort: Text,
  ): void => {
    if (id == null || known.has(id)) return;
    tell(at(key), `没有${sort.zh}“${id}”`, `there is no ${sort.en} "${id}"`);
  };
  const CLAUSE = { zh: '条款', en: 'clause' };
  const BODY = { zh: '责任单位', en: 'body' };
  const SOURCE = { zh: '依据文件', en: 'source' };
  const LEVEL = { zh: '层级', en: 'level' };
  const KIND = { zh: '人员类别', en: 'worker kind' };
  const READING = { zh: '释义', en: 'reading' };
  const PARAMETER = { zh: '参数', en: 'parameter' };

  want(levels, pack.pays, 'pack', LEVEL);
  for (const m of pack.modules) {
    want(pack.clauses, m.clause, 'pack', CLAUSE);
    if (m.on && m.clause === null)
      tell(
        at('pack'),
        `事项“${m.id}”已开启，要写依据的条款`,
        `the module "${m.id}" is on and must cite its clause`,
      );
  }
  for (const b of pack.bodies.values()) want(levels, b.level, `body ${b.id}`, LEVEL);
  for (const c of pack.clauses.values()) {
    want(pack.sources, c.source, `clause ${c.id}`, SOURCE);
    for (const b of c.bodies) want(pack.bodies, b, `clause ${c.id}`, BODY);
  }
  uniqueNames(pack, tell, at);

  for (const p of pack.parameters.values()) {
    const key = `parameter ${p.id}`;
    want(pack.clauses, p.clause, key, CLAUSE);
    for (const b of p.setBy) want(pack.bodies, b, key, BODY);
    want(pack.bodies, p.guidedBy, key, BODY);
    want(pack.parameters, p.impliedBy?.parameter, key, PARAMETER);
    for (const v of p.values) want(pack.sources, v.source, key, SOURCE);
    inOneLine(
      p.values.map((v) => v.period),
      at(key),
      `参数“${p.id}”`,
      `parameter "${p.id}"`,
      tell,
    );
    if (p.force === 'fixed' && p.setBy.length > 0)
      tell(
        at(key),
        `参数“${p.id}”是固定的，却写了谁可另定`,
        `parameter "${p.id}" is fixed, yet names who may set another`,
      );
    if (p.force !== 'fixed' && p.setBy.length === 0)
      tell(at(key), `参数“${p.id}”没有写由谁来定`, `parameter "${p.id}" does not say who sets it`);
    if (p.force !== 'delegated' && p.values.length === 0)
      tell(at(key), `参数“${p.id}”没有值`, `parameter "${p.id}" has no value`, {
        zh: '写 values，或改为 delegated',
        en: 'give values, or make it delegated',
      });
    if ((p.force === 'floor' || p.force === 'ceiling') && !isNumeric(p.type))
      tell(
        at(key),
        `参数“${p.id}”没有高低，不能做底线或上限`,
        `parameter "${p.id}" has no larger or smaller and can be no floor or ceiling`,
      );
    if (p.setBy.some((b) => pack.bodies.get(b)?.level === null))
      tell(
        at(key),
        `参数“${p.id}”只能由一级政府的单位来定`,
        `parameter "${p.id}" can only be set by a body of some level of government`,
      );
  }

  for (const t of pack.timelines.values()) {
    const key = `timeline ${t.id}`;
    want(pack.clauses, t.clause, key, CLAUSE);
    want(pack.bodies, t.declaredBy, key, BODY);
    for (const e of t.entries) want(pack.sources, e.source, key, SOURCE);
    for (const division of new Set(t.entries.map((e) => e.division))) {
      inOneLine(
        t.entries.filter((e) => e.division === division).map((e) => e.period),
        at(key),
        `时段“${t.id}”`,
        `timeline "${t.id}"`,
        tell,
      );
    }
  }
  for (const c of pack.calendar) want(pack.sources, c.source, 'pack', SOURCE);
  inOneLine(
    pack.calendar.map((c) => c.period),
    { file: 'calendar.yaml', line: 1 },
    '日历',
    'the calendar',
    tell,
  );

  for (const k of pack.kinds) want(pack.clauses, k.clause, `kind ${k.id}`, CLAUSE);
  if (pack.openKinds) {
    const where = { file: 'kinds.yaml', line: null };
    if (!pack.clauses.has(pack.openKinds.clause))
      tell(where, `没有条款“${pack.openKinds.clause}”`, `there is no clause "${pack.openKinds.clause}"`);
    if (!pack.bodies.has(pack.openKinds.decidedBy))
      tell(
        where,
        `没有责任单位“${pack.openKinds.decidedBy}”`,
        `there is no body "${pack.openKinds.decidedBy}"`,
      );
    if (!kinds.has(pack.openKinds.as))
      tell(where, `没有人员类别“${pack.openKinds.as}”`, `there is no worker kind "${pack.openKinds.as}"`);
    if (!pack.parameters.get(pack.openKinds.included)?.type.startsWith('set:')) {
      tell(
        where,
        `“${pack.openKinds.included}”不是清单参数`,
        `"${pack.openKinds.included}" is not a parameter that lists kinds`,
      );
    }
  }
  if (!pack.readings.has(pack.twoDistricts.reading) || !pack.clauses.has(pack.twoDistricts.clause)) {
    tell(
      { file: 'kinds.yaml', line: null },
      '两地同日都有任职时按哪一条释义、哪一条款处理，没有写（two-districts）',
      'what happens when two districts hold engagements on one day is not said (two-districts: reading and clause)',
    );
  }

  if (pack.reportedTo !== null && !pack.parameters.get(pack.reportedTo)?.type.startsWith('set:')) {
    tell(
      { file: 'kinds.yaml', line: null },
      `分报条线（reported-to）“${pack.reportedTo}”不是清单参数`,
      `reported-to: "${pack.reportedTo}" is not a parameter that lists lines`,
    );
  }
  if (pack.areas && (!pack.readings.has(pack.areas.reading) || !pack.clauses.has(pack.areas.clause))) {
    tell(
      { file: 'kinds.yaml', line: null },
      '城乡按哪一条释义、哪一条款核对（areas）写错了',
      'areas must name a reading and a clause of the pack',
    );
  }
  if (pack.credit) {
    want(pack.clauses, pack.credit.clause, 'pack', CLAUSE);
    const options = pack.readings.get(pack.credit.overMidnight)?.options;
    if (!options || ![...options.keys()].every((o) => o === 'natural-day' || o === 'shift-start')) {
      tell(
        { file: 'posts.yaml', line: null },
        '跨零点怎么算（over-midnight）要指向一条选项为 natural-day、shift-start 的释义',
        'over-midnight must name a reading whose options are natural-day and shift-start',
      );
    }
    const own = [pack.credit.full, ...(pack.credit.half ? [pack.credit.half] : [])];
    for (const f of own) {
      for (const name of namesIn(f, 'parameter')) {
        const p = pack.parameters.get(name);
        const from = Math.min(...(p?.values.map((v) => v.period.from) ?? []));
        const until = Math.max(...(p?.values.map((v) => v.period.until) ?? []));
        if (from > EVER || until < NEVER) {
          tell(
            at(`parameter ${name}`),
            `折算天数用到的“${name}”必须一直有值`,
            `"${name}" turns hours into days and must always have a value`,
            { zh: 'from、until 都写 null', en: 'write null for both from and until' },
          );
        }
      }
    }
  }

  for (const b of pack.benefits) {
    const key = `benefit ${b.id}`;
    want(pack.clauses, b.clause, key, CLAUSE);
    want(levels, b.disburser, key, LEVEL);
    want(pack.clauses, b.once?.clause, key, CLAUSE);
    want(pack.readings, b.once?.reading, key, READING);
    want(pack.readings, b.rounding?.amount, key, READING);
    want(pack.readings, b.rounding?.shares, key, READING);
    if (b.postedFor !== null && pack.parameters.get(b.postedFor)?.type !== 'days') {
      tell(
        at(key),
        `公示天数（posted-for）“${b.postedFor}”不是天数参数`,
        `posted-for: "${b.postedFor}" is not a parameter of days`,
      );
    }
    if ((b.per === 'event') !== (b.event !== null))
      tell(
        at(key),
        `“${b.id}”：按次的待遇要写 event，其他的不写`,
        `"${b.id}": a benefit per event names its event, others name none`,
      );
    for (const c of b.when) want(pack.clauses, c.otherwise.clause, key, CLAUSE);
    for (const c of b.caps) want(pack.clauses, c.clause, key, CLAUSE);
    const seen = new Set<string>();
    for (const t of b.terms) {
      want(pack.clauses, t.clause, key, CLAUSE);
      want(pack.clauses, t.refused?.clause, key, CLAUSE);
      for (const k of t.kinds) {
        want(kinds, k, key, KIND);
        if (seen.has(k))
          tell(
            at(key),
            `“${b.id}”里“${k}”出现两次，不知按哪一条`,
            `"${b.id}" names "${k}" twice: which terms hold?`,
          );
        seen.add(k);
      }
      for (const c of t.when) want(pack.clauses, c.otherwise.clause, key, CLAUSE);
      for (const s of t.shares) {
        want(pack.clauses, s.clause, key, CLAUSE);
        want(levels, s.bearer, key, LEVEL);
      }
      if (!t.refused) sharesMakeAWhole(b.id, t.shares, at(key), tell);
    }
    for (const k of pack.kinds) {
      if (b.measure === 'subsidy' && b.per === 'day' && !seen.has(k.id)) {
        tell(
          at(key),
          `“${b.id}”没有说“${k.id}”发不发`,
          `"${b.id}" does not say whether "${k.id}" is owed anything`,
          { zh: '写一条，或写 refused 并注明条款', en: 'give its terms, or refuse it with a clause' },
        );
      }
    }
    const paidKinds = b.terms.filter((t) => !t.refused).flatMap((t) => t.kinds);
    if (b.per === 'day' && paidKinds.length > 1 && !b.once) {
      tell(
        at(key),
        `“${b.id}”有多类人员可能同日重叠，却没有写择一（once）`,
        `"${b.id}" has kinds that can meet on one day and no precedence (once)`,
      );
    }
  }
  for (const d of pack.duties) {
    want(pack.clauses, d.clause, `duty ${d.id}`, CLAUSE);
    want(pack.readings, d.weekStarts, `duty ${d.id}`, READING);
    const starts = pack.readings.get(d.weekStarts ?? '')?.options.keys();
    if (starts && ![...starts].every((o) => o === 'monday' || o === 'sunday')) {
      tell(
        at(`duty ${d.id}`),
        '一周从哪天起（week-starts）要指向一条选项为 monday、sunday 的释义',
        'week-starts must name a reading whose options are monday and sunday',
      );
    }
  }
  for (const q of pack.questions.values()) {
    want(pack.clauses, q.clause, `question ${q.id}`, CLAUSE);
  }
  for (const r of pack.readings.values()) {
    want(pack.clauses, r.clause, `reading ${r.id}`, CLAUSE);
    want(pack.bodies, r.decidedBy, `reading ${r.id}`, BODY);
  }

  unread(pack, formulasOf(pack), tell, at);
  unusedMoney(pack, tell, at);
  cycles(pack, tell, at);
  if (parent) extensionHolds(pack, parent, tell, at);
}

function uniqueNames(pack: Pack, tell: Tell, at: (key: string) => Where): void {
  const seen = new Map<string, string>();
  for (const [sort, ids] of [
    ['parameter', pack.parameters.keys()],
    ['timeline', pack.timelines.keys()],
    ['reading', pack.readings.keys()],
    ['fact', pack.facts.keys()],
    ['question', pack.questions.keys()],
  ] as const) {
    for (const id of ids) {
      if (RESERVED.has(id))
        tell(at(`${sort} ${id}`), `“${id}”是算式语言的保留词`, `"${id}" is a word of the formula language`);
      if (seen.has(id))
        tell(at(`${sort} ${id}`), `“${id}”已经是别的名称`, `"${id}" already names something else`);
      seen.set(id, sort);
    }
  }
}

/** Periods of one thing follow each other: no day twice, and no hole between the first and the last. */
function inOneLine(periods: readonly Period[], where: Where, zh: string, en: string, tell: Tell): void {
  const sorted = [...periods].sort((a, b) => a.from - b.from);
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i].from < sorted[i - 1].until)
      tell(where, `${zh}的时段有重叠`, `${en} has periods that overlap`);
    else if (sorted[i].from > sorted[i - 1].until)
      tell(where, `${zh}的时段中间有空缺`, `${en} has a hole between its periods`, {
        zh: '补上，或写明那一段的值',
        en: 'close it, or say what holds there',
      });
  }
}

function sharesMakeAWhole(
  benefit: string,
  shares: readonly { bearer: string; part: Formula | null }[],
  where: Where,
  tell: Tell,
): void {
  if (shares.length === 0) {
    tell(where, `“${benefit}”没有写由谁负担`, `"${benefit}" does not say who bears it`);
    return;
  }
  if (new Set(shares.map((s) => s.bearer)).size < shares.length)
    tell(where, `“${benefit}”里同一级负担写了两次`, `"${benefit}" names one bearer twice`);
  const rest = shares.filter((s) => s.part === null);
  if (rest.length !== 1 || shares.at(-1)?.part !== null) {
    tell(
      where,
      `“${benefit}”的分担凑不成整：最后一级写 part: rest`,
      `the shares of "${benefit}" make no whole: the last bearer takes part: rest`,
    );
  }
  let sum = ZERO;
  for (const s of shares) if (s.part?.op === 'literal') sum = plus(sum, s.part.value as Fraction);
  if (compare(sum, ONE) > 0)
    tell(where, `“${benefit}”的分担合计超过全部`, `the shares of "${benefit}" exceed the whole`);
}

function unread(pack: Pack, formulas: readonly Formula[], tell: Tell, at: (key: string) => Where): void {
  const read = new Set(formulas.flatMap((f) => [...namesIn(f, 'parameter'), ...namesIn(f, 'is-set')]));
  for (const p of pack.parameters.values()) if (p.impliedBy) read.add(p.impliedBy.parameter);
  if (pack.openKinds) read.add(pack.openKinds.included);
  if (pack.reportedTo) read.add(pack.reportedTo);
  for (const b of pack.benefits) if (b.postedFor) read.add(b.postedFor);
  for (const p of pack.parameters.values()) {
    if (!read.has(p.id) && p.readBy.length === 0) {
      tell(at(`parameter ${p.id}`), `没有算式用到参数“${p.id}”`, `no formula reads the parameter "${p.id}"`, {
        zh: '删去，或用 read-by 写明哪项措施使用',
        en: 'remove it, or name the measure that reads it in read-by',
      });
    }
  }
}

/** Every clause the rules of a pack lean on, with what leans on it. */
export function citations(pack: Pack): Map<string, string[]> {
  const out = new Map<string, string[]>();
  const cite = (clause: string | undefined | null, by: string): void => {
    if (clause) out.set(clause, [...(out.get(clause) ?? []), by]);
  };
  for (const p of pack.parameters.values()) cite(p.clause, p.id);
  for (const t of pack.timelines.values()) cite(t.clause, t.id);
  for (const k of pack.kinds) cite(k.clause, k.id);
  cite(pack.openKinds?.clause, 'kinds');
  cite(pack.credit?.clause, 'credit');
  for (const b of pack.benefits) {
    cite(b.clause, b.id);
    cite(b.once?.clause, b.id);
    for (const c of [...b.when, ...b.terms.flatMap((t) => t.when)]) cite(c.otherwise.clause, b.id);
    for (const c of b.caps) cite(c.clause, b.id);
    for (const t of b.terms) {
      cite(t.clause, b.id);
      cite(t.refused?.clause, b.id);
      for (const s of t.shares) cite(s.clause, b.id);
    }
  }
  for (const d of pack.duties) cite(d.clause, d.id);
  for (const q of pack.questions.values()) cite(q.clause, q.id);
  for (const r of pack.readings.values()) cite(r.clause, r.id);
  for (const m of pack.modules) cite(m.clause, m.id);
  return out;
}

function unusedMoney(pack: Pack, tell: Tell, at: (key: string) => Where): void {
  const cited = citations(pack);
  for (const c of pack.clauses.values()) {
    if (c.gives === 'money' && pack.measures.get(c.measure) && !cited.has(c.id)) {
      tell(
        at(`clause ${c.id}`),
        `给钱的条款 ${c.id} 没有任何待遇、参数或问答用到`,
        `clause ${c.id} gives money and nothing in the pack uses it`,
      );
    }
  }
}

function cycles(pack: Pack, tell: Tell, at: (key: string) => Where): void {
  const needs = new Map<string, Set<string>>();
  for (const q of pack.questions.values()) needs.set(q.id, namesIn(q.formula, 'figure'));
  for (const p of pack.parameters.values())
    if (p.impliedBy) needs.set(p.id, new Set([p.impliedBy.parameter]));
  for (const start of needs.keys()) {
    const open = [...(needs.get(start) ?? [])];
    const seen = new Set<string>();
    while (open.length > 0) {
      const id = open.pop() as string;
      if (id === start) {
        tell(
          at(`${pack.questions.has(start) ? 'question' : 'parameter'} ${start}`),
          `“${start}”要用到它自己`,
          `"${start}" needs itself`,
        );
        break;
      }
      if (!seen.has(id)) {
        seen.add(id);
        open.push(...(needs.get(id) ?? []));
      }
    }
  }
}

/** What a pack that extends another may not do: change a fixed value, go below a floor, above a ceiling, loosen the force. */
function extensionHolds(pack: Pack, parent: Pack, tell: Tell, at: (key: string) => Where): void {
  for (const theirs of parent.parameters.values()) {
    const ours = pack.parameters.get(theirs.id);
    if (!ours || ours === theirs) continue;
    const where = at(`parameter ${theirs.id}`);
    if (
      ours.type !== theirs.type ||
      (ours.force !== theirs.force && theirs.force !== 'delegated' && theirs.force !== 'guiding')
    ) {
      tell(
        where,
        `“${theirs.id}”的类型、约束力由上位政策包定`,
        `the type and force of "${theirs.id}" are the extended pack's`,
      );
      continue;
    }
    for (const mine of ours.values) {
      for (const base of theirs.values) {
        if (base.period.from >= mine.period.until || mine.period.from >= base.period.until) continue;
        const says = breaks(theirs.force, theirs.type, mine.value, base.value);
        if (says) tell(where, `“${theirs.id}”${says.zh}`, `"${theirs.id}" ${says.en}`);
      }
    }
  }
}

/** How a value breaks what binds it, or null when it may stand. Used for extending packs and for local settings alike. */
export function breaks(force: Parameter['force'], type: string, value: unknown, bound: unknown): Text | null {
  const differs = JSON.stringify(value) !== JSON.stringify(bound);
  if (force === 'fixed')
    return differs ? { zh: '是固定的，不得另定', en: 'is fixed and may not be changed' } : null;
  if ((force !== 'floor' && force !== 'ceiling') || type === 'flag') return null;
  const order = compare(value as Fraction, bound as Fraction);
  if (force === 'floor' && order < 0) return { zh: '低于底线', en: 'is below the floor' };
  if (force === 'ceiling' && order > 0) return { zh: '高于上限', en: 'is above the ceiling' };
  return null;
}
