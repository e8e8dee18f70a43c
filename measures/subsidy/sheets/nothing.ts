import type { OutColumn, OutRow, SheetOut } from '../../../platform/sheets/contract.ts';
import type { Settlement } from '../contract.ts';
import { periodText } from './days.ts';
import { across, awaited, leaningOn, quoted } from './foot.ts';

const COLUMNS: readonly OutColumn[] = [{ kind: 'text', width: 74 }];

/** The one sheet of a workbook that pays nobody: it says so in words, and what is missing and who must act. */
export function nothingPaid(s: Settlement, title: string): SheetOut {
  return {
    name: '说明',
    columns: COLUMNS,
    titles: [title],
    subtitles: [periodText(s.period)],
    headings: [],
    rows: rows(s),
  };
}

function* rows(s: Settlement): Generator<OutRow> {
  const say = (text: string): OutRow => across(text, COLUMNS, 'note', 24);
  yield say('本期没有可以发放的补助：0 人，0 天，0.00 元，所以没有分社区的表。');
  const people = new Set(s.undetermined.map((entry) => entry.person)).size;
  if (people > 0)
    yield say(`有 ${people} 人的补助还不能确定。这不等于不发，也不等于 0 元，而是还缺下列事项：`);
  for (const a of awaited(s.undetermined))
    yield say(
      `　　缺${quoted(a.missing)}，须由${a.whoMustAct}确定（${a.clause}）：${a.people} 人，${a.days} 天`,
    );
  if (people > 0) yield say('确定后重新核算，本表即有内容。名单见《发放前检查》的“待定”。');
  const refused = new Set(s.refused.map((entry) => entry.person)).size;
  if (refused > 0) yield say(`有 ${refused} 人的天数不予发放，理由见《发放前检查》的“不予发放”。`);
  if (people === 0 && refused === 0) yield say('期间内没有可以计发的值守记录。');
  yield* leaningOn(s, COLUMNS);
}
