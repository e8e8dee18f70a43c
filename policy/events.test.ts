import { describe, expect, test } from 'vitest';
import { day } from '../values/date.ts';
import { fraction } from '../values/fraction.ts';
import { inventedPack, inventedPolicy, set, WILLOW } from './invented-notice.ts';
import type { EventFact, Policy } from './policy.ts';

/** Something that happened to a person: by default the event the health check is for, on 10 February. */
const event = (over: Partial<EventFact> = {}): EventFact => ({
  person: 0,
  place: WILLOW,
  kind: 'worker',
  event: 'over',
  day: day('2020-02-10'),
  ...over,
});

function outcomes(policy: Policy, ...events: EventFact[]): string[] {
  const benefit = policy.pack.benefits.find((b) => b.per === 'event')!;
  return policy
    .entitleEvents(benefit, events)
    .map((o) =>
      o.is === 'granted'
        ? `${o.sum.fen} fen, shares ${o.sum.shares}`
        : o.is === 'refused'
          ? `refused: ${o.refusal.says.en} (${o.refusal.clause})`
          : `waits for ${o.gaps.map((g) => `${g.missing.en}: ${g.whoMustAct.en}`).join('; ')}`,
    );
}

describe('an amount owed once, for an event', () => {
  const policy = inventedPolicy();
  test('is the standard of its day', () => {
    expect(
      outcomes(
        policy,
        event(),
        event({ person: 1, day: day('2020-02-29') }),
        event({ person: 2, day: day('2020-03-01') }),
      ),
    ).toEqual(['50000 fen, shares 50000', '50000 fen, shares 50000', '60000 fen, shares 60000']);
  });
  test('is what the county set', () =>
    expect(outcomes(inventedPolicy([set('990101', 'check-standard', fraction(80000))]), event())).toEqual([
      '80000 fen, shares 80000',
    ]));
  test('is not owed a second time to one person, and is to another', () => {
    expect(outcomes(policy, event(), event({ day: day('2020-02-11') }), event({ person: 1 }))).toEqual([
      '50000 fen, shares 50000',
      'refused: once each (Y-5)',
      '50000 fen, shares 50000',
    ]);
  });
  test('an event that was refused does not use up the one time', () => {
    expect(outcomes(policy, event({ kind: 'helper' }), event())).toEqual([
      'refused: not among those the benefit is for (Y-5)',
      '50000 fen, shares 50000',
    ]);
  });
  test('waits where no standard is known', () =>
    expect(outcomes(policy, event({ day: day('2019-12-31') }))).toEqual([
      "waits for Health check standard: 东河区 people's government",
    ]));
  test('of another event nothing is owed, and nothing is missing', () => {
    expect(
      outcomes(policy, event({ event: 'flood' }), event({ event: 'flood', day: day('2019-12-31') })),
    ).toEqual([
      'refused: not the event this benefit is for (Y-5)',
      'refused: not the event this benefit is for (Y-5)',
    ]);
  });
  test('without a word on once it is owed each time', () => {
    const pack = inventedPack({
      'benefits.yaml': [['    once: { clause: Y-5, says: { zh: 每人一次, en: once each } }\n', '']],
    });
    expect(outcomes(inventedPolicy([], { pack }), event(), event())).toEqual([
      '50000 fen, shares 50000',
      '50000 fen, shares 50000',
    ]);
  });
});
