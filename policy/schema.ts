import * as z from 'zod';
import { CLAUSE_FORCES, CLAUSE_GIVES, DAY_KINDS, MEASURES, PARAMETER_FORCES } from './pack.ts';

/** The shape of each file of a pack, before any name in it is looked up. Unknown keys are refused: a misspelt key is a rule lost. */
const id = z.string().regex(/^[A-Za-z][A-Za-z0-9]*([-.][A-Za-z0-9]+)*$/);
const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const measure = z.enum(MEASURES);
const formula = z
  .union([z.string().min(1), z.boolean(), z.number()])
  .transform((v) => (v === true ? 'yes' : v === false ? 'no' : String(v)));
const division = z.string().regex(/^\d{12}$/);
const options = z.array(z.strictObject({ id, label: text })).min(1);
const period = z.strictObject({ from: date.nullable(), until: date.nullable() });
const words = z.array(z.string().min(1)).default([]);
const type = z.enum([
  'money',
  'days',
  'rate',
  'number',
  'minutes',
  'flag',
  'date',
  'periods',
  'choice',
  'set',
]);
const refusal = z.strictObject({ clause: id, says: text });
const condition = z.strictObject({ if: formula, else: refusal });

/** pack.yaml: what the pack is, its levels of government, and which measures and modules are on. */
export const packFile = z.strictObject({
  version: z.union([z.string(), z.number()]).transform(String),
  title: text,
  division,
  extends: z.string().nullable().default(null),
  levels: z
    .array(
      z.strictObject({
        id,
        label: text,
        digits: z.union([z.literal(2), z.literal(4), z.literal(6), z.literal(9), z.literal(12)]),
        headers: z.array(z.string().min(1)).min(1),
      }),
    )
    .min(1),
  pays: id,
  measures: z.partialRecord(measure, z.boolean()),
  modules: z
    .array(z.strictObject({ id, label: text, measure, on: z.boolean(), clause: id.optional() }))
    .default([]),
});

const source = z.strictObject({
  id,
  title: text,
  number: z.string().nullable(),
  'number-note': text.optional(),
  issuer: text,
  date: date.nullable(),
  'date-note': text.optional(),
  held: z.enum(['held', 'cited']),
  note: text.optional(),
});

const body = z.strictObject({
  id,
  name: text,
  level: id.nullable(),
  line: id,
  suffix: text.optional(),
  'suffix-by-name-end': z.record(z.string(), text).optional(),
});

const clause = z.strictObject({
  id,
  source: id,
  path: text,
  measure,
  force: z.enum(CLAUSE_FORCES),
  gives: z.enum(CLAUSE_GIVES),
  zh: z.string().min(1),
  en: z.string().min(1),
  bodies: z.array(id),
  pending: text.optional(),
});

const raw = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), period]))]);

const parameter = z.strictObject({
  id,
  label: text,
  aliases: words,
  type,
  unit: z.literal('percent').optional(),
  options: options.optional(),
  force: z.enum(PARAMETER_FORCES),
  clause: id,
  measure,
  'set-by': z.array(id).default([]),
  'needs-document': z.boolean().default(false),
  'guided-by': id.optional(),
  'read-by': z.array(measure).default([]),
  'implied-by': z.strictObject({ parameter: id, value: raw }).optional(),
  values: z
    .array(
      z.strictObject({
        from: date.nullable(),
        until: date.nullable(),
        value: raw,
        source: id,
        known: date.optional(),
      }),
    )
    .default([]),
});

const timeline = z.strictObject({
  id,
  label: text,
  states: options,
  'declared-by': id,
  clause: id,
  entries: z.array(
    z.strictObject({
      division,
      from: date.nullable(),
      until: date.nullable(),
      state: id,
      source: id,
      known: date.optional(),
    }),
  ),
});

const calendar = z.strictObject({
  from: date,
  until: date,
  source: id,
  weekend: z.array(z.number().int().min(1).max(7)),
  days: z.array(z.strictObject({ from: date, until: date, kind: z.enum(DAY_KINDS) })),
});

const kind = z.strictObject({
  id,
  label: text,
  aliases: words,
  clause: id,
  line: id.optional(),
  area: z.enum(['urban', 'rural']).optional(),
});
const post = z.strictObject({ id, label: text, aliases: words });
const share = z.strictObject({
  bearer: id,
  part: formula,
  'up-to': formula.optional(),
  clause: id,
  'paid-as': text.optional(),
});
const cap = z.strictObject({
  per: z.enum(['month', 'period']),
  days: formula.optional(),
  amount: formula.optional(),
  clause: id,
  says: text,
});

const terms = z.strictObject({
  kinds: z.array(id).min(1),
  clause: id,
  refused: refusal.optional(),
  when: z.array(condition).default([]),
  rate: formula.optional(),
  amount: formula.optional(),
  shares: z.array(share).max(5).default([]),
});

const benefit = z.strictObject({
  id,
  label: text,
  measure,
  per: z.enum(['day', 'month', 'event']),
  event: id.optional(),
  clause: id,
  disburser: id.optional(),
  when: z.array(condition).default([]),
  for: z.array(terms).min(1),
  once: z.strictObject({ clause: id, reading: id.optional(), says: text }).optional(),
  caps: z.array(cap).default([]),
  rounding: z.strictObject({ amount: id, shares: id }).optional(),
  'posted-for': id.optional(),
});

const duty = z.strictObject({
  id,
  label: text,
  clause: id,
  measure,
  each: z.enum(['week', 'run']),
  'week-starts': id.optional(),
  effect: z.enum(['warn', 'lock']),
  'finding-when': formula,
  says: text,
});

const fact = z.strictObject({ id, label: text, type, options: options.optional() });
const question = z.strictObject({
  id,
  label: text,
  clause: id,
  measure,
  type,
  options: options.optional(),
  answer: formula,
});
const reading = z.strictObject({ id, question: text, options, 'in-use': id, clause: id, 'decided-by': id });

/** The files a pack's folder may hold, the lists in each, and whether the pack can do without it. */
export const FILES = {
  'sources.yaml': { shape: z.strictObject({ sources: z.array(source) }), required: true },
  'bodies.yaml': { shape: z.strictObject({ bodies: z.array(body) }), required: true },
  'clauses.yaml': { shape: z.strictObject({ clauses: z.array(clause) }), required: true },
  'parameters.yaml': { shape: z.strictObject({ parameters: z.array(parameter) }), required: true },
  'timelines.yaml': { shape: z.strictObject({ timelines: z.array(timeline) }), required: false },
  'calendar.yaml': { shape: z.strictObject({ calendar: z.array(calendar) }), required: false },
  'kinds.yaml': {
    shape: z.strictObject({
      kinds: z.array(kind),
      open: z.strictObject({ clause: id, 'decided-by': id, included: id, as: id }).optional(),
      areas: z.strictObject({ reading: id, clause: id }).optional(),
      'two-districts': z.strictObject({ reading: id, clause: id }).optional(),
      'reported-to': id.optional(),
    }),
    required: true,
  },
  'posts.yaml': {
    shape: z.strictObject({
      posts: z.array(post),
      credit: z
        .strictObject({ clause: id, 'over-midnight': id, full: formula, half: formula.optional() })
        .optional(),
    }),
    required: true,
  },
  'benefits.yaml': { shape: z.strictObject({ benefits: z.array(benefit) }), required: true },
  'duties.yaml': { shape: z.strictObject({ duties: z.array(duty) }), required: false },
  'questions.yaml': {
    shape: z.strictObject({ facts: z.array(fact).default([]), questions: z.array(question).default([]) }),
    required: false,
  },
  'readings.yaml': { shape: z.strictObject({ readings: z.array(reading) }), required: true },
} as const;

export type FileName = keyof typeof FILES;
export type Shapes = { [F in FileName]: z.output<(typeof FILES)[F]['shape']> } & {
  'pack.yaml': z.output<typeof packFile>;
};
