import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shouwang-readme-'));
  symlinkSync(join(ROOT, 'town'), join(folder, 'town'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each command of a page that is followed by what it prints. */
function examples(page: string): { command: string; prints: string }[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [
    ...text.matchAll(
      /^ {4}npx shouwang (?<command>[^\n]*(?:\\\n[^\n]*)*)\n+(?:[^\n]*-->\n)```text\n(?<prints>.*?)\n```/gms,
    ),
  ].map((m) => ({
    command: (m.groups?.command ?? '').replace(/\\\n/g, ' '),
    prints: m.groups?.prints ?? '',
  }));
}

/** Words as a shell would part them. */
const words = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((m) => m[1] ?? m[2]);

describe.each(['README.md', 'README.zh-CN.md'])('%s', (page) => {
  const shown = examples(page);

  it('shows four examples with what they print', () => {
    expect(shown).toHaveLength(4);
  });

  it.each(shown)('prints what it shows: $command', ({ command, prints }) => {
    const done = spawnSync(process.execPath, [MAIN, ...words(command)], { cwd: folder, encoding: 'utf8' });
    expect(done.stderr).toBe('');
    expect(done.stdout.trimEnd()).toBe(prints);
  });
});
