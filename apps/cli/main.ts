import { parseArgs } from 'node:util';
import { settlementText } from '../../measures/subsidy/keep.ts';
import { Refusal } from '../../values/problem.ts';
import type { Language } from '../../values/text.ts';
import { explainFrom } from './explain.ts';
import type { Sheets } from './intake.ts';
import { packCommand } from './pack.ts';
import { Cancelled, showProgress } from './progress.ts';
import { settleInto, summaryText } from './settle.ts';
import { comparisonJson, comparisonText, whatIf } from './whatif.ts';

const USAGE = `守望 Shouwang

  npx shouwang settle  --pack <政策包> --roster <花名册> (--duty <值守记录> | --grid <考勤表>) [--settings <本级规定>]
                       [--paid <已发明细>] --from <起日> --to <止日> --out <文件夹> [--json]
      核算补助：谁应得多少、为什么、谁负担、不发的与待定的。Settles what each worker is owed.
  npx shouwang explain --in <文件夹> --id <身份证号> [--lang zh|en]
      解释一个人的结果。Explains one person's figures.
  npx shouwang whatif  --pack … --roster … --duty … --from … --to … --change "参数[@区划]=值[,起,止]" … [--json]
      测算：改一改会怎样。What would change.
  npx shouwang pack check [政策包] | list | describe <政策包> --out <x.html> [--lang zh|en] | new <新包> [--from <政策包>]
      检查、列出、印出、新建政策包。Packs.

表格可以是 .xlsx、.xls、.csv（UTF-8 或 GB18030）；日期写成 2020-02-01，起止都含当日。
Sheets may be .xlsx, .xls or .csv (UTF-8 or GB18030); dates are written 2020-02-01, both days included.
`;

const SHEET_OPTIONS = {
  pack: { type: 'string' },
  roster: { type: 'string' },
  duty: { type: 'string' },
  grid: { type: 'string' },
  settings: { type: 'string' },
  paid: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Runs one command. The exit code: 0 done, 1 a check that did not pass, 2 refused with a sentence, 130 cancelled. */
async function run(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case 'settle': {
      const { values } = parse(rest, { ...SHEET_OPTIONS, out: { type: 'string' } } as const);
      const out = must(values.out, '--out');
      const sheets = sheetsOf(values);
      const settlement = await withProgress((progress) => settleInto(out, sheets, progress));
      if (values.json) for (const piece of settlementText(settlement)) await write(piece);
      else await write(summaryText(settlement, out));
      return 0;
    }
    case 'explain': {
      const { values } = parse(rest, {
        in: { type: 'string' },
        id: { type: 'string' },
        lang: { type: 'string', default: 'zh' },
      } as const);
      await write(await explainFrom(must(values.in, '--in'), must(values.id, '--id'), language(values.lang)));
      return 0;
    }
    case 'whatif': {
      const { values } = parse(rest, {
        ...SHEET_OPTIONS,
        change: { type: 'string', multiple: true },
      } as const);
      if (!values.change) must(undefined, '--change');
      const sheets = sheetsOf(values);
      const result = await withProgress((progress) => whatIf(sheets, values.change ?? [], progress));
      await write(values.json ? comparisonJson(result) : comparisonText(result));
      return 0;
    }
    case 'pack':
      return packCommand(rest, { write: (s) => process.stdout.write(s) });
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      await write(USAGE);
      return command === undefined ? 2 : 0;
    default:
      throw new Refusal({
        zh: `没有“${command}”这个命令；可用：settle、explain、whatif、pack`,
        en: `there is no command "${command}"; there are settle, explain, whatif and pack`,
      });
  }
}

function parse<T extends NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Refusal({
      zh: `命令写得不对：${message}（npx shouwang help 看用法）`,
      en: `the command is not right: ${message} (see npx shouwang help)`,
    });
  }
}

function must(value: string | undefined, option: string): string {
  if (value !== undefined && value !== '') return value;
  throw new Refusal({
    zh: `缺少 ${option}（npx shouwang help 看用法）`,
    en: `${option} is missing (see npx shouwang help)`,
  });
}

function language(value: string): Language {
  if (value === 'zh' || value === 'en') return value;
  throw new Refusal({ zh: '--lang 只能是 zh 或 en', en: '--lang can only be zh or en' });
}

function sheetsOf(values: { [K in keyof typeof SHEET_OPTIONS]?: string | boolean }): Sheets {
  const text = (key: keyof typeof SHEET_OPTIONS): string | undefined =>
    typeof values[key] === 'string' ? values[key] : undefined;
  const [duty, grid] = [text('duty') ?? null, text('grid') ?? null];
  const sheets = {
    pack: must(text('pack'), '--pack'),
    roster: must(text('roster'), '--roster'),
    settings: text('settings') ?? null,
    paid: text('paid') ?? null,
  };
  if ((duty === null) === (grid === null)) {
    throw new Refusal({
      zh: '值守记录（--duty）和考勤表（--grid）给一样，也只给一样',
      en: 'give either a duty sheet (--duty) or a grid (--grid), and only one',
    });
  }
  return { ...sheets, duty, grid, from: must(text('from'), '--from'), to: must(text('to'), '--to') };
}

async function withProgress<T>(
  work: (progress: ReturnType<typeof showProgress>['progress']) => Promise<T>,
): Promise<T> {
  const shown = showProgress();
  try {
    return await work(shown.progress);
  } finally {
    shown.stop();
    if (process.env.SHOUWANG_TIMES)
      process.stderr.write(`${JSON.stringify(Object.fromEntries(shown.steps))}\n`);
  }
}

function write(text: string): Promise<void> {
  return new Promise((done, fail) => process.stdout.write(text, (error) => (error ? fail(error) : done())));
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof Refusal) {
    process.stderr.write(`${error.says.zh}\n${error.says.en}\n`);
    process.exitCode = 2;
  } else if (error instanceof Cancelled || (error instanceof Error && error.name === 'AbortError')) {
    process.stderr.write('已取消，没有留下半成品。\nCancelled; nothing half-written was left.\n');
    process.exitCode = 130;
  } else throw error;
}
