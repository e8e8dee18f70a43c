import type { OutColumn, OutLook } from './contract.ts';

type Align = NonNullable<OutColumn['align']>;
/** How a cell is shown: a kind of column, or text standing where a number would. */
type Format = 'text' | 'integer' | 'days' | 'money';

const FORMAT_IDS: Record<Format, number> = { text: 49, integer: 1, days: 164, money: 4 };
const FORMATS: readonly Format[] = ['text', 'integer', 'days', 'money'];
const ALIGNS: readonly Align[] = ['left', 'centre', 'right'];

/** Font, fill and border of each look, as places in the lists of `STYLES`. Borders: 0 none, 1 thin all round. */
const LOOKS: Record<OutLook, { font: number; fill: number; border: number }> = {
  body: { font: 0, fill: 0, border: 1 },
  subtotal: { font: 1, fill: 2, border: 1 },
  total: { font: 1, fill: 3, border: 1 },
  words: { font: 1, fill: 0, border: 1 },
  heading: { font: 1, fill: 4, border: 1 },
  title: { font: 2, fill: 0, border: 0 },
  note: { font: 0, fill: 0, border: 0 },
  sign: { font: 0, fill: 0, border: 0 },
  problem: { font: 0, fill: 5, border: 1 },
  warning: { font: 0, fill: 6, border: 1 },
};
const LOOK_NAMES = Object.keys(LOOKS) as OutLook[];

const DEFAULT_ALIGN: Record<Format, Align> = {
  text: 'left',
  integer: 'centre',
  days: 'centre',
  money: 'right',
};

/** The number of the style of a cell. Number 0 is the plain style every workbook must have. */
export function styleOf(look: OutLook, format: Format, align?: Align): number {
  const side = align ?? (look === 'heading' || look === 'title' ? 'centre' : DEFAULT_ALIGN[format]);
  return (
    1 +
    (LOOK_NAMES.indexOf(look) * FORMATS.length + FORMATS.indexOf(format)) * ALIGNS.length +
    ALIGNS.indexOf(side)
  );
}

const font = (size: number, bold: boolean) =>
  `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><color rgb="FF000000"/><name val="宋体"/><family val="3"/><charset val="134"/></font>`;
const fill = (rgb: string) =>
  `<fill><patternFill patternType="solid"><fgColor rgb="FF${rgb}"/><bgColor indexed="64"/></patternFill></fill>`;
const side = (name: string) => `<${name} style="thin"><color rgb="FF7F7F7F"/></${name}>`;

/** Shades that stay apart on a black-and-white copier; the tints are light enough to print over. */
const FILLS = ['F2F2F2', 'D9D9D9', 'EDEDED', 'FBE3DF', 'FFF4D6'];

function cellStyle(look: OutLook, format: Format, align: Align): string {
  const { font, fill, border } = LOOKS[look];
  const horizontal = align === 'centre' ? 'center' : align;
  const wrap = format === 'text' && look !== 'sign' ? ' wrapText="1"' : '';
  return `<xf numFmtId="${FORMAT_IDS[format]}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${horizontal}" vertical="center"${wrap}/></xf>`;
}

/** The one styles part of every workbook we write: all looks in all formats, so that a sheet only names numbers. */
export const STYLES = (() => {
  const xfs = LOOK_NAMES.flatMap((look) =>
    FORMATS.flatMap((format) => ALIGNS.map((align) => cellStyle(look, format, align))),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="0.0"/></numFmts>',
    `<fonts count="3">${font(11, false)}${font(11, true)}${font(18, true)}</fonts>`,
    `<fills count="${FILLS.length + 2}"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${FILLS.map(fill).join('')}</fills>`,
    `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${side('left')}${side('right')}${side('top')}${side('bottom')}<diagonal/></border></borders>`,
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${xfs.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${xfs.join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>',
    '</styleSheet>',
  ].join('');
})();
