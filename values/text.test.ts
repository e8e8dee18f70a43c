import { describe, expect, test } from 'vitest';
import { plain, same } from './text.ts';

describe('what a person typed', () => {
  test.each([
    ['full-width digits', '１２３．５％', '123.5%'],
    ['full-width letters', 'ＡＢｃＸ', 'ABcX'],
    ['full-width brackets and commas', '（一），；：', '(一),;:'],
    ['every kind of blank', ' 王\u3000 \u00a0\u2003 五\ufeff\u200b ', '王 五'],
    ['a tab and a line break', '王\t五\r\n六', '王 五 六'],
    ['nothing but blanks', '\u3000 \u00a0', ''],
    ['marks that have no ordinary form', '“两委”、《通知》。￥', '“两委”、《通知》。￥'],
    ['ideographs are left', '㐀𠮷\uf900王', '㐀𠮷\uf900王'],
    ['plain text', 'abc 123', 'abc 123'],
  ])('%s', (_, typed, meant) => expect(plain(typed)).toBe(meant));
  test('plain twice is plain', () => expect(plain(plain('　Ａ　Ｂ　'))).toBe('A B'));
});

test('one text for both languages', () =>
  expect(same('云发〔2020〕1号')).toEqual({ zh: '云发〔2020〕1号', en: '云发〔2020〕1号' }));
