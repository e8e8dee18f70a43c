import type { Day } from '../../values/date.ts';
import { NEVER } from '../../values/date.ts';
import type { Vocabulary } from '../../values/vocabulary.ts';
import type { Engaged, RosterFacts } from './contract.ts';
import { bare, placeKeys, termFinder } from './wording.ts';

/** Beyond this many kinds the two bytes an entry spends on one would not do. */
const MOST_KINDS = 32_000;

/**
 * Who holds what and when, laid out for asking by person and day. A person's engagements stand in the order in which
 * they are claimed: kinds of the pack by its precedence, kinds it does not know after them as they first stand on the
 * roster for that person, engagements of one kind as they stand on the roster.
 */
export class Holdings {
  readonly roster: RosterFacts;
  /** Ids of the pack's kinds, then those of the roster it does not know ("?保洁员"). */
  readonly kinds: readonly string[];
  /** How many of `kinds` are the pack's. */
  readonly known: number;
  /** Engagements of person p stand in `order` from first[p] up to first[p + 1]. */
  readonly first: Int32Array;
  readonly order: Int32Array;
  /** By engagement: index into `kinds`, and the days it is in force, half-open. */
  readonly kindOf: Int16Array;
  readonly from: Int32Array;
  readonly until: Int32Array;
  /** By engagement: its community as `placeKey` writes it. */
  readonly communityKey: readonly string[];
  readonly placeKey: (written: string) => string;
  readonly #findKind: (written: string) => number;
  readonly #openKinds = new Map<string, number>();

  constructor(roster: RosterFacts, vocabulary: Vocabulary) {
    this.roster = roster;
    this.placeKey = placeKeys(vocabulary);
    this.#findKind = termFinder(vocabulary.kinds);
    const kinds = vocabulary.kinds.map((k) => k.id);
    const index = new Map(kinds.map((id, i) => [id, i]));
    this.known = kinds.length;
    const n = roster.engagements.length;
    this.kindOf = new Int16Array(n);
    this.from = new Int32Array(n);
    this.until = new Int32Array(n);
    this.first = new Int32Array(roster.persons.length + 1);
    const keys = new Map<string, string>();
    this.communityKey = roster.engagements.map((e) => {
      let key = keys.get(e.community);
      if (key === undefined) {
        key = this.placeKey(e.community);
        keys.set(e.community, key);
      }
      return key;
    });
    for (let i = 0; i < n; i++) {
      const e = roster.engagements[i]!;
      let kind = index.get(e.kind);
      if (kind === undefined) {
        kind = kinds.length;
        if (kind > MOST_KINDS) throw new RangeError(`more than ${MOST_KINDS} kinds of worker on one roster`);
        index.set(e.kind, kind);
        kinds.push(e.kind);
        this.#openKinds.set(bare(e.kindText), kind);
        this.#openKinds.set(bare(e.kind.replace(/^\?/, '')), kind);
      }
      this.kindOf[i] = kind;
      this.from[i] = e.period.from;
      this.until[i] = Math.min(e.period.until, NEVER);
      this.first[e.person + 1]!++;
    }
    this.kinds = kinds;
    for (let p = 0; p < roster.persons.length; p++) this.first[p + 1]! += this.first[p]!;
    const next = this.first.slice();
    this.order = new Int32Array(n);
    for (let i = 0; i < n; i++) this.order[next[roster.engagements[i]!.person]!++] = i;
    for (let p = 0; p < roster.persons.length; p++) {
      if (this.first[p + 1]! - this.first[p]! > 1) this.#claimOrder(this.first[p]!, this.first[p + 1]!);
    }
  }

  #claimOrder(from: number, until: number): void {
    const mine = [...this.order.subarray(from, until)];
    const firstOfOpenKind = new Map<number, number>();
    for (const e of mine) {
      const kind = this.kindOf[e]!;
      if (kind >= this.known && !firstOfOpenKind.has(kind)) firstOfOpenKind.set(kind, this.known + e);
    }
    const rank = (e: number) => firstOfOpenKind.get(this.kindOf[e]!) ?? this.kindOf[e]!;
    mine.sort((a, b) => rank(a) - rank(b) || a - b);
    this.order.set(mine, from);
  }

  inForce(engagement: number, day: Day): boolean {
    return day >= this.from[engagement]! && day < this.until[engagement]!;
  }

  /** The engagement that comes first on a day, hints of records left aside; −1 when none is in force. */
  firstOn(person: number, day: Day): number {
    for (let k = this.first[person]!; k < this.first[person + 1]!; k++) {
      const e = this.order[k]!;
      if (day >= this.from[e]! && day < this.until[e]!) return e;
    }
    return -1;
  }

  holds(person: number, kind: number, day: Day): boolean {
    for (let k = this.first[person]!; k < this.first[person + 1]!; k++) {
      const e = this.order[k]!;
      if (this.kindOf[e] === kind && this.inForce(e, day)) return true;
    }
    return false;
  }

  /** The engagements of a person in the order in which they are claimed. */
  engagementsOf(person: number): Engaged[] {
    return [...this.order.subarray(this.first[person]!, this.first[person + 1]!)].map(
      (e) => this.roster.engagements[e]!,
    );
  }

  /** The kind a sheet names: one of the pack's, or one of the roster's own; −1 when it is neither. */
  findKind(written: string): number {
    const known = this.#findKind(written);
    return known >= 0 ? known : (this.#openKinds.get(bare(written)) ?? -1);
  }
}
