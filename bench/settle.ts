/**
 * `npm run bench:settle`: settles an invented city of 50,000 people and 2.64 million duty rows from CSV through the
 * command line as a user would, then 20,000 rows of .xlsx, twice: the duty of some hundred people, and as many people as
 * rows. Prints wall and CPU seconds, peak memory, the split between reading, folding, evaluating and writing, and beside
 * it a loop that only splits the same CSV into lines. Every amount and share is held against a plain computation from
 * the generator's own rows. Making the sheets is not counted. Exits 1 when a figure differs; a bar that is missed is
 * printed and no more, because what a machine can do is not an error of the code.
 */
import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { fileURLToPath } from 'node:url';
import type { SettlementFile } from '../measures/subsidy/contract.ts';
import { CITY_DAYS, type City, type CityAsked, makeCity } from './city.ts';
import { bar, count, machine } from './measure.ts';

const SEED = 20200124;
const COMMAND = fileURLToPath(new URL('../bin/shouwang.js', import.meta.url));

/** Sheets of 2.64 million rows: 50,000 people on duty about every other day, some days with two records. */
const CITY = { people: 50_000, served: 0.4905 };
/** Twenty thousand rows of duty, of people who serve as those of the city do; and of as many people, a row each. */
const FEW_PEOPLE = { people: 379, served: 0.4905 };
const MANY_PEOPLE = { people: 20_000, served: 0.0093 };

/** What the command is told to print of itself at its end, on a line of its own. */
const REPORT =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('usage '+JSON.stringify(process.resourceUsage())+'%5Cn'))";

type Run = {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  /** Seconds of each step, as the command names them. */
  readonly steps: ReadonlyMap<string, number>;
};

/** Runs `settle` in a process of its own. Throws with what it printed when it does not end well. */
async function runSettle(city: City, out: string): Promise<Run> {
  const args = ['settle', '--pack', 'tianjin-2020', '--roster', city.roster, '--duty', city.duty];
  args.push('--settings', city.settings, '--from', CITY_DAYS.from, '--to', CITY_DAYS.to, '--out', out);
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', REPORT, COMMAND, ...args], {
    env: { ...process.env, SHOUWANG_TIMES: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done));
  const seconds = (performance.now() - began) / 1000;
  if (code !== 0) throw new Error(`settle ended with ${code}:\n${said}`);
  const lines = said.split('\n');
  const last = (prefix: string): string => lines.findLast((line) => line.startsWith(prefix)) ?? '';
  const usage = JSON.parse(last('usage ').slice(6)) as NodeJS.ResourceUsage;
  const steps = JSON.parse(last('{')) as Record<string, number>;
  return {
    seconds,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    // The kernel counts in units of 1,024 bytes.
    peakMb: usage.maxRSS / 1024,
    steps: new Map(Object.entries(steps).map(([step, ms]) => [step, ms / 1000])),
  };
}

/** The steps gathered under what they are part of; what no step covers is starting Node and loading the pack. */
function splitOf(run: Run): [string, number][] {
  const parts = { starting: 0, reading: 0, folding: 0, evaluating: 0, writing: 0 };
  let told = 0;
  for (const [step, seconds] of run.steps) {
    told += seconds;
    if (/^(reading|finding)/i.test(step)) parts.reading += seconds;
    else if (/^folding/i.test(step)) parts.folding += seconds;
    else if (/^working out/i.test(step)) parts.evaluating += seconds;
    else parts.writing += seconds;
  }
  parts.starting = run.seconds - told;
  return Object.entries(parts);
}

/** What differs between a settlement and the plain computation, as sentences; the first few of each sort. */
function differences(city: City, out: string): string[] {
  const settled = JSON.parse(readFileSync(join(out, 'settlement.json'), 'utf8')) as SettlementFile;
  const wrong: string[] = [];
  const hold = (what: string, is: number, expected: number): void => {
    if (is !== expected) wrong.push(`${what}: ${is}, the plain computation says ${expected}`);
  };
  const owed = new Map(city.owed);
  for (const line of settled.lines) {
    const key = `${line.idNumber}|${line.because.slice(0, 7)}`;
    const mine = owed.get(key);
    owed.delete(key);
    const cityFen = line.shares.find((s) => s.bearer === '市')?.fen ?? 0;
    const shared = line.shares.reduce((sum, s) => sum + (s.fen ?? 0), 0);
    hold(`days of ${key}`, line.days, (mine?.half ?? 0) / 2);
    hold(`amount of ${key}`, line.amountFen, mine?.fen ?? 0);
    hold(`the city's share of ${key}`, cityFen, mine?.city ?? 0);
    hold(`the shares of ${key} together`, shared, mine?.fen ?? 0);
  }
  hold('persons and months without a line', owed.size, 0);
  let [fen, fromCity, half] = [0, 0, 0];
  for (const o of city.owed.values()) {
    fen += o.fen;
    fromCity += o.city;
    half += o.half;
  }
  const { totals } = settled;
  hold('people', totals.people, new Set([...city.owed.keys()].map((key) => key.slice(0, 18))).size);
  hold('days', totals.days, half / 2);
  hold('amount', totals.amountFen, fen);
  hold('borne by the city', totals.byBearer.市 ?? 0, fromCity);
  hold('borne by the districts', totals.byBearer.区 ?? 0, fen - fromCity);
  hold(
    'half-days undetermined',
    settled.undetermined.reduce((sum, u) => sum + u.days * 2, 0),
    city.waiting,
  );
  hold('problems', settled.problems.filter((p) => p.severity === 'problem').length, city.wrongRows);
  return wrong;
}

/** Seconds a loop takes that reads a file and splits it into lines, and does nothing with them. */
async function splitLines(path: string): Promise<{ seconds: number; lines: number }> {
  const began = performance.now();
  const decoder = new StringDecoder('utf8');
  let lines = 0;
  let rest = '';
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const parts = (rest + decoder.write(chunk as Buffer)).split('\n');
    rest = parts.pop() ?? '';
    lines += parts.length;
  }
  return { seconds: (performance.now() - began) / 1000, lines };
}

/** Makes the sheets, settles and checks them, prints what it took. */
async function settleCity(
  name: string,
  asked: Omit<CityAsked, 'folder' | 'seed'>,
): Promise<Run & { wrong: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'shouwang-bench-'));
  try {
    const city = await makeCity({ ...asked, seed: SEED, folder });
    const mb = (path: string): string => `${(statSync(path).size / 2 ** 20).toFixed(1)} MB`;
    console.log(
      `\n${name}: ${count(asked.people)} people, ${count(city.rosterRows)} roster rows (${mb(city.roster)}), ${count(city.dutyRows)} duty rows (${mb(city.duty)}), ${city.wrongRows} of them wrong on purpose`,
    );
    const out = join(folder, 'out');
    const run = await runSettle(city, out);
    const split = splitOf(run).map(([part, seconds]) => `${part} ${seconds.toFixed(2)}`);
    console.log(
      `  ${run.seconds.toFixed(2)} s wall, ${run.cpuSeconds.toFixed(2)} CPU-seconds, peak ${run.peakMb.toFixed(0)} MB`,
    );
    console.log(`  seconds: ${split.join(', ')}`);
    if (asked.format === 'csv') {
      const bare = await splitLines(city.duty);
      const reading = run.steps.get('reading 值守记录.csv') ?? 0;
      console.log(
        `  only splitting the duty sheet into its ${count(bare.lines)} lines: ${bare.seconds.toFixed(2)} s; reading it took ${(reading / bare.seconds).toFixed(1)} times as long`,
      );
    }
    const wrong = differences(city, out);
    for (const sentence of wrong.slice(0, 10)) console.log(`  differs: ${sentence}`);
    console.log(
      `  checked: ${count(city.owed.size)} persons' months to the fen and by bearer, ${wrong.length} differ`,
    );
    return { ...run, wrong: wrong.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

console.log(`seed ${SEED}; ${machine()}`);
const city = await settleCity('a city in CSV', { ...CITY, format: 'csv' });
const few = await settleCity('a street in .xlsx', { ...FEW_PEOPLE, format: 'xlsx' });
const many = await settleCity('a long roster in .xlsx', { ...MANY_PEOPLE, format: 'xlsx' });
console.log('');
bar('settle-city-seconds', city.seconds, 25, 'lower');
bar('settle-city-peak-mb', city.peakMb, 1024, 'lower');
bar('settle-xlsx-20000-seconds', Math.max(few.seconds, many.seconds), 10, 'lower');
if (city.wrong + few.wrong + many.wrong > 0) process.exitCode = 1;
