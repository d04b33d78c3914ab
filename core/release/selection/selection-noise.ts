import { divideRational, rational, toNumber, type Rational } from '../../math/rational.ts';
import type { PrivacyLoss, Reach } from '../accounting/index.ts';
import { laplaceScale } from '../accounting/index.ts';
import type { TruncatedNoise } from '../mechanisms/mechanism.ts';
import { wrongQuery } from '../query/index.ts';
import { truncationBound } from './truncated-noise.ts';

/** What choosing unknown keys may spend. */
export type SelectionLoss = { readonly epsilon: Rational; readonly delta: Rational };

/** The (ε, δ) of a loss that is to choose keys. Errors: `usage` for one without δ: unknown keys cannot be chosen purely. */
export const selectionLoss = (loss: PrivacyLoss): SelectionLoss => {
  if (loss.kind === 'approximate' && loss.delta.numerator > 0n) return loss;
  throw wrongQuery(
    'by',
    'Unknown keys need an epsilon and a delta above 0.',
    'Give a delta, such as 1e-6, or list the keys.',
  );
};

/**
 * Noise for counts of unknown groups of which one actor moves `coordinates`, each by `sensitivity`.
 * Privacy map: scale = L0 · L∞ / ε and a bound with `truncationDelta` ≤ δ / L0 make each group (ε / L0, δ / L0)-private;
 * one actor is in L0 of them, drawn independently: (ε, δ) by basic composition (Dwork & Roth 2014, theorem 3.16).
 */
export const selectionNoise = (reach: Reach, { epsilon, delta }: SelectionLoss): TruncatedNoise => {
  const scale = laplaceScale(reach, epsilon);
  const perGroup = divideRational(delta, rational(reach.coordinates));
  return { kind: 'truncated-laplace', scale, bound: truncationBound(scale, toNumber(reach.sensitivity), perGroup) };
};
