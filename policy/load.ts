import { createHash } from 'node:crypto';
import { LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { EVER, NEVER, parseDay } from '../values/date.ts';
import type { Period } from '../values/period.ts';
import { joined } from '../values/period.ts';
import type { Problem } from '../values/problem.ts';
import type { Text } from '../values/text.ts';
import { examine } from './examine.ts';
import {
  type Formula,
  FormulaError,
  parseFormula,
  parseLiteral,
  type Scope,
  type Type,
  type Value,
} from './formula.ts';
import type {
  Benefit,
  BenefitTerms,
  Body,
  Calendar,
  Cap,
  Clause,
  Condition,
  Credit,
  Dated,
  DayKind,
  Duty,
  FactDeclaration,
  Kind,
  Measure,
  Pack,
  PackFile,
  Parameter,
  Question,
  Reading,
  Refusal,
  Share,
  Source,
  Timeline,
} from './pack.ts';
import { DAY_KINDS, MEASURES } from './pack.ts';
import { FILES, type FileName, packFile, type Shapes } from './schema.ts';

/** Where a piece of a pack stands: for the sentence that says what is wrong with it. */
export type Where = { file: string; line: number | null };

type Loaded =
  | { readonly pack: Pack; readonly warnings: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

/**
 * Loads a pack from the files of its folder, all or nothing.
 *
 * The id is the folder's name and stands nowhere in the files, so a copied folder is a new pack at once. `base` gives the
 * files of a pack this one extends; entries with the same id replace the base's, everything else is inherited.
 * Returns the pack, or every problem at once, each with its file, line and a sentence in both languages.
 */
export function loadPack(
  id: string,
  files: readonly PackFile[],
  base: (id: string) => readonly PackFile[] | null = () => null,
): Loaded {
  const loader = new Loader();
  const pack = loader.load(id, files, base);
  const problems = loader.problems.filter((p) => p.severity === 'problem');
  return pack && problems.length === 0 ? { pack, warnings: loader.problems } : { problems: loader.problems };
}

/** SHA-256 over the pack's rule files in order of name, scenarios left out: they test the rules and are none. */
function digestOf(files: readonly PackFile[]): string {
  const hash = createHash('sha256');
  for (const f of [...files]
    .filter((f) => !f.path.startsWith('scenarios/'))
    .sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`${f.path}\n${Buffer.byteLength(f.text)}\n${f.text}\n`);
  }
  return hash.digest('hex');
}

type Entry<T> = { value: T; where: (...path: (string | number)[]) => Where };
type Sections = {
  [F in FileName]?: Record<string, Entry<unknown>[]> & { single: Record<string, Entry<unknown>> };
};

class Loader {
  readonly problems: Problem[] = [];
  private scope: Scope = emptyScope();

  problem(where: Where, zh: string, en: string, suggestion: Text = NO_SUGGESTION): void {
    this.problems.push({
      severity: 'problem',
      file: where.file,
      row: where.line,
      column: null,
      message: { zh, en },
      suggestion,
    });
  }

  load(
    id: string,
    files: readonly PackFile[],
    base: (id: string) => readonly PackFile[] | null,
  ): Pack | null {
    const head = this.read('pack.yaml', packFile, files, '');
    if (!head) return null;
    const extended = head.value.extends;
    let baseFiles: readonly PackFile[] = [];
    let parent: Pack | null = null;
    if (extended !== null) {
      const found = extended === id ? null : base(extended);
      if (!found) {
        this.problem(
          head.where('extends'),
          `所依据的政策包“${extended}”不存在`,
          `the pack "${extended}" it extends does not exist`,
        );
        return null;
      }
      baseFiles = found;
      const loaded = loadPack(extended, found, base);
      if ('problems' in loaded) {
        this.problems.push(...loaded.problems.map((p) => ({ ...p, file: `../${extended}/${p.file}` })));
        return null;
      }
      parent = loaded.pack;
    }
    const sections: Sections = {};
    for (const name of Object.keys(FILES) as FileName[]) {
      const own = this.read(
        name,
        FILES[name].shape as z.ZodType<Shapes[FileName]>,
        files,
        '',
        FILES[name].required && !extended,
      );
      const theirs = extended
        ? this.read(
            name,
            FILES[name].shape as z.ZodType<Shapes[FileName]>,
            baseFiles,
            `../${extended}/`,
            false,
          )
        : null;
      sections[name] = merge(theirs, own);
    }
    for (const f of files) {
      if (
        f.path !== 'pack.yaml' &&
        !(f.path in FILES) &&
        !f.path.startsWith('scenarios/') &&
        f.path.endsWith('.yaml')
      ) {
        this.problem(
          { file: f.path, line: 1 },
          `政策包里没有“${f.path}”这种文件`,
          `a pack has no file called "${f.path}"`,
          {
            zh: `可用的文件：${Object.keys(FILES).join('、')}`,
            en: `the files are: ${Object.keys(FILES).join(', ')}`,
          },
        );
      }
    }
    if (this.problems.length > 0) return null;
    const pack = this.build(id, head.value, sections, files);
    examine(
      pack,
      parent,
      (where, zh, en, suggestion) => this.problem(where, zh, en, suggestion),
      this.places,
    );
    // What it inherits is part of it: a change in the extended pack is a change of this one.
    return parent
      ? { ...pack, digest: digestOf([...files, { path: 'extends', text: parent.digest }]) }
      : pack;
  }

  /** Where each named piece stands, for the examination that follows. */
  private readonly places = new Map<string, Where>();

  private read<T>(
    name: string,
    shape: z.ZodType<T>,
    files: readonly PackFile[],
    prefix: string,
    required = true,
  ): Entry<T> | null {
    const file = files.find((f) => f.path === name);
    if (!file) {
      if (required)
        this.problem({ file: name, line: null }, `缺少文件“${name}”`, `the file "${name}" is missing`);
      return null;
    }
    const lines = new LineCounter();
    const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    for (const error of document.errors) {
      const line = lines.linePos(error.pos[0]).line;
      this.problem(
        { file: prefix + name, line },
        `不是合格的 YAML：${error.message}`,
        `not valid YAML: ${error.message}`,
      );
    }
    if (document.errors.length > 0) return null;
    const where = (...path: (string | number)[]): Where => {
      for (let n = path.length; n >= 0; n--) {
        const node = n === 0 ? document.contents : document.getIn(path.slice(0, n), true);
        const range = (node as { range?: [number, number, number] } | null)?.range;
        if (range) return { file: prefix + name, line: lines.linePos(range[0]).line };
      }
      return { file: prefix + name, line: 1 };
    };
    const parsed = shape.safeParse(document.toJS());
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        const path = issue.path.map((p) => (typeof p === 'symbol' ? String(p) : p));
        const dotted = path.length > 0 ? path.join('.') : name;
        const says = shapeSentence(issue);
        this.problem(where(...path), `“${dotted}”${says.zh}`, `"${dotted}" ${says.en}`);
      }
      return null;
    }
    return { value: parsed.data, where };
  }

  /** The entries of one list across the pack and its base, and where each stands. */
  private list<T>(sections: Sections, file: FileName, key: string): Entry<T>[] {
    return (sections[file]?.[key] as Entry<T>[] | undefined) ?? [];
  }

  private build(id: string, head: Shapes['pack.yaml'], sections: Sections, files: readonly PackFile[]): Pack {
    const sources = this.byId<Shapes['sources.yaml']['sources'][number], Source>(
      'source',
      this.list(sections, 'sources.yaml', 'sources'),
      (s) => ({
        id: s.id,
        title: s.title,
        number: s.number,
        numberNote: s['number-note'] ?? null,
        issuer: s.issuer,
        date: s.date,
        dateNote: s['date-note'] ?? null,
        held: s.held,
        note: s.note ?? null,
      }),
    );
    const bodies = this.byId<Shapes['bodies.yaml']['bodies'][number], Body>(
      'body',
      this.list(sections, 'bodies.yaml', 'bodies'),
      (b) => ({
        id: b.id,
        name: b.name,
        level: b.level,
        line: b.line,
        suffix: b.suffix ?? null,
        suffixByNameEnd: new Map(Object.entries(b['suffix-by-name-end'] ?? {})),
      }),
    );
    const clauses = this.byId<Shapes['clauses.yaml']['clauses'][number], Clause>(
      'clause',
      this.list(sections, 'clauses.yaml', 'clauses'),
      (c) => ({
        id: c.id,
        source: c.source,
        path: c.path,
        measure: c.measure,
        force: c.force,
        gives: c.gives,
        says: { zh: c.zh, en: c.en },
        bodies: c.bodies,
        pending: c.pending ?? null,
      }),
    );
    const readings = this.byId<Shapes['readings.yaml']['readings'][number], Reading>(
      'reading',
      this.list(sections, 'readings.yaml', 'readings'),
      (r, where) => {
        const options = optionMap(r.options);
        if (!options.has(r['in-use'])) {
          this.problem(
            where('in-use'),
            `释义 ${r.id} 采用的“${r['in-use']}”不在选项里`,
            `reading ${r.id} uses "${r['in-use']}", which is not one of its options`,
          );
        }
        return {
          id: r.id,
          question: r.question,
          options,
          inUse: r['in-use'],
          clause: r.clause,
          decidedBy: r['decided-by'],
        };
      },
    );
    const kinds = this.list<Shapes['kinds.yaml']['kinds'][number]>(sections, 'kinds.yaml', 'kinds');
    const posts = this.list<Shapes['posts.yaml']['posts'][number]>(sections, 'posts.yaml', 'posts');
    const parameters = this.byId(
      'parameter',
      this.list<Shapes['parameters.yaml']['parameters'][number]>(sections, 'parameters.yaml', 'parameters'),
      (p, where) => this.parameter(p, where),
    );
    const timelines = this.byId<Shapes['timelines.yaml']['timelines'][number], Timeline>(
      'timeline',
      this.list(sections, 'timelines.yaml', 'timelines'),
      (t, where) => ({
        id: t.id,
        label: t.label,
        states: optionMap(t.states),
        declaredBy: t['declared-by'],
        clause: t.clause,
        entries: t.entries.map((e, i) => {
          if (!t.states.some((s) => s.id === e.state)) {
            this.problem(
              where('entries', i, 'state'),
              `时段“${t.id}”没有“${e.state}”这一状态`,
              `timeline "${t.id}" has no state "${e.state}"`,
            );
          }
          return {
            division: e.division,
            period: this.period(e, where('entries', i)),
            state: e.state,
            source: e.source,
            known: this.knownSince(e.known, e.source, sources),
          };
        }),
      }),
    );
    for (const p of parameters.values()) {
      for (const v of p.values) if (v.known === EVER) v.known = this.knownSince(undefined, v.source, sources);
    }
    const facts = this.byId<
      z.output<(typeof FILES)['questions.yaml']['shape']>['facts'][number],
      FactDeclaration
    >('fact', this.list(sections, 'questions.yaml', 'facts'), (f) => ({
      id: f.id,
      label: f.label,
      type: typeOf(f.id, f.type),
      options: optionMap(f.options ?? []),
    }));
    const questionEntries = this.list<Shapes['questions.yaml']['questions'][number]>(
      sections,
      'questions.yaml',
      'questions',
    );

    const optionSets = new Map<string, Set<string>>([
      ['kind', new Set(kinds.map((k) => k.value.id))],
      ['post', new Set(posts.map((p) => p.value.id))],
      ['day-kind', new Set<string>(DAY_KINDS)],
      ['area', new Set(['urban', 'rural'])],
      ['body', new Set(bodies.keys())],
    ]);
    const typed = new Map<string, Type>();
    for (const [name, p] of parameters) {
      typed.set(name, p.type);
      if (p.options.size > 0) optionSets.set(name, new Set(p.options.keys()));
    }
    for (const [name, t] of timelines) optionSets.set(name, new Set(t.states.keys()));
    for (const [name, r] of readings) optionSets.set(name, new Set(r.options.keys()));
    for (const [name, f] of facts) if (f.options.size > 0) optionSets.set(name, new Set(f.options.keys()));
    // A set holds options of the choice it is compared with: an option list may be shared by naming the fact's id.
    for (const q of questionEntries)
      if (q.value.options) optionSets.set(q.value.id, new Set(q.value.options.map((o) => o.id)));
    const questionTypes = new Map<string, Type>(
      questionEntries.map((q) => [q.value.id, typeOf(q.value.id, q.value.type)]),
    );
    this.scope = {
      parameters: typed,
      timelines: new Map([...timelines.keys()].map((n) => [n, `choice:${n}` as Type])),
      readings: new Map([...readings.keys()].map((n) => [n, `choice:${n}` as Type])),
      figures: questionTypes,
      facts: new Map(),
      options: optionSets,
    };

    const [creditEntry] = this.single<Shapes['posts.yaml']['credit']>(sections, 'posts.yaml', 'credit');
    const credit: Credit | null = creditEntry?.value
      ? {
          clause: creditEntry.value.clause,
          overMidnight: creditEntry.value['over-midnight'],
          full: this.formula(creditEntry.value.full, CREDIT_FACTS, 'flag', creditEntry.where('full')),
          half:
            creditEntry.value.half === undefined
              ? null
              : this.formula(creditEntry.value.half, CREDIT_FACTS, 'flag', creditEntry.where('half')),
        }
      : null;
    const [openEntry] = this.single<Shapes['kinds.yaml']['open']>(sections, 'kinds.yaml', 'open');
    const [twoEntry] = this.single<Shapes['kinds.yaml']['two-districts']>(
      sections,
      'kinds.yaml',
      'two-districts',
    );
    const open = openEntry?.value;
    const pack: Pack = {
      id,
      version: head.version,
      digest: digestOf(files),
      title: head.title,
      division: head.division,
      extends: head.extends,
      levels: head.levels,
      pays: head.pays,
      measures: new Map(MEASURES.map((m): [Measure, boolean] => [m, head.measures[m] ?? false])),
      modules: head.modules.map((m) => ({ ...m, clause: m.clause ?? null })),
      sources,
      bodies,
      clauses,
      parameters,
      timelines,
      readings,
      facts,
      kinds: [
        ...this.byId<Shapes['kinds.yaml']['kinds'][number], Kind>('kind', kinds, (k) => ({
          ...k,
          line: k.line ?? null,
          area: k.area ?? null,
        })).values(),
      ],
      openKinds: open
        ? { clause: open.clause, decidedBy: open['decided-by'], included: open.included, as: open.as }
        : null,
      areas: this.single<Shapes['kinds.yaml']['areas']>(sections, 'kinds.yaml', 'areas')[0]?.value ?? null,
      twoDistricts: twoEntry?.value ?? { reading: '', clause: '' },
      reportedTo:
        this.single<Shapes['kinds.yaml']['reported-to']>(sections, 'kinds.yaml', 'reported-to')[0]?.value ??
        null,
      posts: [...this.byId('post', posts, (p) => p).values()],
      credit,
      calendar: this.list<Shapes['calendar.yaml']['calendar'][number]>(
        sections,
        'calendar.yaml',
        'calendar',
      ).map((c) => this.calendar(c)),
      benefits: [
        ...this.byId(
          'benefit',
          this.list<Shapes['benefits.yaml']['benefits'][number]>(sections, 'benefits.yaml', 'benefits'),
          (b, where) => this.benefit(b, where, head.pays),
        ).values(),
      ],
      duties: [
        ...this.byId<Shapes['duties.yaml']['duties'][number], Duty>(
          'duty',
          this.list(sections, 'duties.yaml', 'duties'),
          (d, where) => ({
            id: d.id,
            label: d.label,
            clause: d.clause,
            measure: d.measure,
            each: d.each,
            weekStarts: d['week-starts'] ?? null,
            effect: d.effect,
            says: d.says,
            findingWhen: this.formula(d['finding-when'], DUTY_FACTS, 'flag', where('finding-when')),
          }),
        ).values(),
      ],
      questions: this.byId<Shapes['questions.yaml']['questions'][number], Question>(
        'question',
        questionEntries,
        (q, where) => ({
          id: q.id,
          label: q.label,
          clause: q.clause,
          measure: q.measure,
          type: typeOf(q.id, q.type),
          options: optionMap(q.options ?? []),
          formula: this.formula(
            q.answer,
            new Map([...facts.values()].map((f) => [f.id, f.type])),
            typeOf(q.id, q.type),
            where('answer'),
          ),
        }),
      ),
      scenarios: files.filter((f) => f.path.startsWith('scenarios/') && f.path.endsWith('.yaml')),
    };
    return pack;
  }

  private single<T>(sections: Sections, file: FileName, key: string): (Entry<NonNullable<T>> | undefined)[] {
    return [sections[file]?.single[key] as Entry<NonNullable<T>> | undefined];
  }

  private byId<R extends { id: string }, T>(
    sort: string,
    entries: Entry<R>[],
    make: (raw: R, where: Entry<R>['where']) => T,
  ): Map<string, T> {
    const out = new Map<string, T>();
    for (const entry of entries) {
      const { id } = entry.value;
      if (out.has(id)) this.problem(entry.where(), `“${id}”写了两次`, `"${id}" stands twice`);
      this.places.set(`${sort} ${id}`, entry.where());
      out.set(id, make(entry.value, entry.where));
    }
    return out;
  }

  private period(raw: { from: string | null; until: string | null }, where: Where): Period {
    const from = raw.from === null ? EVER : parseDay(raw.from);
    const until = raw.until === null ? NEVER : parseDay(raw.until);
    if (from === null || until === null || from >= until) {
      this.problem(
        where,
        `时段 ${raw.from ?? '…'} 至 ${raw.until ?? '…'} 不成立`,
        `the period from ${raw.from ?? '…'} until ${raw.until ?? '…'} is empty or not a date`,
        {
          zh: 'from 含当日，until 不含当日，必须在 from 之后',
          en: 'from is included, until is not and must be later than from',
        },
      );
      return { from: EVER, until: NEVER };
    }
    return { from, until };
  }

  /** A fact is known from the day stated, else from its document's date, else since ever. */
  private knownSince(
    known: string | undefined,
    source: string | null,
    sources: ReadonlyMap<string, Source>,
  ): number {
    const iso = known ?? (source ? sources.get(source)?.date : null);
    return iso ? (parseDay(iso) ?? EVER) : EVER;
  }

  private parameter(
    p: Shapes['parameters.yaml']['parameters'][number],
    where: Entry<unknown>['where'],
  ): Parameter {
    const type = typeOf(p.id, p.type);
    const optionIds = new Set((p.options ?? []).map((o) => o.id));
    const values = p.values.map(
      (v, i): Dated => ({
        period: this.period(v, where('values', i)),
        value: this.value(v.value, type, optionIds, where('values', i, 'value'), p.unit === 'percent'),
        source: v.source,
        known: v.known ? (parseDay(v.known) ?? EVER) : EVER,
        line: where('values', i).line ?? 0,
      }),
    );
    return {
      id: p.id,
      label: p.label,
      aliases: p.aliases,
      type,
      percent: p.unit === 'percent',
      options: optionMap(p.options ?? []),
      force: p.force,
      clause: p.clause,
      measure: p.measure,
      setBy: p['set-by'],
      needsDocument: p['needs-document'],
      guidedBy: p['guided-by'] ?? null,
      readBy: p['read-by'],
      values,
      impliedBy: p['implied-by']
        ? {
            parameter: p['implied-by'].parameter,
            value: this.value(
              p['implied-by'].value,
              type,
              optionIds,
              where('implied-by'),
              p.unit === 'percent',
            ),
          }
        : null,
    };
  }

  private value(
    raw: unknown,
    type: Type,
    options: ReadonlySet<string>,
    where: Where,
    percent: boolean,
  ): Value {
    const value = readValue(raw, type, options, (p) => this.period(p, where), percent);
    if (value !== null) return value;
    this.problem(
      where,
      `“${JSON.stringify(raw)}”不是这种参数的值`,
      `${JSON.stringify(raw)} is not a value of this parameter`,
      VALUE_SHAPES[type.split(':')[0]] ?? NO_SUGGESTION,
    );
    return ZERO_OF(type);
  }

  private calendar(entry: Entry<Shapes['calendar.yaml']['calendar'][number]>): Calendar {
    const c = entry.value;
    const days = new Map<number, DayKind>();
    c.days.forEach((d, i) => {
      const p = this.period(d, entry.where('days', i));
      for (let at = p.from; at < Math.min(p.until, NEVER) && p.from > EVER; at++) {
        if (days.has(at))
          this.problem(entry.where('days', i), `日历里有一天写了两次`, `a day stands twice in the calendar`);
        days.set(at, d.kind);
      }
    });
    return { period: this.period(c, entry.where()), source: c.source, weekend: new Set(c.weekend), days };
  }

  private formula(text: string, facts: ReadonlyMap<string, Type>, type: Type, where: Where): Formula {
    try {
      return parseFormula(text, { ...this.scope, facts }, type);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      this.problem(where, `算式“${text}”：${error.says.zh}`, `formula "${text}": ${error.says.en}`);
      return { op: 'literal', type, value: ZERO_OF(type), text: '' };
    }
  }

  private conditions(
    list: readonly { if: string; else: Refusal }[],
    facts: ReadonlyMap<string, Type>,
    where: (i: number) => Where,
  ): Condition[] {
    return list.map((c, i) => ({ if: this.formula(c.if, facts, 'flag', where(i)), otherwise: c.else }));
  }

  private benefit(
    b: Shapes['benefits.yaml']['benefits'][number],
    where: Entry<unknown>['where'],
    pays: string,
  ): Benefit {
    const facts = b.per === 'event' ? EVENT_FACTS : DAY_FACTS;
    const terms = b.for.map((t, i): BenefitTerms => {
      const shares = t.shares.map(
        (s, k): Share => ({
          bearer: s.bearer,
          part:
            s.part === 'rest'
              ? null
              : this.formula(s.part, SHARE_FACTS, 'number', where('for', i, 'shares', k, 'part')),
          upTo:
            s['up-to'] === undefined
              ? null
              : this.formula(
                  s['up-to'],
                  facts,
                  b.per === 'day' ? 'rate' : 'money',
                  where('for', i, 'shares', k, 'up-to'),
                ),
          clause: s.clause,
          paidAs: s['paid-as'] ?? null,
        }),
      );
      const amountFacts = b.per === 'month' ? MONTH_FACTS : EVENT_FACTS;
      const rate = t.rate === undefined ? null : this.formula(t.rate, facts, 'rate', where('for', i, 'rate'));
      const amount =
        t.amount === undefined
          ? null
          : this.formula(t.amount, amountFacts, 'money', where('for', i, 'amount'));
      if (!t.refused && (b.per === 'day' ? !rate || amount : !amount || rate)) {
        this.problem(
          where('for', i),
          b.per === 'day'
            ? '按天的待遇要写 rate（每日标准），不写 amount'
            : '按月、按次的待遇要写 amount（金额），不写 rate',
          b.per === 'day'
            ? 'a benefit per day has a rate and no amount'
            : 'a benefit per month or event has an amount and no rate',
        );
      }
      return {
        kinds: t.kinds,
        clause: t.clause,
        refused: t.refused ?? null,
        when: this.conditions(t.when, facts, (k) => where('for', i, 'when', k, 'if')),
        rate,
        amount,
        shares,
      };
    });
    return {
      id: b.id,
      label: b.label,
      measure: b.measure,
      per: b.per,
      event: b.event ?? null,
      clause: b.clause,
      disburser: b.disburser ?? pays,
      when: this.conditions(b.when, facts, (k) => where('when', k, 'if')),
      terms,
      once: b.once ? { clause: b.once.clause, reading: b.once.reading ?? null, says: b.once.says } : null,
      rounding: b.rounding ?? null,
      postedFor: b['posted-for'] ?? null,
      caps: b.caps.map(
        (c, i): Cap => ({
          per: c.per,
          clause: c.clause,
          says: c.says,
          days:
            c.days === undefined ? null : this.formula(c.days, SHARE_FACTS, 'days', where('caps', i, 'days')),
          amount:
            c.amount === undefined
              ? null
              : this.formula(c.amount, SHARE_FACTS, 'money', where('caps', i, 'amount')),
        }),
      ),
    };
  }
}

const NO_SUGGESTION: Text = { zh: '', en: '' };

const VALUE_SHAPES: Record<string, Text> = {
  money: { zh: '金额写成“500 yuan”', en: 'write money as "500 yuan"' },
  rate: { zh: '每日标准写成“70 yuan/day”', en: 'write a daily rate as "70 yuan/day"' },
  days: { zh: '天数写成“14 days”', en: 'write days as "14 days"' },
  minutes: {
    zh: '时长写成“6 hours”或“360 minutes”',
    en: 'write a length of time as "6 hours" or "360 minutes"',
  },
  number: { zh: '写成“1/2”、“50%”或“3”', en: 'write "1/2", "50%" or "3"' },
  flag: { zh: '写 true 或 false', en: 'write true or false' },
  periods: { zh: '写成 [{ from, until }]', en: 'write [{ from, until }]' },
};

const fact = (...pairs: [string, Type][]): ReadonlyMap<string, Type> => new Map(pairs);
/** What a formula about one day may ask. `credit` is the day's credit, 1 or 0.5 day. */
const DAY_FACTS = fact(
  ['kind', 'choice:kind'],
  ['post', 'choice:post'],
  ['day-kind', 'choice:day-kind'],
  ['area', 'choice:area'],
  ['credit', 'days'],
  ['day', 'date'],
);
const SHARE_FACTS = fact(['kind', 'choice:kind'], ['day', 'date']);
const MONTH_FACTS = fact(['kind', 'choice:kind'], ['days', 'days'], ['day', 'date']);
const EVENT_FACTS = fact(['kind', 'choice:kind'], ['day', 'date']);
const CREDIT_FACTS = fact(['minutes-in-all', 'minutes'], ['day', 'date']);
/** A week: how many civil days without any duty, of how many in force. A run: how many days of duty in a row. */
const DUTY_FACTS = fact(
  ['rest-days', 'days'],
  ['days-in-week', 'days'],
  ['run-days', 'days'],
  ['day', 'date'],
);

const emptyScope = (): Scope => ({
  parameters: new Map(),
  timelines: new Map(),
  readings: new Map(),
  figures: new Map(),
  facts: new Map(),
  options: new Map(),
});
const optionMap = (options: readonly { id: string; label: Text }[]): Map<string, Text> =>
  new Map(options.map((o) => [o.id, o.label]));
const typeOf = (id: string, type: string): Type =>
  (type === 'choice' || type === 'set' ? `${type}:${id}` : type) as Type;
const ZERO_OF = (type: Type): Value =>
  type === 'flag'
    ? false
    : type === 'periods' || type.startsWith('set:')
      ? []
      : type.startsWith('choice:')
        ? ''
        : { n: 0, d: 1 };

/**
 * A parameter's value as a pack's YAML or a settings sheet writes it. Numbers without a unit are refused except where the
 * type is a plain number; `percent` reads a bare 30 as 30 in the hundred. Null when it is not a value of the type.
 */
function readValue(
  raw: unknown,
  type: Type,
  options: ReadonlySet<string>,
  period: (raw: { from: string | null; until: string | null }) => Period,
  percent = false,
): Value | null {
  if (type === 'periods') {
    if (!Array.isArray(raw) || raw.some((p) => typeof p !== 'object')) return null;
    return joined((raw as { from: string | null; until: string | null }[]).map(period));
  }
  if (type.startsWith('set:')) {
    if (!Array.isArray(raw)) return null;
    return raw.every((v) => typeof v === 'string' && (options.size === 0 || options.has(v)))
      ? (raw as string[])
      : null;
  }
  if (Array.isArray(raw) || (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean'))
    return null;
  const text = String(raw);
  if (type.startsWith('choice:')) return options.has(text) ? text : null;
  if (percent && typeof raw === 'number') return parseLiteral(`${raw}%`, 'number');
  return parseLiteral(text, type);
}

function merge(theirs: Entry<unknown> | null, own: Entry<unknown> | null): NonNullable<Sections[FileName]> {
  const out = { single: {} } as NonNullable<Sections[FileName]>;
  for (const entry of [theirs, own]) {
    if (!entry) continue;
    for (const [key, value] of Object.entries(entry.value as Record<string, unknown>)) {
      if (!Array.isArray(value)) {
        if (value !== undefined) out.single[key] = { value, where: (...path) => entry.where(key, ...path) };
        continue;
      }
      const entries = value.map(
        (v, i): Entry<unknown> => ({ value: v, where: (...path) => entry.where(key, i, ...path) }),
      );
      if (entry === theirs) {
        out[key] = entries;
        continue;
      }
      const before = (out[key] as Entry<unknown>[] | undefined) ?? [];
      const idOf = (e: Entry<unknown>) => (e.value as { id?: string }).id;
      const replaced = new Map(entries.map((e) => [idOf(e), e]));
      const kept = before.map((e) => replaced.get(idOf(e)) ?? e);
      out[key] = [
        ...kept,
        ...entries.filter((e) => idOf(e) === undefined || !before.some((b) => idOf(b) === idOf(e))),
      ];
    }
  }
  return out;
}

/** What zod found, as a sentence that follows the quoted path. */
export function shapeSentence(issue: z.core.$ZodIssue): Text {
  switch (issue.code) {
    case 'unrecognized_keys':
      return {
        zh: `有不认识的项：${issue.keys.join('、')}`,
        en: `has keys nobody knows: ${issue.keys.join(', ')}`,
      };
    case 'invalid_type':
      return issue.input === undefined
        ? { zh: '缺少，或类型不对', en: 'is missing or of the wrong type' }
        : { zh: `类型不对，应为 ${issue.expected}`, en: `is of the wrong type, ${issue.expected} is wanted` };
    case 'invalid_value':
      return { zh: `只能是：${issue.values.join('、')}`, en: `can only be: ${issue.values.join(', ')}` };
    case 'invalid_format':
      return { zh: '写法不对', en: 'is not written in the right form' };
    default:
      return { zh: '不合格式', en: 'does not have the right shape' };
  }
}
