import { once } from 'node:events';
import { join } from 'node:path';
import { type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import type { PaidLine, Settlement } from '../../measures/subsidy/contract.ts';
import { paymentSheets } from '../../measures/subsidy/sheets/payment.ts';
import { postingSheets } from '../../measures/subsidy/sheets/posting.ts';
import { preflightSheets } from '../../measures/subsidy/sheets/preflight.ts';
import { slipSheets } from '../../measures/subsidy/sheets/slips.ts';
import { summarySheets } from '../../measures/subsidy/sheets/summary.ts';
import type { Progress, SheetsOut } from '../../platform/sheets/contract.ts';
import { writeWorkbook } from '../../platform/sheets/write.ts';
import type { Text } from '../../values/text.ts';

/** The workbooks of a settlement by file name, each drawn from the same outcome. */
const WORKBOOKS: Readonly<Record<string, (s: Settlement) => SheetsOut>> = {
  '补助发放表.xlsx': paymentSheets,
  '公示表.xlsx': postingSheets,
  '汇总表.xlsx': summarySheets,
  '发放前检查.xlsx': preflightSheets,
  '个人明细.xlsx': slipSheets,
};

/** Drawn on a thread of their own for a city: together about half of the writing. */
const ASIDE = ['公示表.xlsx', '个人明细.xlsx'];

/** Below this many lines a second thread costs more than it saves. */
const A_CITY = 20_000;

/** Writes all workbooks of a settlement into a folder; on two threads where there is enough to write. */
export async function drawWorkbooks(
  folder: string,
  settlement: Settlement,
  progress: Progress,
): Promise<void> {
  if (settlement.lines.length < A_CITY) return drawEach(Object.keys(WORKBOOKS), folder, settlement, progress);
  await Promise.all([
    drawAside(ASIDE, folder, settlement, progress),
    drawEach(
      Object.keys(WORKBOOKS).filter((name) => !ASIDE.includes(name)),
      folder,
      settlement,
      progress,
    ),
  ]);
}

async function drawEach(
  names: readonly string[],
  folder: string,
  settlement: Settlement,
  progress: Progress,
): Promise<void> {
  for (const name of names)
    await writeWorkbook(join(folder, name), WORKBOOKS[name](settlement), { progress });
}

/** Lines sent to the other thread at once: a city's in one piece would stand in memory twice over on the way. */
const BATCH = 10_000;

type FromDrawer =
  | { readonly wants: number }
  | { readonly step: Text; readonly done: number; readonly total: number | null };
type Drawing = {
  readonly names: readonly string[];
  readonly folder: string;
  readonly rest: Omit<Settlement, 'lines'>;
};

function drawAside(
  names: readonly string[],
  folder: string,
  { lines, ...rest }: Settlement,
  progress: Progress,
): Promise<void> {
  return new Promise((done, fail) => {
    // Neither workbook shows what is to be put right first, and of a city that is the longest list of all.
    const told = { ...rest, preflight: [] };
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { names, folder, rest: told } satisfies Drawing,
      resourceLimits: { maxYoungGenerationSizeMb: 32 },
    });
    const stop = (): void => {
      void worker.terminate();
      fail(progress.signal?.reason);
    };
    progress.signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (m: FromDrawer) => {
      if ('wants' in m) worker.postMessage(lines.slice(m.wants, m.wants + BATCH));
      else progress.report(m.step, m.done, m.total);
    });
    worker.once('error', fail);
    worker.once('exit', (code) => {
      progress.signal?.removeEventListener('abort', stop);
      if (code === 0) done();
      else fail(new Error(`drawing ${names.join(', ')} ended with code ${code}`));
    });
  });
}

/** The other thread: takes the lines in batches, then draws its workbooks. */
async function drawFor(port: MessagePort, { names, folder, rest }: Drawing): Promise<void> {
  const lines: PaidLine[] = [];
  for (;;) {
    port.postMessage({ wants: lines.length } satisfies FromDrawer);
    const [batch] = (await once(port, 'message')) as [PaidLine[]];
    if (batch.length === 0) break;
    lines.push(...batch);
  }
  let told = 0;
  await drawEach(
    names,
    folder,
    { ...rest, lines },
    {
      report(step, done, total) {
        if (performance.now() - told < 100) return;
        told = performance.now();
        port.postMessage({ step, done, total } satisfies FromDrawer);
      },
    },
  );
}

const drawing = workerData as Drawing | null;
if (parentPort && drawing && 'names' in drawing) await drawFor(parentPort, drawing);
