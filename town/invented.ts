/** Invented people and sheets typed row by row, for the tests of the command line. Numbers have right check digits. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An invented identity number: nobody alive was born in 1900. */
export function invented(sequence: number, area = '120101'): string {
  const body = `${area}19000101${String(sequence).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((s, w, i) => s + w * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
}

/** A CSV as an office program saves it: UTF-8 with its mark, CRLF. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (c: string | number): string =>
    /[",\n]/.test(String(c)) ? `"${String(c).replace(/"/g, '""')}"` : String(c);
  return `\ufeff${rows.map((r) => r.map(cell).join(',')).join('\r\n')}\r\n`;
}

export const ROSTER = ['姓名', '身份证号', '区', '街镇', '社区', '人员类别', '任职起', '任职止'] as const;
export const DUTY = ['身份证号', '日期', '场所', '开始', '结束', '填报类别'] as const;
/** Where most of them stand: a real community of the first district. */
export const AT = ['和平区', '劝业场街道', '花园路社区'] as const;

/** Every day from one to another, both included. */
export function each(from: string, to: string): string[] {
  const days: string[] = [];
  for (let t = Date.parse(from); t <= Date.parse(to); t += 86_400_000)
    days.push(new Date(t).toISOString().slice(0, 10));
  return days;
}
