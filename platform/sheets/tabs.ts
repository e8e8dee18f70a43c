import { dirname, join } from 'node:path/posix';
import { inflate, type Part } from './unpack.ts';

/**
 * A tab of an .xlsx, in the order shown. Nobody sees a hidden one, so nobody is paid from it. `part` is the part that holds
 * its worksheet, '' when it is a chart or a macro sheet.
 */
export type Tab = {
  readonly name: string;
  readonly index: number;
  readonly hidden: boolean;
  readonly part: string;
};

/**
 * The tabs of a workbook, through its relations, as the format has it: archive → workbook → worksheet. The library tells
 * them too, but parses all shared texts to do so and does not say which part is which. None when it is no workbook.
 */
export async function tabsOf(bytes: Buffer, parts: ReadonlyMap<string, Part>, file: string): Promise<Tab[]> {
  const textOf = async (name: string) => {
    const part = parts.get(name);
    const pieces: Buffer[] = [];
    if (part) for await (const piece of inflate(bytes, part, file)) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  };
  /** Targets by id of the relations of a part that are of a type. */
  const relations = async (of: string, type: string) => {
    const text = await textOf(join(dirname(of), '_rels', `${of.split('/').at(-1)}.rels`));
    const targets = new Map<string, string>();
    for (const tag of tagsOf(text, 'Relationship'))
      if (attribute(tag, 'Type').endsWith(`/${type}`)) {
        const target = attribute(tag, 'Target');
        targets.set(
          attribute(tag, 'Id'),
          target.startsWith('/') ? target.slice(1) : join(dirname(of), target),
        );
      }
    return targets;
  };
  const [workbook] = (await relations('', 'officeDocument')).values();
  if (workbook === undefined) return [];
  const worksheets = await relations(workbook, 'worksheet');
  return tagsOf(await textOf(workbook), 'sheet').map((tag, index) => ({
    name: attribute(tag, 'name'),
    index,
    hidden: /hidden/i.test(attribute(tag, 'state')),
    part: worksheets.get(attribute(tag, '\\w+:id')) ?? '',
  }));
}

function tagsOf(xml: string, name: string): string[] {
  return xml.match(new RegExp(`<(?:\\w+:)?${name}\\s[^>]*>`, 'g')) ?? [];
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return unescaped(found?.[1] ?? found?.[2] ?? '');
}

const ESCAPES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ESCAPES[name] ?? all;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
