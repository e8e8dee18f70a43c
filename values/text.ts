/** A sentence or label in both languages of the product. Chinese is what the office reads, English is complete. */
export type Text = { readonly zh: string; readonly en: string };

export type Language = keyof Text;

/** Both languages at once, for a text that is the same in each (a number, a document number, a code). */
export const same = (text: string): Text => ({ zh: text, en: text });

/**
 * Full-width digits, letters and punctuation to their ordinary forms, every kind of blank to one space, ends trimmed.
 * What a person typed stays what they meant: nothing else changes. Width follows Unicode NFKC for U+FF01 to U+FF5E only,
 * so rare ideographs are never replaced by look-alikes.
 */
export function plain(text: string): string {
  return text
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00a0\u2000-\u200b\u202f\u3000\ufeff]+/g, ' ')
    .trim();
}
