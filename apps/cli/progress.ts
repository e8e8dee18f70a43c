import type { Progress } from '../../platform/sheets/contract.ts';
import type { Text } from '../../values/text.ts';

/** Work shorter than this shows no bar: a bar that flashes tells nobody anything. Milliseconds. */
const QUIET = 800;
const BETWEEN = 120;
/** Where there is no screen to draw on, one line now and then is enough. */
const BETWEEN_LINES = 5000;

/**
 * Shows how far long work is on standard error: the step, a bar, the count of all. Standard output stays clean for
 * other programs. Ctrl-C stops the work at the next step; nothing half-written stays behind.
 */
export function showProgress(): { progress: Progress; stop(): void; steps: ReadonlyMap<string, number> } {
  const controller = new AbortController();
  const started = performance.now();
  const screen = process.stderr.isTTY === true;
  const steps = new Map<string, number>();
  let step = '';
  let stepAt = started;
  let shown = started;
  let drawn = false;
  const interrupt = (): void => controller.abort(new Cancelled());
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const clear = (): void => {
    if (drawn) process.stderr.write('\r\u001b[2K');
    drawn = false;
  };
  return {
    steps,
    progress: {
      signal: controller.signal,
      report(text: Text, done: number, total: number | null): void {
        const now = performance.now();
        if (text.en !== step) {
          if (step) steps.set(step, (steps.get(step) ?? 0) + now - stepAt);
          step = text.en;
          stepAt = now;
        }
        if (now - started < QUIET || now - shown < (screen ? BETWEEN : BETWEEN_LINES)) return;
        shown = now;
        const count =
          total === null
            ? done.toLocaleString('en')
            : `${done.toLocaleString('en')} / ${total.toLocaleString('en')}`;
        if (!screen) {
          process.stderr.write(`${text.zh} ${count}\n`);
          return;
        }
        const part = total ? Math.min(1, done / total) : null;
        const bar =
          part === null
            ? ''
            : `${'█'.repeat(Math.round(part * 24)).padEnd(24, '░')} ${Math.floor(part * 100)}% `;
        clear();
        process.stderr.write(`${bar}${text.zh} ${count}`);
        drawn = true;
      },
    },
    stop(): void {
      if (step) steps.set(step, (steps.get(step) ?? 0) + performance.now() - stepAt);
      step = '';
      clear();
      process.removeListener('SIGINT', interrupt);
      process.removeListener('SIGTERM', interrupt);
    },
  };
}

/** The person stopped the work. Not a fault: nothing was written. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}
