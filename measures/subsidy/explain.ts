import type { RecordSeen } from '../../platform/duty/contract.ts';
import { NOT_DRAWN } from '../../policy/detail.ts';
import { type Explanation, kindLabel, monthText } from '../../policy/explain.ts';
import type { Policy } from '../../policy/policy.ts';
import { hoursAndMinutes, periodText, sourceText, yuanOf } from '../../policy/prose.ts';
import { chineseDay, type Day, parseDay } from '../../values/date.ts';
import type { FactRef, Figure } from '../../values/figure.ts';
import { maskIdentity } from '../../values/identity.ts';
import type { Language, Text } from '../../values/text.ts';
import { type KeptHead, type KeptPerson, monthsOf } from './keep.ts';

/**
 * Everything a settlement says of one person, as sentences: for each month and kind what is paid and why, who bears it,
 * what is refused, what waits for whom, what was served but is too short for credit; then the clauses it all rests on
 * with their documents. Facts are the person's own duty records by sheet row.
 */
export function explainPerson(
  policy: Policy,
  head: KeptHead,
  person: KeptPerson,
  language: Language,
): string {
  const zh = language === 'zh';
  const out: string[] = [];
  const clauses = new Set<string>();
  const cite = (clause: string | undefined): string => {
    if (!clause) return '';
    clauses.add(clause);
    return zh ? `〔${clause}〕` : ` [${clause}]`;
  };
  out.push(`${person.name}${zh ? '（' : ' ('}${maskIdentity(person.id)}${zh ? '）' : ')'}`);
  const period = periodText({ from: head.from, until: head.until });
  const { pack } = policy;
  out.push(
    zh
      ? `${period.zh}，${pack.title.zh}，政策包 ${head.pack.id} 第 ${head.pack.version} 版`
      : `${period.en}, ${pack.title.en}, pack ${head.pack.id} version ${head.pack.version}`,
  );
  const explanations = explanationsOf(policy, person);
  if (explanations.length === 0) {
    out.push(
      '',
      zh
        ? `花名册上有此人，期间内没有可计的值守${person.records.length > 0 ? '' : '记录'}。`
        : 'On the roster, with no duty that counts in the period.',
    );
  }
  for (const e of explanations) {
    const row = person.rows[e.row];
    const at = row.engagement >= 0 ? person.engagements[row.engagement] : null;
    const place = at
      ? [at.district, at.street, at.community].filter((x, i, all) => x && all.indexOf(x) === i)
      : [e.place];
    out.push(
      '',
      zh
        ? `${monthText(e.month).zh}　${place.join(' ')}　${e.kind.zh}`
        : `${monthText(e.month).en}  ${place.join(' ')}  ${e.kind.en}`,
    );
    if ('value' in e.paid && e.paid.because.of.length > 0) {
      const { because, value } = e.paid;
      out.push(
        zh
          ? `  应发 ${yuanOf({ n: value, d: 1 })}元：${because.says.zh}${cite(because.clause)}`
          : `  ${yuanOf({ n: value, d: 1 })} yuan is due: ${because.says.en}${cite(because.clause)}`,
      );
      out.push(zh ? '  因为：' : '  Because:');
      for (const f of because.of) out.push(...reason(f, '    ', language, cite));
    } else if (e.refused.length === 0 && e.undetermined.length === 0)
      out.push(zh ? '  本月没有可发的天数。' : '  No day of this month is paid.');
    for (const r of e.refused) {
      const days = r.half / 2;
      out.push(
        zh
          ? `  不予发放 ${days}天（${r.on.zh}）：${r.because.says.zh}${cite(r.because.clause)}`
          : `  Refused, ${days} day(s) (${r.on.en}): ${r.because.says.en}${cite(r.because.clause)}`,
      );
      for (const f of r.because.of) out.push(...reason(f, '    ', language, cite));
      out.push(...facts(r.because.facts, '    ', language));
      if (r.because.reading) {
        const reading = pack.readings.get(r.because.reading);
        const option = reading?.options.get(reading.inUse);
        if (reading && option)
          out.push(
            zh
              ? `    口径 ${reading.id}：${reading.question.zh}——${option.zh}`
              : `    reading ${reading.id}: ${reading.question.en}: ${option.en}`,
          );
      }
    }
    for (const u of e.undetermined) {
      const days = u.half / 2;
      out.push(
        zh
          ? `  还不能确定 ${days}天（${u.on.zh}）：`
          : `  Cannot be determined yet, ${days} day(s) (${u.on.en}):`,
      );
      for (const g of u.gaps)
        out.push(
          zh
            ? `    缺“${g.missing.zh}”，须由${g.whoMustAct.zh}确定${cite(g.clause)}`
            : `    "${g.missing.en}" is missing: for the ${g.whoMustAct.en} to decide${cite(g.clause)}`,
        );
      out.push(...facts(u.facts, '    ', language));
    }
  }
  if (person.short.length > 0) {
    out.push(
      '',
      zh
        ? `值守了但不够计天的：${cite(pack.credit?.clause)}`
        : `Served, too short to count:${cite(pack.credit?.clause)}`,
    );
    for (const d of person.short) {
      const at = parseDay(d.date) ?? 0;
      const minutes = hoursAndMinutes((d.minutes ?? []).reduce((a, b) => a + b, 0));
      out.push(zh ? `  ${chineseDay(at)}，累计 ${minutes.zh}` : `  ${d.date}, ${minutes.en} in all`);
      out.push(...facts(records(person, at, policy), '    ', language));
    }
  }
  if (clauses.size > 0) out.push('', zh ? '依据：' : 'Resting on:');
  for (const c of pack.clauses.values()) {
    if (!clauses.has(c.id)) continue;
    const source = pack.sources.get(c.source);
    const held = source?.held === 'cited' ? (zh ? '，原文未取得' : ', text not held') : '';
    out.push(
      zh
        ? `  ${c.id}　${c.path.zh}：${c.says.zh} ——${source ? sourceText(source).zh : ''}${held}`
        : `  ${c.id}  ${c.path.en}: ${c.says.en} — ${source ? sourceText(source).en : ''}${held}`,
    );
  }
  return `${out.map((text) => text.trimEnd()).join('\n')}\n`;
}

/** The explanations of a kept person, month by month, under every benefit of the measure. */
function explanationsOf(policy: Policy, person: KeptPerson): Explanation[] {
  const months = monthsOf(person);
  const out: Explanation[] = [];
  for (const benefit of policy.benefitsOf('subsidy')) {
    const drawn = NOT_DRAWN();
    for (let start = 0; start < months.count; ) {
      let end = start + 1;
      while (end < months.count && months.month[end] === months.month[start]) end++;
      for (const row of policy.read(benefit, months, start, end, drawn)) {
        if (row.days.some((d) => d.outcome.is !== 'elsewhere'))
          out.push(policy.explain(benefit, months, row, (day) => records(person, day, policy)));
      }
      start = end;
    }
  }
  return out;
}

const NEXT_DAY = 1440;

/** The duty records that touch a day, as facts with their sheet rows, and what paid for the day already. */
function records(person: KeptPerson, day: Day, policy: Policy): FactRef[] {
  const own = (byDay(person).get(day) ?? []).map(
    (r): FactRef => ({ row: r.row, says: recordText(r, policy) }),
  );
  return own.concat(person.paid.filter((p) => p.from <= day && p.until > day).map(paidText));
}

const days = new WeakMap<KeptPerson, Map<Day, RecordSeen[]>>();

/** A person's records by the days they touch, gathered once: each day of each month asks for its own. */
function byDay(person: KeptPerson): Map<Day, RecordSeen[]> {
  let known = days.get(person);
  if (!known) {
    known = new Map();
    for (const r of person.records) {
      const began = parseDay(r.date) ?? 0;
      for (const day of r.to !== null && r.to > NEXT_DAY ? [began, began + 1] : [began])
        known.set(day, [...(known.get(day) ?? []), r]);
    }
    days.set(person, known);
  }
  return known;
}

/** What paid for some days, as the sheet of days already paid says: it has rows of its own, so they are named here. */
function paidText({ item, row }: KeptPerson['paid'][number]): FactRef {
  const by = item ? { zh: `“${item}”`, en: `"${item}"` } : { zh: '其他项目', en: 'another scheme' };
  return {
    row: null,
    says: {
      zh: `已由${by.zh}发放（已发明细第 ${row} 行）`,
      en: `paid by ${by.en} (row ${row} of the days already paid)`,
    },
  };
}

function recordText(r: RecordSeen, policy: Policy): Text {
  const at = parseDay(r.date) ?? 0;
  const post = policy.pack.posts.find((p) => p.id === r.post)?.label;
  const kind = r.kind ? kindLabel(policy.pack, r.kind) : null;
  const as = kind ? { zh: `，填报为${kind.zh}`, en: `, reported as ${kind.en}` } : { zh: '', en: '' };
  // The days of a grid are told once, above: what is added here is where they stand and that nobody saw hours.
  if (r.from === null || r.to === null)
    return {
      zh: `按考勤表所记，没有时长可查${as.zh}`,
      en: `as marked on the attendance sheet, no hours seen${as.en}`,
    };
  const [a, b] = [clock(r.from), clock(r.to)];
  return {
    zh: `${chineseDay(at)} ${post?.zh ?? ''} ${a.zh}至${b.zh}${as.zh}`,
    en: `${r.date} ${post?.en ?? ''} ${a.en} to ${b.en}${as.en}`,
  };
}

function clock(minutes: number): Text {
  const next = minutes > NEXT_DAY;
  const m = next ? minutes - NEXT_DAY : minutes;
  const text = `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
  return next ? { zh: `次日${text}`, en: `${text} next day` } : { zh: text, en: text };
}

const line = (f: FactRef, language: Language): string =>
  language === 'zh'
    ? `${f.says.zh}${f.row === null ? '' : `（值守表第 ${f.row} 行）`}`
    : `${f.says.en}${f.row === null ? '' : ` (duty sheet row ${f.row})`}`;

function facts(refs: readonly FactRef[] | undefined, indent: string, language: Language): string[] {
  return [...new Set((refs ?? []).map((f) => `${indent}${line(f, language)}`))];
}

function reason(
  f: Figure<unknown>,
  indent: string,
  language: Language,
  cite: (clause: string | undefined) => string,
): string[] {
  if ('gaps' in f) {
    return f.gaps.map((g) =>
      language === 'zh'
        ? `${indent}· 分担还不能确定：缺“${g.missing.zh}”，须由${g.whoMustAct.zh}确定${cite(g.clause)}`
        : `${indent}· Who bears it is not determined: "${g.missing.en}" is for the ${g.whoMustAct.en} to decide${cite(g.clause)}`,
    );
  }
  const { because } = f;
  return [
    `${indent}· ${because.says[language]}${cite(because.clause)}`,
    ...facts(because.facts, `${indent}    `, language),
    ...because.of.flatMap((o) => reason(o, `${indent}  `, language, cite)),
  ];
}
