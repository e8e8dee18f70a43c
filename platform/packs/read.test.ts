import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../values/problem.ts';
import { isPackId, listPacks, packFolder, readExtended, readPackFiles } from './read.ts';

const room = mkdtempSync(join(tmpdir(), 'packs-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));

function pack(id: string, files: Readonly<Record<string, string>>): string {
  const dir = join(room, id);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

const says = (look: () => unknown): string => {
  try {
    look();
  } catch (error) {
    if (error instanceof Refusal) return `${error.says.zh} / ${error.says.en}`;
  }
  return 'found';
};

describe('a pack', () => {
  const dir = pack('atlantis-2031', {
    'pack.yaml': 'a',
    'kinds.yaml': 'b',
    'scenarios/z.yaml': 'c',
    'scenarios/a.yaml': 'd',
    'scenarios/deep/x.yaml': 'e',
    'notes.md': 'f',
    'rules.ts': 'g',
  });
  pack('no-pack', { 'kinds.yaml': 'b' });
  pack('.hidden', { 'pack.yaml': 'a' });

  it('is found by its id, or by its folder wherever that lies', () => {
    expect(packFolder('atlantis-2031', room)).toEqual({ id: 'atlantis-2031', dir });
    expect(packFolder(dir)).toEqual({ id: 'atlantis-2031', dir });
    expect(packFolder(`${dir}/`)).toEqual({ id: 'atlantis-2031', dir });
    expect(packFolder(`${room}/no-pack/../atlantis-2031`)).toEqual({ id: 'atlantis-2031', dir });
  });

  it('is read as its YAML files and scenarios, in order of their paths, and nothing else', () => {
    expect(readPackFiles(dir)).toEqual([
      { path: 'kinds.yaml', text: 'b' },
      { path: 'pack.yaml', text: 'a' },
      { path: 'scenarios/a.yaml', text: 'd' },
      { path: 'scenarios/z.yaml', text: 'c' },
    ]);
  });

  it('that does not exist is refused in one sentence with the packs there are', () => {
    expect(says(() => packFolder('nowhere-2020', room))).toBe(
      '没有政策包“nowhere-2020”；现有：atlantis-2031 / there is no pack "nowhere-2020"; there are: atlantis-2031',
    );
    expect(says(() => packFolder('nowhere-2020', join(room, 'empty')))).toContain('（一个也没有）');
  });

  it('is not a folder without pack.yaml, nor a file', () => {
    expect(says(() => packFolder('no-pack', room))).toContain('no-pack');
    expect(says(() => packFolder(join(room, 'no-pack')))).toContain('no-pack');
    expect(says(() => packFolder(join(dir, 'pack.yaml')))).toContain('pack.yaml');
  });

  it.each(['..', '.', '', '...', '.hidden', 'a..b', ' ', '*', 'a\0b'])('is never named %j', (id) => {
    expect(isPackId(id)).toBe(false);
    expect(says(() => packFolder(id, join(room, 'no-pack')))).toContain('there is no pack');
  });

  it.each(['atlantis-2031', 'v1.2', '西岛2031', 'a_b'])('may be named %s', (id) => {
    expect(isPackId(id)).toBe(true);
  });

  it('that another extends is found the same way, and is nothing when there is none', () => {
    expect(readExtended(dir)?.map((f) => f.path)).toContain('pack.yaml');
    expect(readExtended('nowhere-2020')).toBeNull();
    expect(readExtended('..')).toBeNull();
  });
});

describe('the packs there are', () => {
  it('are the folders with a pack.yaml, in order, hidden ones left out', () => {
    expect(listPacks(room)).toEqual(['atlantis-2031']);
    expect(listPacks(join(room, 'empty'))).toEqual([]);
  });

  it('that ship are the two notices', () => {
    expect(listPacks()).toEqual(expect.arrayContaining(['inner-mongolia-2020', 'tianjin-2020']));
  });
});
