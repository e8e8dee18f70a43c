import { plain } from './text.ts';

/** Money: a whole number of fen (1 yuan is 100). Negative for a correction downwards. Never a fraction, never yuan. */
export type Fen = number;

/**
 * An amount as people write it: optional currency sign, digits with or without groups of three, at most two decimals,
 * then optionally 元, 整 and what it is for (/天, /人·天, 每人每天). No /月: a monthly amount read as a daily one would be paid.
 */
const WRITTEN =
  /^(?:人民币|RMB|CNY)? ?¥? ?([-−]?)(\d+|\d{1,3}(?:[, ]\d{3})+)(?:\.(\d{1,2}))?(?: ?[元圆] ?整?)?(?: ?[/每·*] ?[人名天日]+)*$/;

/**
 * An amount in yuan as a whole number of fen, from a cell or an option. Null when it cannot be read exactly: more than
 * two decimals, groups that are not of three, 万元 (a sheet whose unit is unclear is not guessed at), nothing at all.
 * A number cell is taken at the fifteen digits an office program shows, so 105.30000000000001 is 105.30.
 * Example: parseYuan('1,234.50') is 123450, parseYuan('90 元/天') is 9000, parseYuan('70.005') is null.
 */
export function parseYuan(written: string | number | null): Fen | null {
  if (written === null) return null;
  const text =
    typeof written === 'number'
      ? String(Number(written.toPrecision(15)))
      : plain(written).replaceAll('￥', '¥');
  const m = WRITTEN.exec(text);
  if (!m) return null;
  const fen = Number(m[2]!.replace(/[, ]/g, '')) * 100 + Number((m[3] ?? '').padEnd(2, '0'));
  return Number.isSafeInteger(fen) ? (m[1] && fen !== 0 ? -fen : fen) : null;
}

/** Fen as yuan with thousands groups, for people: 140950 is "1,409.50". Throws on what is not whole fen. */
export function yuan(fen: Fen): string {
  const [whole = '', rest] = plainYuan(fen).split('.');
  return `${whole.replace(/(\d)(?=(\d{3})+$)/g, '$1,')}.${rest}`;
}

/** Fen as yuan with two decimals and nothing else, for bank files and cells: 140950 is "1409.50". Throws on what is not whole fen. */
export function plainYuan(fen: Fen): string {
  const size = Math.abs(whole(fen));
  return `${fen < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];

/**
 * The amount in the capital numerals of Chinese bank papers, without the prefix 人民币, which is written directly before
 * it. A whole amount ends in 整; jiao and fen take none; any run of zeros is one 零; 零 also stands after 元 where the
 * yuan end in 0 or there are no jiao. Negative amounts begin with 负. Throws on what is not whole fen.
 * Source: the central bank's basic rules for filling in bills and settlement papers (1997), of its two permitted ways
 * the one the tables of this field use: 107,000.53 is 壹拾万柒仟元零伍角叁分.
 */
export function inWords(fen: Fen): string {
  const size = Math.abs(whole(fen));
  const yuanPart = Math.floor(size / 100);
  const jiao = Math.floor(size / 10) % 10;
  const rest = size % 10;
  const sign = fen < 0 ? '负' : '';
  if (size === 0) return '零元整';
  const head = yuanPart === 0 ? '' : `${wholeInWords(yuanPart)}元`;
  if (jiao === 0 && rest === 0) return `${sign}${head}整`;
  const gap = yuanPart > 0 && (jiao === 0 || yuanPart % 10 === 0) ? '零' : '';
  return sign + head + gap + (jiao ? `${DIGITS[jiao]}角` : '') + (rest ? `${DIGITS[rest]}分` : '');
}

/** A positive whole number: hundred-millions, then ten-thousands, then the last four digits. */
function wholeInWords(n: number): string {
  for (const [unit, name] of [
    [100_000_000, '亿'],
    [10_000, '万'],
  ] as const) {
    if (n < unit) continue;
    const low = n % unit;
    // One 零 where the lower part does not fill its highest place: 10,0005 is 壹拾万零伍, 10,7000 is 壹拾万柒仟.
    const gap = low > 0 && low < unit / 10 ? '零' : '';
    return wholeInWords(Math.floor(n / unit)) + name + gap + (low > 0 ? wholeInWords(low) : '');
  }
  let words = '';
  let zero = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(n / 10 ** place) % 10;
    if (digit === 0) zero = words !== '';
    else {
      words += (zero ? '零' : '') + DIGITS[digit] + PLACES[place];
      zero = false;
    }
  }
  return words;
}

function whole(fen: Fen): Fen {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not whole fen: ${fen}`);
  return fen;
}
