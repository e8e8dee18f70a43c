import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Divisions } from '../values/place.ts';
import type { Language } from '../values/text.ts';
import { describePack } from './describe.ts';
import { loadPack } from './load.ts';
import type { PackFile } from './pack.ts';
import { Policy } from './policy.ts';
import { randomCase } from './random-packs.ts';

const css = readFileSync(new URL('../design/tokens.css', import.meta.url), 'utf8');
const PACKS = new URL('../packs/', import.meta.url);
const LANGUAGES: readonly Language[] = ['zh', 'en'];

/** The two jurisdictions themselves: all that the page names. */
const NAMES: Record<string, string> = { '120000000000': '天津市', '150000000000': '内蒙古自治区' };
const divisions: Divisions = {
  of: (code) => (NAMES[code] ? { code, name: NAMES[code], parent: null } : undefined),
  pathOf: (code) => (NAMES[code] ? [{ code, name: NAMES[code], parent: null }] : []),
};

function filesOf(id: string): PackFile[] {
  const yaml = (folder: string): string[] =>
    readdirSync(new URL(`${id}/${folder}`, PACKS))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => folder + name);
  return [...yaml(''), ...yaml('scenarios/')]
    .sort()
    .map((path) => ({ path, text: readFileSync(new URL(`${id}/${path}`, PACKS), 'utf8') }));
}

function policyOf(id: string, files: readonly PackFile[] = filesOf(id)): Policy {
  const found = loadPack(id, files);
  if ('problems' in found)
    throw new Error(found.problems.map((p) => `${p.file}:${p.row} ${p.message.en}`).join('\n'));
  return new Policy(found.pack, divisions, [], []);
}

const edited = (id: string, path: string, from: string, to: string): PackFile[] =>
  filesOf(id).map((f) => {
    if (f.path !== path) return f;
    if (!f.text.includes(from)) throw new Error(`nothing to change in ${path}`);
    return { path, text: f.text.replace(from, to) };
  });

const pageOf = (policy: Policy, language: Language): string => describePack(policy, language, { css });
const bodyOf = (page: string): string => page.slice(page.indexOf('<body>'));
/** What a reader reads: without tags, what stands in code, and Chinese names marked as such. */
const readable = (page: string): string =>
  bodyOf(page)
    .replace(/<code>.*?<\/code>/g, '')
    .replace(/<span lang="zh-CN"[^>]*>.*?<\/span>/g, '')
    .replace(/<[^>]+>/g, '\n');
const anchorsOf = (page: string): string[] => [...page.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);
const times = (page: string, id: string): number => anchorsOf(page).filter((a) => a === id).length;

const CASES = ['tianjin-2020', 'inner-mongolia-2020'].flatMap((id) =>
  LANGUAGES.map((language) => [id, language] as const),
);

describe.each(CASES)('the document of %s in %s', (id, language) => {
  const policy = policyOf(id);
  const { pack } = policy;
  const page = pageOf(policy, language);

  test('holds every clause, parameter, reading, document, duty, question and module once, to be linked to', () => {
    const anchors = [
      ...pack.clauses.keys(),
      ...[...pack.parameters.keys()].map((x) => `parameter:${x}`),
      ...[...pack.readings.keys()].map((x) => `reading:${x}`),
      ...[...pack.sources.keys()].map((x) => `source:${x}`),
      ...[...pack.timelines.keys()].map((x) => `timeline:${x}`),
      ...[...pack.questions.keys()].map((x) => `question:${x}`),
      ...pack.benefits.map((x) => `benefit:${x.id}`),
      ...pack.duties.map((x) => `duty:${x.id}`),
      ...pack.modules.map((x) => `module:${x.id}`),
      ...[...pack.measures.keys()].map((x) => `measure:${x}`),
    ];
    expect(anchors.filter((a) => times(page, a) !== 1)).toEqual([]);
  });

  test('has no anchor twice and no link that leads nowhere', () => {
    const anchors = anchorsOf(page);
    expect(anchors.filter((a, i) => anchors.indexOf(a) !== i)).toEqual([]);
    const links = [...page.matchAll(/ href="([^"]*)"/g)].map((m) => m[1]);
    expect(links.filter((l) => !l.startsWith('#') || !anchors.includes(l.slice(1)))).toEqual([]);
  });

  test('says every clause, every pending point and every reading in full', () => {
    const text = bodyOf(page).replace(/<[^>]+>/g, '');
    const plain = (s: string): string =>
      s.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
    for (const c of pack.clauses.values()) {
      expect(text).toContain(plain(c.says[language]));
      if (c.pending) expect(text).toContain(plain(c.pending[language]));
    }
    for (const r of pack.readings.values()) expect(text).toContain(plain(r.question[language]));
  });

  test('is one page that asks for nothing else: no script, no other host, no other file', () => {
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:|javascript:| on\w+=/i);
    expect(page).toContain(`<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"`);
    expect(page.match(/<h1/g)).toHaveLength(1);
  });

  test('shows nothing that was never a word', () => {
    expect(bodyOf(page)).not.toMatch(/undefined|\[object|NaN|Infinity|1970-/);
    expect(bodyOf(page)).not.toMatch(/\bnull\b/);
  });

  test('is the same to the byte when made again', () => {
    expect(pageOf(policyOf(id), language)).toBe(page);
  });

  if (language === 'zh') {
    test('speaks Chinese throughout: no Latin word but the ids of clauses and readings', () => {
      const ids = [...pack.clauses.keys(), ...pack.readings.keys()].sort((a, b) => b.length - a.length);
      const left = ids.reduce((text, x) => text.replaceAll(x, ''), readable(page));
      expect(left.match(/[A-Za-z]{2,}/g) ?? []).toEqual([]);
    });
  } else {
    test('speaks English throughout: Chinese only in names and document numbers, marked as Chinese', () => {
      expect(readable(page).match(/.*\p{Script=Han}.*/gu) ?? []).toEqual([]);
    });
  }
});

describe('what the document tells', () => {
  test('a parameter left to others and not set says so, and who must act', () => {
    expect(pageOf(policyOf('inner-mongolia-2020'), 'zh')).toContain(
      '<span class="unset">尚未规定</span>，由旗县（市、区）人民政府制定',
    );
    expect(pageOf(policyOf('inner-mongolia-2020'), 'en')).toContain(
      '<span class="unset">Not set yet</span>: the banner or county government sets it',
    );
  });

  test('periods are told in inclusive days, round sums without decimals, force in words', () => {
    const page = pageOf(policyOf('tianjin-2020'), 'zh');
    expect(page).toContain('2020年1月24日至4月29日');
    expect(page).toContain('70元/天');
    expect(page).toContain('指导标准，区人民政府可以另定');
    expect(page).toContain('卡口累计时长超过6小时');
  });

  test('a measure that is off says so, with or without clauses', () => {
    expect(pageOf(policyOf('inner-mongolia-2020'), 'zh')).toContain('文件没有这一项，不开启。');
    const off = edited('tianjin-2020', 'pack.yaml', '  tolerance: true', '  tolerance: false');
    expect(pageOf(policyOf('tianjin-2020', off), 'zh')).toContain('这一项没有开启：条款照录，不据此办理。');
  });

  test('a value not yet known on the day asked for is not told', () => {
    const { pack } = policyOf('tianjin-2020');
    const early = new Policy(pack, divisions, [], [], 18_262);
    expect(pageOf(early, 'zh')).not.toContain('70元/天');
  });

  test('words of a pack stay words: nothing in them becomes part of the page', () => {
    const files = edited(
      'tianjin-2020',
      'parameters.yaml',
      'zh: 工作补助标准,',
      'zh: "<script>alert(1)</script>&\\"标准",',
    );
    const page = pageOf(policyOf('tianjin-2020', files), 'zh');
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;标准');
  });

  test('a style sheet cannot end the style element', () => {
    const page = describePack(policyOf('tianjin-2020'), 'zh', { css: '</style><script>alert(1)</script>' });
    expect(page.match(/<\/style>/g)).toHaveLength(1);
  });

  test('any notice at all can be told: caps, months, declared states, several levels', () => {
    let seed = 20200303;
    const byte = (): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed >>> 24;
    };
    const tape = (n: number): number[] => Array.from({ length: n }, byte);
    for (let i = 0; i < 40; i++) {
      const c = randomCase({ pack: tape(400), terms: tape(500), local: tape(200), people: [] });
      const found = loadPack('random', c.files);
      if ('problems' in found) throw new Error('does not load');
      const policy = new Policy(found.pack, c.divisions, c.settings, c.changes, c.knownOn);
      for (const language of LANGUAGES) {
        const page = pageOf(policy, language);
        expect(bodyOf(page)).not.toMatch(/undefined|\[object|NaN/);
        for (const id of found.pack.clauses.keys()) expect(times(page, id)).toBe(1);
      }
    }
  });
});

describe('the tokens', () => {
  const block = (selector: string, from: string): string => {
    const at = css.indexOf(`${selector} {`, css.indexOf(from));
    return css
      .slice(css.indexOf('{', at) + 1, css.indexOf('}', at))
      .replace(/\s+/g, ' ')
      .trim();
  };

  test('a page that follows its reader has the same dark and the same print as one told which', () => {
    expect(block(':root[data-mode="auto"]', '@media screen and (prefers-color-scheme: dark)')).toBe(
      block(':root[data-mode="dark"]', '3 semantic'),
    );
    expect(block(':root[data-mode="auto"]', '@media print')).toBe(
      block(':root[data-mode="print"]', '3 semantic'),
    );
  });
});
