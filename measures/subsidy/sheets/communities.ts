import type { PaidLine, Settlement } from '../contract.ts';

/** Days that wait for somebody, and days refused, as a settlement lists them. */
export type Waiting = Settlement['undetermined'][number];
export type Refused = Settlement['refused'][number];

/** A community of a settlement: whom it pays, and whose days wait or were refused there. Never empty. */
export type Community = {
  readonly name: string;
  readonly district: string;
  /** Null when the roster does not say, and for a community where nobody is paid yet. */
  readonly street: string | null;
  /** What its worksheet is called: its name, with district and street where another community has the same. */
  readonly sheetName: string;
  readonly lines: readonly PaidLine[];
  /** Of the people whose first line stands here, or who are on the roster here and have no line. */
  readonly waiting: readonly Waiting[];
  readonly refused: readonly Refused[];
};

type Filling = {
  readonly name: string;
  readonly district: string;
  readonly street: string | null;
  readonly lines: PaidLine[];
  readonly waiting: Waiting[];
  readonly refused: Refused[];
};

/**
 * The communities of a settlement in its own order (district, street, community). What waits and what is refused
 * carries no place, so it is shown once, where its person has the first line; people without a line are shown where
 * the roster has them, after the paying communities of their district.
 */
export function communitiesOf(s: Settlement): Community[] {
  const found = new Map<string, Filling>();
  const home = new Map<number, Filling>();
  const byName = new Map<string, Filling>();
  const at = (key: string, name: string, district: string, street: string | null): Filling => {
    let community = found.get(key);
    if (!community) {
      community = { name, district, street, lines: [], waiting: [], refused: [] };
      found.set(key, community);
      const named = `${district}|${name}`;
      if (!byName.has(named)) byName.set(named, community);
    }
    return community;
  };
  for (const line of s.lines) {
    const key = `${line.districtCode}|${line.placeCode}|${line.street ?? ''}|${line.community}`;
    const community = at(key, line.community, line.district, line.street);
    community.lines.push(line);
    if (!home.has(line.person)) home.set(line.person, community);
  }
  const homeOf = (index: number): Filling => {
    let community = home.get(index);
    if (!community) {
      const { district, community: name } = s.persons[index];
      community = byName.get(`${district}|${name}`) ?? at(`?|${district}|${name}`, name, district, null);
      home.set(index, community);
    }
    return community;
  };
  for (const entry of s.undetermined) homeOf(entry.person).waiting.push(entry);
  for (const entry of s.refused) homeOf(entry.person).refused.push(entry);

  const ranks = new Map<string, number>();
  const times = new Map<string, number>();
  for (const { district, name } of found.values()) {
    if (!ranks.has(district)) ranks.set(district, ranks.size);
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...found.values()]
    .sort((a, b) => ranks.get(a.district)! - ranks.get(b.district)!)
    .map((community) => {
      const name = community.name || community.district;
      const alone = times.get(community.name) === 1;
      return {
        ...community,
        name,
        sheetName: alone ? name : `${name}（${community.district}${community.street ?? ''}）`,
      };
    });
}

/** Where a community stands, for the line under a title: 青禾区　春水街道　春和里社区. A name is said once. */
export function pathOf(c: Pick<Community, 'district' | 'street' | 'name'>): string {
  const path = [c.district, c.street, c.name].filter((name): name is string => Boolean(name));
  return path.filter((name, i) => path.indexOf(name) === i).join('　');
}

/** Names that more than one person of the community has, among those who are paid or wait. */
export function namesakesOf(c: Community, s: Settlement): ReadonlySet<string> {
  const first = new Map<string, number>();
  const shared = new Set<string>();
  const see = (name: string, person: number): void => {
    const known = first.get(name);
    if (known === undefined) first.set(name, person);
    else if (known !== person) shared.add(name);
  };
  for (const line of c.lines) see(line.name, line.person);
  for (const entry of c.waiting) see(s.persons[entry.person].name, entry.person);
  return shared;
}

/** The label of the level between the paying one and the community (街镇); null when the pack has none. */
export function streetLabel(s: Settlement): string | null {
  const between = s.levels.slice(s.levels.findIndex((level) => level.id === s.payingLevel) + 1, -1);
  return between.at(-1)?.label ?? null;
}

/** The label of the lowest level (社区). */
export const communityLabel = (s: Settlement): string => s.levels.at(-1)?.label ?? '社区';

/** The label of the level that pays (区). */
export const payingLabel = (s: Settlement): string =>
  s.levels.find((level) => level.id === s.payingLevel)?.label ?? '';
