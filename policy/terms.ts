import { type Day, NEVER, weekdayOf } from '../values/date.ts';
import type { Gap } from '../values/figure.ts';
import { ALWAYS, covers, type Period } from '../values/period.ts';
import type { Division, Divisions } from '../values/place.ts';
import type { Text } from '../values/text.ts';
import type { Value } from './formula.ts';
import type { DayKind, Pack } from './pack.ts';

/** A division's own value for a parameter or its own choice of a reading, over a period, under a document number. */
export type Setting = {
  readonly name: string;
  readonly division: string;
  readonly value: Value;
  readonly period: Period;
  readonly document: string | null;
  /** The day it became known; EVER when that is not recorded. */
  readonly known: Day;
};

/** A what-if: as a setting, but laid over everything else, and for the whole jurisdiction when `division` is null. */
export type Change = {
  readonly name: string;
  readonly division: string | null;
  readonly value: Value;
  readonly period: Period;
};

/** A value found, and how it came to bind at that place on that day. */
export type Found = {
  readonly value: Value;
  readonly by: 'pack' | 'setting' | 'change' | 'implied' | 'default';
  readonly division: string | null;
  readonly period: Period;
  readonly document: string | null;
  readonly source: string | null;
  /** True when a guiding value was departed from. */
  readonly departs: boolean;
};

/** What is missing for a figure, whatever the place; `gapAt` says which body of that place must act. */
export type Missing = {
  readonly name: string;
  readonly missing: Text;
  readonly body: string;
  readonly clause: string;
  readonly division?: string;
};

const isMissing = (found: Found | Missing): found is Missing => 'missing' in found;

export { isMissing };

/**
 * What binds at a place on a day: the nearest lawful setting on the way up from the place, else what the notice issued,
 * else what another parameter implies, else a gap that names who must act. Two clocks: a value holds in its period, and
 * only what was known on `knownOn` is seen.
 */
export class Terms {
  readonly pack: Pack;
  readonly divisions: Divisions;
  readonly knownOn: Day;
  private readonly settings = new Map<string, Map<string, Setting[]>>();
  private readonly changes = new Map<string, Change[]>();
  /** Divisions where something differs from their parent's terms. */
  private readonly marked = new Set<string>();
  private readonly paths = new Map<string, readonly Division[]>();
  private readonly termsPlaces = new Map<string, string>();

  constructor(
    pack: Pack,
    divisions: Divisions,
    settings: readonly Setting[],
    changes: readonly Change[],
    knownOn: Day = NEVER,
  ) {
    this.pack = pack;
    this.divisions = divisions;
    this.knownOn = knownOn;
    for (const s of settings) {
      if (s.known > knownOn) continue;
      const places = this.settings.get(s.name) ?? new Map<string, Setting[]>();
      places.set(s.division, [...(places.get(s.division) ?? []), s]);
      this.settings.set(s.name, places);
      this.marked.add(s.division);
    }
    // The latest change stands first: it is the one seen.
    for (const c of changes) {
      this.changes.set(c.name, [c, ...(this.changes.get(c.name) ?? [])]);
      if (c.division) this.marked.add(c.division);
    }
    for (const t of pack.timelines.values()) for (const e of t.entries) this.marked.add(e.division);
  }

  /** From the place up to the jurisdiction's own division, nearest first. */
  pathOf(place: string): readonly Division[] {
    let path = this.paths.get(place);
    if (!path) {
      path = this.divisions.pathOf(place);
      this.paths.set(place, path);
    }
    return path;
  }

  /** Places with the same terms share this key: the nearest division on the way up where anything is set, or ''. */
  termsPlaceOf(place: string): string {
    let key = this.termsPlaces.get(place);
    if (key === undefined) {
      key = this.pathOf(place).find((d) => this.marked.has(d.code))?.code ?? '';
      this.termsPlaces.set(place, key);
    }
    return key;
  }

  /** The value of a parameter; `asIssued` asks for what the notice itself says, whatever a district set. */
  parameter(name: string, place: string, day: Day, asIssued = false): Found | Missing {
    const p = this.pack.parameters.get(name);
    if (!p) throw new Error(`no parameter ${name}`);
    const issued = p.values.find((v) => covers(v.period, day) && v.known <= this.knownOn);
    const over = this.laidOver(name, place, day, asIssued);
    if (over)
      return {
        ...over,
        departs:
          p.force === 'guiding' &&
          over.by === 'setting' &&
          issued !== undefined &&
          JSON.stringify(over.value) !== JSON.stringify(issued.value),
      };
    if (issued)
      return {
        value: issued.value,
        by: 'pack',
        division: this.pack.division,
        period: issued.period,
        document: null,
        source: issued.source,
        departs: false,
      };
    if (p.impliedBy) {
      const implying = this.parameter(p.impliedBy.parameter, place, day, asIssued);
      if (!isMissing(implying)) return { ...implying, value: p.impliedBy.value, by: 'implied' };
    }
    return {
      name,
      missing: p.label,
      body: p.setBy[0] ?? this.pack.clauses.get(p.clause)?.bodies[0] ?? '',
      clause: p.clause,
    };
  }

  timeline(name: string, place: string, day: Day): Found | Missing {
    const t = this.pack.timelines.get(name);
    if (!t) throw new Error(`no timeline ${name}`);
    const over = this.laidOver(name, place, day, false);
    if (over) return over;
    for (const d of this.pathOf(place)) {
      const e = t.entries.find(
        (e) => e.division === d.code && covers(e.period, day) && e.known <= this.knownOn,
      );
      if (e)
        return {
          value: e.state,
          by: 'pack',
          division: d.code,
          period: e.period,
          document: null,
          source: e.source,
          departs: false,
        };
    }
    return { name, missing: t.label, body: t.declaredBy, clause: t.clause };
  }

  /** The option of a reading in use: never missing, because a pack must choose one. */
  reading(name: string, place: string, day: Day): Found {
    const r = this.pack.readings.get(name);
    if (!r) throw new Error(`no reading ${name}`);
    const over = this.laidOver(name, place, day, false);
    return (
      over ?? {
        value: r.inUse,
        by: 'default',
        division: null,
        period: ALWAYS,
        document: null,
        source: null,
        departs: false,
      }
    );
  }

  /** Working day, rest day or statutory holiday; missing where the pack's calendar does not reach. */
  dayKind(day: Day): DayKind | Missing {
    const c = this.pack.calendar.find((c) => covers(c.period, day));
    if (!c)
      return {
        name: 'day-kind',
        missing: { zh: '该日是工作日还是节假日', en: 'whether the day is a working day or a holiday' },
        body: '',
        clause: '',
      };
    return c.days.get(day) ?? (c.weekend.has(weekdayOf(day)) ? 'rest-day' : 'working-day');
  }

  private laidOver(name: string, place: string, day: Day, asIssued: boolean): Found | null {
    const path = this.pathOf(place);
    for (const c of this.changes.get(name) ?? []) {
      if (
        covers(c.period, day) &&
        (c.division === null || (!asIssued && path.some((d) => d.code === c.division)))
      ) {
        return {
          value: c.value,
          by: 'change',
          division: c.division,
          period: c.period,
          document: null,
          source: null,
          departs: false,
        };
      }
    }
    if (asIssued) return null;
    const places = this.settings.get(name);
    if (!places) return null;
    for (const d of path) {
      const s = places.get(d.code)?.find((s) => covers(s.period, day));
      if (s)
        return {
          value: s.value,
          by: 'setting',
          division: d.code,
          period: s.period,
          document: s.document,
          source: null,
          departs: false,
        };
    }
    return null;
  }

  /** The days in a period on which anything that binds at a place may change, in order; the first day is always one. */
  boundaries(place: string, within: Period): Day[] {
    const days = new Set<Day>([within.from]);
    const add = (p: Period): void => {
      if (p.from > within.from && p.from < within.until) days.add(p.from);
      if (p.until > within.from && p.until < within.until) days.add(p.until);
    };
    const addValue = (v: Value): void => {
      if (Array.isArray(v)) for (const p of v) if (typeof p === 'object') add(p as Period);
    };
    for (const p of this.pack.parameters.values()) {
      for (const v of p.values) {
        add(v.period);
        addValue(v.value);
      }
      if (p.impliedBy) addValue(p.impliedBy.value);
    }
    for (const t of this.pack.timelines.values()) for (const e of t.entries) add(e.period);
    for (const list of this.changes.values())
      for (const c of list) {
        add(c.period);
        addValue(c.value);
      }
    const path = this.pathOf(place);
    for (const places of this.settings.values()) {
      for (const d of path)
        for (const s of places.get(d.code) ?? []) {
          add(s.period);
          addValue(s.value);
        }
    }
    return [...days].sort((a, b) => a - b);
  }

  /** Who must act at this place: the division's name with the body's own ending, as its seal would read. */
  gapAt(missing: Missing, place: string): Gap {
    const body = this.pack.bodies.get(missing.body);
    const division = missing.division ?? (body ? this.divisionOf(body.level, place) : null);
    return {
      missing: missing.missing,
      whoMustAct: this.bodyName(missing.body, division),
      division,
      clause: missing.clause,
    };
  }

  /** The division of a level of government that a place lies in, or null. */
  divisionOf(level: string | null, place: string): string | null {
    const digits = this.pack.levels.find((l) => l.id === level)?.digits;
    return digits === undefined
      ? null
      : (this.pathOf(place).find((d) => digitsOf(d.code) === digits)?.code ?? null);
  }

  bodyName(id: string, division: string | null): Text {
    const body = this.pack.bodies.get(id);
    if (!body) return { zh: '（未定单位）', en: '(body not determined)' };
    const name = division ? this.divisions.of(division)?.name : undefined;
    if (!name) return body.name;
    const ending = [...body.suffixByNameEnd]
      .filter(([end]) => name.endsWith(end))
      .sort((a, b) => b[0].length - a[0].length)[0]?.[1];
    const suffix = ending ?? body.suffix;
    return suffix
      ? { zh: name + suffix.zh, en: `${name} ${suffix.en}` }
      : { zh: name, en: `${name} (${body.name.en})` };
  }

  /** The lowest division that two places share, or null. */
  commonDivision(a: string, b: string): string | null {
    const above = new Set(this.pathOf(b).map((d) => d.code));
    return this.pathOf(a).find((d) => above.has(d.code))?.code ?? null;
  }
}

/** How many of the 12 digits of a division code say something: 2 province, 4 prefecture, 6 county, 9 town, 12 village. */
export function digitsOf(code: string): 2 | 4 | 6 | 9 | 12 {
  if (!code.endsWith('000')) return 12;
  if (!code.endsWith('000000')) return 9;
  if (!code.endsWith('00000000')) return 6;
  return code.endsWith('0000000000') ? 2 : 4;
}
