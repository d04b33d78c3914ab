import { z } from 'zod';
import { NightjarError } from '../../api/errors.ts';
import { formatRational, parseRational, type Rational } from '../../math/rational.ts';
import { requireLossEvent, type LossEvent } from './loss-event.ts';

const exact = z.string();
const reach = { coordinates: z.number(), sensitivity: exact };
const written = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('discrete-laplace'), ...reach, scale: exact }),
  z.strictObject({ kind: z.literal('discrete-gaussian'), ...reach, sigmaSquared: exact }),
  z.strictObject({ kind: z.literal('selection'), epsilon: exact, delta: exact }),
  z.strictObject({ kind: z.literal('pure'), epsilon: exact }),
  z.strictObject({ kind: z.literal('approximate'), epsilon: exact, delta: exact }),
  z.strictObject({ kind: z.literal('zcdp'), rho: exact }),
  z.strictObject({ kind: z.literal('bounded-range'), epsilon: exact, choices: z.number() }),
]);

/** An event as the ledger and a release file write it: rationals as exact text (`formatRational`). */
export type LossEventJson = z.infer<typeof written>;

/** The event as plain JSON that `lossEventFromJson` reads back exactly. Throws `usage` where it is none. */
export const lossEventToJson = (event: LossEvent): LossEventJson => {
  requireLossEvent(event);
  switch (event.kind) {
    case 'discrete-laplace':
      return { kind: event.kind, ...reachToJson(event), scale: formatRational(event.scale) };
    case 'discrete-gaussian':
      return { kind: event.kind, ...reachToJson(event), sigmaSquared: formatRational(event.sigmaSquared) };
    case 'selection':
    case 'approximate':
      return { kind: event.kind, epsilon: formatRational(event.epsilon), delta: formatRational(event.delta) };
    case 'pure':
      return { kind: event.kind, epsilon: formatRational(event.epsilon) };
    case 'zcdp':
      return { kind: event.kind, rho: formatRational(event.rho) };
    case 'bounded-range':
      return { kind: event.kind, epsilon: formatRational(event.epsilon), choices: event.choices };
  }
};

/** The event that was written. Throws `input` where it is no event, `usage` where a parameter is out of range. */
export const lossEventFromJson = (value: unknown): LossEvent => {
  const parsed = written.safeParse(value);
  if (!parsed.success) {
    throw new NightjarError('input', 'A privacy event cannot be read.', {
      where: parsed.error.issues[0]?.path.join('.') ?? 'kind',
      next: 'Use a ledger or release file as it was written.',
    });
  }
  const event = eventOf(parsed.data);
  requireLossEvent(event);
  return event;
};

const eventOf = (json: LossEventJson): LossEvent => {
  switch (json.kind) {
    case 'discrete-laplace':
      return { kind: json.kind, ...reachOf(json), scale: parseRational(json.scale) };
    case 'discrete-gaussian':
      return { kind: json.kind, ...reachOf(json), sigmaSquared: parseRational(json.sigmaSquared) };
    case 'selection':
    case 'approximate':
      return { kind: json.kind, epsilon: parseRational(json.epsilon), delta: parseRational(json.delta) };
    case 'pure':
      return { kind: json.kind, epsilon: parseRational(json.epsilon) };
    case 'zcdp':
      return { kind: json.kind, rho: parseRational(json.rho) };
    case 'bounded-range':
      return { kind: json.kind, epsilon: parseRational(json.epsilon), choices: json.choices };
  }
};

type ReachJson = { readonly coordinates: number; readonly sensitivity: string };

const reachToJson = (event: { readonly coordinates: number; readonly sensitivity: Rational }): ReachJson => ({
  coordinates: event.coordinates,
  sensitivity: formatRational(event.sensitivity),
});

const reachOf = (json: ReachJson): { readonly coordinates: number; readonly sensitivity: Rational } => ({
  coordinates: json.coordinates,
  sensitivity: parseRational(json.sensitivity),
});
