import { chineseDay, type Day, EVER, isoDay, NEVER, parseDay, partsOf } from '../values/date.ts';
import type { Period } from '../values/period.ts';
import { type Language, same, type Text } from '../values/text.ts';
import { type Formula, namesIn, type Type, type Value } from './formula.ts';
import {
  type Benefit,
  type BenefitTerms,
  type Calendar,
  type Clause,
  type Condition,
  type DayKind,
  type Duty,
  type Kind,
  MEASURES,
  type Measure,
  type Module,
  type Pack,
  type Parameter,
  type Question,
  type Reading,
  type Share,
  type Source,
  type Timeline,
} from './pack.ts';
import type { Policy } from './policy.ts';
import { formulaText, optionsOf, periodText, type Saying, valueText } from './prose.ts';
import { readScenarios, type Scenario } from './prove.ts';
import { findNamed, readWrittenValue } from './settings.ts';
import { digitsOf } from './terms.ts';

/**
 * A pack as a document: the notice clause by clause in our paraphrase, and beside each clause what the pack makes of it.
 *
 * One page of HTML that needs nothing else: no script, no other file, no host; it prints to A4 and follows the reader's
 * light or dark setting. `css` is the text of design/tokens.css (policy imports values alone, so the caller reads it).
 * Every clause is an anchor by its id (#TJ-2.1-f); everything else by sort and id (#parameter:day-rate, #reading:D14).
 * The same policy and language give the same bytes.
 */
export function describePack(policy: Policy, language: Language, { css }: { css: string }): string {
  return new Description(policy, language).page(css);
}

/** Text that is HTML already. Only `html` makes it: everything else is escaped on its way in. */
type Html = { readonly html: string };
type Piece = Html | string | number | null | false | readonly Piece[];

const escaped = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c] as string,
  );

function written(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece));
  return 'html' in piece ? piece.html : piece.map(written).join('');
}

function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return { html: strings.reduce((out, s, i) => out + s + (i < pieces.length ? written(pieces[i]) : ''), '') };
}

const NOTHING: Html = { html: '' };

const MEASURE_TEXT: Record<Measure, Text> = {
  subsidy: { zh: '工作补助', en: 'Allowance' },
  rest: { zh: '轮休与休息', en: 'Rotation and rest' },
  burden: { zh: '减轻负担', en: 'Lighter burdens' },
  injury: { zh: '工伤保障', en: 'Work injury' },
  supplies: { zh: '防护与物资', en: 'Protection and supplies' },
  wellbeing: { zh: '身心关怀', en: 'Health and care' },
  recognition: { zh: '宣传与褒奖', en: 'Recognition' },
  tolerance: { zh: '容错与撑腰', en: 'Tolerance and backing' },
  oversight: { zh: '组织与督查', en: 'Leadership and oversight' },
};

const CLAUSE_FORCE_TEXT: Record<Clause['force'], Text> = {
  must: { zh: '应当', en: 'must' },
  'in-principle': { zh: '原则上', en: 'in principle' },
  may: { zh: '可以', en: 'may' },
  encouraged: { zh: '鼓励', en: 'encouraged' },
  'must-not': { zh: '不得', en: 'must not' },
  declaratory: { zh: '宣示', en: 'declares' },
};

const GIVES_TEXT: Record<Clause['gives'], Text> = {
  money: { zh: '资金', en: 'money' },
  duty: { zh: '职责', en: 'a duty' },
  'in-kind': { zh: '实物与服务', en: 'goods or services' },
  honour: { zh: '荣誉与机会', en: 'honour' },
  protection: { zh: '保障', en: 'protection' },
  procedure: { zh: '程序', en: 'procedure' },
  frame: { zh: '范围', en: 'scope' },
};

const DAY_KIND_LABEL: Record<DayKind, Text> = {
  'statutory-holiday': { zh: '法定节假日', en: 'Statutory holidays' },
  'rest-day': { zh: '另作休息日', en: 'Further rest days' },
  'working-day': { zh: '调为工作日', en: 'Weekend days worked' },
};
const WEEKDAYS: readonly Text[] = [
  { zh: '周一', en: 'Monday' },
  { zh: '周二', en: 'Tuesday' },
  { zh: '周三', en: 'Wednesday' },
  { zh: '周四', en: 'Thursday' },
  { zh: '周五', en: 'Friday' },
  { zh: '周六', en: 'Saturday' },
  { zh: '周日', en: 'Sunday' },
];

/** A run of clauses that stand under one heading of one document. */
type Group = { readonly path: Text; readonly clauses: readonly Clause[] };
type Section = {
  readonly id: string;
  readonly title: Text;
  readonly body: Html;
  readonly under?: readonly { id: string; title: Text; note: string }[];
};

class Description {
  private readonly policy: Policy;
  private readonly pack: Pack;
  private readonly language: Language;
  /** The scenarios of the pack by the first clause they cite. */
  private readonly examples = new Map<string, { scenario: Scenario; title: string }[]>();

  constructor(policy: Policy, language: Language) {
    this.policy = policy;
    this.pack = policy.pack;
    this.language = language;
    for (const { scenario } of readScenarios(policy.pack.scenarios).scenarios) {
      const clause = scenario.cites.find((c) => policy.pack.clauses.has(c));
      if (clause)
        this.examples.set(clause, [
          ...(this.examples.get(clause) ?? []),
          { scenario, title: this.exampleTitle(scenario) },
        ]);
    }
  }

  // ── words ──────────────────────────────────────────────

  private say(zh: string, en: string): string {
    return this.language === 'zh' ? zh : en;
  }

  private t(text: Text): string {
    return text[this.language];
  }

  /** Items in a row as the language lists them. */
  private list(items: readonly Piece[]): Html {
    return html`${items.map((item, i) => [i === 0 ? '' : this.say('、', ', '), item])}`;
  }

  /** A sentence ends as the language ends it, unless it has already. */
  private stop(text: string): string {
    return /[。.！!？?]$/.test(text) ? text : text + this.say('。', '.');
  }

  private capital(text: string): string {
    return this.language === 'en' ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  }

  private day(d: Day): string {
    return this.language === 'zh' ? chineseDay(d) : isoDay(d);
  }

  private body(id: string | null): string {
    const body = id === null ? undefined : this.pack.bodies.get(id);
    return body ? this.t(body.name) : this.say('（未定单位）', '(body not determined)');
  }

  /** Several bodies of which any may act. */
  private bodies(ids: readonly string[]): string {
    return ids.map((b) => this.body(b)).join(this.say('、', ' or '));
  }

  private level(id: string): string {
    const level = this.pack.levels.find((l) => l.id === id);
    return level ? this.t(level.label) : id;
  }

  private theLevel(id: string): string {
    return this.say(this.level(id), `the ${this.level(id)}`);
  }

  private kinds(ids: readonly string[]): string {
    return ids.map((id) => this.kindLabel(id)).join(this.say('、', ', '));
  }

  private kindLabel(id: string): string {
    const kind = this.pack.kinds.find((k) => k.id === id);
    return kind ? this.t(kind.label) : id;
  }

  private division(code: string): string {
    return this.policy.divisions.of(code)?.name ?? code;
  }

  /** A value as a document writes it: no .00 after a round sum, thousands set apart. */
  private value(value: Value, type: Type, options?: ReadonlyMap<string, Text>, percent = false): string {
    return plainSum(this.t(valueText(value, type, options ?? optionsOf(this.pack, type), percent)));
  }

  private values(p: Parameter): Parameter['values'] {
    return p.values.filter((v) => v.known <= this.policy.knownOn);
  }

  /** The one value a name can be replaced by: fixed, and the same on every day. */
  private always(p: Parameter | undefined): string | null {
    const values = p?.force === 'fixed' ? this.values(p) : [];
    if (!p || values.length !== 1) return null;
    const [{ period, value }] = values;
    return period.from <= EVER && period.until >= NEVER
      ? this.value(value, p.type, p.options, p.percent)
      : null;
  }

  /** A formula as a sentence: fixed values stand in place of their names, other names are quoted. */
  private formula(f: Formula): string {
    return plainSum(this.t(formulaText(f, this.pack, this.saying)));
  }

  private readonly saying: Saying = (f) => {
    if (f.op === 'reading') return { zh: `释义 ${f.name}`, en: `reading ${f.name}` };
    if (f.op === 'timeline') {
      const label = this.pack.timelines.get(f.name)?.label ?? same(f.name);
      return { zh: label.zh, en: `the ${label.en.charAt(0).toLowerCase()}${label.en.slice(1)}` };
    }
    if (f.op !== 'parameter' || f.type === 'flag') return null;
    const p = this.pack.parameters.get(f.name);
    const value = this.always(p);
    if (value !== null) return same(value);
    const label = p ? this.t(p.label) : f.name;
    if (f.asIssued) return { zh: `文件所定的“${label}”`, en: `“${label}” as issued` };
    const limit = p && (p.force === 'floor' || p.force === 'ceiling') ? this.values(p) : [];
    if (!p || limit.length !== 1) return same(`“${label}”`);
    const issued = this.value(limit[0].value, p.type, p.options, p.percent);
    return { zh: `“${label}”（${issued}）`, en: `“${label}” (${issued})` };
  };

  // ── links ──────────────────────────────────────────────

  private clauseLink(id: string): Html {
    return this.pack.clauses.has(id)
      ? html`<a class="clause-link" href="#${id}">${id}</a>`
      : html`<span class="clause-link">${id}</span>`;
  }

  private inBrackets(id: string): Html {
    if (id === '') return NOTHING;
    return this.language === 'zh' ? html`（${this.clauseLink(id)}）` : html` (${this.clauseLink(id)})`;
  }

  private documentLink(id: string): Html {
    const source = this.pack.sources.get(id);
    if (!source) return NOTHING;
    const cited = source.held === 'cited' ? this.say('，正文不在手', ', text not held') : '';
    const name = source.number ? zhName(source.number, this.language) : html`${this.t(source.title)}`;
    return html`<a href="#source:${id}">${name}</a>${cited}`;
  }

  private readingLink(id: string): Html {
    return html`<a href="#reading:${id}">${this.say('释义 ', 'reading ')}${id}</a>`;
  }

  private inUse(id: string): string {
    const r = this.pack.readings.get(id);
    return r ? this.t(r.options.get(r.inUse) ?? same(r.inUse)) : '';
  }

  // ── the page ───────────────────────────────────────────

  page(css: string): string {
    const { pack } = this;
    const measures = this.measuresInOrder();
    const sections: Section[] = [
      { id: 'documents', title: { zh: '依据文件', en: 'Documents' }, body: this.documents() },
      { id: 'who-pays', title: { zh: '各级怎么出钱', en: 'How the levels pay' }, body: this.whoPays() },
      { id: 'not-set', title: { zh: '尚待规定', en: 'Not set yet' }, body: this.notSet() },
      {
        id: 'measures',
        title: { zh: '逐项措施', en: 'Measure by measure' },
        body: html`${measures.map((m) => this.measure(m))}`,
        under: measures.map((m) => ({
          id: `measure:${m}`,
          title: MEASURE_TEXT[m],
          note: pack.measures.get(m) ? String(this.clausesOf(m).length) : this.say('未开启', 'off'),
        })),
      },
      { id: 'kinds', title: { zh: '人员类别', en: 'Kinds of worker' }, body: this.kindsSection() },
      { id: 'states', title: { zh: '公布的时段', en: 'Declared states' }, body: this.timelines() },
      { id: 'calendar', title: { zh: '日历', en: 'Calendar' }, body: this.calendar() },
      { id: 'readings', title: { zh: '释义', en: 'Readings' }, body: this.readings() },
      { id: 'examples', title: { zh: '算例', en: 'Worked examples' }, body: this.examplesSection() },
    ].filter((s) => s.body.html !== '');
    const name = this.say('守望', 'Shouwang');
    return html`<!doctype html>
<html lang="${this.say('zh-CN', 'en')}" data-entry="desk" data-mode="auto" data-size="std">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${this.t(pack.title)}${this.say('——', ' | ')}${name}</title>
<style>
${{ html: closed(css) }}
${{ html: STYLE }}
</style>
</head>
<body>
<a class="skip" href="#measures">${this.say('跳到逐项措施', 'Skip to the measures')}</a>
<div class="page">
${this.head(name)}
<nav class="toc" aria-label="${this.say('目录', 'Contents')}">
<h2>${this.say('目录', 'Contents')}</h2>
<ol>${sections.map(
      (s) => html`
<li><a href="#${s.id}">${this.t(s.title)}</a>${
        s.under
          ? html`<ol>${s.under.map(
              (u) => html`
<li><a href="#${u.id}">${this.t(u.title)}</a> <span class="n">${u.note}</span></li>`,
            )}
</ol>`
          : null
      }</li>`,
    )}
</ol>
</nav>
<main>
${sections.map(
  (s) => html`<section class="part" id="${s.id}" aria-labelledby="${s.id}-title">
<h2 id="${s.id}-title">${this.t(s.title)}</h2>
${s.body}
</section>
`,
)}</main>
<footer class="colophon">
<p>${this.say('条款是转述，不是原文；有出入的，以文件原文为准。', 'Clauses are paraphrased; where the wording differs, the document itself holds.')}</p>
<p>${this.say('政策包', 'Pack')} <code>${pack.id}</code>${this.say('，第', ', version ')}<code>${pack.version}</code>${this.say('版，摘要', ', digest ')} <code>${pack.digest.slice(0, 16)}</code>${this.say('。', '.')}</p>
</footer>
</div>
</body>
</html>
`.html;
  }

  private head(name: string): Html {
    const { pack } = this;
    const main = [...pack.clauses.values()][0]?.source ?? [...pack.sources.keys()][0];
    const source = pack.sources.get(main);
    const money = [...pack.clauses.values()].filter((c) => c.gives === 'money').length;
    const held = [...pack.sources.values()].filter((s) => s.held === 'held').length;
    const unset = this.unset().length;
    const n = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
    const summary = this.say(
      `依据文件${pack.sources.size}份，正文在手${held}份。登记条款${pack.clauses.size}条，其中${money}条涉及资金；参数${pack.parameters.size}项${
        unset > 0 ? `，${unset}项尚待规定，规定之前不出数` : '，都已有值'
      }。原文没有写明的，用${pack.readings.size}条释义补足，每条都写明由谁改定。`,
      `${n(pack.sources.size, 'document', 'documents')}, ${held} held in full. ${n(pack.clauses.size, 'clause', 'clauses')}, of which ${money} ${
        money === 1 ? 'concerns' : 'concern'
      } money. ${n(pack.parameters.size, 'parameter', 'parameters')}${
        unset > 0 ? `, ${unset} still to be set: until then they give no figure` : ', all with a value'
      }. Where the text is silent, ${n(pack.readings.size, 'reading fills', 'readings fill')} the gap, each naming who may decide otherwise.`,
    );
    return html`<header class="head">
<p class="brand"><svg viewBox="0 0 22 22" width="20" height="20" aria-hidden="true"><path d="M1.5 1.5h19v19h-19z" fill="none" stroke="currentColor" stroke-width="2"/><path d="M1.5 11h19v9.5h-19z" fill="var(--act)"/><circle cx="11" cy="6.6" r="2.2" fill="var(--care)"/></svg><span>${name}</span></p>
<div class="head-text">
<h1>${this.titleLines(pack.title)}</h1>
${
  source
    ? html`<p class="of">${[
        source.number ? zhName(source.number, this.language) : this.t(source.title),
        this.t(source.issuer),
        source.date ? this.dateOf(source.date) : this.say('未署日期', 'undated'),
      ].map(
        (piece) => html`<span>${piece}</span>
`,
      )}</p>`
    : null
}
<p class="lead">${summary}</p>
</div>
</header>`;
  }

  /** A title breaks before what stands in brackets at its end, and after a colon. */
  private titleLines(title: Text): Piece {
    const text = this.t(title);
    const cut = /^(.+?)([（(][^（(]*[）)])$/.exec(text);
    return cut ? [cut[1].trimEnd(), html`<span class="year">${cut[2]}</span>`] : text;
  }

  private dateOf(iso: string): string {
    const d = parseDay(iso);
    return d === null ? iso : this.day(d);
  }

  // ── documents ──────────────────────────────────────────

  private documents(): Html {
    const sources = [...this.pack.sources.values()];
    return html`<p class="intro">${this.say(
      '“在手”是我们持有正文；“仅引”是只从别的文件或公开页面得知，凡依据它的数都带有提示。',
      '“Held” means that we have the text. “Cited” means that it is known only through other documents or public pages; every figure resting on it says so.',
    )}</p>
<table class="documents stack">
<thead><tr><th>${this.say('文件', 'Document')}</th><th>${this.say('文号与日期', 'Number and date')}</th><th>${this.say('正文', 'Text')}</th><th>${this.say('可靠程度', 'How far it can be relied on')}</th></tr></thead>
<tbody>
${sources.map((s) => this.documentRow(s))}</tbody>
</table>`;
  }

  private documentRow(s: Source): Html {
    const notes = [s.note, s.numberNote, s.dateNote].filter((n) => n !== null);
    return html`<tr id="source:${s.id}">
<td class="name"><b>${this.t(s.title)}</b><span class="by">${this.t(s.issuer)}</span></td>
<td data-label="${this.say('文号', 'Number')}"><div>${s.number ? zhName(s.number, this.language) : html`<span class="none">${this.say('无文号', 'no number')}</span>`}<br>${
      s.date
        ? html`<span class="nb">${this.dateOf(s.date)}</span>`
        : html`<span class="none">${this.say('日期未取得', 'date not known')}</span>`
    }</div></td>
<td data-label="${this.say('正文', 'Text')}"><span class="${s.held}">${s.held === 'held' ? this.say('在手', 'held') : this.say('仅引', 'cited')}</span></td>
<td class="notes">${notes.map((n) => html`<p>${this.stop(this.t(n))}</p>`)}</td>
</tr>
`;
  }

  // ── money ──────────────────────────────────────────────

  /** Everything that gives money, with the column of each level that bears any of it. */
  private whoPays(): Html {
    const { pack } = this;
    const benefits = pack.benefits.filter((b) => pack.measures.get(b.measure));
    if (benefits.length === 0) return NOTHING;
    const bearing = pack.levels.filter((l) =>
      benefits.some((b) => b.terms.some((t) => t.shares.some((s) => s.bearer === l.id))),
    );
    const disbursers = new Set(benefits.map((b) => b.disburser));
    const intro = this.say(
      `${disbursers.size === 1 ? `各项都由${this.level([...disbursers][0])}发放。` : ''}先定金额，再按下表逐级分担：每一级向下取整到分，最后一级取余数，合计必等于金额。`,
      `${disbursers.size === 1 ? `All of it is paid out by ${this.theLevel([...disbursers][0])}. ` : ''}The amount is fixed first, then divided as below: each level is rounded down to the fen and the last takes the rest, so the parts always make the whole.`,
    );
    return html`<p class="intro">${intro}</p>
<table class="money stack">
<thead><tr><th>${this.say('待遇与人员', 'What, and for whom')}</th><th>${this.say('金额', 'How much')}</th>${bearing.map((l) => html`<th class="share">${this.capital(this.t(l.label))}</th>`)}<th>${this.say('条款', 'Clause')}</th></tr></thead>
${benefits.map(
  (b) => html`<tbody>
<tr class="row-head"><th colspan="${bearing.length + 3}" scope="rowgroup"><a href="#benefit:${b.id}">${this.t(b.label)}</a></th></tr>
${b.terms.map(
  (t) => html`<tr>
<td class="name">${this.capital(this.kinds(t.kinds))}</td>
${
  t.refused
    ? html`<td class="refused" colspan="${bearing.length + 1}">${this.say('不发：', 'Not paid: ')}${this.t(t.refused.says)}</td>`
    : html`<td data-label="${this.say('金额', 'How much')}">${this.amount(b, t)}</td>${bearing.map((l) => html`<td class="share" data-label="${this.capital(this.t(l.label))}">${this.shareCell(t, l.id)}</td>`)}`
}
<td data-label="${this.say('条款', 'Clause')}">${this.clauseLink(t.clause)}</td>
</tr>
`,
)}</tbody>
`,
)}</table>`;
  }

  /** A sum in a table: the value in force where there is one, else that it is not set. */
  private amount(b: Benefit, t: BenefitTerms): Piece {
    const f = t.rate ?? t.amount;
    if (!f) return '';
    if (f.op === 'parameter') {
      const p = this.pack.parameters.get(f.name);
      if (p)
        return html`<a href="#parameter:${p.id}">${this.t(p.label)}</a>${this.say('：', ': ')}${this.currently(p)}`;
    }
    return `${this.formula(f)}${b.per === 'month' ? this.say('（每月）', ' a month') : ''}`;
  }

  /** What a parameter is, in few words: its last value, or that it is not set. */
  private currently(p: Parameter): Html {
    const last = this.values(p).at(-1);
    if (!last) return html`<span class="unset">${this.say('尚未规定', 'not set yet')}</span>`;
    const value = this.value(last.value, p.type, p.options, p.percent);
    return p.force === 'floor'
      ? html`${this.say(`不低于${value}`, `at least ${value}`)}`
      : p.force === 'ceiling'
        ? html`${this.say(`不高于${value}`, `at most ${value}`)}`
        : html`<span class="nb">${value}</span>`;
  }

  private shareCell(t: BenefitTerms, level: string): Piece {
    const at = t.shares.findIndex((s) => s.bearer === level);
    if (at < 0) return html`<span class="none" aria-label="${this.say('不负担', 'nothing')}">—</span>`;
    const share = t.shares[at];
    if (!share.part) return t.shares.length === 1 ? this.say('全部', 'all') : this.say('其余', 'the rest');
    return [this.part(share.part), share.upTo ? this.say('，基数有上限', ', of a limited base') : ''];
  }

  private part(f: Formula): Html {
    if (f.op === 'parameter') {
      const p = this.pack.parameters.get(f.name);
      if (p) {
        const values = this.values(p);
        return values.length > 0
          ? html`<a href="#parameter:${p.id}" class="nb">${this.value(values.at(-1)?.value as Value, p.type, p.options, p.percent)}</a>`
          : html`<a href="#parameter:${p.id}">${this.t(p.label)}</a> <span class="unset">${this.say('尚未规定', 'not set yet')}</span>`;
      }
    }
    return html`${this.formula(f)}`;
  }

  /** Parameters somebody must set and nobody has: they have no value at all, or none yet in a measure that is on. */
  private unset(): Parameter[] {
    return [...this.pack.parameters.values()].filter((p) => this.values(p).length === 0);
  }

  private notSet(): Html {
    const unset = this.unset();
    const intro =
      unset.length > 0
        ? this.say(
            '下列事项文件授权别的机关规定，规定之前不出数：既不是零，也不是不给。',
            'The documents leave these to other bodies. Until they act there is no figure: that is neither zero nor a refusal.',
          )
        : this.say(
            '文件授权规定的事项都已有值。',
            'Everything the documents leave to other bodies has been set.',
          );
    return html`<p class="intro">${intro}</p>
${
  unset.length > 0
    ? html`<table class="stack">
<thead><tr><th>${this.say('事项', 'What')}</th><th>${this.say('由谁规定', 'Who must set it')}</th><th>${this.say('措施', 'Measure')}</th><th>${this.say('条款', 'Clause')}</th></tr></thead>
<tbody>
${unset.map(
  (p) => html`<tr>
<td class="name"><a href="#parameter:${p.id}">${this.t(p.label)}</a></td>
<td data-label="${this.say('由谁规定', 'Who must set it')}">${this.capital(this.bodies(p.setBy))}${p.guidedBy ? this.say(`（${this.body(p.guidedBy)}指导）`, `, guided by the ${this.body(p.guidedBy)}`) : ''}</td>
<td data-label="${this.say('措施', 'Measure')}">${this.t(MEASURE_TEXT[p.measure])}</td>
<td data-label="${this.say('条款', 'Clause')}">${this.clauseLink(p.clause)}</td>
</tr>
`,
)}</tbody>
</table>`
    : null
}`;
  }

  // ── measures and clauses ───────────────────────────────

  private clausesOf(m: Measure): Clause[] {
    return [...this.pack.clauses.values()].filter((c) => c.measure === m);
  }

  /** Under one heading of one document, in the register's order. */
  private groups(clauses: readonly Clause[]): Group[] {
    const groups = new Map<string, Clause[]>();
    for (const c of clauses) {
      const key = `${c.source}\n${c.path.zh}`;
      groups.set(key, [...(groups.get(key) ?? []), c]);
    }
    return [...groups.values()].map((g) => ({ path: g[0].path, clauses: g }));
  }

  /** As the notice has them: each measure where most of its clauses stand; those without a clause last. */
  private measuresInOrder(): Measure[] {
    const order = [...this.pack.clauses.keys()];
    const place = (m: Measure): number => {
      const main = this.groups(this.clausesOf(m)).reduce<Group | null>(
        (best, g) => (best && best.clauses.length >= g.clauses.length ? best : g),
        null,
      );
      return main ? order.indexOf(main.clauses[0].id) : order.length;
    };
    return MEASURES.filter((m) => this.pack.measures.has(m)).sort((a, b) => place(a) - place(b));
  }

  private measure(m: Measure): Html {
    const clauses = this.clausesOf(m);
    const on = this.pack.measures.get(m);
    const off = on
      ? null
      : html`<p class="off">${
          clauses.length === 0
            ? this.say(
                '文件没有这一项，不开启。',
                'The documents have nothing under this heading; it is switched off.',
              )
            : this.say(
                '这一项没有开启：条款照录，不据此办理。',
                'This measure is switched off: its clauses are recorded and not acted upon.',
              )
        }</p>`;
    const lacking = this.pack.modules.filter((x) => x.measure === m && x.clause === null);
    return html`<section class="measure" id="measure:${m}">
<h3>${this.t(MEASURE_TEXT[m])}</h3>
${off}${this.groups(clauses).map((g) => this.group(g))}${
  lacking.length > 0
    ? html`<div class="rules">${this.rule(this.say('文件未提', 'Not in the documents'), html`${lacking.map((x) => this.module(x))}`)}</div>
`
    : null
}</section>
`;
  }

  private group(g: Group): Html {
    const [first] = g.clauses;
    const shared = first.bodies.filter((b) => g.clauses.every((c) => c.bodies.includes(b)));
    const together = g.clauses.length > 1 && shared.length > 0;
    return html`${
      together
        ? html`<p class="group"><b>${this.path(g.path)}</b><span>${this.say('责任单位：', 'Responsible: ')}${this.responsible(shared)}</span></p>
`
        : null
    }${g.clauses.map((c) => this.clause(c, together ? shared : []))}`;
  }

  /** Where a clause stands in its document; a bare “一” would read as a dash. */
  private path(path: Text): string {
    return this.say(/^[一二三四五六七八九十]/.test(path.zh) ? `原文${path.zh}` : path.zh, path.en);
  }

  private responsible(ids: readonly string[]): Html {
    return this.list(ids.map((b) => this.body(b)));
  }

  private clause(c: Clause, shared: readonly string[]): Html {
    const own = c.bodies.filter((b) => !shared.includes(b));
    const rules = this.rulesOn(c.id);
    return html`<article class="clause${c.gives === 'money' ? ' gives-money' : ''}" id="${c.id}">
<header><h4><a href="#${c.id}">${c.id}</a></h4><p class="path">${this.path(c.path)}</p><p class="force">${this.t(CLAUSE_FORCE_TEXT[c.force])}${this.say('', ' ·')} <span class="gives">${this.t(GIVES_TEXT[c.gives])}</span></p></header>
<div class="says">
<p class="paraphrase">${this.t(c.says)}</p>
${
  c.pending
    ? html`<p class="pending"><b>${this.say('待明确', 'Open')}</b> ${this.withReadings(this.t(c.pending))}</p>
`
    : null
}${
  own.length > 0
    ? html`<p class="bodies">${shared.length > 0 ? this.say('另有：', 'Also: ') : this.say('责任单位：', 'Responsible: ')}${this.responsible(own)}</p>
`
    : null
}</div>
<div class="rules">${rules}</div>
${this.pack.benefits.filter((b) => b.clause === c.id).map((b) => this.benefit(b))}</article>
`;
  }

  /** A text of the pack in which every reading named is a link to it. */
  private withReadings(text: string): Html {
    const ids = [...this.pack.readings.keys()].sort((a, b) => b.length - a.length);
    if (ids.length === 0) return html`${text}`;
    const pattern = new RegExp(
      `(?<![A-Za-z0-9-])(${ids.map((id) => id.replace(/[.]/g, '\\.')).join('|')})(?![A-Za-z0-9-])`,
      'g',
    );
    return html`${text.split(pattern).map((piece, i) => (i % 2 === 1 ? html`<a href="#reading:${piece}">${piece}</a>` : piece))}`;
  }

  /** All that rests on a clause, most telling first. */
  private rulesOn(clause: string): Html {
    const { pack } = this;
    const kinds = pack.kinds.filter((k) => k.clause === clause);
    const modules = pack.modules.filter((m) => m.clause === clause);
    const readings = [...pack.readings.values()].filter((r) => r.clause === clause);
    const examples = this.examples.get(clause)?.length ?? 0;
    return html`${[
      pack.credit?.clause === clause ? this.credit() : null,
      ...pack.benefits.map((b) => (b.clause === clause ? null : this.benefitHere(b, clause))),
      ...[...pack.parameters.values()].filter((p) => p.clause === clause).map((p) => this.parameter(p)),
      ...pack.duties.filter((d) => d.clause === clause).map((d) => this.duty(d)),
      ...[...pack.questions.values()].filter((q) => q.clause === clause).map((q) => this.question(q)),
      kinds.length > 0
        ? this.rule(
            this.say('人员', 'Kinds'),
            html`<p><a href="#kinds">${this.capital(this.kinds(kinds.map((k) => k.id)))}</a></p>`,
          )
        : null,
      ...[...pack.timelines.values()]
        .filter((t) => t.clause === clause)
        .map((t) =>
          this.rule(
            this.say('时段', 'State'),
            html`<p><a href="#timeline:${t.id}">${this.t(t.label)}</a></p>`,
          ),
        ),
      modules.length > 0
        ? this.rule(this.say('事项', 'Modules'), html`${modules.map((m) => this.module(m))}`)
        : null,
      readings.length > 0
        ? this.rule(this.say('释义', 'Readings'), html`${readings.map((r) => this.readingHere(r))}`)
        : null,
      examples > 0
        ? this.rule(
            this.say('算例', 'Examples'),
            html`<p><a href="#examples:${clause}">${this.say(`${examples}个算例`, examples === 1 ? '1 worked example' : `${examples} worked examples`)}</a></p>`,
          )
        : null,
    ]}`;
  }

  private rule(sort: string, body: Html, id: string | null = null): Html {
    return html`<div class="rule"${id ? html` id="${id}"` : null}><span class="sort">${sort}</span><div class="what">${body}</div></div>
`;
  }

  // ── parameters ─────────────────────────────────────────

  private parameter(p: Parameter): Html {
    const values = this.values(p);
    const rows = values.map(
      (
        v,
      ) => html`<p class="value"><span class="${p.type.startsWith('set:') ? 'members' : 'figure'}">${this.value(v.value, p.type, p.options, p.percent)}</span>${
        v.period.from > EVER || v.period.until < NEVER
          ? html` <span class="nb">${this.period(v.period)}</span>`
          : null
      }</p>
${v.source ? html`<p class="from">${this.say('依据', 'From ')}${this.documentLink(v.source)}${this.learnt(v.known, v.source)}</p>` : null}`,
    );
    const here = this.policy.settings.filter((s) => s.name === p.id);
    return this.rule(
      this.say('参数', 'Parameter'),
      html`<p class="label">${this.t(p.label)}</p>
${values.length > 0 ? rows : html`<p class="gap"><span class="unset">${this.say('尚未规定', 'Not set yet')}</span>${this.say(`，由${this.bodies(p.setBy)}制定`, `: the ${this.bodies(p.setBy)} sets it`)}</p>`}
<p class="binding">${this.binding(p, values.length === 0)}</p>
${here.map(
  (
    s,
  ) => html`<p class="from">${this.division(s.division)}${this.say('：', ': ')}${this.value(s.value, p.type, p.options, p.percent)}${this.say('（', ' (')}${this.period(s.period)}${s.document ? [this.say('，', ', '), zhName(s.document, this.language)] : ''}${this.say('）', ')')}</p>
`,
)}`,
      `parameter:${p.id}`,
    );
  }

  /** The day a value became known, where it is another than its document's own. */
  private learnt(known: Day, source: string): string {
    if (known <= EVER || this.pack.sources.get(source)?.date === isoDay(known)) return '';
    return this.say(`，${this.day(known)}起知悉`, `, known since ${this.day(known)}`);
  }

  private period(p: Period): string {
    return this.t(periodText(p));
  }

  /** How strongly it binds, who may set another, under what conditions. */
  private binding(p: Parameter, unset: boolean): Html {
    const who = this.bodies(p.setBy);
    const sentences: string[] = [];
    switch (p.force) {
      case 'fixed':
        sentences.push(this.say('固定，各级不得另定。', 'Fixed: nobody may set another.'));
        break;
      case 'guiding':
        sentences.push(
          this.say(
            `指导标准，${who}可以另定；另定的，数上注明。`,
            `Guiding: the ${who} may set another, and figures then say so.`,
          ),
        );
        break;
      case 'floor':
        sentences.push(
          this.say(`不得低于此数；${who}可以定得更高。`, `A floor: the ${who} may set more, never less.`),
        );
        break;
      case 'ceiling':
        sentences.push(
          this.say(`不得高于此数；${who}可以定得更低。`, `A ceiling: the ${who} may set less, never more.`),
        );
        break;
      case 'delegated':
        sentences.push(
          unset
            ? this.say('文件授权规定，本身没有数。', 'Delegated: the documents themselves give no value.')
            : this.say(`授权${who}规定。`, `Delegated to the ${who}.`),
        );
        break;
    }
    if (p.guidedBy)
      sentences.push(this.say(`由${this.body(p.guidedBy)}指导。`, `Guided by the ${this.body(p.guidedBy)}.`));
    if (p.needsDocument) sentences.push(this.say('须有文件和文号。', 'Needs a document with a number.'));
    const implied = p.impliedBy ? this.pack.parameters.get(p.impliedBy.parameter) : undefined;
    if (p.impliedBy && implied) {
      const value = this.value(p.impliedBy.value, p.type, p.options, p.percent);
      sentences.push(
        this.say(
          `“${this.t(implied.label)}”一经规定，这里即视为“${value}”。`,
          `Once “${this.t(implied.label)}” is set, this counts as “${value}”.`,
        ),
      );
    }
    return html`${sentences.join(this.say('', ' '))}`;
  }

  // ── benefits ───────────────────────────────────────────

  /** A benefit whole: who, when, how much, who bears it, what is not paid twice. It stands under its own clause. */
  private benefit(b: Benefit): Html {
    const conditions = b.terms.some((t) => t.when.length > 0);
    const columns = {
      when: this.say('何时', 'When'),
      much: this.say('多少', 'How much'),
      borne: this.say('由谁负担', 'Who bears it'),
    };
    const paid = this.say(
      `由${this.level(b.disburser)}发放${b.per === 'event' ? '，按次' : b.per === 'month' ? '，按月' : '，按天计'}。`,
      `By ${this.theLevel(b.disburser)}, ${b.per === 'event' ? 'once for the event' : b.per === 'month' ? 'by the month' : 'by the day served'}.`,
    );
    return html`<div class="whole" id="benefit:${b.id}">
<h5>${this.t(b.label)}</h5>
<table class="stack">
<thead><tr><th class="c-for">${this.say('人员', 'For')}</th>${conditions ? html`<th class="c-when">${columns.when}</th>` : null}<th class="c-much">${columns.much}</th><th>${columns.borne}</th></tr></thead>
<tbody>
${b.terms.map(
  (t) => html`<tr>
<td class="name">${this.capital(this.kinds(t.kinds))}${t.clause === b.clause ? null : this.inBrackets(t.clause)}</td>
${
  t.refused
    ? html`<td class="refused" colspan="${conditions ? 3 : 2}">${this.say('不发：', 'Not paid: ')}${this.stop(this.t(t.refused.says))}</td>`
    : html`${conditions ? html`<td data-label="${columns.when}">${t.when.length > 0 ? t.when.map((c) => html`<p>${this.condition(c, t.clause)}</p>`) : this.say('不另设条件', 'no further condition')}</td>` : null}<td data-label="${columns.much}">${this.howMuch(b, t)}</td><td data-label="${columns.borne}">${this.shares(t.shares, t.clause)}</td>`
}
</tr>
`,
)}</tbody>
</table>
<dl>
${b.when.map(
  (c) => html`<dt>${columns.when}</dt><dd>${this.condition(c)}</dd>
`,
)}<dt>${this.say('发放', 'Paid out')}</dt><dd>${paid}</dd>
${
  b.once
    ? html`<dt>${this.say('择一', 'Only once')}</dt><dd>${this.once(b)}</dd>
`
    : null
}${b.caps.map(
  (c) => html`<dt>${this.say('上限', 'Cap')}</dt><dd>${this.cap(c)}</dd>
`,
)}${this.wherein([...b.when.map((c) => c.if), ...b.terms.flatMap((t) => [...t.when.map((c) => c.if), t.rate, t.amount, ...t.shares.flatMap((x) => [x.part, x.upTo])])], '', true)}</dl>
</div>
`;
  }

  /** When something is paid, and what is said where it is not; its clause where it is another than the one above. */
  private condition(c: Condition, under = ''): Html {
    return html`${this.say(`须${this.formula(c.if)}；否则不发：${this.t(c.otherwise.says)}`, `Only where ${this.formula(c.if)}; otherwise not paid: ${this.t(c.otherwise.says)}`)}${this.inBrackets(c.otherwise.clause === under ? '' : c.otherwise.clause)}${this.say('。', '.')}`;
  }

  private howMuch(b: Benefit, t: BenefitTerms): string {
    const sum = t.rate ?? t.amount;
    if (!sum) return '';
    const text = this.formula(sum);
    if (b.per === 'day')
      return this.say(
        `每计一天发${text}，半天减半。`,
        `${this.capital(text)} for each day credited, half of it for half a day.`,
      );
    return b.per === 'month'
      ? this.say(`每月发${text}。`, `${this.capital(text)} a month.`)
      : this.say(`每次发${text}。`, `${this.capital(text)} for the event.`);
  }

  /** Who bears what; a clause is named where it is another than the one this stands under. */
  private shares(shares: readonly Share[], under: string): Html {
    const together = new Set(shares.map((s) => s.clause)).size === 1;
    return html`${shares.map((s) => {
      const paidAs = s.paidAs ? this.say(`（${this.t(s.paidAs)}）`, ` (${this.t(s.paidAs)})`) : '';
      const base = s.upTo
        ? this.say(`，基数为：${this.formula(s.upTo)}`, `, taken of: ${this.formula(s.upTo)}`)
        : '';
      const who = this.level(s.bearer);
      const sentence = s.part
        ? html`${this.say(`${who}负担`, `${this.capital(this.theLevel(s.bearer))} bears `)}${this.part(s.part)}${paidAs}${base}`
        : shares.length === 1
          ? html`${this.say(`全部由${who}负担`, `All of it by ${this.theLevel(s.bearer)}`)}${paidAs}`
          : html`${this.say(`其余由${who}负担`, `the rest falls to ${this.theLevel(s.bearer)}`)}${paidAs}`;
      return html`${sentence}${this.inBrackets(s.clause === under || (together && s !== shares.at(-1)) ? '' : s.clause)}${s === shares.at(-1) ? this.say('。', '.') : this.say('；', '; ')}`;
    })}`;
  }

  private once(b: Benefit): Html {
    if (!b.once) return NOTHING;
    const { once } = b;
    return html`${this.stop(this.capital(this.t(once.says)))}${
      once.reading
        ? html`${this.say('按', ' By ')}${this.readingLink(once.reading)}${this.say(`：${this.inUse(once.reading)}。`, `: ${this.inUse(once.reading)}.`)}`
        : null
    }${this.inBrackets(once.clause)}`;
  }

  private cap(c: Benefit['caps'][number]): Html {
    const limit = [c.days, c.amount]
      .filter((f) => f !== null)
      .map((f) => this.formula(f))
      .join(this.say('，', ', '));
    const per =
      c.per === 'month' ? this.say('每月', 'a month') : this.say('整个期间', 'over the whole period');
    return html`${this.say(`${per}不超过${limit}：${this.t(c.says)}`, `At most ${limit} ${per}: ${this.t(c.says)}`)}${this.inBrackets(c.clause)}${this.say('。', '.')}`;
  }

  /** What of a benefit rests on another clause than its own: one sentence each, and the way to the whole. */
  private benefitHere(b: Benefit, clause: string): Html | null {
    const lines: Html[] = [];
    for (const c of [...b.when, ...b.terms.flatMap((t) => t.when)]) {
      if (c.otherwise.clause === clause)
        lines.push(this.condition({ if: c.if, otherwise: { ...c.otherwise, clause: '' } }));
    }
    for (const t of b.terms) {
      const who = this.capital(this.kinds(t.kinds));
      if (t.refused?.clause === clause || (t.refused && t.clause === clause)) {
        lines.push(html`${who}${this.say('不发：', ': not paid, ')}${this.stop(this.t(t.refused.says))}`);
      } else if (t.clause === clause) {
        lines.push(
          html`${who}${this.say('：', ': ')}${this.howMuch(b, t)}${this.say('', ' ')}${this.plainShares(t.shares)}`,
        );
      } else if (t.shares.some((s) => s.clause === clause)) {
        lines.push(html`${who}${this.say('：', ': ')}${this.plainShares(t.shares)}`);
      }
    }
    if (b.once?.clause === clause) lines.push(this.once({ ...b, once: { ...b.once, clause: '' } }));
    for (const c of b.caps) if (c.clause === clause) lines.push(this.cap({ ...c, clause: '' }));
    const seen = new Set<string>();
    const once = lines.filter((l) => !seen.has(l.html) && seen.add(l.html));
    if (once.length === 0) return null;
    return this.rule(
      this.say('待遇', 'Benefit'),
      html`<p class="label"><a href="#benefit:${b.id}">${this.t(b.label)}</a></p>
${once.map(
  (l) => html`<p>${l}</p>
`,
)}`,
    );
  }

  private plainShares(shares: readonly Share[]): Html {
    return this.shares(
      shares.map((s) => ({ ...s, clause: '', upTo: null })),
      '',
    );
  }

  /** The names a rule leans on with what they are now, save those that stand under the same clause. */
  private wherein(formulas: readonly (Formula | null)[], clause: string, asTerm = false): Html {
    const own = formulas.filter((f) => f !== null);
    const names = (op: 'parameter' | 'reading' | 'timeline'): string[] => [
      ...new Set(
        own.flatMap((f) => [...namesIn(f, op), ...(op === 'parameter' ? namesIn(f, 'is-set') : [])]),
      ),
    ];
    const items: Html[] = [];
    for (const id of names('parameter')) {
      const p = this.pack.parameters.get(id);
      if (p && p.clause !== clause)
        items.push(
          html`<a href="#parameter:${id}">${this.t(p.label)}</a>${this.say('：', ': ')}${this.currently(p)}`,
        );
    }
    for (const id of names('timeline')) {
      const t = this.pack.timelines.get(id);
      if (t)
        items.push(
          html`<a href="#timeline:${id}">${this.t(t.label)}</a>${this.say('：见公布的时段', ': see the declared states')}`,
        );
    }
    for (const id of names('reading'))
      items.push(html`${this.readingLink(id)}${this.say('现用', ' in use: ')}“${this.inUse(id)}”`);
    if (items.length > 0 && asTerm)
      return html`<dt>${this.say('现值', 'As of now')}</dt><dd>${items.map((item, i) => [i === 0 ? '' : this.say('；', '; '), item])}${this.say('。', '.')}</dd>
`;
    return items.length === 0
      ? NOTHING
      : html`<ul class="wherein">${items.map((i) => html`<li>${i}</li>`)}</ul>
`;
  }

  // ── hours to days, duties, questions, modules ──────────

  private credit(): Html {
    const { credit } = this.pack;
    if (!credit) return NOTHING;
    const branch = (f: Formula, one: string, several: string): Html => {
      const parts = f.op === 'or' ? f.parts : [f];
      return parts.length === 1
        ? html`<p>${one}${this.stop(this.formula(parts[0]))}</p>
`
        : html`<p>${several}</p>
<ul class="cases">${parts.map((p) => html`<li>${this.stop(this.capital(this.formula(p)))}</li>`)}</ul>
`;
    };
    return this.rule(
      this.say('折算', 'Hours to days'),
      html`<p class="label">${this.say('时长怎样折成天', 'How hours become days')}</p>
${branch(credit.full, this.say('这样计一天：', 'A day: '), this.say('有下列情形之一的，计一天：', 'A day, where any of these is so:'))}${
  credit.half
    ? branch(
        credit.half,
        this.say('够不上一天，这样计半天：', 'Short of a day, half a day: '),
        this.say(
          '够不上一天而有下列情形之一的，计半天：',
          'Short of a day, half a day where any of these is so:',
        ),
      )
    : null
}<p>${this.say('跨零点的值守，按', 'A shift over midnight, by ')}${this.readingLink(credit.overMidnight)}${this.say(`：${this.inUse(credit.overMidnight)}。`, `: ${this.inUse(credit.overMidnight)}.`)}</p>
${this.wherein([credit.full, credit.half], credit.clause)}`,
    );
  }

  private duty(d: Duty): Html {
    const when = this.formula(d.findingWhen);
    const says = this.t(d.says);
    const sentence =
      d.effect === 'lock'
        ? this.say(
            `连着看：${when}的，锁住排班，并提示“${says}”。`,
            `Day by day: where ${when}, the roster is locked with “${says}”.`,
          )
        : d.each === 'week'
          ? this.say(
              `逐周看：${when}的，提示“${says}”。`,
              `Week by week: where ${when}, a finding says “${says}”.`,
            )
          : this.say(
              `连着看：${when}的，提示“${says}”。`,
              `Day by day: where ${when}, a finding says “${says}”.`,
            );
    return this.rule(
      this.say('义务', 'Duty'),
      html`<p class="label">${this.t(d.label)}</p>
<p>${sentence}</p>
${
  d.weekStarts
    ? html`<p>${this.say('一周的起点按', 'The week begins by ')}${this.readingLink(d.weekStarts)}${this.say(`：${this.inUse(d.weekStarts)}。`, `: ${this.inUse(d.weekStarts)}.`)}</p>
`
    : null
}${this.wherein([d.findingWhen], d.clause)}`,
      `duty:${d.id}`,
    );
  }

  /** A question as a short table: in which case which answer. */
  private question(q: Question): Html {
    const rows: { when: string; answer: string }[] = [];
    let f = q.formula;
    while (f.op === 'choose') {
      rows.push({ when: this.capital(this.formula(f.when)), answer: this.answer(q, f.then) });
      f = f.otherwise;
    }
    const last = this.answer(q, f);
    return this.rule(
      this.say('问答', 'Question'),
      html`<p class="label">${this.t(q.label)}</p>
${
  rows.length === 0
    ? html`<p>${this.stop(last)}</p>`
    : html`<table class="answers"><tbody>
${rows.map(
  (r) => html`<tr><th scope="row">${r.when}</th><td>${r.answer}</td></tr>
`,
)}<tr><th scope="row">${this.say('其余情形', 'Otherwise')}</th><td>${last}</td></tr>
</tbody></table>`
}
${this.wherein([q.formula], q.clause)}`,
      `question:${q.id}`,
    );
  }

  private answer(q: Question, f: Formula): string {
    const text =
      f.op === 'literal'
        ? this.value(f.value, f.type, q.options.size > 0 ? q.options : undefined)
        : this.formula(f);
    return this.capital(text);
  }

  private module(m: Module): Html {
    return html`<p id="module:${m.id}">${this.capital(this.t(m.label))}${this.say('：', ': ')}<b class="${m.on ? 'on' : 'not-on'}">${m.on ? this.say('开启', 'on') : this.say('不开启', 'off')}</b></p>
`;
  }

  private readingHere(r: Reading): Html {
    return html`<p><a href="#reading:${r.id}">${r.id}</a> ${this.t(r.question)}${this.say('：现用', ': in use, ')}“${this.inUse(r.id)}”</p>
`;
  }

  // ── kinds of worker ────────────────────────────────────

  private kindsSection(): Html {
    const { pack } = this;
    const daily = pack.benefits.filter((b) => b.per === 'day' && pack.measures.get(b.measure));
    const lines = pack.kinds.some((k) => k.line !== null);
    const areas = pack.areas !== null;
    return html`<p class="intro">${this.precedence(daily)}</p>
<table class="kinds stack">
<thead><tr><th class="num">${this.say('次序', 'Order')}</th><th>${this.say('人员类别', 'Kind')}</th>${lines ? html`<th>${this.say('条线', 'Line')}</th>` : null}${areas ? html`<th>${this.say('城乡', 'Area')}</th>` : null}${daily.map((b) => html`<th>${this.t(b.label)}</th>`)}<th>${this.say('条款', 'Clause')}</th></tr></thead>
<tbody>
${pack.kinds.map(
  (k, i) => html`<tr>
<td class="num">${i + 1}</td>
<td class="name"><b>${this.capital(this.t(k.label))}</b></td>
${lines ? html`<td data-label="${this.say('条线', 'Line')}">${this.lineOf(k)}</td>` : null}${areas ? html`<td data-label="${this.say('城乡', 'Area')}">${k.area === 'urban' ? this.say('城市', 'urban') : k.area === 'rural' ? this.say('农村', 'rural') : this.say('不限', 'either')}</td>` : null}${daily.map((b) => html`<td data-label="${this.t(b.label)}">${this.paidOrNot(b, k)}</td>`)}<td data-label="${this.say('条款', 'Clause')}">${this.clauseLink(k.clause)}</td>
</tr>
`,
)}</tbody>
</table>
${this.kindRules()}`;
  }

  private precedence(daily: readonly Benefit[]): Html {
    const once = daily.find((b) => b.once)?.once;
    return html`${this.say('一天兼有两类身份的，按排在前面的一类计', 'Who holds two kinds on one day is counted under the one that stands first')}${once ? this.inBrackets(once.clause) : null}${this.say('。', '.')}`;
  }

  /** The body of a kind's line nearest the paying level. */
  private lineOf(k: Kind): string {
    if (k.line === null) return this.say('无', 'none');
    const pays = this.pack.levels.findIndex((l) => l.id === this.pack.pays);
    const upward = this.pack.levels.slice(0, pays + 1).reverse();
    const body = upward.flatMap((l) =>
      [...this.pack.bodies.values()].filter((b) => b.level === l.id && b.line === k.line),
    )[0];
    return body ? this.capital(this.t(body.name)) : k.line;
  }

  private paidOrNot(b: Benefit, k: Kind): Piece {
    const t = b.terms.find((x) => x.kinds.includes(k.id));
    if (!t) return this.say('未列', 'not listed');
    if (t.refused) return [this.say('不发', 'not paid'), this.inBrackets(t.refused.clause)];
    const waits = t.when.some((c) =>
      [...namesIn(c.if, 'parameter')].some(
        (id) => this.values(this.pack.parameters.get(id) as Parameter).length === 0,
      ),
    );
    return [
      waits ? this.say('视本级规定', 'as set locally') : this.say('发', 'paid'),
      this.inBrackets(t.clause),
    ];
  }

  private kindRules(): Html {
    const { pack } = this;
    const rules: Html[] = [];
    if (pack.openKinds) {
      const { openKinds } = pack;
      const list = pack.parameters.get(openKinds.included);
      rules.push(
        html`${this.say(
          `名单是开放的：表上没有的人员，由${this.body(openKinds.decidedBy)}决定列不列入，列入的比照“${this.kindLabel(openKinds.as)}”计发；决定之前待定`,
          `The list is open: for a kind not in the table the ${this.body(openKinds.decidedBy)} decides; once included it is treated as ${this.kindLabel(openKinds.as)}, and until then it is undetermined`,
        )}${list ? html`${this.say('，见', '. See ')}<a href="#parameter:${list.id}">${this.t(list.label)}</a>` : null}${this.inBrackets(openKinds.clause)}${this.say('。', '.')}`,
      );
    }
    const two = pack.readings.get(pack.twoDistricts.reading);
    if (two) {
      rules.push(
        html`${this.say(`${this.t(two.question)}：${this.inUse(two.id)}`, `${this.t(two.question)}: ${this.inUse(two.id)}`)}${this.say('，按', ', by ')}${this.readingLink(two.id)}${this.inBrackets(pack.twoDistricts.clause)}${this.say('。', '.')}`,
      );
    }
    const area = pack.areas ? pack.readings.get(pack.areas.reading) : undefined;
    if (pack.areas && area) {
      rules.push(
        html`${this.say(`${this.t(area.question)}：${this.inUse(area.id)}`, `${this.t(area.question)}: ${this.inUse(area.id)}`)}${this.say('，按', ', by ')}${this.readingLink(area.id)}${this.inBrackets(pack.areas.clause)}${this.say('。', '.')}`,
      );
    }
    return rules.length === 0
      ? NOTHING
      : html`<ul class="cases">${rules.map(
          (r) => html`<li>${r}</li>
`,
        )}</ul>`;
  }

  // ── timelines and calendar ─────────────────────────────

  private timelines(): Html {
    return html`${[...this.pack.timelines.values()].map((t) => this.timeline(t))}`;
  }

  private timeline(t: Timeline): Html {
    const entries = t.entries.filter((e) => e.known <= this.policy.knownOn);
    return html`<h3 class="small" id="timeline:${t.id}">${this.t(t.label)}</h3>
<p class="intro">${this.say(`由${this.body(t.declaredBy)}公布`, `Declared by the ${this.body(t.declaredBy)}`)}${this.inBrackets(t.clause)}${this.say('。起止日都含在内。', '. First and last days are both included.')}</p>
<table class="states stack">
<thead><tr><th>${this.say('地方', 'Place')}</th><th>${this.say('状态', 'State')}</th><th>${this.say('起止', 'From and to')}</th><th class="num">${this.say('天数', 'Days')}</th><th>${this.say('依据', 'Document')}</th></tr></thead>
<tbody>
${entries.map(
  (e) => html`<tr>
<td data-label="${this.say('地方', 'Place')}">${zhName(this.division(e.division), this.language)}</td>
<td class="name"><b>${this.t(t.states.get(e.state) ?? same(e.state))}</b></td>
<td data-label="${this.say('起止', 'From and to')}">${this.capital(this.period(e.period))}</td>
<td class="num" data-label="${this.say('天数', 'Days')}">${e.period.from > EVER && e.period.until < NEVER ? e.period.until - e.period.from : html`<span class="none">—</span>`}</td>
<td data-label="${this.say('依据', 'Document')}">${this.documentLink(e.source)}</td>
</tr>
`,
)}</tbody>
</table>
`;
  }

  private calendar(): Html {
    return html`${this.pack.calendar.map((c) => this.oneCalendar(c))}`;
  }

  private oneCalendar(c: Calendar): Html {
    const weekend = WEEKDAYS.filter((_, i) => c.weekend.has(i + 1)).map((w) => this.t(w));
    const kinds: DayKind[] = ['statutory-holiday', 'rest-day', 'working-day'];
    return html`<p class="intro">${this.capital(this.period(c.period))}${this.say(`，${weekend.join('、')}休息；另有下列各日。依据`, `. ${weekend.join(' and ')} are days of rest, save as follows. From `)}${this.documentLink(c.source)}${this.say('。', '.')}</p>
<table class="calendar stack">
<thead><tr><th>${this.say('性质', 'Kind of day')}</th><th class="num">${this.say('天数', 'Days')}</th><th>${this.say('日期', 'Dates')}</th></tr></thead>
<tbody>
${kinds.map((kind) => {
  const days = [...c.days]
    .filter(([, k]) => k === kind)
    .map(([d]) => d)
    .sort((a, b) => a - b);
  return days.length === 0
    ? null
    : html`<tr><td class="name"><b>${this.t(DAY_KIND_LABEL[kind])}</b></td><td class="num" data-label="${this.say('天数', 'Days')}">${days.length}</td><td data-label="${this.say('日期', 'Dates')}">${this.list(this.stretches(days).map((s) => html`<span class="nb">${s}</span>`))}</td></tr>
`;
})}</tbody>
</table>
`;
  }

  /** Days that follow each other said together, without the year where the period has one. */
  private stretches(days: readonly Day[]): string[] {
    const out: { from: Day; to: Day }[] = [];
    for (const d of days) {
      const last = out.at(-1);
      if (last && last.to + 1 === d) last.to = d;
      else out.push({ from: d, to: d });
    }
    const years = new Set(days.map((d) => partsOf(d).year)).size > 1;
    const short = (d: Day): string => {
      const { month, dayOfMonth } = partsOf(d);
      return years
        ? this.day(d)
        : this.language === 'zh'
          ? `${month}月${dayOfMonth}日`
          : `${dayOfMonth} ${MONTHS[month - 1]}`;
    };
    return out.map(({ from, to }) => {
      if (from === to) return short(from);
      const within = !years && partsOf(from).month === partsOf(to).month;
      return this.say(
        `${short(from)}至${within ? `${partsOf(to).dayOfMonth}日` : short(to)}`,
        `${within ? partsOf(from).dayOfMonth : short(from)} to ${short(to)}`,
      );
    });
  }

  // ── readings and examples ──────────────────────────────

  private readings(): Html {
    const readings = [...this.pack.readings.values()];
    if (readings.length === 0) return NOTHING;
    return html`<p class="intro">${this.say(
      '原文没有写明、又不能不用的，先取一种解释，凡依它得出的数都注明。写明的机关可以改定，改定须有文件。',
      'Where the text leaves open what cannot be left open, one reading is used and every figure that leans on it says so. The body named may decide otherwise, by a document.',
    )}</p>
${readings.map(
  (r) => html`<article class="reading" id="reading:${r.id}">
<header><h4><a href="#reading:${r.id}">${r.id}</a></h4><p class="path">${this.clauseLink(r.clause)}</p></header>
<div class="says">
<p class="paraphrase">${this.t(r.question)}</p>
<ul class="options">${[...r.options].map(([id, label]) => html`<li class="${id === r.inUse ? 'in-use' : 'other'}">${this.capital(this.t(label))}${id === r.inUse ? html` <b>${this.say('现用', 'in use')}</b>` : null}</li>`)}</ul>
</div>
<p class="decides">${this.say(`由${this.body(r.decidedBy)}改定`, `For the ${this.body(r.decidedBy)} to decide`)}</p>
</article>
`,
)}`;
  }

  private examplesSection(): Html {
    const count = [...this.examples.values()].reduce((n, list) => n + list.length, 0);
    if (count === 0) return NOTHING;
    const groups = [...this.pack.clauses.keys()].filter((c) => this.examples.has(c));
    return html`<p class="intro">${this.say(
      `这${count}个算例随政策包一同检验，每一个都须分毫不差。人员与值守均为虚构。`,
      `These ${count} examples are run with the pack, and each must hold to the fen. People and duties are invented.`,
    )}</p>
${groups.map(
  (c) => html`<div class="examples" id="examples:${c}"><h4>${this.clauseLink(c)}</h4>
<ol>${(this.examples.get(c) ?? []).map(
    ({ title }) => html`<li>${this.stop(title)}</li>
`,
  )}</ol></div>
`,
)}`;
  }

  /** The example's own name where it is in the reader's language, else what it gives and what must come of it. */
  private exampleTitle(s: Scenario): string {
    if (this.language === 'zh' || !chinese(s.name)) return s.name;
    const people = Object.values(s.people);
    const kinds = [...new Set(people.flatMap((p) => p.engagements.map((e) => this.kindNamed(e.kind))))];
    const shifts = [
      ...new Set(
        people.flatMap((p) =>
          p.duty.map(
            (d) =>
              `${this.postNamed(d.at)} ${d.from} to ${d.to}, ${d.on}${d.through && d.through !== d.on ? ` to ${d.through}` : ''}`,
          ),
        ),
      ),
    ];
    const marks = people.reduce(
      (n, p) => n + p.days.reduce((m, d) => m + span(d.from, d.to) * d.credit, 0),
      0,
    );
    const given = [
      kinds.length > 0 ? several(kinds, 3, 'kinds') : '',
      shifts.length > 0 ? several(shifts, 2, 'shifts') : marks > 0 ? `${marks} days as marked` : '',
    ]
      .filter((x) => x !== '')
      .join('; ');
    const comes = [
      ...Object.values(s.expect).map((e) => this.outcome(e)),
      ...s['may-be-set'].map((m) => this.settable(m)),
      ...s.answers.map((a) => this.answerNamed(a.question, a.answer)),
      ...(s.findings && s.findings.length > 0
        ? [`${s.findings.length} ${s.findings.length === 1 ? 'finding' : 'findings'}`]
        : s.findings
          ? ['no finding']
          : []),
    ].filter((x) => x !== '');
    const text = [given, [...new Set(comes)].join('; ')].filter((x) => x !== '').join(': ');
    return this.capital(text) || 'One case';
  }

  private outcome(e: Scenario['expect'][string]): string {
    const days = (n: number): string => `${n} ${n === 1 ? 'day' : 'days'}`;
    const shares = Object.entries(e.shares ?? {}).map(([level, sum]) => {
      const found = this.pack.levels.find((l) => l.id === level || l.label.zh === level);
      return `${found ? found.label.en : level} ${sum === null ? 'not known' : plainSum(sum)}`;
    });
    return [
      e.days !== undefined ? days(e.days) : '',
      e.amount !== undefined
        ? `${plainSum(e.amount)} yuan${shares.length > 0 ? ` (${shares.join(', ')})` : ''}`
        : '',
      ...(e.refused ?? []).map((r) => `${days(r.days)} refused by ${r.clause}`),
      ...[...new Set((e.undetermined ?? []).map((u) => `undetermined under ${u.clause}`))],
    ]
      .filter((x) => x !== '')
      .join(', ');
  }

  private kindNamed(name: string): string {
    const kind = this.pack.kinds.find(
      (k) => k.id === name || k.label.zh === name || k.aliases.includes(name),
    );
    return kind ? this.t(kind.label) : 'a kind not listed';
  }

  private postNamed(name: string): string {
    const post = this.pack.posts.find(
      (p) => p.id === name || p.label.zh === name || p.aliases.includes(name),
    );
    return post ? this.t(post.label) : 'a post not listed';
  }

  /** Whether a level of government may set a value, as an example tries it. */
  private settable(m: Scenario['may-be-set'][number]): string {
    const named = findNamed(this.pack, m.name);
    const value = named ? readWrittenValue(m.value, named) : null;
    const said =
      named && value !== null ? this.value(value, named.type, named.options, named.percent) : String(m.value);
    const level = this.pack.levels.find((l) => l.digits === digitsOf(m.division));
    const under = m.document === null ? ' without a document number' : '';
    return `“${named ? named.label.en : m.name}” as ${chinese(said) ? 'a name of its own' : `“${said}”`} may ${m.allowed ? '' : 'not '}be set by a ${level ? level.label.en : 'body elsewhere'}${under}`;
  }

  private answerNamed(question: string, answer: string): string {
    const q = this.pack.questions.get(question);
    if (!q) return '';
    const said = q.options.get(answer)?.en ?? plainSum(answer);
    return `${q.label.en}: ${chinese(said) ? 'undetermined, a fact is missing' : said}`;
  }
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const chinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Civil days from one to another, both included. */
const span = (from: string, to: string): number => (parseDay(to) ?? 0) - (parseDay(from) ?? 0) + 1;

/** A few of many, and how many there are beyond. */
const several = (items: readonly string[], most: number, of: string): string =>
  items.length <= most
    ? items.join(' and ')
    : `${items.length} ${of}, among them ${items.slice(0, most).join(' and ')}`;

/** A sum as a document writes it: no .00 after a round one, thousands set apart with a comma. */
function plainSum(text: string): string {
  return text
    .replace(/(\d+)\.00(?!\d)/g, '$1')
    .replace(/(?<![\d.])\d{5,}(?=元| yuan)/g, (n) => n.replace(/\B(?=(\d{3})+(?!\d))/g, ','));
}

/** A Chinese name on an English page: a proper name or document number, spoken as Chinese. */
function zhName(text: string, language: Language): Html {
  return language === 'en' && chinese(text)
    ? html`<span lang="zh-CN" class="nb">${text}</span>`
    : html`<span class="nb">${text}</span>`;
}

/** Nothing in a style sheet may end the style element. */
const closed = (css: string): string => css.replace(/<\/?style|<!--/gi, '');

/** The page's own pieces, on semantic tokens only. Song gives reasons and titles, Hei tabulates; rules, not boxes. */
const STYLE = `
html { scroll-padding-top: 24px; }
body { font-size: var(--fs-body); line-height: 1.6; }
:root:lang(en) { --face-song: Charter, "Source Serif 4", "Source Serif Pro", "Iowan Old Style", Cambria, Georgia, "Noto Serif", "Liberation Serif", "DejaVu Serif", "Noto Serif CJK SC", "Songti SC", serif;
  --face-hei: "Segoe UI", "Helvetica Neue", "Noto Sans", Arial, "Liberation Sans", system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
.nb { white-space: nowrap; }
.skip { position: absolute; left: -999px; top: 8px; padding: 8px 16px; background: var(--card); z-index: 1; }
.skip:focus { left: 8px; }
a { text-decoration-line: underline; text-decoration-color: var(--act-edge); text-decoration-thickness: 1px; }
a:hover { text-decoration-color: currentColor; }
code { font: 400 .95em/1 ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; }

.page { display: grid; grid-template-columns: 192px minmax(0, 1fr); column-gap: 48px; max-width: 1376px; margin: 0 auto; padding: 0 48px 64px; }
.head { grid-column: 1 / -1; display: grid; grid-template-columns: subgrid; padding: 48px 0 40px; border-bottom: 2px solid var(--text); }
.brand { display: flex; align-items: center; gap: 9px; align-self: start; padding-top: 10px; font: 600 18px/1 var(--face-song); letter-spacing: .12em; }
:lang(en) .brand { letter-spacing: .02em; }
h1 { font: 700 34px/1.4 var(--face-song); letter-spacing: .01em; text-wrap: balance; }
h1 .year { font-weight: 400; color: var(--text-2); white-space: nowrap; }
:lang(en) h1 .year { margin-left: .25em; }
.of { display: flex; flex-wrap: wrap; gap: 0 24px; margin-top: 10px; color: var(--text-2); }
.lead, .intro, .paraphrase, .pending, .says p { text-wrap: pretty; }
.lead { max-width: 38em; margin-top: 20px; font: 400 18px/1.8 var(--face-song); }
:lang(en) .lead { max-width: 42em; line-height: 1.65; }

.toc { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 40px 4px 24px 0; font-size: var(--fs-sub); line-height: 1.5; }
.toc h2 { margin-bottom: 8px; font-size: var(--fs-note); font-weight: 400; color: var(--text-3); }
.toc li { margin: 0; }
.toc a { display: inline-block; padding: 5px 0; color: var(--text-2); text-decoration: none; }
.toc a:hover { color: var(--act-text); text-decoration: underline; }
.toc ol ol { margin: 0 0 6px; padding-left: 12px; border-left: 1px solid var(--line); }
.toc ol ol a { padding: 3px 0; }
.toc .n { margin-left: 4px; color: var(--text-3); font-size: var(--fs-note); }

.part { padding: 40px 0 16px; }
.part > h2 { margin-bottom: 8px; font: 600 var(--fs-title)/1.35 var(--face-song); }
.intro { max-width: 46em; margin-bottom: 16px; color: var(--text-2); }
:lang(en) .intro { max-width: 52em; }
h3.small { margin: 24px 0 4px; font-size: var(--fs-lead); line-height: var(--lh-lead); }

table { width: 100%; border-collapse: collapse; border-top: 1px solid var(--text); border-bottom: 1px solid var(--text); }
th, td { padding: 9px 20px 9px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { padding-top: 7px; padding-bottom: 7px; font-size: var(--fs-note); font-weight: 400; color: var(--text-2); border-bottom: 1px solid var(--line-strong); white-space: nowrap; }
tbody:last-child tr:last-child > * { border-bottom: 0; }
.num { text-align: right; font-variant-numeric: tabular-nums lining-nums; white-space: nowrap; }
td b { font-weight: 600; }
.none { color: var(--text-3); }
.row-head th { padding-top: 18px; font-size: var(--fs-body); font-weight: 600; border-bottom-color: var(--line-strong); }
.row-head a { color: inherit; }
.money td.name { width: 36%; }
.money .share { min-width: 7em; }
.kinds .num { width: 4em; text-align: left; }
.calendar td.name, .states td.name { white-space: nowrap; }
.refused { color: var(--text-2); }
.documents td.name { width: 36%; }
.documents .by { display: block; color: var(--text-2); font-size: var(--fs-sub); }
.documents .notes { color: var(--text-2); font-size: var(--fs-sub); width: 40%; }
.documents .notes p + p { margin-top: 4px; }
.documents .held { color: var(--ok); font-weight: 600; white-space: nowrap; }
.documents .cited { color: var(--text-2); white-space: nowrap; }

.measure { padding-top: 32px; }
.measure > h3 { padding-bottom: 8px; border-bottom: 2px solid var(--act); font: 600 22px/1.4 var(--face-song); color: var(--act-text); }
.off { padding: 12px 0; color: var(--text-2); border-bottom: 1px dashed var(--line-strong); }
.group { display: grid; grid-template-columns: 104px minmax(0, 1fr); column-gap: 28px; padding: 14px 0 10px; font-size: var(--fs-sub); color: var(--text-2); }
.group b { color: var(--text); }
.clause + .group { margin-top: 12px; border-top: 1px solid var(--line-strong); }

.clause { display: grid; grid-template-columns: 104px minmax(0, 1fr) minmax(0, 392px); column-gap: 28px; padding: 18px 0 20px; border-top: 1px solid var(--line); }
.measure > h3 + .clause { border-top: 0; }
.clause > header, .reading > header { font-size: var(--fs-note); line-height: 1.6; color: var(--text-2); }
.clause h4, .reading h4 { font-size: var(--fs-sub); line-height: 1.6; font-weight: 600; }
.clause h4 { padding-top: 5px; }
.clause h4 a, .reading h4 a { color: var(--act-text); text-decoration: none; white-space: nowrap; }
.clause h4 a:hover, .reading h4 a:hover { text-decoration: underline; }
.clause .force { margin-top: 4px; color: var(--text); }
.clause.gives-money .gives { font-weight: 600; }
:lang(zh-CN) .gives { margin-left: .35em; }
.paraphrase { max-width: 32em; font: 400 18px/1.75 var(--face-song); }
:lang(en) .paraphrase { max-width: 36em; font-size: 17px; line-height: 1.6; }
.pending, .bodies { max-width: 44em; margin-top: 10px; font-size: var(--fs-sub); color: var(--text-2); }
.pending { padding-left: 12px; border-left: 1px dashed var(--line-strong); }
.pending b { margin-right: 4px; color: var(--warn); }
:target { scroll-margin-top: 24px; }
.clause:target, .reading:target, .rule:target, tr:target { background: var(--act-soft); box-shadow: -12px 0 0 var(--act-soft), 12px 0 0 var(--act-soft), -15px 0 0 var(--act); }
tr:target { box-shadow: inset 3px 0 0 var(--act); }

.rules { font-size: var(--fs-sub); line-height: 1.6; min-width: 0; }
.rule { display: grid; grid-template-columns: 3.6em minmax(0, 1fr); column-gap: 8px; padding: 9px 0; border-top: 1px solid var(--line); }
:lang(en) .rule { grid-template-columns: 5.4em minmax(0, 1fr); }
.rule:first-child { padding-top: 5px; border-top: 0; }
.sort { font-size: var(--fs-note); line-height: 1.75; color: var(--text-3); }
.what p + p { margin-top: 2px; }
.label { font-weight: 600; }
.label a { color: inherit; }
.figure { font: 600 18px/1.5 var(--face-song); }
.value .nb { margin-left: 8px; color: var(--text-2); }
.from, .binding, .wherein { color: var(--text-2); font-size: var(--fs-note); }
.unset { color: var(--warn); font-weight: 600; }
.gap { font: 400 var(--fs-sub)/1.6 var(--face-hei); }
.members { color: var(--text); }
.whole { grid-column: 2 / -1; margin-top: 20px; font-size: var(--fs-sub); }
.whole h5 { margin: 0 0 6px; font: 600 18px/1.5 var(--face-song); }
.whole td { padding-top: 8px; padding-bottom: 8px; }
.whole .c-for { width: 25%; } .whole .c-when { width: 26%; } .whole .c-much { width: 19%; }
.whole td p + p { margin-top: 4px; }
.whole dl { display: grid; grid-template-columns: 3.6em minmax(0, 1fr); gap: 4px 8px; margin-top: 10px; }
:lang(en) .whole dl { grid-template-columns: 5.4em minmax(0, 1fr); }
.whole dt { font-size: var(--fs-note); line-height: 1.75; color: var(--text-3); }
.clause-link { white-space: nowrap; }
.cases { margin-top: 2px; }
.cases li { padding-left: 1.1em; text-indent: -1.1em; margin-top: 3px; }
.cases li::before { content: "–"; display: inline-block; width: 1.1em; text-indent: 0; color: var(--text-3); }
.cases li > * { text-indent: 0; }
main > section > .cases { max-width: 52em; margin-top: 16px; color: var(--text-2); }
.wherein { margin-top: 6px; }
.wherein li + li { margin-top: 1px; }
.answers { margin: 4px 0; border-color: var(--line-strong); }
.answers th, .answers td { padding: 4px 12px 4px 0; font-weight: 400; }
.answers th { width: 56%; color: var(--text-2); }
.on { color: var(--ok); } .not-on { color: var(--text-3); font-weight: 400; }

.reading { display: grid; grid-template-columns: 104px minmax(0, 1fr) minmax(0, 232px); column-gap: 28px; padding: 14px 0 16px; border-top: 1px solid var(--line); }
.reading h4 { padding-top: 4px; }
.options { margin-top: 6px; max-width: 46em; }
.options li { position: relative; padding-left: 20px; margin-top: 3px; color: var(--text-2); }
.options li::before { content: ""; position: absolute; left: 2px; top: .5em; width: 9px; height: 9px; border: 1px solid var(--line-strong); }
.options .in-use { color: var(--text); }
.options .in-use::before { border-color: var(--act); background: var(--act); }
.options b { margin-left: 6px; font-size: var(--fs-note); color: var(--act-text); white-space: nowrap; }
.decides { padding-top: 4px; font-size: var(--fs-sub); color: var(--text-2); }
.examples { display: grid; grid-template-columns: 104px minmax(0, 1fr); column-gap: 28px; padding: 12px 0; border-top: 1px solid var(--line); }
.examples h4 { font-size: var(--fs-sub); line-height: 1.7; }
.examples ol { max-width: 60em; list-style: decimal; padding-left: 2em; }
.examples li { padding-left: 4px; margin-bottom: 3px; }
.examples li::marker { color: var(--text-3); font-size: var(--fs-note); }
.colophon { grid-column: 1 / -1; margin-top: 24px; padding-top: 16px; border-top: 2px solid var(--text); color: var(--text-2); font-size: var(--fs-note); }

@media (max-width: 1180px) {
  .page { grid-template-columns: minmax(0, 1fr); padding: 0 32px 48px; }
  .head { display: block; padding-top: 24px; }
  .brand { margin-bottom: 32px; padding: 0; }
  .toc { position: static; max-height: none; padding: 20px 0 24px; border-bottom: 1px solid var(--line-strong); }
  .toc > ol, .toc ol ol { display: flex; flex-wrap: wrap; gap: 0 24px; }
  .toc > ol > li:has(ol) { flex-basis: 100%; }
  .toc ol ol { margin: 0; padding: 0 0 0 20px; border-left: 2px solid var(--line); }
}
@media (max-width: 940px) {
  .clause { grid-template-columns: 104px minmax(0, 1fr); }
  .rules { grid-column: 2; margin-top: 12px; }
  .rules:empty { display: none; }
  .rule:first-child { padding-top: 9px; border-top: 1px solid var(--line); }
  .reading { grid-template-columns: 104px minmax(0, 1fr); }
  .decides, .whole { grid-column: 2; }
}
@media screen and (max-width: 720px) {
  :root { --fs-note: 14px; --fs-sub: 15px; --fs-body: 16px; --fs-lead: 17px; --fs-title: 24px; }
  .page { padding: 0 20px 40px; }
  h1 { font-size: 26px; }
  .lead { font-size: 18px; line-height: 1.75; }
  .toc a, .toc ol ol a { padding: 8px 0; }
  .part { padding: 32px 0 16px; }
  .clause, .reading, .group, .examples { display: block; }
  .clause > header, .reading > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 12px; margin-bottom: 4px; }
  .clause .force { margin: 0; } .clause h4, .reading h4 { padding: 0; font-size: 15px; }
  .group b { display: block; }
  .rules { margin: 14px 0 0; }
  .rule, :lang(en) .rule { display: block; }
  .sort { display: block; }
  .decides { padding-top: 6px; }
  .stack, .stack tbody, .stack tr, .stack td, .stack .row-head th { display: block; width: auto !important; }
  .stack thead { display: none; }
  .stack tr { padding: 10px 0; border-bottom: 1px solid var(--line); }
  .stack tbody:last-child tr:last-child { border-bottom: 0; }
  .stack td, .stack .row-head th { padding: 2px 0; border: 0; text-align: left; }
  .stack .row-head { padding: 14px 0 4px; border-bottom: 1px solid var(--line-strong); }
  .stack td[data-label] { position: relative; min-height: 1.8em; padding-left: 5.4em; }
  :lang(en) .stack td[data-label] { padding-left: 7em; }
  .stack td[data-label]::before { content: attr(data-label); position: absolute; left: 0; top: 2px; width: 5em; font-size: var(--fs-note); line-height: 1.8; color: var(--text-3); }
  :lang(en) .stack td[data-label]::before { width: 7em; }
  .stack td.num:not([data-label]) { display: none; }
}

@page { size: A4; margin: 20mm 18mm 20mm 22mm; @bottom-center { content: counter(page); font: 9pt serif; color: #333333; } }
@media print {
  :root, :root[data-entry] { --fs-note: 8pt; --fs-sub: 8.5pt; --fs-body: 9.5pt; --fs-lead: 11pt; --fs-title: 16pt; }
  .page { display: block; max-width: none; padding: 0; }
  .skip { display: none; }
  .head { display: block; padding: 0 0 10mm; }
  .brand { margin-bottom: 14mm; padding: 0; font-size: 11pt; }
  h1 { font-size: 22pt; }
  .lead { font: 400 12pt/1.75 var(--face-fang); }
  :lang(en) .lead, :lang(en) .paraphrase { font-family: var(--face-song); }
  .toc { position: static; max-height: none; overflow: visible; padding: 6mm 0 0; border: 0; }
  .toc > ol, .toc ol ol { display: flex; flex-wrap: wrap; gap: 0 7mm; }
  .toc > ol > li:has(ol) { flex-basis: 100%; }
  .toc a { padding: 1.2pt 0 !important; }
  a { color: inherit; text-decoration: none; }
  .part { padding: 7mm 0 3mm; }
  .part > h2 { padding-bottom: 2mm; border-bottom: 1.5pt solid var(--text); }
  .measure { padding-top: 6mm; }
  .measure > h3 { font-size: 13pt; border-bottom: 1pt solid var(--text); color: var(--text); }
  h2, h3, h4, h5, .group, .intro, .clause > header, thead { break-after: avoid; }
  tr, .rule, .says, .reading, .pending, .money tbody { break-inside: avoid; }
  .lead, .intro { max-width: none; }
  .toc ol ol { margin: 0; padding: 0 0 0 5mm; border: 0; }
  thead { display: table-header-group; }
  th, td { padding: 4pt 10pt 4pt 0; }
  .clause, .reading, .group, .examples { grid-template-columns: 21mm minmax(0, 1fr); column-gap: 5mm; }
  .clause { padding: 4mm 0; } .group { padding: 3mm 0 2mm; }
  .clause h4 a, .reading h4 a { color: var(--text); }
  .rules { grid-column: 2; margin-top: 2.5mm; } .rules:empty { display: none; }
  .rule, .rule:first-child { padding: 1.6mm 0; border-top: .5pt solid var(--line); grid-template-columns: 12mm minmax(0, 1fr); }
  :lang(en) .rule { grid-template-columns: 17mm minmax(0, 1fr); }
  .paraphrase { max-width: none; font: 400 12pt/1.65 var(--face-fang); } :lang(en) .paraphrase { font-size: 11pt; line-height: 1.5; }
  .figure { font-size: 11pt; }
  .decides, .whole { grid-column: 2; padding-top: 2pt; } .whole { margin-top: 3mm; } .whole h5 { font-size: 11pt; }
  .unset, .pending b, .on, .documents .held { color: var(--text); }
  .options .in-use::before { -webkit-print-color-adjust: exact; print-color-adjust: exact; background: var(--text); border-color: var(--text); }
}
`;
