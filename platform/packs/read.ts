import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PackFile } from '../../policy/pack.ts';
import { Refusal } from '../../values/problem.ts';

/** The packs that ship with the product, and those made with `pack new`. */
export const PACKS = fileURLToPath(new URL('../../packs/', import.meta.url));

/** Where a pack lies. Its id is the name of its folder and stands nowhere in its files. */
export type PackFolder = { readonly id: string; readonly dir: string };

/** Every pack names itself by this file; a folder without it is no pack. */
const HEAD = 'pack.yaml';

/**
 * The folder of a pack: an id is a folder of the packs that ship, anything with a path separator is the folder itself.
 * A pack that another extends is found the same way.
 *
 * Errors: Refusal when there is no such pack, naming the packs there are; when an id is no plain name (`..`, a leading
 * dot), so that no id leads out of the folder of packs.
 */
export function packFolder(name: string, packs: string = PACKS): PackFolder {
  const isPath = /[\\/]/.test(name);
  const dir = isPath ? resolve(name) : join(packs, name);
  const id = isPath ? basename(dir) : name;
  if (!isPackId(id) || !isFile(join(dir, HEAD))) throw unknownPack(name, packs);
  return { id, dir };
}

/** The YAML files of a pack's folder, those of `scenarios/` included, in order of their paths (written with `/`). */
export function readPackFiles(dir: string): PackFile[] {
  const yaml = (folder: string): string[] =>
    isFolder(folder)
      ? readdirSync(folder).filter((name) => name.endsWith('.yaml') && isFile(join(folder, name)))
      : [];
  const paths = [...yaml(dir), ...yaml(join(dir, 'scenarios')).map((name) => `scenarios/${name}`)];
  return paths
    .sort((a, b) => (a < b ? -1 : 1))
    .map((path) => ({ path, text: readFileSync(join(dir, path), 'utf8') }));
}

/** The files of a pack that another extends, as the loader asks for them; null when there is no such pack. */
export function readExtended(name: string): readonly PackFile[] | null {
  try {
    return readPackFiles(packFolder(name).dir);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** The ids of the packs there are, in order. */
export function listPacks(packs: string = PACKS): string[] {
  if (!isFolder(packs)) return [];
  return readdirSync(packs)
    .filter((name) => isPackId(name) && isFile(join(packs, name, HEAD)))
    .sort();
}

/** A plain folder name: letters of any script, digits, and - _ . inside; never a path, never hidden. */
export function isPackId(id: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(id) && !id.includes('..');
}

function unknownPack(name: string, packs: string): Refusal {
  const known = listPacks(packs);
  return new Refusal({
    zh: `没有政策包“${name}”；现有：${known.join('、') || '（一个也没有）'}`,
    en: `there is no pack "${name}"; there are: ${known.join(', ') || '(none)'}`,
  });
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
