/** How many entries stand in one block while a sheet is read: large enough to be cheap, small enough to waste little. */
const BLOCK = 1 << 16;

/** No kind, no community, no post. */
export const NONE = -1;

/**
 * What was recorded for each person, grouped by person and within a person in order of time, then of the sheet. Columns,
 * because a city has 2.64 million of them: 17 bytes an entry.
 */
export type Entries = {
  readonly count: number;
  /** Entries of person p stand from first[p] up to first[p + 1]. */
  readonly first: Int32Array;
  /** Records: the minute it began, counted from 1970-01-01 00:00. Marks: the day. */
  readonly at: Int32Array;
  /** Records: minutes served, 1 to 1440. Marks: half-days, 1 or 2. */
  readonly amount: Uint16Array;
  /** Index into the vocabulary's posts; 0 for marks, which have none. */
  readonly post: Uint8Array;
  /** Index into the kinds of `Holdings`, or NONE. */
  readonly kind: Int16Array;
  /** Index into `communities`, or NONE. */
  readonly community: Int32Array;
  /** Where it stands: see `whereIs`. */
  readonly line: Int32Array;
  /** Communities named, as `placeKey` writes them. */
  readonly communities: readonly string[];
  readonly lines: Lines;
};

/** Numbers the rows of several worksheets in one go, so that an entry needs one number to say where it stands. */
export class Lines {
  readonly #sheets: { readonly name: string; readonly base: number }[] = [];
  #last = 0;

  /** A worksheet begins. */
  begin(name: string): void {
    this.#sheets.push({ name, base: this.#last });
  }

  /** The number of a row of the worksheet begun last. */
  at(row: number): number {
    const base = this.#sheets[this.#sheets.length - 1]?.base ?? 0;
    if (base + row > this.#last) this.#last = base + row;
    return base + row;
  }

  /** The worksheet (null for a CSV) and row of a number. */
  whereIs(line: number): { readonly sheet: string | null; readonly row: number } {
    let low = 0;
    let high = this.#sheets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#sheets[middle]!.base < line) low = middle;
      else high = middle - 1;
    }
    const sheet = this.#sheets[low];
    return { sheet: sheet?.name || null, row: line - (sheet?.base ?? 0) };
  }

  /** The name of the worksheet begun last; null before the first, and for a CSV, which has none. */
  get sheet(): string | null {
    return this.#sheets.at(-1)?.name || null;
  }
}

type Block = {
  readonly person: Int32Array;
  readonly at: Int32Array;
  readonly amount: Uint16Array;
  readonly post: Uint8Array;
  readonly kind: Int16Array;
  readonly community: Int32Array;
  readonly line: Int32Array;
};

/** Takes entries in the order of the sheet and gives them back person by person. */
export class Gathering {
  readonly lines = new Lines();
  readonly #blocks: Block[] = [];
  readonly #communities: string[] = [];
  readonly #communityOf = new Map<string, number>();
  #block: Block = newBlock();
  #n = BLOCK;
  #count = 0;

  add(
    person: number,
    at: number,
    amount: number,
    post: number,
    kind: number,
    community: number,
    line: number,
  ): void {
    if (this.#n === BLOCK) {
      this.#block = newBlock();
      this.#blocks.push(this.#block);
      this.#n = 0;
    }
    const b = this.#block;
    const n = this.#n++;
    b.person[n] = person;
    b.at[n] = at;
    b.amount[n] = amount;
    b.post[n] = post;
    b.kind[n] = kind;
    b.community[n] = community;
    b.line[n] = line;
    this.#count++;
  }

  /** The index of a community's key, the same for the same key. */
  community(key: string): number {
    let index = this.#communityOf.get(key);
    if (index === undefined) {
      index = this.#communities.length;
      this.#communityOf.set(key, index);
      this.#communities.push(key);
    }
    return index;
  }

  /** All entries grouped by person (0 to people − 1). Empties the gathering, a column at a time, to stay small. */
  grouped(people: number): Entries {
    const count = this.#count;
    const blocks = this.#blocks;
    const first = new Int32Array(people + 1);
    this.#each((b, n) => {
      first[b.person[n]! + 1]!++;
    });
    for (let p = 0; p < people; p++) first[p + 1]! += first[p]!;
    const next = first.slice();
    const to = new Int32Array(count);
    let i = 0;
    this.#each((b, n) => {
      to[i++] = next[b.person[n]!]!++;
    });
    const moved = <T extends Int32Array | Int16Array | Uint16Array | Uint8Array>(
      column: T,
      of: (b: Block) => ArrayLike<number>,
    ): T => {
      let i = 0;
      this.#each((_, n, from) => {
        column[to[i++]!] = from[n]!;
      }, of);
      return column;
    };
    const entries: Entries = {
      count,
      first,
      at: moved(new Int32Array(count), (b) => b.at),
      amount: moved(new Uint16Array(count), (b) => b.amount),
      post: moved(new Uint8Array(count), (b) => b.post),
      kind: moved(new Int16Array(count), (b) => b.kind),
      community: moved(new Int32Array(count), (b) => b.community),
      line: moved(new Int32Array(count), (b) => b.line),
      communities: this.#communities,
      lines: this.lines,
    };
    blocks.length = 0;
    this.#count = 0;
    this.#n = BLOCK;
    for (let p = 0; p < people; p++) putInOrder(entries, first[p]!, first[p + 1]!);
    return entries;
  }

  #each(
    visit: (b: Block, n: number, column: ArrayLike<number>) => void,
    column: (b: Block) => ArrayLike<number> = (b) => b.person,
  ): void {
    for (let k = 0; k < this.#blocks.length; k++) {
      const b = this.#blocks[k]!;
      const of = column(b);
      const end = k === this.#blocks.length - 1 ? this.#n : BLOCK;
      for (let n = 0; n < end; n++) visit(b, n, of);
    }
  }
}

function newBlock(): Block {
  return {
    person: new Int32Array(BLOCK),
    at: new Int32Array(BLOCK),
    amount: new Uint16Array(BLOCK),
    post: new Uint8Array(BLOCK),
    kind: new Int16Array(BLOCK),
    community: new Int32Array(BLOCK),
    line: new Int32Array(BLOCK),
  };
}

/** Sorts the entries of one person by time, keeping the order of the sheet among equals. Most sheets are in order already. */
function putInOrder(e: Entries, from: number, until: number): void {
  let i = from + 1;
  while (i < until && e.at[i - 1]! <= e.at[i]!) i++;
  if (i >= until) return;
  const n = until - from;
  // Time above, place in the sheet below: one exact number sorts by both (26 million minutes × 4 million entries < 2^53).
  const keys = new Float64Array(n);
  for (let k = 0; k < n; k++) keys[k] = e.at[from + k]! * 0x40_0000 + k;
  keys.sort();
  for (const column of [e.at, e.amount, e.post, e.kind, e.community, e.line]) {
    const was = column.slice(from, until);
    for (let k = 0; k < n; k++) {
      const key = keys[k]!;
      column[from + k] = was[key - Math.floor(key / 0x40_0000) * 0x40_0000]!;
    }
  }
}
