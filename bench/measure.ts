import os from 'node:os';

/** CPU-seconds a piece of work takes, user and system, over all threads: what a shared machine cannot blur. */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const spent = process.cpuUsage(before);
  return (spent.user + spent.system) / 1e6;
}

const UNCOUNTED = 2;

/**
 * The least CPU-seconds each contestant took, after two rounds that are not counted, in which the runtime compiles them.
 * They take turns, and every other round goes backwards, so that whatever the machine does meanwhile, and whoever warms
 * the caches, favours none of them.
 */
export function bestOf<Name extends string>(
  rounds: number,
  contestants: Readonly<Record<Name, () => void>>,
): Record<Name, number> {
  const names = Object.keys(contestants) as Name[];
  const best = Object.fromEntries(names.map((n) => [n, Number.POSITIVE_INFINITY])) as Record<Name, number>;
  for (let round = -UNCOUNTED; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const seconds = cpuSeconds(contestants[name]);
      if (round >= 0) best[name] = Math.min(best[name], seconds);
    }
  }
  return best;
}

/** The machine and the Node a figure was measured on: without them it says nothing. */
export function machine(): string {
  const cpus = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${cpus.length} × ${cpus[0]?.model.trim() ?? 'unknown processor'}, ${memory} GB, Node ${process.version}, ${os.platform()} ${os.arch()}`;
}

/** One line that a program can read: `bar <name> <value> <target> met|missed`. */
export function bar(name: string, value: number, target: number, better: 'lower' | 'higher'): void {
  const met = better === 'lower' ? value <= target : value >= target;
  const shown = better === 'lower' ? value.toFixed(2) : String(Math.floor(value));
  console.log(`bar ${name} ${shown} ${target} ${met ? 'met' : 'missed'}`);
}

export const count = (n: number): string => Math.round(n).toLocaleString('en');
