import { z } from 'zod';

const column = z.string().min(1).max(200);
/** A decimal as a number, read by its shortest form, or as text. */
const decimal = z.union([z.number(), z.string().max(100)]);
const scalar = z.union([z.string(), z.number()]);

export type FilterShape =
  | { and: FilterShape[] }
  | { or: FilterShape[] }
  | { not: FilterShape }
  | {
      column: string;
      '='?: string | number | undefined;
      '<'?: string | number | undefined;
      '<='?: string | number | undefined;
      '>'?: string | number | undefined;
      '>='?: string | number | undefined;
      in?: (string | number)[] | undefined;
      between?: (string | number)[] | undefined;
    };

const filter: z.ZodType<FilterShape> = z.lazy(() =>
  z.union([
    z.strictObject({ and: z.array(filter).min(1) }),
    z.strictObject({ or: z.array(filter).min(1) }),
    z.strictObject({ not: filter }),
    z.strictObject({
      column,
      '=': scalar.optional(),
      '<': scalar.optional(),
      '<=': scalar.optional(),
      '>': scalar.optional(),
      '>=': scalar.optional(),
      in: z.array(scalar).min(1).optional(),
      between: z.array(scalar).length(2).optional(),
    }),
  ]),
);

const shares = z.array(decimal).min(2).max(10).optional();
const grouping = z.array(z.strictObject({ name: z.string().min(1), of: z.array(z.string()).min(1) })).min(1);

const dimension = z.union([
  z.strictObject({
    column,
    keys: z.array(z.string()).min(1),
    totals: z.array(z.union([z.literal('all'), grouping])).min(1),
    shares,
  }),
  z.strictObject({
    column: z.literal('ts'),
    every: z.enum(['hour', 'day', 'week']),
    from: z.string(),
    to: z.string(),
    totals: z.array(z.enum(['day', 'week', 'all'])).min(1),
    shares,
  }),
  z.strictObject({ column, keys: z.union([z.literal('unknown'), z.array(z.string()).min(1)]) }),
  z.strictObject({ column, bins: z.array(z.number()).min(2) }),
  z.strictObject({
    column: z.literal('ts'),
    every: z.enum(['hour', 'day', 'week']),
    from: z.string(),
    to: z.string(),
  }),
]);

/** A release query as JSON. What the parts mean together is checked by the reader of each part. */
export const queryShape = z.strictObject({
  source: z.enum(['events', 'actors']).default('events'),
  count: z.enum(['events', 'actors']).optional(),
  sum: column.optional(),
  mean: column.optional(),
  variance: column.optional(),
  quantiles: column.optional(),
  probabilities: z.array(decimal).min(1).max(99).optional(),
  /** Of quantiles: whether a part of the cost goes to an interval of each. */
  intervals: z.boolean().optional(),
  /** A column whose bounds are to be found. */
  findBounds: column.optional(),
  /** How many rows one actor has is to be found. */
  findContributions: z.literal('rows').optional(),
  /** How many values, or actors, may lie beyond bounds that are found. */
  beyond: z
    .int()
    .min(0)
    .max(2 ** 40)
    .optional(),
  top: z.int().min(1).max(1000).optional(),
  of: z.enum(['events', 'actors']).optional(),
  by: z.array(dimension).max(3).default([]),
  where: filter.optional(),
  bounds: z
    .strictObject({
      groupsPerActor: z.int().min(1).max(1_000_000).optional(),
      rowsPerGroup: z.int().min(1).max(1_000_000).optional(),
      value: z.tuple([decimal, decimal]).optional(),
      step: decimal.optional(),
    })
    .default({}),
  level: z.number().min(0.5).max(0.999999).default(0.95),
});

export type QueryShape = z.output<typeof queryShape>;
export type DimensionShape = z.output<typeof dimension>;
