import Engine from 'publicodes';

/**
 * The amount and its two shares in publicodes: what it can say of the rule. Days come in counted, because it has no day
 * maps: the window, the second kind of a day and days paid elsewhere are worked out before it is asked. It has no gap
 * that names who must act, no refusal with a clause, and counts in floating numbers.
 */
const RULES = {
  'full days': { unité: 'jour', 'par défaut': '0 jour' },
  'half days': { unité: 'jour', 'par défaut': '0 jour' },
  'day rate': { unité: '€/jour', 'par défaut': '70 €/jour' },
  'guiding rate': { valeur: '70 €/jour' },
  shared: { 'par défaut': 'non' },
  days: { valeur: 'full days + half days / 2' },
  amount: { valeur: 'day rate * days' },
  'rate shared': { valeur: 'day rate', plafond: 'guiding rate' },
  city: {
    variations: [
      { si: 'shared', alors: { valeur: 'rate shared * days * 50 %', arrondi: '2 décimales' } },
      { sinon: '0 €' },
    ],
  },
  district: { valeur: 'amount - city' },
};

/** One worker's month as publicodes is asked about it; the rate in yuan (its € stands for 元). */
export type Asked = {
  readonly fullDays: number;
  readonly halfDays: number;
  readonly yuanPerDay: number;
  readonly isShared: boolean;
};

/** What it answers, in fen. */
export type Answered = { readonly fen: number; readonly city: number; readonly district: number };

export class InPublicodes {
  readonly #engine = new Engine(RULES);

  ask(of: Asked): Answered {
    this.#engine.setSituation({
      'full days': `${of.fullDays} jour`,
      'half days': `${of.halfDays} jour`,
      'day rate': `${of.yuanPerDay} €/jour`,
      shared: of.isShared ? 'oui' : 'non',
    });
    return { fen: this.#fen('amount'), city: this.#fen('city'), district: this.#fen('district') };
  }

  #fen(rule: string): number {
    const { nodeValue } = this.#engine.evaluate(rule);
    return typeof nodeValue === 'number' ? Math.round(nodeValue * 100) : 0;
  }
}
