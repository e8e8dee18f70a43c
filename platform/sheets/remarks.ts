import type { Problem, Severity } from '../../values/problem.ts';
import type { Cell, SheetProblems } from './contract.ts';

/** What is wrong with one row, in one cell; and what to do, in another. */
export type Remark = { readonly severity: Severity; readonly problem: string; readonly suggestion: string };

/** The rows of an input that have remarks, under their heading: where the input itself cannot be shown whole. */
export type RowsAlone = {
  readonly heading: readonly Cell[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly Cell[] }[];
  /** Rows with remarks beyond those. */
  readonly more: number;
};

/** As the office reads it. */
export const LABELS: Record<Severity, string> = { problem: '问题', warning: '提醒' };

/** The remarks on the rows of one worksheet. What stands in no worksheet we know is shown in the first. */
export function remarksOf(input: SheetProblems, sheet: string): Map<number, Remark> {
  const first = input.headings[0]?.sheet ?? '';
  const known = new Set(input.headings.map((heading) => heading.sheet));
  const problems = new Map<number, Problem[]>();
  for (const problem of input.problems) {
    if (problem.row === null) continue;
    const at = problem.sheet !== undefined && known.has(problem.sheet) ? problem.sheet : first;
    if (at !== sheet) continue;
    const row = problems.get(problem.row);
    if (row) row.push(problem);
    else problems.set(problem.row, [problem]);
  }
  const remarks = new Map<number, Remark>();
  for (const [row, found] of problems)
    remarks.set(row, {
      severity: found.some(({ severity }) => severity === 'problem') ? 'problem' : 'warning',
      problem: found.map(({ severity, message }) => `【${LABELS[severity]}】${message.zh}`).join('；'),
      suggestion: [...new Set(found.map(({ suggestion }) => suggestion.zh))].join('；'),
    });
  return remarks;
}
