import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { foldScenario } from '../../platform/duty/scenario.ts';
import {
  isPackId,
  listPacks,
  PACKS,
  type PackFolder,
  packFolder,
  readExtended,
  readPackFiles,
} from '../../platform/packs/read.ts';
import { loadDivisions } from '../../platform/places/divisions.ts';
import { describePack } from '../../policy/describe.ts';
import { citations } from '../../policy/examine.ts';
import { loadPack } from '../../policy/load.ts';
import type { Pack } from '../../policy/pack.ts';
import { Policy } from '../../policy/policy.ts';
import { type Proof, prove, readScenarios } from '../../policy/prove.ts';
import type { Divisions } from '../../values/place.ts';
import { type Problem, Refusal } from '../../values/problem.ts';
import type { Language, Text } from '../../values/text.ts';
import { openPack } from './intake.ts';

/** The colours and type every page of the product shares. */
const TOKENS = fileURLToPath(new URL('../../design/tokens.css', import.meta.url));

/** Where a command writes what it has to say. */
type Out = { write(s: string): void };

/**
 * `pack check | list | describe | new`. The exit code: 0 done, 1 when a pack checked has a problem, a scenario that does
 * not hold or a money clause without one. Throws a Refusal (exit code 2) for a wrong command line and an unknown pack.
 */
export async function packCommand(args: string[], out: Out): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case 'check': {
      const { positionals } = read(rest, {});
      return check(
        positionals.length > 0
          ? positionals.map((name) => packFolder(name))
          : listPacks().map((id) => packFolder(id)),
        out,
      );
    }
    case 'list': {
      if (read(rest, {}).positionals.length > 0) throw usage();
      return list(out);
    }
    case 'describe': {
      const { positionals, values } = read(rest, {
        out: { type: 'string' },
        lang: { type: 'string', default: 'zh' },
      } as const);
      if (positionals.length !== 1 || !values.out) throw usage();
      if (values.lang !== 'zh' && values.lang !== 'en')
        throw new Refusal({ zh: '--lang 只能是 zh 或 en', en: '--lang can only be zh or en' });
      return describe(positionals[0], values.out, values.lang, out);
    }
    case 'new': {
      const { positionals, values } = read(rest, { from: { type: 'string' } } as const);
      if (positionals.length !== 1) throw usage();
      return make(positionals[0], values.from, out);
    }
    default:
      throw usage();
  }
}

function read<T extends NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Refusal({ zh: `命令写得不对：${message}`, en: `the command is not right: ${message}` });
  }
}

const usage = (): Refusal =>
  new Refusal({
    zh: '用法：pack check [政策包] | list | describe <政策包> --out <x.html> [--lang zh|en] | new <新包> [--from <政策包>]',
    en: 'usage: pack check [id] | list | describe <id> --out <x.html> [--lang zh|en] | new <id> [--from <pack>]',
  });

/** Chinese first, English after it on the same line. */
const both = (t: Text): string => (t.zh === t.en || t.en === '' ? t.zh : `${t.zh}　${t.en}`);

function check(folders: readonly PackFolder[], out: Out): number {
  const divisions = loadDivisions();
  const found = folders.map((folder) => checkOne(folder, divisions, out));
  const scenarios = found.reduce((n, f) => n + f.scenarios, 0);
  const wrong = found.reduce((n, f) => n + f.wrong, 0);
  const packs = folders.length === 1 ? 'pack' : 'packs';
  out.write(
    wrong === 0
      ? `${both({ zh: `${folders.length} 个政策包，${scenarios} 个算例，全部成立。`, en: `${folders.length} ${packs}, ${scenarios} scenarios, all hold.` })}\n`
      : `${both({ zh: `${folders.length} 个政策包，有 ${wrong} 处不对。`, en: `${folders.length} ${packs}, ${wrong} ${wrong === 1 ? 'thing' : 'things'} wrong.` })}\n`,
  );
  return wrong === 0 ? 0 : 1;
}

/** Checks one pack and says what it found; gives the number of scenarios run and of things wrong. */
function checkOne(folder: PackFolder, divisions: Divisions, out: Out): { scenarios: number; wrong: number } {
  const where = (file: string | null, row: number | null): string => {
    const path = relative(process.cwd(), resolve(folder.dir, file ?? '')) || folder.dir;
    return row === null ? path : `${path}:${row}`;
  };
  const say = (problems: readonly Problem[]): number => {
    for (const p of problems) {
      out.write(
        `${where(p.file, p.row)}${p.severity === 'warning' ? '（提醒 warning）' : ''}\n  ${both(p.message)}\n`,
      );
      if (p.suggestion.zh) out.write(`  ${both(p.suggestion)}\n`);
    }
    return problems.filter((p) => p.severity === 'problem').length;
  };
  const loaded = loadPack(folder.id, readPackFiles(folder.dir), readExtended);
  if ('problems' in loaded) {
    out.write(
      `${folder.id}　${both({ zh: '有问题，不能使用：', en: 'has problems and cannot be used:' })}\n`,
    );
    return { scenarios: 0, wrong: say(loaded.problems) };
  }
  const { pack } = loaded;
  out.write(`${pack.id}　${both(pack.title)}\n`);
  let wrong = say(loaded.warnings);
  const { scenarios, problems } = readScenarios(pack.scenarios);
  wrong += say(problems);
  const proofs = prove(new Policy(pack, divisions, [], []), scenarios, foldScenario);
  for (const p of proofs) {
    if (p.differences.length === 0) continue;
    wrong++;
    out.write(
      `${where(p.file, p.line)}\n  ${both({ zh: `算例“${p.name}”不成立：`, en: 'this scenario does not hold:' })}\n${p.differences.map((d) => `    ${d}\n`).join('')}`,
    );
  }
  const covered = coverage(pack, proofs);
  const line = (zh: string, en: string, value: string): void => out.write(`  ${zh} ${en}: ${value}\n`);
  line('条款', 'clauses', String(covered.clauses));
  line(
    '给钱的条款有算例',
    'money clauses with a scenario',
    `${covered.money.length - covered.lacking.length}/${covered.money.length}`,
  );
  line('规则引用的条款', 'clauses cited by rules', String(covered.byRules));
  line('算例引用的条款', 'clauses cited by scenarios', String(covered.byScenarios));
  line(
    '成立的算例',
    'scenarios that hold',
    `${proofs.filter((p) => p.differences.length === 0).length}/${proofs.length}`,
  );
  if (covered.lacking.length > 0)
    line('没有算例的给钱条款', 'money clauses without a scenario', covered.lacking.join('、'));
  return { scenarios: proofs.length, wrong: wrong + covered.lacking.length };
}

/** How far a pack's clauses are leaned on and proved. Only a scenario that holds counts. */
type Coverage = {
  readonly clauses: number;
  /** Clauses that give money under a measure the pack has on. */
  readonly money: readonly string[];
  /** Those of them that no scenario cites. */
  readonly lacking: readonly string[];
  readonly byRules: number;
  readonly byScenarios: number;
};

/** The clause coverage of a pack by its own rules and by the scenarios that hold. */
function coverage(pack: Pack, proofs: readonly Proof[]): Coverage {
  const cited = new Set(proofs.filter((p) => p.differences.length === 0).flatMap((p) => p.cites));
  const money = [...pack.clauses.values()]
    .filter((c) => c.gives === 'money' && pack.measures.get(c.measure))
    .map((c) => c.id);
  return {
    clauses: pack.clauses.size,
    money,
    lacking: money.filter((id) => !cited.has(id)),
    byRules: [...citations(pack).keys()].filter((id) => pack.clauses.has(id)).length,
    byScenarios: [...cited].filter((id) => pack.clauses.has(id)).length,
  };
}

function list(out: Out): number {
  for (const id of listPacks()) {
    const loaded = loadPack(id, readPackFiles(packFolder(id).dir), readExtended);
    if ('problems' in loaded) {
      out.write(`${id}　${both({ zh: `有问题：npx shouwang pack check ${id}`, en: 'has problems' })}\n`);
      continue;
    }
    const { pack } = loaded;
    out.write(
      `${id}　${both({ zh: `第 ${pack.version} 版`, en: `version ${pack.version}` })}　${both(pack.title)}\n`,
    );
  }
  return 0;
}

function describe(name: string, file: string, language: Language, out: Out): number {
  const html = describePack(openPack(name), language, { css: readFileSync(TOKENS, 'utf8') });
  const target = resolve(file);
  writing(file, () => {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, html);
  });
  out.write(`${both({ zh: `已写到 ${file}`, en: `written to ${file}` })}\n`);
  return 0;
}

/** Copies a pack's folder under a new name. Only its YAML goes along: that is all a pack is. */
function make(name: string, from: string | undefined, out: Out): number {
  const isPath = /[\\/]/.test(name);
  const target = isPath ? resolve(name) : join(PACKS, name);
  const id = basename(target);
  if (!isPackId(isPath ? id : name)) {
    throw new Refusal({
      zh: `“${name}”不能作政策包的名称：用字母、数字、汉字和 - _ .`,
      en: `"${name}" cannot name a pack: use letters, digits and - _ .`,
    });
  }
  if (existsSync(target))
    throw new Refusal({
      zh: `“${name}”已经存在，不覆盖`,
      en: `"${name}" exists already and is not overwritten`,
    });
  const source = packFolder(from ?? simplest());
  writing(name, () => {
    mkdirSync(dirname(target), { recursive: true });
    // Beside the target and moved at once: a copy that fails half way must not look like a pack.
    const draft = join(dirname(target), `.new-pack-${process.pid}`);
    mkdirSync(draft);
    try {
      for (const { path } of readPackFiles(source.dir))
        cpSync(join(source.dir, path), join(draft, path), { recursive: true });
      renameSync(draft, target);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  });
  const shown = relative(process.cwd(), target) || target;
  out.write(
    `${both({ zh: `已从 ${source.id} 复制到 ${shown}。`, en: `copied ${source.id} to ${shown}.` })}\n`,
  );
  out.write(
    `${both({ zh: `先改 pack.yaml 的标题和地区、各文件的条款和参数，再运行 npx shouwang pack check ${isPath ? name : id}`, en: 'edit title, division, clauses and parameters, then check it' })}\n`,
  );
  return 0;
}

/** The pack with the least text in its rules: the easiest to read before writing one's own. */
function simplest(): string {
  const size = (id: string): number =>
    readPackFiles(packFolder(id).dir).reduce((n, f) => n + (f.path.includes('/') ? 0 : f.text.length), 0);
  const ids = listPacks();
  if (ids.length === 0)
    throw new Refusal({ zh: '一个政策包也没有，没有可复制的', en: 'there is no pack to copy' });
  return ids.reduce((a, b) => (size(b) < size(a) ? b : a));
}

/** Writes, and turns a folder that cannot be written into one sentence. */
function writing(where: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new Refusal({ zh: `写不到“${where}”（${code}）`, en: `cannot write to "${where}" (${code})` });
  }
}
