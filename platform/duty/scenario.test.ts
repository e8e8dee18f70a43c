import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../policy/policy.ts';
import { readScenarios } from '../../policy/prove.ts';
import { day } from '../../values/date.ts';
import { packFolder, readPackFiles } from '../packs/read.ts';
import { loadDivisions } from '../places/divisions.ts';
import { foldScenario } from './scenario.ts';

const opened = (id: string) => {
  const policy = loadPolicy(id, readPackFiles(packFolder(id).dir), { divisions: loadDivisions() });
  if ('problems' in policy) throw new Error(policy.problems.map((p) => p.message.en).join('\n'));
  return policy;
};
const closed = opened('tianjin-2020');
const open = opened('inner-mongolia-2020');

/** People as a scenario file writes them, folded over February and March 2020. */
function folded(people: string, policy = closed) {
  const { scenarios, problems } = readScenarios([
    {
      path: 'scenarios/x.yaml',
      text: `scenarios:\n  - name: 试\n    cites: [X]\n    people:\n${people.replace(/^/gm, '      ')}\n`,
    },
  ]);
  expect(problems).toEqual([]);
  return foldScenario(scenarios[0].scenario.people, policy, {
    from: day('2020-02-01'),
    until: day('2020-04-01'),
  });
}

const AT = "place: '120101001001'";

describe('the people of a scenario', () => {
  it('are read and folded like a duty sheet, a row for each month', () => {
    const { months, persons, problems } = folded(
      `甲: { engagements: [{ kind: 社区工作者, ${AT} }], duty: [{ on: 2020-02-28, through: 2020-03-01, at: 卡口, from: 08:00, to: 15:00 }, { on: 2020-03-02, at: 卡口, from: 08:00, to: 13:00 }] }`,
    );
    expect(problems).toEqual([]);
    expect(persons).toEqual(['甲']);
    expect([...months.full]).toEqual([0b11 << 27, 0b1]);
    expect([...months.half]).toEqual([0, 0b10]);
    expect(months.kinds[months.kind[0]]).toBe('community-worker');
    expect(months.places[months.place[0]]).toBe('120101001001');
  });

  it('may be marked on grids instead, over several months and in several stretches', () => {
    const { months, problems } = folded(
      `甲: { engagements: [{ kind: 社区工作者, ${AT} }], days: [{ from: 2020-02-28, to: 2020-03-01, credit: 1 }, { from: 2020-03-03, to: 2020-03-03, credit: 0.5 }] }`,
    );
    expect(problems).toEqual([]);
    expect([...months.full]).toEqual([0b11 << 27, 0b1]);
    expect([...months.half]).toEqual([0, 0b100]);
  });

  it('are one person where two entries have one number, written with 15 and 18 digits', () => {
    const { months, persons, problems } =
      folded(`甲: { id: 11010519491231002X, engagements: [{ kind: 社区工作者, ${AT} }], duty: [{ on: 2020-02-03, at: 卡口, from: 08:00, to: 11:00 }] }
乙: { id: '110105491231002', engagements: [{ kind: 社区工作者, ${AT} }], duty: [{ on: 2020-02-03, at: 卡口, from: 14:00, to: 17:01 }] }`);
    expect(problems).toEqual([]);
    expect(persons).toEqual(['甲']);
    expect([...months.full]).toEqual([0b100]);
  });

  it('keep the kind they were reported under, the days paid elsewhere and 城乡', () => {
    const { months } = folded(
      `甲: { engagements: [{ kind: 社区工作者, ${AT}, area: rural }], duty: [{ on: 2020-02-03, at: 卡口, from: 08:00, to: 15:00, as: 网格员 }], paid-elsewhere: [{ from: 2020-02-03, to: 2020-02-04 }] }`,
    );
    expect([...months.kind].map((k) => months.kinds[k])).toEqual(['community-worker', 'grid-worker']);
    expect([...months.paidElsewhere]).toEqual([0b1100, 0b1100]);
    expect([...(months.area ?? [])]).toEqual([2, 0]);
  });

  it('are on duty on every civil day they touched, credited or not, whatever day a night is given to', () => {
    const { months } = folded(
      `甲: { engagements: [{ kind: 社区工作者, ${AT} }], duty: [{ on: 2020-02-03, at: 卡口, from: 08:00, to: 15:00 }, { on: 2020-02-05, at: 卡口, from: 08:00, to: 10:00 }, { on: 2020-02-07, at: 卡口, from: 20:00, to: 02:00 }] }`,
    );
    expect([...months.full]).toEqual([0b100]);
    expect([...(months.served ?? [])]).toEqual([0b11010100]);
  });

  it('of a kind the pack does not name keep it as written where the list is open', () => {
    const { months, problems } = folded(
      "甲: { engagements: [{ kind: 保洁员, place: '150102001001' }], duty: [{ on: 2020-02-03, at: 卡口, from: 08:00, to: 15:00 }] }",
      open,
    );
    expect(problems).toEqual([]);
    expect(months.kinds[months.kind[0]]).toBe('?保洁员');
  });

  it.each([
    ['a kind', `甲: { engagements: [{ kind: 保洁员, ${AT} }] }`, '甲: "保洁员" is no kind of the pack'],
    [
      'a reported kind',
      `甲: { engagements: [{ kind: 网格员, ${AT} }], duty: [{ on: 2020-02-03, at: 卡口, from: 08:00, to: 15:00, as: 厨师 }] }`,
      '甲: "厨师" is no kind of the pack',
    ],
    [
      'a post',
      `甲: { engagements: [{ kind: 网格员, ${AT} }], duty: [{ on: 2020-02-03, at: 食堂, from: 08:00, to: 15:00 }] }`,
      '甲: "食堂" is no post of the pack',
    ],
    [
      'a place',
      "甲: { engagements: [{ kind: 网格员, place: '990101001001' }] }",
      '甲: there is no division 990101001001',
    ],
    [
      'a time',
      `甲: { engagements: [{ kind: 网格员, ${AT} }], duty: [{ on: 2020-02-03, at: 卡口, from: 08:00, to: 25:00 }] }`,
      '甲: 08:00 to 25:00 are no times of day',
    ],
    [
      'an identity number',
      `甲: { id: '110105194912310021', engagements: [{ kind: 网格员, ${AT} }] }`,
      '甲: The check digit of the identity number "110105194912310021" does not fit: at least one digit is wrong.',
    ],
    [
      'a stretch',
      `甲: { engagements: [{ kind: 网格员, ${AT} }], duty: [{ on: 2020-02-03, through: 2020-02-01, at: 卡口, from: 08:00, to: 15:00 }] }`,
      '甲: duty through 2020-02-01 ends before 2020-02-03',
    ],
  ])('with %s that is none are told, never guessed', (_, people, problem) => {
    expect(folded(people).problems).toEqual([problem]);
  });
});
