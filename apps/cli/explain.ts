import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { explainPerson } from '../../measures/subsidy/explain.ts';
import { FACTS_FILE, readFacts } from '../../measures/subsidy/keep.ts';
import { readIdentity } from '../../values/identity.ts';
import { Refusal } from '../../values/problem.ts';
import type { Language } from '../../values/text.ts';
import { openPack } from './intake.ts';

/**
 * Explains one person of a settlement from the facts kept in its folder. Throws a Refusal when the folder holds no
 * settlement, the number is none, the person is not on that settlement's roster, or the pack has changed since: a figure
 * is only explained by the rules that made it.
 */
export async function explainFrom(folder: string, id: string, language: Language): Promise<string> {
  const file = join(folder, FACTS_FILE);
  if (!existsSync(file)) {
    throw new Refusal({
      zh: `“${folder}”里没有核算结果（缺 ${FACTS_FILE}），先运行 settle`,
      en: `there is no settlement in "${folder}" (no ${FACTS_FILE}): run settle first`,
    });
  }
  const read = readIdentity(id, 1_000_000);
  if (read.ok === null) throw new Refusal(read.reason);
  const { head, person } = await readFacts(file, read.ok);
  if (!person)
    throw new Refusal({
      zh: `这次核算的花名册（${head.sheets.roster}）上没有这个身份证号`,
      en: `the roster of this settlement (${head.sheets.roster}) does not have this identity number`,
    });
  const policy = openPack(head.sheets.pack, undefined, head.settings);
  if (policy.pack.digest !== head.pack.digest) {
    throw new Refusal({
      zh: `政策包“${head.pack.id}”在这次核算之后改过，不能用新规则解释旧结果；请重新核算`,
      en: `the pack "${head.pack.id}" has changed since this settlement; old figures cannot be explained by new rules: settle again`,
    });
  }
  return explainPerson(policy, head, person, language);
}
