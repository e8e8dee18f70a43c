/**
 * The third reading, for tests only: a notice and its facts read the slowest and plainest way, so that it can be checked
 * by eye against the documents. It shares no code with the kernel: it walks its own formulas in exact big fractions,
 * scans lists for what binds on a day, knows no masks, remembers nothing and goes day by day. It reads what the writer
 * of a random pack meant (`random-packs.ts`), never what the loader made of the text.
 */

/** An exact fraction of big whole numbers, denominator above 0. */
export type Exact = { readonly n: bigint; readonly d: bigint };

export const exact = (n: bigint | number, d: bigint | number = 1): Exact => {
  let [top, bottom] = [BigInt(n), BigInt(d)];
  if (bottom < 0n) [top, bottom] = [-top, -bottom];
  let [a, b] = [top < 0n ? -top : top, bottom];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? { n: 0n, d: 1n } : { n: top / a, d: bottom / a };
};

const add = (a: Exact, b: Exact): Exact => exact(a.n * b.d + b.n * a.d, a.d * b.d);
const subtract = (a: Exact, b: Exact): Exact => exact(a.n * b.d - b.n * a.d, a.d * b.d);
const multiply = (a: Exact, b: Exact): Exact => exact(a.n * b.n, a.d * b.d);
const order = (a: Exact, b: Exact): number => (a.n * b.d < b.n * a.d ? -1 : a.n * b.d > b.n * a.d ? 1 : 0);
const lesser = (a: Exact, b: Exact): Exact => (order(a, b) <= 0 ? a : b);
const roundedDown = (a: Exact): bigint => (a.n >= 0n || a.n % a.d === 0n ? a.n / a.d : a.n / a.d - 1n);
const NOTHING = exact(0);

export type ChoiceOf = {
  readonly from: 'fact' | 'timeline' | 'reading' | 'parameter';
  readonly name: string;
};

/** A formula as its writer meant it. `text` of a literal is how it is written; its value is in fen, days or plain numbers. */
export type Expr =
  | { op: 'literal'; text: string; value: Exact }
  | { op: 'flag'; value: boolean }
  | { op: 'parameter'; name: string; asIssued: boolean }
  | { op: 'figure'; name: string }
  | { op: 'fact'; name: 'credit' | 'day' | 'days' }
  | { op: 'is'; of: ChoiceOf; not: boolean; option: string }
  | { op: 'among'; of: ChoiceOf; options: readonly string[] }
  | { op: 'same-flag'; left: Expr; not: boolean; right: Expr }
  | { op: 'compare'; sign: '=' | '!=' | '<' | '<=' | '>' | '>='; left: Expr; right: Expr }
  | { op: 'within'; name: string }
  | { op: 'is-set'; name: string }
  | { op: 'and' | 'or' | 'least' | 'most'; parts: readonly Expr[] }
  | { op: 'not'; part: Expr }
  | { op: 'if'; when: Expr; so: Expr; otherwise: Expr }
  | {
      op: 'round';
      how: 'round-down' | 'round-up' | 'round-half-up';
      part: Expr;
      to: Extract<Expr, { op: 'literal' }>;
    }
  | { op: '+' | '-' | '×' | '/'; left: Expr; right: Expr };

/** A stretch of days, the first in it and the last not; null is open. */
export type Span = { readonly from: number | null; readonly until: number | null };
const holdsOn = (s: Span, day: number): boolean =>
  (s.from === null || day >= s.from) && (s.until === null || day < s.until);

export type Meant = Exact | boolean | string | readonly string[] | readonly Span[];
export type Issued = Span & { readonly value: Meant; readonly known: number | null };
export type MeantParameter = {
  readonly name: string;
  readonly clause: string;
  readonly values: readonly Issued[];
  readonly impliedBy: { name: string; value: Meant } | null;
};
export type MeantTimeline = {
  readonly name: string;
  readonly clause: string;
  readonly entries: readonly (Issued & { division: string })[];
};
export type Local = Span & {
  readonly name: string;
  readonly division: string;
  readonly value: Meant;
  readonly known: number | null;
};
export type Assumed = Span & {
  readonly name: string;
  readonly division: string | null;
  readonly value: Meant;
};
export type Refuses = { readonly clause: string; readonly says: string };
export type MeantCondition = { readonly test: Expr; readonly otherwise: Refuses };
export type MeantShare = {
  readonly bearer: string;
  readonly part: Expr | null;
  readonly upTo: Expr | null;
  readonly clause: string;
};
export type MeantTerms = {
  readonly kinds: readonly string[];
  readonly refused: Refuses | null;
  readonly when: readonly MeantCondition[];
  readonly pays: Expr | null;
  readonly shares: readonly MeantShare[];
};
export type MeantCap = {
  readonly per: 'month' | 'period';
  readonly days: Expr | null;
  readonly amount: Expr | null;
  readonly refusal: Refuses;
};
export type MeantBenefit = {
  readonly id: string;
  readonly per: 'day' | 'month';
  readonly clause: string;
  readonly when: readonly MeantCondition[];
  readonly terms: readonly MeantTerms[];
  readonly once: Refuses | null;
  readonly caps: readonly MeantCap[];
};

/** A whole notice with what is set, assumed and known: what the random pack says, as data. */
export type Notice = {
  readonly divisions: readonly { code: string; parent: string | null; level: string }[];
  readonly levels: readonly string[];
  readonly pays: string;
  readonly parameters: readonly MeantParameter[];
  readonly timelines: readonly MeantTimeline[];
  readonly readings: readonly { name: string; inUse: string }[];
  readonly figures: readonly { name: string; answer: Expr }[];
  readonly calendar: readonly (Span & {
    weekend: readonly number[];
    days: readonly (Span & { kind: string })[];
  })[];
  readonly open: { clause: string; included: string; as: string } | null;
  readonly twoDistrictsClause: string;
  readonly settings: readonly Local[];
  readonly changes: readonly Assumed[];
  readonly knownOn: number | null;
  readonly benefits: readonly MeantBenefit[];
};

/** One engagement in one month, day by day. */
export type Sheet = {
  readonly person: number;
  readonly month: number;
  readonly place: string;
  readonly kind: string;
  readonly area: 'urban' | 'rural' | null;
  readonly days: readonly { day: number; half: 1 | 2; post: string | null }[];
  readonly inForce: readonly number[];
  readonly paidElsewhere: readonly number[];
};

export type Told = {
  readonly day: number;
  readonly half: number;
  readonly is: 'granted' | 'refused' | 'undetermined';
  readonly why: string;
};
export type NaiveRow = {
  readonly told: readonly Told[];
  readonly half: number;
  readonly fen: number;
  /** By level; null where the bearer is named and its part is not known. */
  readonly shares: Readonly<Record<string, number | null>>;
  readonly sharesUnknown: boolean;
  /** Fen a day of all days granted, −1 where it changes or is no whole fen, 0 with none. */
  readonly rate: number;
  readonly shareMissing: readonly string[];
};

/** Mistakes the third reading can be told to make: the agreement test must notice each. */
export const MISTAKES = [
  'rounds the amount up',
  'rounds shares up',
  'rounds shares before the amount',
  'pays both kinds of a day',
  'counts a half day as a whole',
  'leaves out the last day of a period',
  'asks the farthest division first',
  'sees what was not yet known',
  'takes a gap for no',
  'forgets the cap',
  'forgets the daily ceiling',
  'forgets what was paid elsewhere',
  'lets two districts pay',
  'forgets the kind of day',
  'reads the month by its first day',
  'takes what is set for what is issued',
  'pays a kind that is not held',
  'starts the period anew each month',
] as const;
export type Mistake = (typeof MISTAKES)[number];

type Lack = { readonly name: string; readonly clause: string };
class Lacking {
  readonly items: readonly Lack[];
  constructor(items: readonly Lack[]) {
    this.items = items;
  }
}
type Facts = {
  readonly kind: string;
  readonly post?: string | null;
  readonly area?: string | null;
  readonly credit?: Exact;
  readonly days?: Exact;
};

type Granted = {
  is: 'granted';
  terms: MeantTerms;
  rate: Exact;
  parts: (Exact | null)[];
  upTo: (Exact | null)[];
  shareLacks: readonly Lack[];
};
type Judged = Granted | { is: 'refused'; why: string } | { is: 'undetermined'; lacks: readonly Lack[] };

/** Reads the sheets of all persons under one benefit; sheets of a person together, months in order, as the kernel asks. */
export function readNaively(
  notice: Notice,
  benefitId: string,
  sheets: readonly Sheet[],
  mistake: Mistake | null = null,
): NaiveRow[] {
  const reader = new NaiveReader(notice, mistake);
  const benefit = notice.benefits.find((b) => b.id === benefitId) as MeantBenefit;
  const out: NaiveRow[] = [];
  let drawn = { half: 0, fen: 0n };
  for (let i = 0; i < sheets.length; ) {
    const { person, month } = sheets[i];
    if (i === 0 || sheets[i - 1].person !== person || mistake === 'starts the period anew each month')
      drawn = { half: 0, fen: 0n };
    let end = i;
    while (end < sheets.length && sheets[end].person === person && sheets[end].month === month) end++;
    out.push(...reader.month(benefit, sheets.slice(i, end), drawn));
    i = end;
  }
  return out;
}

class NaiveReader {
  private readonly notice: Notice;
  private readonly mistake: Mistake | null;

  constructor(notice: Notice, mistake: Mistake | null) {
    this.notice = notice;
    this.mistake = mistake;
  }

  month(benefit: MeantBenefit, sheets: readonly Sheet[], drawn: { half: number; fen: bigint }): NaiveRow[] {
    const year = Math.floor(sheets[0].month / 12);
    const first = Date.UTC(year, sheets[0].month % 12, 1) / 86_400_000;
    const next = Date.UTC(year, (sheets[0].month % 12) + 1, 1) / 86_400_000;
    const told: { day: number; half: 1 | 2; judged: Judged }[][] = sheets.map(() => []);
    for (let day = first; day < next; day++) {
      // Who would be owed nothing on the day contests nothing.
      const claimants = sheets.filter((s) => {
        const served = s.days.find((d) => d.day === day);
        const facts = {
          kind: s.kind,
          post: served?.post ?? null,
          area: s.area,
          credit: exact(served?.half ?? 2, 2),
        };
        return s.inForce.includes(day) && this.judge(benefit, s.place, day, facts).is !== 'refused';
      });
      const payers = new Set(claimants.map((s) => this.payerOf(s.place)));
      const contested =
        payers.size > 1 &&
        this.mistake !== 'lets two districts pay' &&
        sheets.some((s) => s.days.some((d) => d.day === day));
      let holder: Sheet | null = null;
      let contestTold = false;
      sheets.forEach((sheet, i) => {
        const served = sheet.days.find((d) => d.day === day);
        if (!served) return;
        const half = this.mistake === 'counts a half day as a whole' ? 2 : served.half;
        const tell = (judged: Judged): void => {
          told[i].push({ day, half, judged });
        };
        if (
          !sheet.inForce.includes(day) &&
          !(benefit.once && holder) &&
          this.mistake !== 'pays a kind that is not held'
        )
          return;
        if (sheet.paidElsewhere.includes(day) && this.mistake !== 'forgets what was paid elsewhere') {
          tell({ is: 'refused', why: `refused ${benefit.once?.clause ?? benefit.clause} paid-elsewhere` });
        } else {
          const judged = this.judge(benefit, sheet.place, day, {
            kind: sheet.kind,
            post: served.post,
            area: sheet.area,
            credit: exact(half, 2),
          });
          if (contested && judged.is !== 'refused') {
            if (!contestTold)
              tell({
                is: 'undetermined',
                lacks: [{ name: 'two-districts', clause: this.notice.twoDistrictsClause }],
              });
            contestTold = true;
          } else if (
            judged.is !== 'refused' &&
            holder &&
            benefit.once &&
            this.mistake !== 'pays both kinds of a day'
          ) {
            tell({ is: 'refused', why: `refused ${benefit.once.clause} second-kind` });
          } else {
            if (judged.is !== 'refused') holder = sheet;
            tell(judged);
          }
        }
      });
    }
    const inMonth = { half: 0, fen: 0n };
    return sheets.map((sheet, i) => this.claim(benefit, sheet, told[i], drawn, inMonth));
  }

  private claim(
    benefit: MeantBenefit,
    sheet: Sheet,
    days: readonly { day: number; half: 1 | 2; judged: Judged }[],
    drawn: { half: number; fen: bigint },
    inMonth: { half: number; fen: bigint },
  ): NaiveRow {
    const told: Told[] = [];
    const counted: { day: number; half: number; judged: Granted }[] = [];
    const open = (lacks: readonly Lack[]): string =>
      `undetermined ${lacks.map((l) => `${l.clause} ${l.name}`).join(', ')}`;
    const kind = this.kindAt(sheet.kind, sheet.place, days.find((d) => d.judged.is === 'granted')?.day ?? 0);
    const caps = days
      .filter((d) => d.judged.is === 'granted')
      .slice(0, 1)
      .flatMap((d) =>
        (this.mistake === 'forgets the cap' ? [] : benefit.caps).map((c) =>
          this.capOn(c, sheet.place, d.day, kind as string),
        ),
      );
    const capLacks = caps.flatMap((c) => c.lacks);
    let half = 0;
    for (const d of days) {
      if (d.judged.is === 'refused')
        told.push({ day: d.day, half: d.half, is: 'refused', why: d.judged.why });
      else if (d.judged.is === 'undetermined')
        told.push({ day: d.day, half: d.half, is: 'undetermined', why: open(d.judged.lacks) });
      else if (capLacks.length > 0)
        told.push({ day: d.day, half: d.half, is: 'undetermined', why: open(capLacks) });
      else {
        let may: number = d.half;
        let stopped: Refuses | null = null;
        for (const c of caps) {
          if (c.half === null) continue;
          const left = c.half - half - (c.cap.per === 'period' ? drawn.half : inMonth.half);
          if (Math.max(0, left) < may) {
            may = Math.max(0, left);
            stopped = c.cap.refusal;
          }
        }
        half += may;
        if (may > 0) {
          counted.push({ day: d.day, half: may, judged: d.judged });
          told.push({ day: d.day, half: may, is: 'granted', why: '' });
        }
        if (stopped)
          told.push({
            day: d.day,
            half: d.half - may,
            is: 'refused',
            why: `refused ${stopped.clause} ${stopped.says}`,
          });
      }
    }
    if (counted.length === 0)
      return { told, half: 0, fen: 0, shares: {}, sharesUnknown: false, rate: 0, shareMissing: [] };

    const { terms } = counted[0].judged;
    let parcels = counted.map((c) => ({
      amount: multiply(c.judged.rate, exact(c.half, 2)),
      credit: exact(c.half, 2),
      parts: c.judged.parts,
      upTo: c.judged.upTo,
      lacks: c.judged.shareLacks,
    }));
    if (benefit.per === 'month') {
      const { day } =
        this.mistake === 'reads the month by its first day' ? counted[0] : counted[counted.length - 1];
      const facts: Facts = { kind: kind as string, days: exact(half, 2) };
      const amount = terms.pays ? this.value(terms.pays, sheet.place, day, facts) : NOTHING;
      if (amount instanceof Lacking) {
        const waiting = told.map(
          (t): Told => (t.is === 'granted' ? { ...t, is: 'undetermined', why: open(amount.items) } : t),
        );
        return {
          told: waiting,
          half: 0,
          fen: 0,
          shares: {},
          sharesUnknown: false,
          rate: 0,
          shareMissing: [],
        };
      }
      const { parts, upTo, lacks } = this.sharesOn(terms, sheet.place, day, facts);
      parcels = [{ amount: amount as Exact, credit: exact(1), parts, upTo, lacks }];
    }

    // The amount first, exact over all days, less what is more than the cap and what is no whole fen.
    let sum = parcels.reduce((s, p) => add(s, p.amount), NOTHING);
    const whole = sum;
    for (const c of caps) {
      if (c.amount === null) continue;
      const left = subtract(c.amount, exact(c.cap.per === 'period' ? drawn.fen : inMonth.fen));
      sum = lesser(sum, left.n < 0n ? NOTHING : left);
    }
    const fen =
      this.mistake === 'rounds the amount up' ? -roundedDown(exact(-sum.n, sum.d)) : roundedDown(sum);
    for (const so of [drawn, inMonth]) {
      so.half += half;
      so.fen += fen;
    }
    // What is dropped comes off the latest days.
    let dropped = this.mistake === 'rounds shares before the amount' ? NOTHING : subtract(whole, exact(fen));
    for (let i = parcels.length - 1; i >= 0 && dropped.n > 0n; i--) {
      const off = lesser(parcels[i].amount, dropped);
      parcels[i] = { ...parcels[i], amount: subtract(parcels[i].amount, off) };
      dropped = subtract(dropped, off);
    }
    const unknown = parcels.some((p) => p.lacks.length > 0);
    const shares: Record<string, number | null> = {};
    let rest = fen;
    terms.shares.forEach((s, k) => {
      if (unknown) shares[s.bearer] = null;
      else if (s.part === null) shares[s.bearer] = Number(rest);
      else {
        const part = parcels.reduce((p, x) => {
          const upTo = this.mistake === 'forgets the daily ceiling' ? null : x.upTo[k];
          return add(
            p,
            multiply(x.parts[k] as Exact, upTo ? lesser(multiply(upTo, x.credit), x.amount) : x.amount),
          );
        }, NOTHING);
        const borne =
          this.mistake === 'rounds shares up' ? -roundedDown(exact(-part.n, part.d)) : roundedDown(part);
        shares[s.bearer] = Number(borne);
        rest -= borne;
      }
    });
    const rates = new Set(counted.map((c) => `${c.judged.rate.n}/${c.judged.rate.d}`));
    const rate =
      benefit.per === 'month' || rates.size > 1 || counted[0].judged.rate.d !== 1n
        ? -1
        : Number(counted[0].judged.rate.n);
    return {
      told,
      half,
      fen: Number(fen),
      shares,
      sharesUnknown: unknown,
      rate,
      shareMissing: [...new Set(parcels.flatMap((p) => p.lacks.map((l) => l.name)))],
    };
  }

  private capOn(cap: MeantCap, place: string, day: number, kind: string) {
    const days = cap.days && this.value(cap.days, place, day, { kind });
    const amount = cap.amount && this.value(cap.amount, place, day, { kind });
    const lacks = [days, amount].flatMap((v) => (v instanceof Lacking ? v.items : []));
    return {
      cap,
      lacks,
      half:
        days && !(days instanceof Lacking) ? Number(roundedDown(multiply(days as Exact, exact(2)))) : null,
      amount: amount && !(amount instanceof Lacking) ? (amount as Exact) : null,
    };
  }

  private kindAt(kind: string, place: string, day: number): string | Lack {
    const { open } = this.notice;
    if (!kind.startsWith('?') || !open) return kind;
    const listed = this.parameter(open.included, place, day, false);
    return listed !== null && (listed as readonly string[]).includes(kind.slice(1))
      ? open.as
      : { name: kind, clause: open.clause };
  }

  private judge(benefit: MeantBenefit, place: string, day: number, given: Facts): Judged {
    const kind = this.kindAt(given.kind, place, day);
    if (typeof kind !== 'string') return { is: 'undetermined', lacks: [kind] };
    const facts = { ...given, kind };
    const terms = benefit.terms.find((t) => t.kinds.includes(kind));
    if (!terms) return { is: 'refused', why: `refused ${benefit.clause} 不在发放对象之内` };
    if (terms.refused) return { is: 'refused', why: `refused ${terms.refused.clause} ${terms.refused.says}` };
    const lacks: Lack[] = [];
    for (const c of [...benefit.when, ...terms.when]) {
      const met = this.value(c.test, place, day, facts);
      if (met instanceof Lacking && this.mistake !== 'takes a gap for no')
        lacks.push(...met.items.map((l) => (l.clause === '' ? { ...l, clause: c.otherwise.clause } : l)));
      else if (met !== true)
        return { is: 'refused', why: `refused ${c.otherwise.clause} ${c.otherwise.says}` };
    }
    const rate = benefit.per === 'day' && terms.pays ? this.value(terms.pays, place, day, facts) : NOTHING;
    if (rate instanceof Lacking) lacks.push(...rate.items);
    const { parts, upTo, lacks: shareLacks } = this.sharesOn(terms, place, day, facts);
    if (lacks.length > 0) return { is: 'undetermined', lacks: withoutRepeats([...lacks, ...shareLacks]) };
    return { is: 'granted', terms, rate: rate as Exact, parts, upTo, shareLacks };
  }

  private sharesOn(terms: MeantTerms, place: string, day: number, facts: Facts) {
    const lacks: Lack[] = [];
    const read = (e: Expr | null): Exact | null => {
      const v = e && this.value(e, place, day, facts);
      if (!(v instanceof Lacking)) return v as Exact | null;
      lacks.push(...v.items);
      return null;
    };
    const parts = terms.shares.map((s) => read(s.part));
    const upTo = terms.shares.map((s) => read(s.upTo));
    const sum = parts.reduce<Exact>((s, p) => (p ? add(s, p) : s), NOTHING);
    if (lacks.length === 0 && (order(sum, exact(1)) > 0 || parts.some((p) => p && p.n < 0n)))
      lacks.push({ name: 'shares', clause: terms.shares[0].clause });
    return { parts, upTo, lacks: withoutRepeats(lacks) };
  }

  /** From a place upwards, one division after another. */
  private above(place: string): string[] {
    const out: string[] = [];
    for (
      let at = this.notice.divisions.find((d) => d.code === place);
      at;
      at = this.notice.divisions.find((d) => d.code === at?.parent)
    )
      out.push(at.code);
    return out;
  }

  private payerOf(place: string): string {
    return (
      this.above(place).find((c) =>
        this.notice.divisions.some((d) => d.code === c && d.level === this.notice.pays),
      ) ?? place
    );
  }

  private holds(span: Span, day: number): boolean {
    return holdsOn(
      this.mistake === 'leaves out the last day of a period' && span.until !== null
        ? { ...span, until: span.until - 1 }
        : span,
      day,
    );
  }

  private known(known: number | null): boolean {
    return (
      known === null ||
      this.notice.knownOn === null ||
      known <= this.notice.knownOn ||
      this.mistake === 'sees what was not yet known'
    );
  }

  private laidOver(name: string, place: string, day: number, asIssued: boolean): Meant | null {
    for (const c of [...this.notice.changes].reverse()) {
      if (c.name !== name || !this.holds(c, day)) continue;
      if (c.division === null || (!asIssued && this.above(place).includes(c.division))) return c.value;
    }
    if (asIssued) return null;
    const way = this.above(place);
    for (const division of this.mistake === 'asks the farthest division first' ? way.reverse() : way) {
      const s = this.notice.settings.find(
        (x) => x.name === name && x.division === division && this.holds(x, day) && this.known(x.known),
      );
      if (s) return s.value;
    }
    return null;
  }

  private parameter(name: string, place: string, day: number, asIssued: boolean): Meant | null {
    const issuedOnly = asIssued && this.mistake !== 'takes what is set for what is issued';
    const over = this.laidOver(name, place, day, issuedOnly);
    if (over !== null) return over;
    const p = this.notice.parameters.find((x) => x.name === name) as MeantParameter;
    for (const v of p.values) if (this.holds(v, day) && this.known(v.known)) return v.value;
    return p.impliedBy && this.parameter(p.impliedBy.name, place, day, issuedOnly) !== null
      ? p.impliedBy.value
      : null;
  }

  private timeline(name: string, place: string, day: number): Meant | null {
    const over = this.laidOver(name, place, day, false);
    if (over !== null) return over;
    const t = this.notice.timelines.find((x) => x.name === name) as MeantTimeline;
    for (const division of this.above(place)) {
      for (const e of t.entries)
        if (e.division === division && this.holds(e, day) && this.known(e.known)) return e.value;
    }
    return null;
  }

  private dayKind(day: number): string | null {
    const calendar = this.notice.calendar.find((c) => this.holds(c, day));
    if (!calendar) return null;
    const special = calendar.days.find((d) => this.holds(d, day));
    if (special) return special.kind;
    if (this.mistake === 'forgets the kind of day') return 'working-day';
    const sundayIsSeven = new Date(day * 86_400_000).getUTCDay() || 7;
    return calendar.weekend.includes(sundayIsSeven) ? 'rest-day' : 'working-day';
  }

  private choice(of: ChoiceOf, place: string, day: number, facts: Facts): string | Lacking {
    const clauseOf = (list: readonly { name: string; clause: string }[]) =>
      list.find((x) => x.name === of.name)?.clause ?? '';
    const lack = (clause: string) => new Lacking([{ name: of.name, clause }]);
    switch (of.from) {
      case 'fact': {
        const v =
          of.name === 'day-kind'
            ? this.dayKind(day)
            : of.name === 'kind'
              ? facts.kind
              : of.name === 'post'
                ? facts.post
                : facts.area;
        return v ?? lack('');
      }
      case 'parameter':
        return (
          (this.parameter(of.name, place, day, false) as string | null) ??
          lack(clauseOf(this.notice.parameters))
        );
      case 'timeline':
        return (this.timeline(of.name, place, day) as string | null) ?? lack(clauseOf(this.notice.timelines));
      case 'reading':
        return (
          (this.laidOver(of.name, place, day, false) as string | null) ??
          (this.notice.readings.find((r) => r.name === of.name)?.inUse as string)
        );
    }
  }

  value(e: Expr, place: string, day: number, facts: Facts): Meant | Lacking {
    const read = (x: Expr) => this.value(x, place, day, facts);
    switch (e.op) {
      case 'literal':
      case 'flag':
        return e.value;
      case 'parameter':
        return (
          this.parameter(e.name, place, day, e.asIssued) ??
          new Lacking([
            { name: e.name, clause: this.notice.parameters.find((p) => p.name === e.name)?.clause ?? '' },
          ])
        );
      case 'figure':
        return read(this.notice.figures.find((f) => f.name === e.name)?.answer as Expr);
      case 'fact':
        return e.name === 'day' ? exact(day) : (facts[e.name] ?? new Lacking([{ name: e.name, clause: '' }]));
      case 'is': {
        const v = this.choice(e.of, place, day, facts);
        return v instanceof Lacking ? v : (v === e.option) !== e.not;
      }
      case 'among': {
        const v = this.choice(e.of, place, day, facts);
        return v instanceof Lacking ? v : e.options.includes(v);
      }
      case 'within': {
        const v = read({ op: 'parameter', name: e.name, asIssued: false });
        return v instanceof Lacking ? v : (v as readonly Span[]).some((s) => this.holds(s, day));
      }
      case 'is-set':
        return this.parameter(e.name, place, day, false) !== null;
      case 'and': {
        const values = e.parts.map(read);
        if (values.includes(false)) return false;
        const lacks = lacksOf(values);
        return lacks ?? true;
      }
      case 'or': {
        const values = e.parts.map(read);
        if (values.includes(true)) return true;
        return lacksOf(values) ?? false;
      }
      case 'not': {
        const v = read(e.part);
        return v instanceof Lacking ? v : v === false;
      }
      case 'if': {
        const w = read(e.when);
        return w instanceof Lacking ? w : read(w === true ? e.so : e.otherwise);
      }
      case 'same-flag': {
        const [l, r] = [read(e.left), read(e.right)];
        return lacksOf([l, r]) ?? (l === r) !== e.not;
      }
      case 'least':
      case 'most': {
        const values = e.parts.map(read);
        const lacks = lacksOf(values);
        if (lacks) return lacks;
        const sorted = [...(values as Exact[])].sort(order);
        return e.op === 'least' ? sorted[0] : sorted[sorted.length - 1];
      }
      case 'round': {
        const v = read(e.part);
        if (v instanceof Lacking) return v;
        const times = exact((v as Exact).n * e.to.value.d, (v as Exact).d * e.to.value.n);
        const down = roundedDown(times);
        const isWhole = times.d === 1n;
        const n =
          e.how === 'round-down'
            ? down
            : e.how === 'round-up'
              ? isWhole
                ? down
                : down + 1n
              : roundedDown(add(times, exact(1, 2)));
        return multiply(exact(n), e.to.value);
      }
      default: {
        const [l, r] = [read(e.left), read(e.right)];
        const lacks = lacksOf([l, r]);
        if (lacks) return lacks;
        const [a, b] = [l as Exact, r as Exact];
        switch (e.op) {
          case '+':
            return add(a, b);
          case '-':
            return subtract(a, b);
          case '×':
            return multiply(a, b);
          case '/':
            return b.n === 0n ? new Lacking([{ name: 'divide', clause: '' }]) : exact(a.n * b.d, a.d * b.n);
          case 'compare': {
            const o = order(a, b);
            return { '=': o === 0, '!=': o !== 0, '<': o < 0, '<=': o <= 0, '>': o > 0, '>=': o >= 0 }[
              e.sign
            ];
          }
        }
      }
    }
  }
}

function lacksOf(values: readonly (Meant | Lacking)[]): Lacking | null {
  const items = values.flatMap((v) => (v instanceof Lacking ? v.items : []));
  return items.length > 0 ? new Lacking(items) : null;
}

function withoutRepeats(lacks: readonly Lack[]): Lack[] {
  return lacks.filter((l, i) => lacks.findIndex((x) => x.name === l.name && x.clause === l.clause) === i);
}
