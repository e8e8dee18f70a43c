import { basename } from 'node:path';
import { areaWarnings, type Facts } from '../../measures/subsidy/rules.ts';
import type { DutyContext, DutySheet, PaidSheet } from '../../platform/duty/contract.ts';
import { dutyReader } from '../../platform/duty/duty.ts';
import { foldDuty } from '../../platform/duty/fold.ts';
import { gridReader } from '../../platform/duty/grid.ts';
import { paidReader } from '../../platform/duty/paid.ts';
import { packFolder, readExtended, readPackFiles } from '../../platform/packs/read.ts';
import { RosterReader, rosterColumns } from '../../platform/people/roster.ts';
import { loadDivisions } from '../../platform/places/divisions.ts';
import { PlaceMatcher } from '../../platform/places/matcher.ts';
import { SETTINGS_COLUMNS, SettingsReader } from '../../platform/settings/read.ts';
import type { Progress, SheetProblems } from '../../platform/sheets/contract.ts';
import { readTable } from '../../platform/sheets/read.ts';
import type { Policy } from '../../policy/policy.ts';
import { loadPolicy, Policy as PolicyOf } from '../../policy/policy.ts';
import type { Setting } from '../../policy/terms.ts';
import { parseDay } from '../../values/date.ts';
import type { Period } from '../../values/period.ts';
import { type Problem, Refusal } from '../../values/problem.ts';

/** The sheets a settlement is made from, as paths, and the days it is for, both included. */
export type Sheets = {
  readonly pack: string;
  readonly roster: string;
  readonly duty: string | null;
  readonly grid: string | null;
  readonly settings: string | null;
  readonly paid: string | null;
  readonly from: string;
  readonly to: string;
};

export type Intake = {
  readonly facts: Facts;
  /** The same duty folded anew under another policy, which may credit hours otherwise. */
  readonly foldUnder: (policy: Policy) => Facts['folded'];
  readonly inputs: readonly SheetProblems[];
  readonly dutyFile: string;
};

/**
 * Loads a pack and takes in the sheets: settings, roster, duty or grid, days paid elsewhere; folded into months. Every
 * bad row is set aside with its problem. Throws a Refusal for an unknown or broken pack, dates that are none, a file that
 * cannot be read or lacks a column.
 */
export async function takeIn(sheets: Sheets, progress: Progress): Promise<Intake> {
  const period = readPeriod(sheets.from, sheets.to);
  const divisions = loadDivisions();
  const bare = openPack(sheets.pack, divisions);
  const { pack } = bare;
  const inputs: SheetProblems[] = [];
  const problems: Problem[] = [];
  const keep = (
    path: string,
    headings: SheetProblems['headings'],
    found: SheetProblems['problems'],
  ): void => {
    inputs.push({ path, headings, problems: found });
    problems.push(...found);
  };

  let settings: readonly Setting[] = [];
  if (sheets.settings !== null) {
    const places = new PlaceMatcher(divisions, bare.vocabulary(), pack.division);
    const reader = new SettingsReader(bare.terms, places, basename(sheets.settings));
    const read = await readTable(sheets.settings, SETTINGS_COLUMNS, reader, { progress });
    const done = reader.finish();
    settings = done.settings;
    keep(sheets.settings, read.headings, [...read.problems, ...done.problems]);
  }
  const policy: Policy = new PolicyOf(pack, divisions, settings, []);
  const vocabulary = policy.vocabulary();

  const rosterReader = new RosterReader({
    vocabulary,
    divisions,
    top: pack.division,
    asOf: period.until,
    file: basename(sheets.roster),
  });
  const rosterRead = await readTable(sheets.roster, rosterColumns(vocabulary), rosterReader, { progress });
  const roster = rosterReader.roster();
  keep(sheets.roster, rosterRead.headings, [
    ...rosterRead.problems,
    ...roster.problems,
    ...areaWarnings(pack, roster),
  ]);

  const dutyPath = sheets.grid ?? sheets.duty ?? '';
  const context = (file: string): DutyContext => ({ roster, vocabulary, ...period, file: basename(file) });
  const duty: DutySheet = await (async () => {
    const reading = sheets.grid !== null ? gridReader(context(dutyPath)) : dutyReader(context(dutyPath));
    const read = await readTable(dutyPath, reading.columns, reading.reader, { progress });
    const done = reading.finish();
    keep(dutyPath, read.headings, [...read.problems, ...done.problems.map(withSheet)]);
    return done;
  })();
  let paid: PaidSheet | null = null;
  if (sheets.paid !== null) {
    const reading = paidReader(context(sheets.paid));
    const read = await readTable(sheets.paid, reading.columns, reading.reader, { progress });
    paid = reading.finish();
    keep(sheets.paid, read.headings, [...read.problems, ...paid.problems.map(withSheet)]);
  }
  const fold = (credit: Policy): Facts['folded'] =>
    withAreas(foldDuty({ roster, vocabulary, duty, paid, credit, ...period, progress }), roster);
  return {
    facts: { policy, roster, folded: fold(policy), period, problems },
    foldUnder: fold,
    inputs,
    dutyFile: basename(dutyPath),
  };
}

/** Loads a pack by its id or its folder; a pack with problems is refused with all of them. */
export function openPack(
  name: string,
  divisions = loadDivisions(),
  settings: readonly Setting[] = [],
): Policy {
  const folder = packFolder(name);
  const loaded = loadPolicy(folder.id, readPackFiles(folder.dir), { divisions, settings }, readExtended);
  if (!('problems' in loaded)) return loaded;
  const list = (language: 'zh' | 'en') =>
    loaded.problems.map((p) => `${p.file}:${p.row ?? ''} ${p.message[language]}`).join('\n  ');
  throw new Refusal({
    zh: `政策包“${folder.id}”有问题，不能使用：\n  ${list('zh')}`,
    en: `the pack "${folder.id}" has problems and cannot be used:\n  ${list('en')}`,
  });
}

/** Two days as the command line writes them, both included, as a half-open period. */
export function readPeriod(from: string, to: string): Period {
  const [first, last] = [parseDay(from), parseDay(to)];
  if (first === null || last === null) {
    const wrong = first === null ? from : to;
    throw new Refusal({
      zh: `“${wrong}”不是日期，写成 2020-02-01`,
      en: `"${wrong}" is not a date: write it as 2020-02-01`,
    });
  }
  if (last < first)
    throw new Refusal({
      zh: `止日 ${to} 早于起日 ${from}`,
      en: `the last day ${to} is before the first, ${from}`,
    });
  return { from: first, until: last + 1 };
}

const withSheet = (
  p: Problem & { readonly sheet: string | null },
): Problem & { readonly sheet?: string } => ({ ...p, sheet: p.sheet ?? undefined });

/** The roster's 城乡 of each row of the months: formulas may ask for it (reading D15). */
function withAreas(folded: Facts['folded'], roster: Facts['roster']): Facts['folded'] {
  const { months, engagementOf } = folded;
  const area = new Uint8Array(months.count);
  for (let r = 0; r < months.count; r++) {
    const of = engagementOf[r] < 0 ? null : roster.engagements[engagementOf[r]].area;
    area[r] = of === 'urban' ? 1 : of === 'rural' ? 2 : 0;
  }
  return { ...folded, months: { ...months, area } };
}
