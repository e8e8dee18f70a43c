import type { Roster } from '../../platform/people/roster.ts';
import { loadDivisions } from '../../platform/places/divisions.ts';
import { PlaceMatcher } from '../../platform/places/matcher.ts';
import type { Progress } from '../../platform/sheets/contract.ts';
import type { Comparison, Policy } from '../../policy/policy.ts';
import { findNamed, isUnread, readWrittenValue } from '../../policy/settings.ts';
import type { Change } from '../../policy/terms.ts';
import { yuan } from '../../values/fen.ts';
import { maskIdentity } from '../../values/identity.ts';
import { ALWAYS } from '../../values/period.ts';
import { Refusal } from '../../values/problem.ts';
import { readPeriod, type Sheets, takeIn } from './intake.ts';

/** Settles the sheets as they are and as they would be under the changes, and compares: nothing is written. */
export async function whatIf(
  sheets: Sheets,
  written: readonly string[],
  progress: Progress,
): Promise<{ comparison: Comparison; policy: Policy; roster: Roster; changes: readonly string[] }> {
  const { facts, foldUnder } = await takeIn(sheets, progress);
  const other = facts.policy.whatIf(written.map((w) => readChange(w, facts.policy)));
  const comparison = facts.policy.compare(other, facts.folded.months, foldUnder(other).months);
  return { comparison, policy: facts.policy, roster: facts.roster, changes: written };
}

/**
 * Reads `parameter[@division]=value[,from,to]`: parameter, reading or declared state by id or label, the division as a
 * 12-digit code or by names from the top, days included at both ends. For a parameter that is itself a period the days
 * are the value: `补助时段@呼和浩特市新城区=,2020-01-27,2020-03-31`.
 */
function readChange(written: string, policy: Policy): Change {
  const m = /^([^@=]+)(?:@([^=]+))?=(.*?)(?:,(\d{4}-\d{2}-\d{2}),(\d{4}-\d{2}-\d{2}))?$/.exec(written);
  const refuse = (zh: string, en: string): never => {
    throw new Refusal({ zh: `--change “${written}”：${zh}`, en: `--change "${written}": ${en}` });
  };
  if (!m) return refuse('写成 参数[@区划]=值[,起,止]', 'write parameter[@division]=value[,from,to]');
  const named = findNamed(policy.pack, m[1]);
  if (!named) return refuse(`没有“${m[1]}”这个参数`, `there is no parameter "${m[1]}"`);
  if (isUnread(policy.pack, named.id))
    return refuse(
      `口径 ${named.id} 还没有规则用到，另选一种不会改变任何结果`,
      `no rule reads ${named.id} yet: choosing otherwise would change nothing`,
    );
  let division: string | null = null;
  if (m[2]) {
    const found = new PlaceMatcher(loadDivisions(), policy.vocabulary(), policy.pack.division).matchFromTop(
      m[2],
    );
    if (!found.ok) return refuse(found.reason.zh, found.reason.en);
    division = found.ok.code;
  }
  const days = m[4] && m[5] ? readPeriod(m[4], m[5]) : ALWAYS;
  if (named.type === 'periods') {
    if (!m[4]) return refuse('时段参数要写起、止', 'a period needs its first and last day');
    return { name: named.id, division, value: [days], period: ALWAYS };
  }
  const value = readWrittenValue(m[3], named);
  if (value === null)
    return refuse(`“${m[3]}”不是“${named.label.zh}”的值`, `"${m[3]}" is not a value of "${named.label.en}"`);
  return { name: named.id, division, value, period: days };
}

/** The comparison in words: totals, bearers, divisions, who gains and loses, the ten clearest persons. */
export function comparisonText({
  comparison: c,
  policy,
  roster,
  changes,
}: {
  comparison: Comparison;
  policy: Policy;
  roster: Roster;
  changes: readonly string[];
}): string {
  const signed = (before: number, after: number): string =>
    `${after >= before ? '+' : '-'}${yuan(Math.abs(after - before))}`;
  const row = (name: string, before: number, after: number): string =>
    `  ${name}　${yuan(before)} → ${yuan(after)}（${signed(before, after)}）`;
  const out = [`假定：${changes.join('；')}`, `应发合计（元）`, row('合计', c.before.fen, c.after.fen)];
  policy.pack.levels.forEach((l, k) => {
    if (c.before.byBearer[k] !== 0 || c.after.byBearer[k] !== 0)
      out.push(row(`${l.label.zh}负担`, c.before.byBearer[k], c.after.byBearer[k]));
  });
  if (c.before.sharesUnknownFen !== 0 || c.after.sharesUnknownFen !== 0)
    out.push(row('分担待定', c.before.sharesUnknownFen, c.after.sharesUnknownFen));
  out.push(
    `应发人数　${c.before.people} → ${c.after.people}；${c.gain} 人增加，${c.lose} 人减少`,
    '按地区（元）',
  );
  for (const [division, d] of [...c.byDivision].sort((a, b) => (a[0] < b[0] ? -1 : 1)))
    out.push(row(policy.divisions.of(division)?.name ?? division, d.before, d.after));
  if (c.clearest.length > 0) out.push('变化最大的人（元）');
  for (const p of c.clearest)
    out.push(
      row(`${roster.persons[p.person].name} ${maskIdentity(roster.persons[p.person].id)}`, p.before, p.after),
    );
  return `${out.join('\n')}\n`;
}

/** The comparison as JSON for other programs; identity numbers are whole, as in settlement.json. */
export function comparisonJson({
  comparison: c,
  policy,
  roster,
  changes,
}: {
  comparison: Comparison;
  policy: Policy;
  roster: Roster;
  changes: readonly string[];
}): string {
  const side = (t: Comparison['before']) => ({
    amountFen: t.fen,
    people: t.people,
    sharesUnknownFen: t.sharesUnknownFen,
    byBearer: Object.fromEntries(
      policy.pack.levels.flatMap((l, k) =>
        c.before.byBearer[k] !== 0 || c.after.byBearer[k] !== 0 ? [[l.label.zh, t.byBearer[k]]] : [],
      ),
    ),
  });
  return `${JSON.stringify(
    {
      changes,
      before: side(c.before),
      after: side(c.after),
      byDivision: [...c.byDivision]
        .sort((a, b) => (a[0] < b[0] ? -1 : 1))
        .map(([code, d]) => ({
          division: policy.divisions.of(code)?.name ?? code,
          code,
          beforeFen: d.before,
          afterFen: d.after,
        })),
      gain: c.gain,
      lose: c.lose,
      clearest: c.clearest.map((p) => ({
        idNumber: roster.persons[p.person].id,
        name: roster.persons[p.person].name,
        beforeFen: p.before,
        afterFen: p.after,
      })),
    },
    null,
    2,
  )}\n`;
}
