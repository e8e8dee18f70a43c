import { chineseDay, type Day, isoDay } from '../../values/date.ts';
import { maskIdentity, readIdentity } from '../../values/identity.ts';
import { inclusive } from '../../values/period.ts';
import type { Text } from '../../values/text.ts';
import type { Cell } from '../sheets/contract.ts';
import type { Engaged, RosterFacts } from './contract.ts';
import { later } from './found.ts';
import { kept, nameKey, said } from './wording.ts';

/** A person of the roster by index, or why the cell names none: a stranger's number is good, but not on the roster. */
type PersonFound = number | { readonly stranger: boolean; readonly message: Text; readonly suggestion: Text };

const ADD_TO_ROSTER: Text = {
  zh: '请先把本人列入花名册（含人员类别和任职起止），或更正身份证号。',
  en: 'Put the person on the roster first (with kind and term), or correct the identity number.',
};

/**
 * Finds people of the roster by identity number. A number written well costs one look-up; any other way of writing it
 * is read once and remembered, so that 15 and 18 digits, full width and a small x all come to the same person.
 */
export function peopleByNumber(roster: RosterFacts, asOf: Day): (cell: Cell | undefined) => PersonFound {
  const at = new Map<string, PersonFound>();
  for (const person of roster.persons) at.set(person.id, person.index);
  return (cell) => {
    const known = typeof cell === 'string' ? at.get(cell) : undefined;
    if (known !== undefined) return known;
    const reading = readIdentity(cell ?? null, asOf);
    let found: PersonFound;
    if (reading.ok === null) {
      found = { stranger: false, message: reading.reason, suggestion: reading.suggestion };
    } else {
      const id = kept(reading.ok);
      found = at.get(id) ?? {
        stranger: true,
        message: later(() => ({
          zh: `花名册上没有身份证号为 ${maskIdentity(id)} 的人。`,
          en: `Nobody on the roster has the identity number ${maskIdentity(id)}.`,
        })),
        suggestion: ADD_TO_ROSTER,
      };
    }
    // A sheet of nothing but wrong numbers must not fill the memory with them.
    if (typeof cell === 'string' && at.size < roster.persons.length + 100_000) at.set(kept(cell), found);
    return found;
  };
}

/** Whether a name on a sheet is the roster's, blanks and the shape of the dot aside. An empty name says nothing. */
export function sameName(cell: Cell | undefined, name: string): boolean {
  if (cell === name || cell === null || cell === undefined) return true;
  const written = nameKey(said(cell));
  return written === '' || written === nameKey(name);
}

/** A warning: the number is on the roster under another name, and the number counts. */
export const otherName = (written: string, name: string): Text =>
  later(() => ({
    zh: `姓名写的是“${written}”，花名册上这个身份证号是“${name}”。已按身份证号计。`,
    en: `The name is written "${written}"; on the roster this identity number belongs to "${name}". Counted by the number.`,
  }));

export const CHECK_NAME: Text = {
  zh: '请核对是改名、笔误，还是填了别人的身份证号。',
  en: 'Check whether the name changed, is a slip, or the number is someone else’s.',
};

/** "2020-02-03 起 / 至 …", as a sentence names the terms a person holds. */
function termsHeld(engagements: readonly Engaged[]): Text {
  const one = (e: Engaged): Text => {
    const { from, to } = inclusive(e.period);
    return {
      zh: `${e.community}${e.kindText}（${from ?? '未写起'} 至 ${to ?? '今'}）`,
      en: `${e.kindText} in ${e.community} (${from ?? 'open'} to ${to ?? 'open'})`,
    };
  };
  const texts = engagements.map(one);
  return { zh: texts.map((t) => t.zh).join('、'), en: texts.map((t) => t.en).join('; ') };
}

/** Nobody is credited for a day on which no engagement is in force; the roster may lack one. */
export function outsideTerm(days: readonly Day[], name: string, engagements: readonly Engaged[]): Text {
  return later(() => {
    const held = termsHeld(engagements);
    const none = engagements.length === 0;
    return {
      zh: `${name}在${days.map(chineseDay).join('、')}没有任职，值守在任职期之外，不计。${none ? '花名册上没有其有效任职。' : `任职：${held.zh}。`}`,
      en: `${name} holds no engagement on ${days.map(isoDay).join(', ')}: duty outside the engagement is not counted. ${none ? 'The roster has no usable engagement.' : `Engagements: ${held.en}.`}`,
    };
  });
}

export const CHECK_TERM: Text = {
  zh: '请核对日期；如当日确在任职，请更正花名册的任职起止。',
  en: 'Check the date; if the person did hold the post that day, correct the term on the roster.',
};
