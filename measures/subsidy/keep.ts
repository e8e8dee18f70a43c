import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { DaySeen, RecordSeen } from '../../platform/duty/contract.ts';
import type { Progress } from '../../platform/sheets/contract.ts';
import type { Months } from '../../policy/months.ts';
import type { Setting } from '../../policy/terms.ts';
import { isoDay } from '../../values/date.ts';
import type { Settlement } from './contract.ts';
import type { Facts } from './rules.ts';

/** The name of the file in a settlement's folder that holds what its figures were made from, for `explain`. */
export const FACTS_FILE = 'facts.jsonl.gz';

/** What a settlement was made under. `sheets` are the names of the files read, and the pack as it was named: an id or a path. */
export type KeptHead = {
  readonly pack: { readonly id: string; readonly version: string; readonly digest: string };
  /** Half-open, as days since 1970-01-01. */
  readonly from: number;
  readonly until: number;
  readonly settings: readonly Setting[];
  readonly sheets: { readonly pack: string; readonly roster: string; readonly duty: string };
};

/** One person's facts: engagements as the roster has them, duty as recorded, and the rows of months they came to. */
export type KeptPerson = {
  readonly id: string;
  readonly name: string;
  readonly engagements: readonly {
    readonly kind: string;
    readonly place: string;
    readonly community: string;
    readonly street: string | null;
    readonly district: string;
    readonly row: number;
  }[];
  readonly records: readonly RecordSeen[];
  /** Days something else has paid: half-open, what paid them as written, and the row of that sheet. */
  readonly paid: readonly {
    readonly from: number;
    readonly until: number;
    readonly item: string | null;
    readonly row: number;
  }[];
  /** Days with duty that came to no credit. */
  readonly short: readonly DaySeen[];
  readonly rows: readonly KeptRow[];
};
export type KeptRow = {
  readonly month: number;
  readonly place: string;
  readonly kind: string;
  readonly full: number;
  readonly half: number;
  readonly active: number;
  readonly paid: number;
  readonly posts: readonly number[] | null;
  readonly area: number;
  readonly engagement: number;
};

/** As a line of the file: records without their keys, because a city has millions. */
type Packed = Omit<KeptPerson, 'records'> & {
  readonly records: readonly [
    row: number,
    date: string,
    post: string | null,
    from: number | null,
    to: number | null,
    marked: 1 | 2 | null,
    kind: string | null,
    community: string | null,
    sheet: string | null,
  ][];
};

/** Writes settlement.json as other programs read it, line by line so that a city fits in memory. Mode 0600. */
export async function writeSettlement(path: string, s: Settlement): Promise<void> {
  await pipeline(Readable.from(settlementText(s)), createWriteStream(path, { mode: 0o600 }));
}

/** The text of settlement.json in pieces; the same settlement gives the same bytes. */
export function* settlementText(s: Settlement): Generator<string> {
  const head = {
    pack: { id: s.pack.id, version: s.pack.version, digest: s.pack.digest },
    period: { from: isoDay(s.period.from), to: isoDay(s.period.until - 1) },
    totals: s.totals,
  };
  yield JSON.stringify(head, null, 2).slice(0, -2);
  yield* list(
    'lines',
    s.lines,
    ({ idNumber, name, district, community, kind, days, amountFen, shares, because }) => ({
      idNumber,
      name,
      district,
      community,
      kind,
      days,
      amountFen,
      shares,
      because,
    }),
  );
  yield* list('refused', s.refused, ({ person: _, ...entry }) => entry);
  yield* list('undetermined', s.undetermined, ({ person: _, ...entry }) => entry);
  yield* list('problems', s.problems, (entry) => entry);
  yield '\n}\n';
}

function* list<T>(name: string, entries: readonly T[], shown: (entry: T) => unknown): Generator<string> {
  yield `,\n  "${name}": [`;
  let text = '';
  for (let i = 0; i < entries.length; i++) {
    text += `${i === 0 ? '\n' : ',\n'}    ${JSON.stringify(shown(entries[i]))}`;
    if (text.length > 1 << 16) {
      yield text;
      text = '';
    }
  }
  yield `${text}${entries.length > 0 ? '\n  ' : ''}]`;
}

/** Keeps what the figures were made from, a line for each person on the roster, so that any of them can be explained. */
export async function writeFacts(
  path: string,
  facts: Facts,
  sheets: KeptHead['sheets'],
  progress?: Progress,
): Promise<void> {
  await pipeline(
    Readable.from(factsText(facts, sheets, progress)),
    createGzip({ level: 1 }),
    createWriteStream(path, { mode: 0o600 }),
  );
}

function* factsText(facts: Facts, sheets: KeptHead['sheets'], progress?: Progress): Generator<string> {
  const { policy, roster, folded, period } = facts;
  const { months } = folded;
  const { pack } = policy;
  const head: KeptHead = {
    pack: { id: pack.id, version: pack.version, digest: pack.digest },
    from: period.from,
    until: period.until,
    settings: policy.settings,
    sheets,
  };
  yield `${JSON.stringify(head)}\n`;
  const first = new Int32Array(roster.persons.length + 1).fill(-1);
  for (let r = months.count - 1; r >= 0; r--) first[months.person[r]] = r;
  const engagements: KeptPerson['engagements'][number][][] = roster.persons.map(() => []);
  const local = roster.engagements.map(
    (e) =>
      engagements[e.person].push({
        kind: e.kind,
        place: e.place,
        community: e.community,
        street: e.street,
        district: e.district,
        row: e.row,
      }) - 1,
  );
  let text = '';
  for (const p of roster.persons) {
    const rows: KeptRow[] = [];
    for (let r = first[p.index]; r >= 0 && r < months.count && months.person[r] === p.index; r++) {
      rows.push({
        month: months.month[r],
        place: months.places[months.place[r]],
        kind: months.kinds[months.kind[r]],
        full: months.full[r],
        half: months.half[r],
        active: months.active[r],
        paid: months.paidElsewhere[r],
        posts: months.posts ? months.posts.map((m) => m[r]) : null,
        area: months.area?.[r] ?? 0,
        engagement: folded.engagementOf[r] < 0 ? -1 : local[folded.engagementOf[r]],
      });
    }
    const kept: Packed = {
      id: p.id,
      name: p.name,
      engagements: engagements[p.index],
      records: folded
        .recordsOf(p.index)
        .map((r) => [r.row, r.date, r.post, r.from, r.to, r.marked, r.kind, r.community, r.sheet]),
      paid: folded
        .paidOf(p.index)
        .map(({ period: { from, until }, item, row }) => ({ from, until, item, row })),
      short: folded.daysOf(p.index).filter((d) => d.credit === 0),
      rows,
    };
    text += `${JSON.stringify(kept)}\n`;
    if (text.length > 1 << 18) {
      progress?.signal?.throwIfAborted();
      progress?.report(
        { zh: '保存依据', en: 'Keeping what the figures rest on' },
        p.index,
        roster.persons.length,
      );
      yield text;
      text = '';
    }
  }
  yield text;
}

/** Finds one person in a settlement's facts; null when the roster of that settlement does not have them. */
export async function readFacts(
  path: string,
  id: string,
): Promise<{ head: KeptHead; person: KeptPerson | null }> {
  const lines = createInterface({
    input: createReadStream(path).pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let head: KeptHead | null = null;
  const sought = `{"id":"${id}"`;
  for await (const line of lines) {
    if (!head) head = JSON.parse(line) as KeptHead;
    else if (line.startsWith(sought)) {
      lines.close();
      const packed = JSON.parse(line) as Packed;
      const records = packed.records.map(
        ([row, date, post, from, to, marked, kind, community, sheet]): RecordSeen => ({
          row,
          date,
          post,
          from,
          to,
          marked,
          kind,
          community,
          sheet,
        }),
      );
      return { head, person: { ...packed, records } };
    }
  }
  if (!head) throw new Error('the facts are empty');
  return { head, person: null };
}

/** The rows of one kept person as the kernel reads them. */
export function monthsOf(person: KeptPerson): Months {
  const { rows } = person;
  const places = [...new Set(rows.map((r) => r.place))];
  const kinds = [...new Set(rows.map((r) => r.kind))];
  const column = (of: (r: KeptRow) => number) => Int32Array.from(rows, of);
  const posts = rows[0]?.posts;
  return {
    count: rows.length,
    person: column(() => 0),
    month: column((r) => r.month),
    place: column((r) => places.indexOf(r.place)),
    kind: Uint16Array.from(rows, (r) => kinds.indexOf(r.kind)),
    full: column((r) => r.full),
    half: column((r) => r.half),
    active: column((r) => r.active),
    paidElsewhere: column((r) => r.paid),
    posts: posts ? posts.map((_, i) => column((r) => r.posts?.[i] ?? 0)) : undefined,
    area: Uint8Array.from(rows, (r) => r.area),
    places,
    kinds,
  };
}
