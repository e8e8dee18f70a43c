import { describe, expect, test } from 'vitest';
import { day, firstDay, isoDay } from './date.ts';
import { readDate, readMonth, readNextDayTime, readTime } from './written-date.ts';

describe('a date as written', () => {
  test.each([
    '2020-02-03',
    '2020-2-3',
    '2020.2.3',
    '2020.02.03',
    '2020/2/3',
    '2020/02/03',
    '2020年2月3日',
    '2020年02月03日',
    '2020年2月3号',
    '2020 年 2 月 3 日',
    '20200203',
    '２０２０．２．３',
    '2020。2。3',
    '2020-02-03 00:00:00',
    '2020-02-03T08:30',
    '2020/2/3 8:30',
    '2020-02-03 星期一',
    '2020-02-03（周一）',
    "'2020-02-03",
    ' 2020-02-03 ',
    '43864',
    '43864.5',
    43864,
    43864.75,
    20200203,
  ])('%s is 3 February 2020', (cell) => expect(readDate(cell)).toBe(day('2020-02-03')));

  test.each([
    ['two-digit years', '20.2.3'],
    ['day before year', '3/2/2020'],
    ['a month alone', '2020-02'],
    ['a month alone in Chinese', '2020年2月'],
    ['a year alone', '2020'],
    ['a year alone in a number cell', 2020],
    ['a count', 12],
    ['a day the calendar does not have', '2020-02-30'],
    ['29 February of a common year', '2019-02-29'],
    ['month thirteen', '2020-13-01'],
    ['day zero', '2020-02-00'],
    ['a time with a zone, which may be the day before', '2020-02-02T16:00:00.000Z'],
    ['words', '春节后'],
    ['letters among the digits', '2O20-02-03'],
    ['nothing', ''],
    ['nothing at all', null],
  ])('with %s is not guessed at', (_, cell) => expect(readDate(cell)).toBeNull());

  test('is read the same by the fast way and the calendar, on every day of four centuries', () => {
    for (let d = day('1900-01-01'); d <= day('2200-12-31'); d++) {
      const iso = isoDay(d);
      if (readDate(iso) !== d) expect([iso, readDate(iso)]).toEqual([iso, d]);
    }
  });

  test('of every serial number is the day the office program shows', () => {
    expect(readDate(25569)).toBe(day('1970-01-01'));
    expect(readDate(19_999)).toBeNull();
    expect(readDate(20_000)).toBe(day('1954-10-03'));
    expect(readDate(79_999)).toBe(day('2119-01-10'));
    expect(readDate(80_000)).toBeNull();
  });

  test('that names only its month is told apart', () => {
    for (const cell of ['2020-02', '2020.2', '2020年2月', '2020/02', '202002', 202002])
      expect(firstDay(readMonth(cell) ?? 0)).toBe(day('2020-02-01'));
    for (const cell of ['2020-02-03', '2020-13', '2020', 43864, null]) expect(readMonth(cell)).toBeNull();
  });
});

describe('a time as written', () => {
  test.each<[string | number, number]>([
    ['8:00', 480],
    ['08:00', 480],
    ['8：00', 480],
    ['０８：００', 480],
    ['08:00:00', 480],
    ['0800', 480],
    ['8时', 480],
    ['8点', 480],
    ['8点整', 480],
    ['8点钟', 480],
    ['8时30分', 510],
    ['8点半', 510],
    ['8点30', 510],
    ['22点', 1320],
    ['22:30', 1350],
    ['上午8:30', 510],
    ['上午 8:30', 510],
    ['早上8点', 480],
    ['下午2:30', 870],
    ['下午2点半', 870],
    ['下午14:30', 870],
    ['中午12:00', 720],
    ['下午12:30', 750],
    ['中午1点', 780],
    ['晚上10点', 1320],
    ['晚8点', 1200],
    ['晚上12点', 1440],
    ['凌晨2点', 120],
    ['2:30 PM', 870],
    ['8:30 AM', 510],
    ['12:30 am', 30],
    ['24:00', 1440],
    ['0:00', 0],
    ['00:00', 0],
    ['23:59', 1439],
    ['23:59:59', 1440],
    ['2020-02-03 08:00', 480],
    ['2020-02-03 08:00:00', 480],
    ['2020年2月3日 8时30分', 510],
    [0.3333, 480],
    [1 / 3, 480],
    [0, 0],
    [1, 1440],
    [0.25, 360],
    [43864.75, 1080],
    ['0.3333', 480],
  ])('%s is %s minutes after midnight', (cell, minutes) => expect(readTime(cell)).toBe(minutes));

  test.each([
    ['an hour alone, which may be a count', 8],
    ['an hour alone as text', '8'],
    ['a date', '2020-02-03'],
    ['a serial date', 43864],
    ['an hour the day does not have', '25:00'],
    ['a minute past its end', '24:01'],
    ['sixty minutes', '8:60'],
    ['one digit of minutes', '8:5'],
    ['a colon and no minutes', '8:'],
    ['noon or midnight', '上午12:00'],
    ['the small hours of a night nobody can date', '晚上2点'],
    ['a time of the next day', '次日6:00'],
    ['a day less than nothing', -0.5],
    ['words', '全天'],
    ['nothing', ''],
    ['nothing at all', null],
  ])('with %s is not guessed at', (_, cell) => expect(readTime(cell)).toBeNull());

  test('of the next day is read only by who asks for it', () => {
    expect(readNextDayTime('次日6:00')).toBe(360);
    expect(readNextDayTime('第二天 6点半')).toBe(390);
    expect(readNextDayTime('6:00')).toBeNull();
    expect(readNextDayTime(0.25)).toBeNull();
  });

  test('is read the same by the fast way and the slow, on every minute of the day', () => {
    for (let m = 0; m <= 1440; m++) {
      const [hour, minute] = [String(Math.floor(m / 60)).padStart(2, '0'), String(m % 60).padStart(2, '0')];
      expect([readTime(`${hour}:${minute}`), readTime(`${hour}：${minute}`), readTime(m / 1440)]).toEqual([
        m,
        m,
        m,
      ]);
    }
  });
});

test('dates and times of a whole city of duty rows are read in under half a second of processor time each', () => {
  const dates = Array.from({ length: 200 }, (_, i) => isoDay(day('2020-01-01') + i));
  const times = Array.from(
    { length: 96 },
    (_, i) => `${String(i >> 2).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')}`,
  );
  const seconds = (work: () => void): number => {
    const before = process.cpuUsage();
    work();
    const used = process.cpuUsage(before);
    return (used.user + used.system) / 1e6;
  };
  let sum = 0;
  expect(
    seconds(() => {
      for (let i = 0; i < 2_600_000; i++) sum += readDate(dates[i % 200]!)!;
    }),
  ).toBeLessThan(0.5);
  expect(
    seconds(() => {
      for (let i = 0; i < 2_600_000; i++) sum += readTime(times[i % 96]!)!;
    }),
  ).toBeLessThan(0.5);
  expect(sum).toBeGreaterThan(0);
});
