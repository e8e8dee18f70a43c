import type { Months } from '../../policy/months.ts';
import { type Day, firstDay, isoDay, monthOf } from '../../values/date.ts';
import { common, monthBits } from '../../values/period.ts';
import type { Text } from '../../values/text.ts';
import type { DayCredit, DaySeen, Folded, FoldInput, PaidStretch, RecordSeen } from './contract.ts';
import { type Entries, NONE } from './entries.ts';
import { Holdings } from './holdings.ts';

const DAY_MINUTES = 1440;

/** The engagement of a row for a kind that is reported but not held. */
const NOT_HELD = -1;

/** People folded between two looks at the clock of the progress bar and at whether to go on. */
const PEOPLE_A_REPORT = 512;

const FOLDING: Text = { zh: '汇总每人每天', en: 'Folding duty into days' };

/**
 * Folds what was recorded into what the kernel reads: for each person, engagement and month the days credited, full or
 * half. The time of a person on a day is all their records together, overlapping time once (it goes to the record that
 * begins first). Of the engagements in force that day the one whose kind comes first is credited the whole day: status
 * decides who one is, time is the person's. A further kind is credited with its own records alone, for the kernel to
 * refuse as the second of the day; so is a kind reported but not held, in a row of its own without engagement. Where two
 * paying divisions hold an engagement on one day each is credited the whole day, for the kernel to leave undetermined
 * (reading D22). Engagements of one kind under one paying division are one: the day goes to the community a record
 * names, else to the first on the roster. Marks of a grid are taken as recorded; those of two communities on one day add
 * up to one day at most.
 *
 * Units: half-days in, 31-bit day maps out; only days from `from` up to, not including, `until`. Errors: the reason of
 * `progress.signal` when it is aborted.
 * Source: TJ-S-2, TJ-2.1-c, TJ-2.1-e, TJ-2.1-i; readings D2, D7, D8, D22. What the two further kinds are credited with
 * is ours, the notices are silent.
 */
export function foldDuty(input: FoldInput): Folded {
  const { roster, vocabulary, duty, from, until, progress } = input;
  const entries = duty.entries;
  const holdings = new Holdings(roster, vocabulary);
  const posts = duty.kind === 'records' ? vocabulary.posts.length : 0;
  const work =
    duty.kind === 'records' ? new Hours(entries, holdings, posts, input.credit) : new Marks(entries);
  const paid = paidByPerson(input.paid?.stretches ?? []);
  const folding = new Folding(holdings, work, posts, from, until, paid);
  const people = roster.persons.length;
  for (let p = 0; p < people; p++) {
    if (p % PEOPLE_A_REPORT === 0) {
      progress?.signal?.throwIfAborted();
      progress?.report(FOLDING, p, people);
    }
    if (entries.first[p]! < entries.first[p + 1]!) folding.person(p);
  }
  progress?.report(FOLDING, people, people);
  const { months, engagementOf } = folding.done();

  return {
    months,
    engagementOf,
    recordsOf(person) {
      const records: RecordSeen[] = [];
      for (let i = entries.first[person]!; i < entries.first[person + 1]!; i++) {
        const hours = duty.kind === 'records';
        const day = hours ? Math.floor(entries.at[i]! / DAY_MINUTES) : entries.at[i]!;
        const begins = hours ? entries.at[i]! - day * DAY_MINUTES : null;
        records.push({
          ...entries.lines.whereIs(entries.line[i]!),
          date: isoDay(day),
          post: hours ? (vocabulary.posts[entries.post[i]!]?.id ?? null) : null,
          from: begins,
          to: begins === null ? null : begins + entries.amount[i]!,
          marked: hours ? null : entries.amount[i] === 2 ? 2 : 1,
          kind: holdings.kinds[entries.kind[i]!] ?? null,
          community: entries.communities[entries.community[i]!] ?? null,
        });
      }
      return records;
    },
    daysOf: (person) => folding.daysOf(person),
    paidOf: (person) => paid.get(person) ?? [],
  };
}

function paidByPerson(stretches: readonly PaidStretch[]): Map<number, PaidStretch[]> {
  const by = new Map<number, PaidStretch[]>();
  for (const stretch of stretches) {
    const mine = by.get(stretch.person);
    if (mine) mine.push(stretch);
    else by.set(stretch.person, [stretch]);
  }
  return by;
}

/** What some records of a day have in common; asked of entry `i` on `day`. */
type Own = (i: number) => boolean;

/** A person's entries as days of work, either with hours or as marks. */
interface Work {
  readonly entries: Entries;
  /** Calls for each day with anything credited to it, in order. What `whole` and `own` answer is for that day. */
  days(person: number, visit: (day: Day) => void): void;
  /** Half-days of the whole day's work under the terms of a place. */
  whole(place: string, day: Day): 0 | 1 | 2;
  /** Half-days of those entries alone. */
  own(place: string, day: Day, own: Own): 0 | 1 | 2;
  /** The entries that have time on the day. */
  entriesOn(day: Day, visit: (i: number) => void): void;
  /** Minutes by post on the day; null when no hours were seen. */
  readonly minutes: Float64Array | null;
}

/** Records with hours: time on the clock, counted once, and the pack's word on what it comes to. */
class Hours implements Work {
  readonly minutes: Float64Array;
  readonly entries: Entries;
  readonly #holdings: Holdings;
  readonly #terms: Terms;
  readonly #ownMinutes: Float64Array;
  #person = 0;
  /** The first entry that can still have time on the day being visited: entries begin in order, none is over 24 hours. */
  #low = 0;

  constructor(entries: Entries, holdings: Holdings, posts: number, credit: DayCredit) {
    this.entries = entries;
    this.#holdings = holdings;
    this.#terms = new Terms(credit, posts);
    this.minutes = new Float64Array(posts);
    this.#ownMinutes = new Float64Array(posts);
  }

  days(person: number, visit: (day: Day) => void): void {
    const { at, amount, post, first } = this.entries;
    const minutes = this.minutes;
    this.#person = person;
    this.#low = first[person]!;
    let reach = Number.NEGATIVE_INFINITY;
    let current = Number.NEGATIVE_INFINITY;
    let worked = false;
    // Every minute goes to the record that begins first among those that cover it, so what is left of a record is one
    // stretch, and the days of those stretches come in order.
    for (let i = first[person]!; i < first[person + 1]!; i++) {
      const begins = at[i]!;
      const ends = begins + amount[i]!;
      const left = Math.max(begins, reach);
      if (ends <= left) continue;
      reach = ends;
      const day = Math.floor(begins / DAY_MINUTES);
      const midnight = (day + 1) * DAY_MINUTES;
      const split = ends > midnight && this.#splits(person, day) ? midnight : ends;
      if (left < split) {
        if (day !== current) {
          if (worked) visit(current);
          minutes.fill(0);
          current = day;
          worked = true;
        }
        minutes[post[i]!]! += split - left;
      }
      if (ends > split) {
        if (day + 1 !== current) {
          if (worked) visit(current);
          minutes.fill(0);
          current = day + 1;
          worked = true;
        }
        minutes[post[i]!]! += ends - Math.max(left, split);
      }
    }
    if (worked) visit(current);
  }

  /**
   * Whether a shift that begins on that day is split at midnight. The place is that of the engagement that comes first
   * then, or on the next day when none is in force yet.
   */
  #splits(person: number, day: Day): boolean {
    let e = this.#holdings.firstOn(person, day);
    if (e < 0) e = this.#holdings.firstOn(person, day + 1);
    return e < 0 || this.#terms.splits(this.#holdings.roster.engagements[e]!.place, day);
  }

  whole(place: string, day: Day): 0 | 1 | 2 {
    return this.#terms.credit(place, day, this.minutes);
  }

  entriesOn(day: Day, visit: (i: number) => void): void {
    const { at, amount, first } = this.entries;
    const until = first[this.#person + 1]!;
    while (this.#low < until && at[this.#low]! < (day - 1) * DAY_MINUTES) this.#low++;
    for (let i = this.#low; i < until; i++) {
      const begins = at[i]!;
      if (begins >= (day + 1) * DAY_MINUTES) return;
      if (begins >= day * DAY_MINUTES) visit(i);
      else if (begins + amount[i]! > day * DAY_MINUTES && this.#splits(this.#person, day - 1)) visit(i);
    }
  }

  own(place: string, day: Day, own: Own): 0 | 1 | 2 {
    const { at, amount, post, first } = this.entries;
    const minutes = this.#ownMinutes.fill(0);
    const until = first[this.#person + 1]!;
    while (this.#low < until && at[this.#low]! < (day - 1) * DAY_MINUTES) this.#low++;
    const dawn = day * DAY_MINUTES;
    let reach = Number.NEGATIVE_INFINITY;
    for (let i = this.#low; i < until && at[i]! < dawn + DAY_MINUTES; i++) {
      if (!own(i)) continue;
      const ends = at[i]! + amount[i]!;
      let left = Math.max(at[i]!, reach);
      if (ends <= left) continue;
      reach = ends;
      let right = ends;
      if (at[i]! < dawn) {
        if (ends <= dawn || !this.#splits(this.#person, day - 1)) continue;
        left = Math.max(left, dawn);
      } else if (ends > dawn + DAY_MINUTES && this.#splits(this.#person, day)) {
        right = dawn + DAY_MINUTES;
      }
      if (right > left) minutes[post[i]!]! += right - left;
    }
    return this.#terms.credit(place, day, minutes);
  }
}

/** Marks of a grid: no hours were seen, the credit is what was recorded. */
class Marks implements Work {
  readonly minutes = null;
  readonly entries: Entries;
  #from = 0;
  #until = 0;
  readonly #communities: number[] = [];
  readonly #most: number[] = [];

  constructor(entries: Entries) {
    this.entries = entries;
  }

  days(person: number, visit: (day: Day) => void): void {
    const { at, first } = this.entries;
    let i = first[person]!;
    while (i < first[person + 1]!) {
      const day = at[i]!;
      this.#from = i;
      while (i < first[person + 1]! && at[i] === day) i++;
      this.#until = i;
      visit(day);
    }
  }

  whole(_place: string, _day: Day): 0 | 1 | 2 {
    return this.#sum(null);
  }

  own(_place: string, _day: Day, own: Own): 0 | 1 | 2 {
    return this.#sum(own);
  }

  entriesOn(_day: Day, visit: (i: number) => void): void {
    for (let i = this.#from; i < this.#until; i++) visit(i);
  }

  /** The same day marked twice in one community is one mark (the fuller); two communities add up, to a day at most. */
  #sum(own: Own | null): 0 | 1 | 2 {
    const { amount, community } = this.entries;
    const communities = this.#communities;
    const most = this.#most;
    communities.length = 0;
    most.length = 0;
    for (let i = this.#from; i < this.#until; i++) {
      if (own !== null && !own(i)) continue;
      const k = communities.indexOf(community[i]!);
      if (k < 0) {
        communities.push(community[i]!);
        most.push(amount[i]!);
      } else if (amount[i]! > most[k]!) most[k] = amount[i]!;
    }
    let sum = 0;
    for (const m of most) sum += m;
    return sum >= 2 ? 2 : sum === 1 ? 1 : 0;
  }
}

/** Terms numbers stay below this, posts' minutes below 4,096, so that three posts and the terms are one exact number. */
const MOST_TERMS = 65_536;

/** Remembers the pack's answers: a city serves the same few hours under the same few terms millions of times. */
class Terms {
  readonly #credit: DayCredit;
  readonly #termsOf: ((place: string, day: Day) => number) | null;
  /** Answers by terms and minutes, when both fit one number. */
  readonly #answers = new Map<number, 0 | 1 | 2>();
  readonly #splits = new Map<number, boolean>();
  readonly #posts: number;
  /** Terms by day, of the place asked about last: people of one community stand together. */
  #place: string | null = null;
  #ofDay = new Map<Day, number>();
  readonly #places = new Map<string, Map<Day, number>>();

  constructor(credit: DayCredit, posts: number) {
    this.#credit = credit;
    this.#posts = posts;
    this.#termsOf = credit.termsOf ? (place, day) => credit.termsOf!(place, day) : null;
  }

  splits(place: string, day: Day): boolean {
    const terms = this.#terms(place, day);
    let answer = this.#splits.get(terms);
    if (answer === undefined) {
      answer = this.#credit.attribution(place, day) === 'natural-day';
      this.#splits.set(terms, answer);
    }
    return answer;
  }

  credit(place: string, day: Day, minutes: Float64Array): 0 | 1 | 2 {
    if (this.#posts > 3) return this.#credit.credit(place, day, minutes);
    let key = this.#terms(place, day);
    for (let k = 0; k < minutes.length; k++) key = key * 4096 + minutes[k]!;
    let answer = this.#answers.get(key);
    if (answer === undefined) {
      answer = this.#credit.credit(place, day, minutes);
      this.#answers.set(key, answer);
    }
    return answer;
  }

  #terms(place: string, day: Day): number {
    if (place !== this.#place) this.#turnTo(place);
    let terms = this.#ofDay.get(day);
    if (terms === undefined) {
      // Without the pack's own number every day at a place is taken to have terms of its own.
      terms = this.#termsOf === null ? this.#ofDay.size : this.#termsOf(place, day);
      if (!(Number.isInteger(terms) && terms >= 0 && terms < MOST_TERMS))
        throw new RangeError(`terms are numbered 0 to ${MOST_TERMS - 1}, not ${terms}`);
      this.#ofDay.set(day, terms);
    }
    return terms;
  }

  #turnTo(place: string): void {
    this.#place = place;
    if (this.#termsOf === null) {
      this.#ofDay.clear();
      this.#answers.clear();
      this.#splits.clear();
      return;
    }
    let known = this.#places.get(place);
    if (known === undefined) {
      known = new Map();
      this.#places.set(place, known);
    }
    this.#ofDay = known;
  }
}

/** Engagements of one kind under one paying division on a day: one claim. */
type Claim = {
  kind: number;
  paying: string;
  /** Positions among the person's engagements. */
  readonly members: number[];
  /** The member the day goes to. */
  position: number;
};

/** Puts the days of one person after another into rows. */
class Folding {
  readonly #holdings: Holdings;
  readonly #work: Work;
  readonly #e: Entries;
  readonly #posts: number;
  readonly #from: Day;
  readonly #until: Day;
  readonly #paid: ReadonlyMap<number, readonly PaidStretch[]>;
  readonly #rows: Rows;
  readonly #places: string[] = [];
  readonly #placeOf: Int32Array;
  readonly #communityOf: Int32Array;
  /** Month and bit of each day of the period, so that no date is taken apart twice. */
  readonly #monthOf: Int32Array;
  readonly #bitOf: Int32Array;

  #person = 0;
  #month = -1;
  /** By position among the person's engagements, then the kinds not held. */
  #full = new Int32Array(64);
  #half = new Int32Array(64);
  /** By position among the person's engagements: the days of the month in force. */
  #active = new Int32Array(64);
  #postBits: Int32Array;
  #notHeld: { kind: number; place: number }[] = [];

  constructor(
    holdings: Holdings,
    work: Work,
    posts: number,
    from: Day,
    until: Day,
    paid: ReadonlyMap<number, readonly PaidStretch[]>,
  ) {
    this.#holdings = holdings;
    this.#work = work;
    this.#e = work.entries;
    this.#posts = posts;
    this.#from = from;
    this.#until = until;
    this.#paid = paid;
    this.#rows = new Rows(posts);
    this.#postBits = new Int32Array(posts);
    const days = Math.max(0, until - from);
    this.#monthOf = new Int32Array(days);
    this.#bitOf = new Int32Array(days);
    for (let d = 0; d < days; d++) {
      const month = monthOf(from + d);
      this.#monthOf[d] = month;
      this.#bitOf[d] = 1 << (from + d - firstDay(month));
    }
    const placeAt = new Map<string, number>();
    const communityAt = new Map(this.#e.communities.map((key, i) => [key, i]));
    const engagements = holdings.roster.engagements;
    this.#placeOf = new Int32Array(engagements.length);
    this.#communityOf = new Int32Array(engagements.length);
    for (let i = 0; i < engagements.length; i++) {
      const place = engagements[i]!.place;
      let at = placeAt.get(place);
      if (at === undefined) {
        at = this.#places.length;
        placeAt.set(place, at);
        this.#places.push(place);
      }
      this.#placeOf[i] = at;
      // No record names this community: −2, so that it is no match for an entry that names none.
      this.#communityOf[i] = communityAt.get(holdings.communityKey[i]!) ?? -2;
    }
  }

  person(person: number): void {
    this.#person = person;
    this.#month = -1;
    this.#work.days(person, this.#isSimple(person) ? this.#simpleDay : this.#sharedDay);
    if (this.#month >= 0) this.#emit();
  }

  /** One engagement and no other kind reported: nearly everybody. */
  #isSimple(person: number): boolean {
    const { first, order, kindOf } = this.#holdings;
    if (first[person + 1]! - first[person]! !== 1) return false;
    const kind = kindOf[order[first[person]!]!]!;
    for (let i = this.#e.first[person]!; i < this.#e.first[person + 1]!; i++) {
      const reported = this.#e.kind[i]!;
      if (reported !== NONE && reported !== kind) return false;
    }
    return true;
  }

  readonly #simpleDay = (day: Day): void => {
    if (day < this.#from || day >= this.#until) return;
    const e = this.#holdings.order[this.#holdings.first[this.#person]!]!;
    if (!this.#holdings.inForce(e, day)) return;
    this.#turnTo(day);
    const bit = this.#bitOf[day - this.#from]!;
    this.#markPost(bit);
    this.#credit(0, bit, this.#work.whole(this.#places[this.#placeOf[e]!]!, day));
  };

  readonly #sharedDay = (day: Day): void => {
    if (day < this.#from || day >= this.#until) return;
    const claims = this.#claimsOn(day);
    const first = claims[0];
    if (first === undefined) return;
    this.#turnTo(day);
    const bit = this.#bitOf[day - this.#from]!;
    this.#markPost(bit);
    const payers: string[] = [];
    let paid = false;
    for (const claim of claims) {
      const place = this.#places[this.#placeOf[this.#engagement(claim.position)]!]!;
      if (payers.includes(claim.paying)) {
        this.#credit(claim.position, bit, this.#work.own(place, day, this.#ownTo(claim, day)));
      } else {
        payers.push(claim.paying);
        const whole = this.#work.whole(place, day);
        paid ||= whole > 0;
        this.#credit(claim.position, bit, whole);
      }
    }
    // Without a day for what is held there is no second of the day: nothing may be claimed in its stead.
    if (!paid) return;
    for (const kind of this.#kindsNotHeld(day)) {
      const place = this.#placeOf[this.#engagement(first.position)]!;
      const own = this.#work.own(this.#places[place]!, day, (i) => this.#e.kind[i] === kind);
      if (own > 0) this.#credit(this.#slotNotHeld(kind, place), bit, own);
    }
  };

  #engagement(position: number): number {
    return this.#holdings.order[this.#holdings.first[this.#person]! + position]!;
  }

  /** What the person could be claimed under on a day, the first first. */
  #claimsOn(day: Day): Claim[] {
    const { first, order, kindOf, roster } = this.#holdings;
    const claims: Claim[] = [];
    for (let k = first[this.#person]!; k < first[this.#person + 1]!; k++) {
      const e = order[k]!;
      if (!this.#holdings.inForce(e, day)) continue;
      const { paying } = roster.engagements[e]!;
      const position = k - first[this.#person]!;
      const same = claims.find((c) => c.kind === kindOf[e] && c.paying === paying);
      if (same) same.members.push(position);
      else claims.push({ kind: kindOf[e]!, paying, members: [position], position });
    }
    for (const claim of claims) {
      if (claim.members.length === 1) continue;
      const named = new Set<number>();
      this.#work.entriesOn(day, (i) => named.add(this.#e.community[i]!));
      const hinted = claim.members.find((m) => named.has(this.#communityOf[this.#engagement(m)]!));
      if (hinted !== undefined) claim.position = hinted;
    }
    return claims;
  }

  /** An entry is a claim's own when it names its kind or a community of it, or names neither kind nor community. */
  #ownTo(claim: Claim, day: Day): Own {
    const communities = claim.members.map((m) => this.#communityOf[this.#engagement(m)]!);
    return (i) => {
      const community = this.#e.community[i]!;
      const kind = this.#kindNamed(i, day);
      if (kind === NONE && community === NONE) return true;
      return kind === claim.kind || communities.includes(community);
    };
  }

  /** The kind an entry names; a kind the pack does not know and the person does not hold that day is no kind. */
  #kindNamed(i: number, day: Day): number {
    const kind = this.#e.kind[i]!;
    return kind < this.#holdings.known || this.#holdings.holds(this.#person, kind, day) ? kind : NONE;
  }

  #kindsNotHeld(day: Day): number[] {
    const kinds: number[] = [];
    this.#work.entriesOn(day, (i) => {
      const kind = this.#e.kind[i]!;
      if (kind === NONE || kind >= this.#holdings.known || kinds.includes(kind)) return;
      if (!this.#holdings.holds(this.#person, kind, day)) kinds.push(kind);
    });
    return kinds.sort((a, b) => a - b);
  }

  #slotNotHeld(kind: number, place: number): number {
    const held = this.#holdings.first[this.#person + 1]! - this.#holdings.first[this.#person]!;
    let k = this.#notHeld.findIndex((n) => n.kind === kind && n.place === place);
    if (k < 0) {
      k = this.#notHeld.length;
      this.#notHeld.push({ kind, place });
      this.#makeRoom(held + k + 1);
      this.#full[held + k] = 0;
      this.#half[held + k] = 0;
    }
    return held + k;
  }

  #credit(slot: number, bit: number, credit: 0 | 1 | 2): void {
    if (credit === 2) this.#full[slot]! |= bit;
    else if (credit === 1) this.#half[slot]! |= bit;
  }

  /** The post with most minutes of the person's day; of equals the first of the pack. */
  #markPost(bit: number): void {
    const minutes = this.#work.minutes;
    if (minutes === null || this.#posts === 0) return;
    let main = 0;
    for (let k = 1; k < this.#posts; k++) if (minutes[k]! > minutes[main]!) main = k;
    this.#postBits[main]! |= bit;
  }

  #makeRoom(slots: number): void {
    if (slots <= this.#full.length) return;
    const full = new Int32Array(slots * 2);
    const half = new Int32Array(slots * 2);
    full.set(this.#full);
    half.set(this.#half);
    this.#full = full;
    this.#half = half;
    this.#active = new Int32Array(slots * 2);
  }

  #turnTo(day: Day): void {
    const month = this.#monthOf[day - this.#from]!;
    if (month === this.#month) return;
    if (this.#month >= 0) this.#emit();
    this.#month = month;
    const held = this.#holdings.first[this.#person + 1]! - this.#holdings.first[this.#person]!;
    this.#makeRoom(held);
    this.#full.fill(0, 0, held);
    this.#half.fill(0, 0, held);
    this.#postBits.fill(0);
    this.#notHeld.length = 0;
  }

  /** The rows of a person's month: engagements credited, those another division would pay, kinds not held. */
  #emit(): void {
    const { first, order, kindOf, roster, from, until } = this.#holdings;
    const held = first[this.#person + 1]! - first[this.#person]!;
    const start = first[this.#person]!;
    for (let k = 0; k < held; k++) {
      const e = order[start + k]!;
      const term = { from: Math.max(from[e]!, this.#from), until: Math.min(until[e]!, this.#until) };
      this.#active[k] = monthBits(term, this.#month);
    }
    if (held > 1) this.#joinTerms(start, held);
    let payer: string | null = null;
    let severalPay = false;
    for (let k = 0; k < held; k++) {
      if ((this.#full[k]! | this.#half[k]!) === 0) continue;
      const { paying } = roster.engagements[order[start + k]!]!;
      if (payer === null) payer = paying;
      else if (payer !== paying) severalPay = true;
    }
    if (payer === null && this.#notHeld.length === 0) return;
    const paidElsewhere = this.#paidBits();
    for (let k = 0; k < held; k++) {
      const e = order[start + k]!;
      const credited = (this.#full[k]! | this.#half[k]!) !== 0;
      const otherPayer = payer !== null && (severalPay || roster.engagements[e]!.paying !== payer);
      if (this.#active[k] === 0 || (!credited && !otherPayer)) continue;
      this.#rows.add(
        this.#person,
        this.#month,
        this.#placeOf[e]!,
        kindOf[e]!,
        this.#full[k]!,
        this.#half[k]!,
        this.#active[k]!,
        paidElsewhere,
        e,
        this.#postBits,
      );
    }
    this.#notHeld.forEach(({ kind, place }, n) => {
      const full = this.#full[held + n]!;
      const half = this.#half[held + n]!;
      this.#rows.add(
        this.#person,
        this.#month,
        place,
        kind,
        full,
        half,
        0,
        paidElsewhere,
        NOT_HELD,
        this.#postBits,
      );
    });
  }

  /**
   * A claim is a person × community × kind × month: two terms of one kind in one community are one row, the earlier's.
   * As two rows each would be rounded by itself, and a fen could be lost between them (reading D18).
   */
  #joinTerms(start: number, held: number): void {
    const { order, kindOf, roster } = this.#holdings;
    const claims = new Map<string, number>();
    for (let k = 0; k < held; k++) {
      if (this.#active[k] === 0) continue;
      const e = order[start + k]!;
      const claim = `${kindOf[e]} ${this.#placeOf[e]} ${roster.engagements[e]!.community}`;
      const earlier = claims.get(claim);
      if (earlier === undefined) {
        claims.set(claim, k);
        continue;
      }
      for (const map of [this.#full, this.#half, this.#active]) {
        map[earlier]! |= map[k]!;
        map[k] = 0;
      }
    }
  }

  #paidBits(): number {
    let bits = 0;
    for (const { period } of this.#paid.get(this.#person) ?? []) {
      const within = common(period, { from: this.#from, until: this.#until });
      if (within) bits |= monthBits(within, this.#month);
    }
    return bits;
  }

  daysOf(person: number): DaySeen[] {
    const days: DaySeen[] = [];
    this.#person = person;
    this.#work.days(person, (day) => {
      if (day < this.#from || day >= this.#until) return;
      const first = this.#claimsOn(day)[0];
      const e = first === undefined ? -1 : this.#engagement(first.position);
      days.push({
        date: isoDay(day),
        minutes: this.#work.minutes === null ? null : [...this.#work.minutes],
        credit: e < 0 ? 0 : this.#work.whole(this.#places[this.#placeOf[e]!]!, day),
        engagement: e,
      });
    });
    return days;
  }

  done(): { months: Months; engagementOf: Int32Array } {
    return this.#rows.done(this.#places, this.#holdings.kinds, this.#work.minutes !== null);
  }
}

/** The columns of `Months` while they grow. */
class Rows {
  #room = 1024;
  #count = 0;
  /** person, month, place, full, half, active, paidElsewhere, engagement, then one for each post. */
  #columns: Int32Array[];
  #kind = new Uint16Array(1024);

  constructor(posts: number) {
    this.#columns = Array.from({ length: 8 + posts }, () => new Int32Array(1024));
  }

  add(
    person: number,
    month: number,
    place: number,
    kind: number,
    full: number,
    half: number,
    active: number,
    paidElsewhere: number,
    engagement: number,
    postBits: Int32Array,
  ): void {
    if (this.#count === this.#room) this.#grow();
    const n = this.#count++;
    const c = this.#columns;
    c[0]![n] = person;
    c[1]![n] = month;
    c[2]![n] = place;
    c[3]![n] = full;
    c[4]![n] = half;
    c[5]![n] = active;
    c[6]![n] = paidElsewhere;
    c[7]![n] = engagement;
    this.#kind[n] = kind;
    for (let k = 0; k < postBits.length; k++) c[8 + k]![n] = postBits[k]!;
  }

  #grow(): void {
    this.#room *= 2;
    this.#columns = this.#columns.map((was) => {
      const now = new Int32Array(this.#room);
      now.set(was);
      return now;
    });
    const kind = new Uint16Array(this.#room);
    kind.set(this.#kind);
    this.#kind = kind;
  }

  done(
    places: readonly string[],
    kinds: readonly string[],
    hoursSeen: boolean,
  ): { months: Months; engagementOf: Int32Array } {
    const [person, month, place, full, half, active, paidElsewhere, engagementOf, ...posts] =
      this.#columns.map((column) => column.subarray(0, this.#count));
    const months: Months = {
      count: this.#count,
      person: person!,
      month: month!,
      place: place!,
      kind: this.#kind.subarray(0, this.#count),
      full: full!,
      half: half!,
      active: active!,
      paidElsewhere: paidElsewhere!,
      places,
      kinds,
    };
    return { months: hoursSeen ? { ...months, posts } : months, engagementOf: engagementOf! };
  }
}
