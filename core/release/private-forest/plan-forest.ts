import { rational } from '../../math/rational.ts';
import type { LossEvent, Noise, PrivacyLoss, Reach } from '../accounting/index.ts';
import { chooseNoises, eventOf, requireDrawable } from '../mechanisms/noise.ts';
import type { ForestSettings } from './settings.ts';

/** Everything about a private forest that can be said before it: made of the settings and the cost, without any data. */
export type ForestPlan = {
  readonly settings: ForestSettings;
  /** What was asked to be spent; the events cost at most this. */
  readonly cost: PrivacyLoss;
  readonly reach: Reach;
  readonly noise: Noise;
  readonly events: readonly LossEvent[];
  /** What the reviewer must know, as plain sentences. */
  readonly statements: readonly string[];
};

/**
 * Plans a forest whose leaf counts are noised.
 *
 * Definition: for every tree t and leaf l it releases N_t(l) + X, N_t(l) the actors whose row falls into the leaf and X
 * independent integer noise. The trees are those of `growSplits`, which sees no data.
 * Privacy map. Each actor has one row, and a row falls into one leaf of each tree whatever other actors do: adding or
 * removing an actor moves `trees` of the counts, each by 1 and in one direction, Δ₁ = trees and Δ₂² = trees. Noise of
 * `chooseNoises`: discrete Laplace of scale trees / ε for pure ε; discrete Gaussian of σ² = trees / (2 ρ), where that is
 * narrower, for (ε, δ), through ρ-zCDP (Canonne, Kamath & Steinke 2020). Scores are made of the noised counts and of nothing
 * else that depends on data: post-processing.
 *
 * Every actor counts in every tree. To put each in one tree only, drawn uniformly after the debit and without a look at
 * any row, would let trees compose in parallel, each at the whole ε: an actor's draw depends on no data, and given all
 * other draws one actor more or less touches one tree. But Laplace noise is then as wide against the counts as before, and
 * the sample adds its own; inner nodes with noise of their own, made consistent, take budget from the leaves. Both scored
 * worse, at every ε from 0.5 to 4.
 * Errors: `usage`.
 */
export const planPrivateForest = (settings: ForestSettings, cost: PrivacyLoss): ForestPlan => {
  const reach: Reach = { coordinates: settings.trees, sensitivity: rational(1) };
  const [noise] = chooseNoises([reach], cost) as readonly [Noise]; // boundary: one noise per reach
  const events = [eventOf(reach, noise)];
  requireDrawable(events);
  return { settings, cost, reach, noise, events, statements: STATEMENTS };
};

const STATEMENTS: readonly string[] = [
  'The unit of privacy is the actor: each has one row, which adds 1 to one leaf of every tree.',
  'The splits are drawn from the declared bounds and the seed alone; anybody can draw them again.',
  'Every leaf is released with noise, empty ones too; a noised count may be below zero.',
  'A value beyond the bounds counts as one at their end, a missing value as one below every threshold.',
  'Bounds are public by declaration: whoever takes them from the data has to pay for them elsewhere.',
];
