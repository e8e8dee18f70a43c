import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Settlement } from '../../measures/subsidy/contract.ts';
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
export async function drawWorkbooks(folder: string, settlement: Settlement, progress: Progress): Promise<void> {
  if (settlement.lines.length < A_CITY) return drawEach(Object.keys(WORKBOOKS), folder, settlement, progress);
  await Promise.all([
    drawAside(ASIDE, folder, settlement, progress),
    drawEach(Object.keys(WORKBOOKS).filter((name) => !ASIDE.includes(name)), folder, settlement, progress),
  ]);
}

async function drawEach(names: readonly string[], folder: string, settlement: Settlement, progress: Progress): Promise<void> {
  for (const name of names) await writeWorkbook(join(folder, name), WORKBOOKS[name](settlement), { progress });
}

function drawAside(names: readonly string[], folder: string, settlement: Settlement, progress: Progress): Promise<void> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { names, folder, settlement }, resourceLimits: { maxYoungGenerationSizeMb: 32 } });
    const stop = (): void => {
      void worker.terminate();
      fail(progress.signal?.reason);
    };
    progress.signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (m: { step: Text; done: number; total: number | null }) => progress.report(m.step, m.done, m.total));
    worker.once('error', fail);
    worker.once('exit', (code) => {
      progress.signal?.removeEventListener('abort', stop);
      if (code === 0) done();
      else fail(new Error(`drawing ${names.join(', ')} ended with code ${code}`));
    });
  });
}

if (!isMainThread && parentPort && (workerData as { names?: unknown } | null)?.names) {
  const { names, folder, settlement } = workerData as { names: readonly string[]; folder: string; settlement: Settlement };
  const port = parentPort;
  let told = 0;
  await drawEach(names, folder, settlement, {
    report(step, done, total) {
      if (performance.now() - told < 100) return;
      told = performance.now();
      port.postMessage({ step, done, total });
    },
  });
}
