import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packFolder } from '../../platform/packs/read.ts';
import { Refusal } from '../../values/problem.ts';
import { packCommand } from './pack.ts';

const room = mkdtempSync(join(tmpdir(), 'pack-command-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));

/** Runs a command; what it says and its exit code, 2 for what is refused. */
async function pack(...args: string[]): Promise<{ code: number; says: string }> {
  let says = '';
  try {
    const code = await packCommand(args, {
      write: (s) => {
        says += s;
      },
    });
    return { code, says };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { code: 2, says: `${error.says.zh}\n${error.says.en}` };
  }
}

/** A copy of a shipped pack in the temporary folder, with texts changed in its files. */
function copy(name: string, ...edits: [file: string, from: string | RegExp, to: string][]): string {
  const dir = join(room, name);
  cpSync(packFolder('tianjin-2020').dir, dir, { recursive: true });
  for (const [file, from, to] of edits) {
    const text = readFileSync(join(dir, file), 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`nothing to change: ${from}`);
    writeFileSync(join(dir, file), changed);
  }
  return dir;
}

describe('pack check', () => {
  it('of the shipped packs holds, and says how far their clauses are covered', async () => {
    const { code, says } = await pack('check');
    expect(says).toMatch(/tianjin-2020　天津市/);
    expect(says).toContain('给钱的条款有算例 money clauses with a scenario: 7/7');
    expect(says).toContain('给钱的条款有算例 money clauses with a scenario: 6/6');
    expect(says).toMatch(/规则引用的条款 clauses cited by rules: \d+\n/);
    expect(says).toMatch(/算例引用的条款 clauses cited by scenarios: \d+\n/);
    expect(says).not.toContain('没有算例的给钱条款');
    expect(says.trimEnd().split('\n').at(-1)).toMatch(
      /^2 个政策包，\d+ 个算例，全部成立。　2 packs, \d+ scenarios, all hold\.$/,
    );
    expect(code).toBe(0);
  });

  it('of one pack leaves the others alone', async () => {
    const { code, says } = await pack('check', 'inner-mongolia-2020');
    expect(code).toBe(0);
    expect(says).not.toContain('tianjin');
  });

  it('tells every problem with file, line and a sentence in both languages, and exits 1', async () => {
    const dir = copy(
      'broken',
      ['parameters.yaml', ', en: Daily allowance }', ' }'],
      ['duties.yaml', 'effect: warn', 'efect: warn'],
    );
    const { code, says } = await pack('check', dir);
    expect(code).toBe(1);
    expect(says).toMatch(
      /broken\/parameters\.yaml:\d+\n {2}“parameters\.0\.label\.en”缺少，或类型不对　"parameters\.0\.label\.en" is missing/,
    );
    expect(says).toMatch(/broken\/duties\.yaml:\d+\n {2}“duties\.0”有不认识的项：efect/);
    expect(says.trimEnd().split('\n').at(-1)).toMatch(
      /^1 个政策包，有 \d+ 处不对。　1 pack, \d+ things wrong\.$/,
    );
  });

  it('says which scenario does not hold, where it stands and by how much', async () => {
    const dir = copy('wrong', [
      'scenarios/rate-and-shares.yaml',
      'days: 10, amount: 700',
      'days: 10, amount: 701',
    ]);
    const { code, says } = await pack('check', dir);
    expect(code).toBe(1);
    expect(says).toMatch(/wrong\/scenarios\/rate-and-shares\.yaml:\d+\n.*算例“社区工作者值守十天/);
    expect(says).toContain('张某: 700.00 yuan, expected 701');
  });

  it('says which clause that gives money no scenario cites', async () => {
    const dir = copy('lacking', ['scenarios/settings.yaml', 'cites: [TJ-2.6-d]', 'cites: [TJ-2.6-c]']);
    const { code, says } = await pack('check', dir);
    expect(code).toBe(1);
    expect(says).toContain('money clauses with a scenario: 6/7');
    expect(says).toContain('没有算例的给钱条款 money clauses without a scenario: TJ-2.6-d');
  });

  it('counts no scenario that does not hold as covering its clause', async () => {
    const dir = copy('uncovered', [
      'scenarios/settings.yaml',
      "{ division: '120101000000', name: 奖励标准, value: 1000, allowed: false }",
      "{ division: '120101000000', name: 奖励标准, value: 1000, allowed: true }",
    ]);
    expect((await pack('check', dir)).says).toContain('money clauses without a scenario: TJ-2.6-d');
  });

  it('of an unknown pack is one sentence with those there are, and exit code 2', async () => {
    const { code, says } = await pack('check', 'atlantis-2020');
    expect(code).toBe(2);
    expect(says).toContain('没有政策包“atlantis-2020”；现有：inner-mongolia-2020、tianjin-2020');
    expect((await pack('check', '..')).code).toBe(2);
  });
});

describe('pack list', () => {
  it('gives each pack a line with its id, version and title in both languages', async () => {
    const { code, says } = await pack('list');
    expect(code).toBe(0);
    const lines = says.trimEnd().split('\n');
    expect(lines.map((l) => l.split('　')[0])).toEqual(
      expect.arrayContaining(['inner-mongolia-2020', 'tianjin-2020']),
    );
    expect(lines.every((l) => /第 \d+ 版　version \d+/.test(l))).toBe(true);
  });
});

describe('pack describe', () => {
  it.each(['zh', 'en'])('writes the pack as one page of its own (%s)', async (lang) => {
    const file = join(room, 'pages', `${lang}.html`);
    const { code, says } = await pack('describe', 'tianjin-2020', '--out', file, '--lang', lang);
    expect(code).toBe(0);
    expect(says).toContain('已写到');
    const html = readFileSync(file, 'utf8');
    expect(html).toMatch(/^<!doctype html>/i);
    expect(html).toContain('id="TJ-2.1-f"');
  });

  it('to a place that cannot be written is one sentence and exit code 2', async () => {
    writeFileSync(join(room, 'a-file'), '');
    const { code, says } = await pack('describe', 'tianjin-2020', '--out', join(room, 'a-file', 'x.html'));
    expect(code).toBe(2);
    expect(says).toContain('写不到');
  });
});

describe('pack new', () => {
  it('copies a pack under a new name that passes its check at once', async () => {
    const target = join(room, '西岛-2031');
    const made = await pack('new', target, '--from', 'tianjin-2020');
    expect(made.code).toBe(0);
    expect(made.says).toContain('已从 tianjin-2020 复制到');
    expect(readdirSync(target).sort()).toEqual(
      readdirSync(packFolder('tianjin-2020').dir)
        .filter((f) => f.endsWith('.yaml') || f === 'scenarios')
        .sort(),
    );
    const checked = await pack('check', target);
    expect(checked.says).toMatch(/^西岛-2031　/);
    expect(checked.code).toBe(0);
    expect(readdirSync(room).filter((f) => f.startsWith('.new-pack'))).toEqual([]);
  });

  it('takes the shortest pack where none is named', async () => {
    expect((await pack('new', join(room, 'plain-2031'))).says).toContain('已从 inner-mongolia-2020 复制到');
  });

  it('never overwrites', async () => {
    const target = copy('kept');
    const before = readFileSync(join(target, 'pack.yaml'), 'utf8');
    const { code, says } = await pack('new', target);
    expect(code).toBe(2);
    expect(says).toContain('已经存在，不覆盖');
    expect(readFileSync(join(target, 'pack.yaml'), 'utf8')).toBe(before);
    expect((await pack('new', 'tianjin-2020')).code).toBe(2);
  });

  it.each(['..', '.hidden', 'a b', '*'])('refuses the name %j', async (name) => {
    const { code, says } = await pack('new', name);
    expect(code).toBe(2);
    expect(says).toContain('不能作政策包的名称');
  });

  it('from an unknown pack makes nothing', async () => {
    const target = join(room, 'nothing-2031');
    expect((await pack('new', target, '--from', 'atlantis-2020')).code).toBe(2);
    expect(existsSync(target)).toBe(false);
  });
});

describe('a pack command that is written wrongly', () => {
  it.each([
    [],
    ['tell'],
    ['list', 'x'],
    ['describe', 'tianjin-2020'],
    ['new'],
    ['check', '--fast'],
    ['describe', 'tianjin-2020', '--out', 'x.html', '--lang', 'fr'],
  ])('is one sentence and exit code 2 (%s)', async (...args) => {
    const { code, says } = await pack(...(args as string[]));
    expect(code).toBe(2);
    expect(says.split('\n')).toHaveLength(2);
  });
});
