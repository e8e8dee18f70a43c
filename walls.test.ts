/**
 * The walls between the rooms of this house (docs/tour.md says what each room is). They are data below; a
 * broken one fails with a sentence that names the file, what it did and the wall. Each has a made-up offender
 * at the end of this file, because a wall that nothing can break tells nothing.
 */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

interface File {
  /** From the package's root, with forward slashes. */
  path: string;
  text: string;
}

/** What is wrong with this file, as the end of a sentence that begins with its path. */
type Breaches = (file: File) => string[];

interface Wall {
  rule: string;
  breaches: Breaches;
}

const WALLS: Wall[] = [
  {
    rule: 'values imports nothing of ours',
    breaches: importsFrom(/^values\//, (to) => /^values\//.test(to)),
  },
  {
    rule: 'policy imports only values',
    breaches: importsFrom(/^policy\//, (to) => /^(policy|values)\//.test(to)),
  },
  {
    rule: 'rostering imports only values',
    breaches: importsFrom(/^rostering\//, (to) => /^(rostering|values)\//.test(to)),
  },
  {
    rule: 'platform imports no measure and no app, only policy and values',
    breaches: importsFrom(/^platform\//, (to) => /^(platform|policy|values)\//.test(to)),
  },
  {
    rule: 'a measure never imports another measure; it asks for a dataset or reacts to a message',
    breaches: importsFrom(/^measures\//, (to, from) => !/^measures\//.test(to) || room(to) === room(from)),
  },
  {
    rule: 'apps/server/assemble.ts is the one page that lists the measures',
    breaches: importsFrom(
      /^(?!apps\/server\/assemble\.ts$)/,
      (to, from) => !/^measures\/[^/]+\/index\.tsx?$/.test(to) || room(to) === room(from),
    ),
  },
  {
    rule: 'screens import only contract.ts files and design',
    breaches: importsFrom(
      /(^|\/)screens\//,
      (to, from) => /(^|\/)contract\.ts$|^design\//.test(to) || to.startsWith(screensOf(from)),
    ),
  },
  {
    rule: 'SQL stands only in store.ts files and in platform/db',
    breaches: (file) =>
      isCode(file) && !isTest(file) && !/(^|\/)store\.ts$|^platform\/db\//.test(file.path)
        ? sqlIn(file.text).map((sql) => `holds the statement ${JSON.stringify(sql)}`)
        : [],
  },
  {
    rule: 'every file and folder is named after what it holds',
    breaches: (file) =>
      file.path
        .split('/')
        .filter((name) => /^(utils?|helpers?|common|misc|managers?)(\.|$)/i.test(name))
        .map((name) => `is called ${name}`),
  },
  {
    rule: 'code knows no jurisdiction',
    breaches: (file) =>
      isCode(file) && !isTest(file) && /^(values|policy|rostering|platform|measures)\//.test(file.path)
        ? (file.text.match(/天津|内蒙古|tianjin|inner[ -]?mongolia/gi) ?? []).map((word) => `says ${word}`)
        : [],
  },
  {
    rule: 'packs hold data and no code',
    breaches: (file) =>
      /^packs\//.test(file.path) && isCode(file) && !isTest(file) ? ['is code inside a pack'] : [],
  },
];

/** One sentence for every breach of every wall. */
function wallsBroken(files: File[]): string[] {
  return files.flatMap((file) =>
    WALLS.flatMap(({ rule, breaches }) =>
      breaches(file).map((breach) => `${file.path} ${breach}. The wall: ${rule}.`),
    ),
  );
}

/** The files of `rooms` may import of ours only what `allowed` says; libraries and Node are not our business. */
function importsFrom(rooms: RegExp, allowed: (to: string, from: string) => boolean): Breaches {
  return (file) =>
    isCode(file) && rooms.test(file.path)
      ? importsOf(file)
          .filter((to) => !allowed(to, file.path))
          .map((to) => `imports ${to}`)
      : [];
}

/** Paths, from the root, of the files of ours that this one imports, exports from or names in `import()`. */
function importsOf(file: File): string[] {
  const statements =
    /\b(?:import|export)\b[^'"`;()]*?\bfrom\s*(['"])(.+?)\1|\bimport\s*\(?\s*(['"`])(.+?)\3/g;
  return [...withoutComments(file.text).matchAll(statements)]
    .map((match) => match[2] ?? match[4]!)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => path.posix.join(path.posix.dirname(file.path), specifier));
}

/** Texts of the string and template literals that read like a statement of SQL, and calls that build one. */
function sqlIn(text: string): string[] {
  const statement = new RegExp(
    [
      'select\\s[^;]*?\\sfrom\\s',
      'insert\\s+into\\s',
      'update\\s+[\\w."$]+\\s+set\\s',
      'delete\\s+from\\s',
      '(?:create|alter|drop)\\s+(?:or\\s+replace\\s+|temp\\w*\\s+|unique\\s+|unlogged\\s+|materialized\\s+)*' +
        '(?:table|index|view|function|trigger|policy|role|schema|type)\\s',
    ].join('|'),
  );
  // Small letters count only where a line or a bracket begins: "please select one from the list" is English.
  const lower = new RegExp(`(?:^|\\n|\\()\\s*(?:${statement.source})`);
  const upper = new RegExp(
    statement.source.replace(/\\.|[a-z]/g, (s) => (s.length > 1 ? s : s.toUpperCase())),
  );
  const code = withoutComments(text);
  const literals = [...code.matchAll(LITERAL)].map((match) => match[0].slice(1, -1));
  const calls = code.match(/\.(selectFrom|insertInto|updateTable|deleteFrom)\(/g) ?? [];
  return [...literals.filter((literal) => lower.test(`${literal} `) || upper.test(`${literal} `)), ...calls];
}

const LITERAL = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
const LITERAL_OR_COMMENT = new RegExp(`(${LITERAL.source})|//[^\\n]*|/\\*[\\s\\S]*?\\*/`, 'g');

function withoutComments(text: string): string {
  return text.replace(LITERAL_OR_COMMENT, (_, literal: string | undefined) => literal ?? ' ');
}

function isCode(file: File): boolean {
  return /\.[cm]?[jt]sx?$/.test(file.path);
}

function isTest(file: File): boolean {
  return /\.test\.tsx?$/.test(file.path);
}

/** measures/rest/rules.ts stands in the room measures/rest. */
function room(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

/** The screens folder a file stands in, with its slash. */
function screensOf(file: string): string {
  return file.slice(0, file.indexOf('screens/') + 'screens/'.length);
}

/** Every file of the package but what is installed, built or local. */
function houseFiles(): File[] {
  const outside = ['node_modules', '.git', '.installing', 'data', 'out'];
  const walk = (folder: string): string[] =>
    fs.readdirSync(path.join(import.meta.dirname, folder), { withFileTypes: true }).flatMap((entry) => {
      const place = path.posix.join(folder, entry.name);
      if (outside.includes(place)) return [];
      return entry.isDirectory() ? walk(place) : [place];
    });
  return walk('').map((place) => {
    const file: File = { path: place, text: '' };
    return isCode(file)
      ? { ...file, text: fs.readFileSync(path.join(import.meta.dirname, place), 'utf8') }
      : file;
  });
}

describe('the walls of the house', () => {
  test('none is broken', () => {
    const files = houseFiles();
    expect(files.map((file) => file.path)).toContain('walls.test.ts');
    expect(wallsBroken(files)).toEqual([]);
  });

  const offenders: [file: string, text: string, sentence: string][] = [
    [
      'values/fen.ts',
      `import { load } from '../policy/load.ts';`,
      'imports policy/load.ts. The wall: values imports nothing of ours.',
    ],
    [
      'policy/entitle.ts',
      `export type { Query } from '../platform/db/query.ts';`,
      'imports platform/db/query.ts. The wall: policy imports only values.',
    ],
    [
      'policy/entitle.test.ts',
      `const town = await import('../town/people.ts');`,
      'imports town/people.ts. The wall: policy imports only values.',
    ],
    [
      'rostering/search.ts',
      `import '../policy/load.ts';`,
      'imports policy/load.ts. The wall: rostering imports only values.',
    ],
    [
      'platform/duty/commands.ts',
      `import {\n  rules,\n} from '../../measures/rest/rules.ts';`,
      'imports measures/rest/rules.ts. The wall: platform imports no measure and no app, only policy and values.',
    ],
    [
      'platform/http/serve.ts',
      `import { assemble } from '../../apps/server/assemble.ts';`,
      'imports apps/server/assemble.ts. The wall: platform imports no measure and no app, only policy and values.',
    ],
    [
      'measures/subsidy/rules.ts',
      `import type { Rest } from '../rest/contract.ts';`,
      'imports measures/rest/contract.ts. The wall: a measure never imports another measure; it asks for a dataset or reacts to a message.',
    ],
    [
      'apps/cli/settle.ts',
      `import subsidy from '../../measures/subsidy/index.ts';`,
      'imports measures/subsidy/index.ts. The wall: apps/server/assemble.ts is the one page that lists the measures.',
    ],
    [
      'measures/subsidy/screens/Claims.tsx',
      `import { rate } from '../rules.ts';`,
      'imports measures/subsidy/rules.ts. The wall: screens import only contract.ts files and design.',
    ],
    [
      'platform/people/commands.ts',
      'db.run(`SELECT name\n FROM person`)',
      'holds the statement "SELECT name\\n FROM person". The wall: SQL stands only in store.ts files and in platform/db.',
    ],
    [
      'measures/rest/commands.ts',
      'db.run("delete from rest_day")',
      'holds the statement "delete from rest_day". The wall: SQL stands only in store.ts files and in platform/db.',
    ],
    [
      'measures/rest/routes.ts',
      `db.selectFrom('person')`,
      'holds the statement ".selectFrom(". The wall: SQL stands only in store.ts files and in platform/db.',
    ],
    [
      'platform/utils/date.ts',
      '',
      'is called utils. The wall: every file and folder is named after what it holds.',
    ],
    [
      'apps/desk/helpers.tsx',
      '',
      'is called helpers.tsx. The wall: every file and folder is named after what it holds.',
    ],
    [
      'policy/rates.ts',
      `const pack = 'tianjin-2020';`,
      'says tianjin. The wall: code knows no jurisdiction.',
    ],
    ['measures/rest/rules.ts', `// 内蒙古 sets none`, 'says 内蒙古. The wall: code knows no jurisdiction.'],
    [
      'packs/tianjin-2020/rates.ts',
      'export const rate = 1;',
      'is code inside a pack. The wall: packs hold data and no code.',
    ],
  ];

  test.each(offenders)('the made-up %s is caught', (file, text, sentence) => {
    expect(wallsBroken([{ path: file, text }])).toEqual([`${file} ${sentence}`]);
  });

  test('every wall has an offender that it catches', () => {
    const caught = wallsBroken(offenders.map(([file, text]) => ({ path: file, text }))).join('\n');
    for (const { rule } of WALLS) expect(caught).toContain(`The wall: ${rule}.`);
  });

  const neighbours: [file: string, text: string][] = [
    ['policy/entitle.ts', `import { fen } from '../values/fen.ts';\nimport { parse } from 'yaml';`],
    ['values/fen.ts', `/** import { load } from '../policy/load.ts' is not for us. */`],
    ['measures/rest/store.ts', 'db.run(`select day from rest_day`)'],
    ['platform/db/open.ts', 'db.run(`create table person (id bigint)`)'],
    ['measures/rest/rules.ts', `say('Please select a day from the list, or update the set of days.')`],
    [
      'measures/rest/screens/Board.tsx',
      `import { Day } from './Day.tsx';\nimport type { Rest } from '../contract.ts';`,
    ],
    ['apps/server/assemble.ts', `import rest from '../../measures/rest/index.ts';`],
    ['packs/tianjin-2020/scenarios.test.ts', `test('天津', () => {});`],
  ];

  test.each(neighbours)('the made-up %s is let be', (file, text) => {
    expect(wallsBroken([{ path: file, text }])).toEqual([]);
  });
});
