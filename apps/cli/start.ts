import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from '../../values/problem.ts';
import type { Sheets } from './intake.ts';
import { showProgress } from './progress.ts';
import { settleInto, summaryText } from './settle.ts';

/** The invented towns that ship with the product: a personnel sheet and a duty sheet for each jurisdiction. */
const TOWN = fileURLToPath(new URL('../../town/', import.meta.url));
const OUT = fileURLToPath(new URL('../../out/', import.meta.url));

const EXAMPLES: readonly Sheets[] = [
  {
    pack: 'tianjin-2020',
    roster: join(TOWN, 'tianjin-2020/花名册.csv'),
    duty: join(TOWN, 'tianjin-2020/值守记录.csv'),
    grid: null,
    settings: null,
    paid: null,
    from: '2020-02-01',
    to: '2020-02-29',
  },
  {
    pack: 'inner-mongolia-2020',
    roster: join(TOWN, 'inner-mongolia-2020/花名册.csv'),
    duty: null,
    grid: join(TOWN, 'inner-mongolia-2020/考勤表.csv'),
    settings: join(TOWN, 'inner-mongolia-2020/本级规定.csv'),
    paid: null,
    from: '2020-02-01',
    to: '2020-02-29',
  },
];

/** Settles the shipped examples and says where the results are. Until there is a server, this is what `npm start` does. */
async function start(): Promise<void> {
  for (const sheets of EXAMPLES) {
    const shown = showProgress();
    try {
      const out = join(OUT, sheets.pack);
      const settlement = await settleInto(out, sheets, shown.progress);
      shown.stop();
      process.stdout.write(`${summaryText(settlement, out)}\n`);
    } finally {
      shown.stop();
    }
  }
  process.stdout.write(
    `解释一个人的结果：\n  npx shouwang explain --in out/tianjin-2020 --id <身份证号>\n用自己的表：\n  npx shouwang help\n`,
  );
}

try {
  await start();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.says.zh}\n${error.says.en}\n`);
  process.exitCode = 2;
}
