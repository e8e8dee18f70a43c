import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { settle } from '../../measures/subsidy/rules.ts';
import { AT, csv, DUTY, invented, ROSTER } from '../../town/invented.ts';
import { takeIn } from './intake.ts';

const folder = mkdtempSync(join(tmpdir(), 'shouwang-preflight-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('before paying, a card is asked of those who are paid or wait, not of those who are refused', async () => {
  const [paid, refused, waiting] = [invented(1), invented(2), invented(3)];
  writeFileSync(
    join(folder, 'roster.csv'),
    csv([
      ROSTER,
      ['王示', paid, ...AT, '社区工作者'],
      ['李示', refused, ...AT, '志愿者'],
      ['张示', waiting, ...AT, '其他区自定人员'],
    ]),
  );
  writeFileSync(
    join(folder, 'duty.csv'),
    csv([DUTY, ...[paid, refused, waiting].map((id) => [id, '2020-02-03', '卡口', '08:00', '16:00', ''])]),
  );
  const { facts } = await takeIn(
    {
      pack: 'tianjin-2020',
      roster: join(folder, 'roster.csv'),
      duty: join(folder, 'duty.csv'),
      grid: null,
      settings: null,
      paid: null,
      from: '2020-02-01',
      to: '2020-02-29',
    },
    { report: () => undefined },
  );
  expect(settle(facts).preflight.flatMap((item) => (item.sort === 'card' ? item.name : []))).toEqual([
    '王示',
    '张示',
  ]);
});
