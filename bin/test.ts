/**
 * `npm test [-- filter…]`: lint and format, types, then the tests. Ends with `N passed, N failed`, where lint
 * and types count as one check each; exit 1 when anything failed. A filter is Vitest's: part of a file name.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.dirname(import.meta.dirname);
const BIOME = path.join(ROOT, 'node_modules/@biomejs/cli-linux-x64/biome');

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** One command that says yes or no; what it printed is shown only when it says no. */
function check(name: string, command: string, args: string[]): Count {
  const run = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (run.status === 0) {
    console.log(`ok: ${name}`);
    return { passed: 1, failed: 0, skipped: 0 };
  }
  console.log(`FAILED: ${name}\n${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}`);
  return { passed: 0, failed: 1, skipped: 0 };
}

/** Lint and format. The binary is an optional dependency for one platform; the build machine must have it. */
function biome(): Count {
  const name = 'biome (lint and format)';
  if (fs.existsSync(BIOME)) return check(name, BIOME, ['check', '--error-on-warnings', '--colors=off', '.']);
  if (process.env.CI) {
    console.log(`FAILED: ${name}: not installed`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  console.log(`NOT RUN: ${name}: not installed on this platform`);
  return { passed: 0, failed: 0, skipped: 0 };
}

function types(): Count {
  return check('tsc (types)', process.execPath, [
    path.join(ROOT, 'node_modules/typescript/bin/tsc'),
    '--noEmit',
  ]);
}

/** The part of Vitest's JSON report that is counted. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

function tests(filter: string[]): Count {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shouwang-test-'));
  const file = path.join(folder, 'report.json');
  try {
    const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const run = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...filter], {
      cwd: ROOT,
      stdio: 'inherit',
    });
    return countTests(
      fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined,
      run.status === 0,
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Counts what Vitest reported. Three things fail without a failed test, and count as one failure each: a file
 * that could not be loaded, a run that was unhappy for another reason (an unhandled rejection, a crash), and a
 * run that tried nothing.
 */
export function countTests(report: Report | undefined, happy: boolean): Count {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + unloaded.length;
  return { passed, failed: failed === 0 && (passed === 0 || !happy) ? 1 : failed, skipped };
}

if (process.argv[1] === import.meta.filename) {
  const counts = [biome(), types(), tests(process.argv.slice(2))];
  const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}
