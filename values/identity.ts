import type { Day } from './date.ts';
import { plain, type Text } from './text.ts';

/** Why a cell is not an identity number. `digitsLost` can only be mended from the card, never from the sheet. */
export type IdentityFault =
  | 'missing'
  | 'digitsLost'
  | 'masked'
  | 'length'
  | 'characters'
  | 'birth'
  | 'future'
  | 'checkDigit';

/** An identity number read, or why not and what the clerk can do. */
export type IdentityReading =
  | { readonly ok: string }
  | { readonly ok: null; readonly fault: IdentityFault; readonly reason: Text; readonly suggestion: Text };

/** GB 11643: the weights of the first seventeen digits; the eighteenth makes the weighted sum 1 modulo 11. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/** Nobody living was born before; earlier years are slips of the hand. */
const FIRST_YEAR = 1800;

/** What people leave around and between the digits: blanks, direction marks pasted from other programs, the apostrophe that forces text, dashes. */
const AROUND_DIGITS = /[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff'"`´‘’“”′,‐-―−-]+/g;

/** Signs typed for the check character X: the multiplication sign, Greek chi, Cyrillic kha. Each looks like X in the office's fonts. */
const LIKE_X = /[x×✕✖ΧχХх]/g;

/** Above this a number cell has lost digits: office programs keep fifteen significant ones. */
const FIFTEEN_DIGITS = 999_999_999_999_999;

/**
 * Reads a resident identity number as sheets hold it and gives the eighteen-character form with a capital X.
 * Full-width characters, blanks, a leading apostrophe, a small x and the fifteen-digit form (the same person: 19 is put
 * before the year, the check character computed) are read; residence permits of 81, 82 and 83 follow the same rule. The
 * first six digits are not compared with a list of divisions, because numbers keep codes abolished long ago.
 *
 * Errors: `missing`; `digitsLost` for an eighteen-digit number cell or scientific notation; `masked` where stars stand;
 * `length`, `characters`, `birth` (no such day), `future` (born after `asOf`), `checkDigit`.
 * Source: GB 11643-1999. Example: readIdentity('１１０１０５ 19491231002x', asOf) gives { ok: '11010519491231002X' }.
 */
export function readIdentity(raw: string | number | null, asOf: Day): IdentityReading {
  if (typeof raw === 'string') {
    const clean = raw.length === 18 ? faultOf(raw, asOf) : 'length';
    if (clean === null) return { ok: raw };
    return readUnclean(raw, asOf);
  }
  if (raw === null) return no('missing', '');
  // A fifteen-digit number fits a number cell whole; anything longer came back rounded.
  return Number.isInteger(raw) && raw <= FIFTEEN_DIGITS
    ? readUnclean(String(raw), asOf)
    : no('digitsLost', String(raw));
}

function readUnclean(raw: string, asOf: Day): IdentityReading {
  const written = plain(raw);
  if (written === '') return no('missing', '');
  if (/^'?\d(\.\d+)?e\+?\d+$/i.test(written)) return no('digitsLost', written);
  if (/[*＊●•]{2,}/.test(written)) return no('masked', written);
  const squeezed = written.replace(AROUND_DIGITS, '').replace(LIKE_X, 'X');
  const id = /^\d{15}$/.test(squeezed) ? eighteen(squeezed) : squeezed;
  const fault = faultOf(id, asOf);
  return fault === null ? { ok: id } : no(fault, written);
}

/** The fifteen-digit number of before 1999 as the eighteen of today. All who hold one were born in the 1900s. */
function eighteen(fifteen: string): string {
  const body = `${fifteen.slice(0, 6)}19${fifteen.slice(6)}`;
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += WEIGHTS[i]! * (body.charCodeAt(i) - 48);
  return body + CHECK_CHARACTERS[sum % 11];
}

/** Null for a good eighteen-character number. No allocation: duty sheets ask this millions of times. */
function faultOf(id: string, asOf: Day): IdentityFault | null {
  if (id.length !== 18) return /^[0-9X]*$/.test(id) ? 'length' : 'characters';
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    const digit = id.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return 'characters';
    sum += WEIGHTS[i]! * digit;
  }
  const last = id.charCodeAt(17);
  if (last !== 88 && (last < 48 || last > 57)) return 'characters';
  const year = digits(id, 6, 4);
  const month = digits(id, 10, 2);
  const dayOfMonth = digits(id, 12, 2);
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31 || year < FIRST_YEAR) return 'birth';
  // Only the 29th, 30th and 31st need the calendar, and only a recent year can lie in the future.
  if (dayOfMonth > 28 && bornOn(year, month, dayOfMonth) === null) return 'birth';
  if ((year - 1970) * 365 > asOf - 450 && (bornOn(year, month, dayOfMonth) ?? 0) > asOf) return 'future';
  return CHECK_CHARACTERS.charCodeAt(sum % 11) === last ? null : 'checkDigit';
}

/** The day, or null when the calendar has none such. Apart from `dayOf`, which begins in 1900: the standard's own example was born in 1880. */
function bornOn(year: number, month: number, dayOfMonth: number): Day | null {
  const at = new Date(Date.UTC(year, month - 1, dayOfMonth));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === dayOfMonth ? at.getTime() / 86_400_000 : null;
}

function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) value = value * 10 + text.charCodeAt(i) - 48;
  return value;
}

function no(fault: IdentityFault, written: string): IdentityReading {
  const { reason, suggestion } = WORDS[fault](written);
  return { ok: null, fault, reason, suggestion };
}

const COMPARE_WITH_CARD: Text = {
  zh: '请对照本人身份证逐位核对后重新填写。',
  en: 'Compare it digit by digit with the identity card and type it again.',
};

const WORDS: Readonly<
  Record<IdentityFault, (written: string) => { readonly reason: Text; readonly suggestion: Text }>
> = {
  missing: () => ({
    reason: { zh: '身份证号是空的。', en: 'The identity number is empty.' },
    suggestion: { zh: '请填写 18 位身份证号。', en: 'Enter the 18-character identity number.' },
  }),
  digitsLost: (written) => ({
    reason: {
      zh: `身份证号被当作数字保存（${written}），后几位已经丢失。`,
      en: `The identity number was stored as a number (${written}) and its last digits are lost.`,
    },
    suggestion: {
      zh: '请先把这一列设为“文本”格式，再按身份证重新填写；只改格式找不回丢失的数字。',
      en: 'Set the column to text format first, then type the number again from the card; changing the format alone does not bring the digits back.',
    },
  }),
  masked: (written) => ({
    reason: {
      zh: `身份证号是打了星号的（${written}），不能用来核对身份。`,
      en: `The identity number is masked (${written}) and cannot identify anybody.`,
    },
    suggestion: { zh: '请用未脱敏的花名册。', en: 'Use the sheet with the full numbers.' },
  }),
  length: (written) => ({
    reason: {
      zh: `身份证号“${written}”不是 18 位（也不是旧的 15 位）。`,
      en: `The identity number "${written}" has neither 18 characters nor the old 15 digits.`,
    },
    suggestion: COMPARE_WITH_CARD,
  }),
  characters: (written) => ({
    reason: {
      zh: `身份证号“${written}”里有不该有的字符。`,
      en: `The identity number "${written}" contains characters that do not belong there.`,
    },
    suggestion: {
      zh: '前 17 位只能是数字（注意字母 O 与 0、l 与 1），最后一位是数字或 X。',
      en: 'The first 17 are digits (mind the letter O for 0 and l for 1), the last is a digit or X.',
    },
  }),
  birth: (written) => ({
    reason: {
      zh: `身份证号“${written}”里的出生日期不存在。`,
      en: `The date of birth in the identity number "${written}" does not exist.`,
    },
    suggestion: COMPARE_WITH_CARD,
  }),
  future: (written) => ({
    reason: {
      zh: `身份证号“${written}”里的出生日期还没有到。`,
      en: `The date of birth in the identity number "${written}" lies in the future.`,
    },
    suggestion: COMPARE_WITH_CARD,
  }),
  // The digit that would fit is deliberately not told: typing it in would turn a wrong number into a false good one.
  checkDigit: (written) => ({
    reason: {
      zh: `身份证号“${written}”的校验码不对，其中至少有一位写错了。`,
      en: `The check digit of the identity number "${written}" does not fit: at least one digit is wrong.`,
    },
    suggestion: written.endsWith('000')
      ? {
          zh: '末三位是 000，可能被表格软件改成了零：请把这一列设为“文本”格式，再按身份证重新填写。',
          en: 'It ends in 000, which office programs put where digits were lost: set the column to text format and type the number again from the card.',
        }
      : COMPARE_WITH_CARD,
  }),
};

/**
 * An identity number as it may be posted in public: the first six and last four characters, or with `strict` the first
 * three and last two. Anything too short to keep its middle hidden becomes stars altogether.
 * Example: 110105********002X, strictly 110*************2X.
 */
export function maskIdentity(id: string, how: 'usual' | 'strict' = 'usual'): string {
  return how === 'usual' ? keepEnds(id, 6, 4) : keepEnds(id, 3, 2);
}

function keepEnds(text: string, first: number, last: number): string {
  if (text.length <= first + last) return '*'.repeat(text.length);
  return text.slice(0, first) + '*'.repeat(text.length - first - last) + text.slice(text.length - last);
}

/** What is doubtful about a card or telephone. Never a reason to set a row aside: it belongs on the check before paying. */
export type ContactIssue = {
  readonly kind: 'missing' | 'digitsLost' | 'length' | 'luhn' | 'characters' | 'different';
  readonly reason: Text;
  readonly suggestion: Text;
};

/** The number as digits (null when there is none to keep) and what is doubtful about it. */
export type ContactReading = { readonly value: string | null; readonly issue: ContactIssue | null };

/**
 * Reads a bank card number and checks its length (16 to 19 digits) and Luhn digit. What was typed is kept even when it
 * fails: some rural accounts are no cards, and only the bank knows whether number and name belong together.
 * Issues: `missing`; `digitsLost` for a long number cell; `characters`; `length`; `luhn`.
 */
export function checkBankCard(raw: string | number | null): ContactReading {
  const fixAtCard: Text = { zh: '请对照银行卡重新填写。', en: 'Type it again from the card.' };
  if (typeof raw === 'string' && /^\d{16,19}$/.test(raw) && passesLuhn(raw))
    return { value: raw, issue: null };
  if (typeof raw === 'number' && raw > FIFTEEN_DIGITS) return cardLost(String(raw));
  const card = raw === null ? '' : plain(String(raw)).replace(AROUND_DIGITS, '');
  if (card === '')
    return {
      value: null,
      issue: {
        kind: 'missing',
        reason: { zh: '没有银行卡号。', en: 'There is no bank card number.' },
        suggestion: { zh: '发放前请补上。', en: 'Supply it before paying.' },
      },
    };
  if (/^\d(\.\d+)?e\+?\d+$/i.test(card)) return cardLost(card);
  if (!/^\d+$/.test(card))
    return {
      value: card,
      issue: {
        kind: 'characters',
        reason: { zh: '银行卡号里有数字以外的字符。', en: 'The bank card number contains more than digits.' },
        suggestion: fixAtCard,
      },
    };
  if (card.length < 16 || card.length > 19)
    return {
      value: card,
      issue: {
        kind: 'length',
        reason: {
          zh: `银行卡号是 ${card.length} 位，银行卡一般是 16 至 19 位。`,
          en: `The bank card number has ${card.length} digits; cards have 16 to 19.`,
        },
        suggestion: {
          zh: '请核对；如果是存折账号，可以不改。',
          en: 'Check it; a passbook account may stay as it is.',
        },
      },
    };
  if (!passesLuhn(card))
    return {
      value: card,
      issue: {
        kind: 'luhn',
        reason: {
          zh: '银行卡号的校验位不对，可能写错了一位。',
          en: 'The check digit of the bank card number does not fit; a digit may be wrong.',
        },
        suggestion: fixAtCard,
      },
    };
  return { value: card, issue: null };
}

function cardLost(written: string): ContactReading {
  return {
    value: null,
    issue: {
      kind: 'digitsLost',
      reason: {
        zh: `银行卡号被当作数字保存（${written}），后几位已经丢失。`,
        en: `The bank card number was stored as a number (${written}) and its last digits are lost.`,
      },
      suggestion: {
        zh: '请把这一列设为“文本”格式，再对照银行卡重新填写。',
        en: 'Set the column to text format and type the number again from the card.',
      },
    },
  };
}

function passesLuhn(card: string): boolean {
  let sum = 0;
  for (let i = 0; i < card.length; i++) {
    const digit = card.charCodeAt(card.length - 1 - i) - 48;
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * Reads a telephone: a mobile number 1[3-9] and nine digits (+86 dropped), or a landline with its area code.
 * Issues: `missing`; `length` or `characters` for anything else, which is kept as typed.
 */
export function checkPhone(raw: string | number | null): ContactReading {
  const phone =
    raw === null
      ? ''
      : plain(String(raw))
          .replace(AROUND_DIGITS, '')
          .replace(/^(\+86|0086)/, '');
  if (phone === '')
    return {
      value: null,
      issue: {
        kind: 'missing',
        reason: { zh: '没有联系电话。', en: 'There is no telephone number.' },
        suggestion: { zh: '如有请补上。', en: 'Supply it if there is one.' },
      },
    };
  if (/^1[3-9]\d{9}$/.test(phone) || /^0\d{9,11}$/.test(phone)) return { value: phone, issue: null };
  return {
    value: phone,
    issue: {
      kind: /^\d+$/.test(phone) ? 'length' : 'characters',
      reason: {
        zh: `联系电话“${phone}”不是手机号，也不是带区号的座机号。`,
        en: `"${phone}" is neither a mobile number nor a landline with its area code.`,
      },
      suggestion: { zh: '请核对号码。', en: 'Check the number.' },
    },
  };
}
