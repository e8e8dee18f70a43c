import { existsSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Settlement } from '../../measures/subsidy/contract.ts';
import { FACTS_FILE, writeFacts, writeSettlement } from '../../measures/subsidy/keep.ts';
import { settle } from '../../measures/subsidy/rules.ts';
import { writeProblemBook } from '../../platform/sheets/annotate.ts';
import type { Progress } from '../../platform/sheets/contract.ts';
import { isoDay } from '../../values/date.ts';
import { yuan } from '../../values/fen.ts';
import { Refusal } from '../../values/problem.ts';
import { drawWorkbooks } from './draw.ts';
import { type Intake, type Sheets, takeIn } from './intake.ts';

/**
 * Settles the sheets and writes everything into the folder `out`: settlement.json, the workbooks, the problem book and
 * the facts kept for `explain`. Files appear together at the end: until then they lie in a folder beside it, which goes
 * away when the work is cancelled or fails. All are readable by their owner only, since they hold identity numbers.
 */
export async function settleInto(out: string, sheets: Sheets, progress: Progress): Promise<Settlement> {
  const target = resolve(out);
  // Said before a city has been read, not after.
  if (existsSync(target) && !statSync(target).isDirectory()) throw cannotWrite(out, 'ENOTDIR');
  let intake: Intake | null = await takeIn(sheets, progress);
  const { inputs } = intake;
  const { problems } = intake.facts;
  const settlement = settle(intake.facts, (done, all) => {
    progress.signal?.throwIfAborted();
    progress.report({ zh: '计算补助', en: 'Working out what is owed' }, done, all);
  });
  let draft: string | null = null;
  try {
    await mkdir(dirname(target), { recursive: true });
    draft = await mkdtemp(join(dirname(target), `.${basename(target)}.partial-`));
    const keeping = writeFacts(
      join(draft, FACTS_FILE),
      intake.facts,
      { pack: sheets.pack, roster: basename(sheets.roster), duty: intake.dutyFile },
      progress,
    );
    // A city's roster and duty are let go once they are kept: the sheets need the settlement alone.
    intake = null;
    await Promise.all([
      keeping,
      writeSettlement(join(draft, 'settlement.json'), settlement),
      drawWorkbooks(draft, settlement, progress),
      writeProblemBook(draft, inputs, problems, { progress }),
    ]);
    progress.signal?.throwIfAborted();
    await mkdir(target, { recursive: true });
    for (const name of await readdir(draft)) {
      await chmod(join(draft, name), 0o600);
      await rename(join(draft, name), join(target, name));
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // The system's own codes: no right to write, a disk that is full. The library's begin with ERR_.
    if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) throw cannotWrite(out, code);
    throw error;
  } finally {
    if (draft !== null) await rm(draft, { recursive: true, force: true, maxRetries: 3 });
  }
  return settlement;
}

const cannotWrite = (out: string, code: string): Refusal =>
  new Refusal({ zh: `写不到“${out}”（${code}）`, en: `cannot write to "${out}" (${code})` });

/** The outcome in a few lines, Chinese first, as the person at the terminal wants to know it. */
export function summaryText(s: Settlement, out: string): string {
  const problems = s.problems.filter((p) => p.severity === 'problem').length;
  const warnings = s.problems.length - problems;
  const bearers = Object.entries(s.totals.byBearer)
    .map(([name, fen]) => `${name} ${yuan(fen)}`)
    .join('，');
  const refusedDays = s.refused.reduce((n, r) => n + r.days, 0);
  const lines = [
    `${s.pack.title}（${s.pack.id} 第 ${s.pack.version} 版）`,
    `${isoDay(s.period.from)} 至 ${isoDay(s.period.until - 1)}`,
    `应发 ${s.totals.people} 人，${s.totals.days} 天，${yuan(s.totals.amountFen)} 元${bearers ? `；其中 ${bearers}` : ''}`,
    `不予发放 ${s.refused.length} 条（${refusedDays} 天），待定 ${s.undetermined.length} 项，表中问题 ${problems} 处、提醒 ${warnings} 处`,
  ];
  const waiting = new Map<string, number>();
  for (const u of s.undetermined) {
    const key = `${u.whoMustAct}：${u.missing}（${u.clause}）`;
    waiting.set(key, (waiting.get(key) ?? 0) + 1);
  }
  for (const [what, people] of [...waiting].sort((a, b) => b[1] - a[1]).slice(0, 5))
    lines.push(`  待定 ${people} 人，等 ${what}`);
  lines.push(`结果在 ${out}`);
  return `${lines.join('\n')}\n`;
}
