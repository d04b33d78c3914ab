import { classesOf, type SizeTable } from './class-sizes.ts';
import { pitmanUniques } from './pitman.ts';
import { slideNegativeBinomialUniques } from './slide-negative-binomial.ts';

export type Uniqueness = {
  /** Share of the actors who are alone in their class. */
  readonly sample: number;
  /** What the sample says of the population it was drawn from; null without a declared sampling fraction. */
  readonly population: PopulationUniqueness | null;
};

export type PopulationUniqueness = {
  readonly samplingFraction: number;
  /** Estimated share of the population that is unique there. */
  readonly share: number;
  readonly model: 'none' | 'pitman' | 'zayatz' | 'snb' | 'census';
  readonly zayatz: number;
  /** Null where its likelihood has no maximum inside its range. */
  readonly pitman: number | null;
  /** Slide negative binomial; null where it has no solution. */
  readonly snb: number | null;
  /** Chance that a match between somebody unique here and a unique entry of a register is the right one; null without uniques. */
  readonly uniqueMatch: number | null;
};

/**
 * Sample uniqueness, and population uniqueness by three models: Zayatz 1991 (Bayes over hypergeometric draws), Pitman's
 * (Hoshino 2001) and the slide negative binomial (Chen & Keller-McNulty 1998). `share` is by the rule of Dankar et al. 2012:
 * Pitman up to a fraction of 0.1, above it the smaller of Zayatz and slide negative binomial; Zayatz where the other one has
 * no solution. The chance of a right unique match is π s₁ / (π s₁ + 2 (1 − π) s₂) (Skinner & Elliot 2002).
 */
export const uniqueness = (table: SizeTable, samplingFraction: number | null): Uniqueness => {
  const { rows } = table;
  const ones = classesOf(table, 1);
  const sample = rows === 0 ? 0 : ones / rows;
  if (samplingFraction === null) return { sample, population: null };
  if (samplingFraction >= 1 || ones === 0) {
    const model = ones === 0 ? 'none' : 'census';
    const uniqueMatch = ones === 0 ? null : 1;
    return {
      sample,
      population: { samplingFraction, share: sample, model, zayatz: sample, pitman: null, snb: null, uniqueMatch },
    };
  }
  const population = rows / samplingFraction;
  const zayatz = (ones * zayatzChance(table, ones, samplingFraction)) / rows;
  const uniques = pitmanUniques(table, population);
  const pitman = uniques === null ? null : uniques / population;
  const slide = slideNegativeBinomialUniques(table, samplingFraction);
  const snb = slide === null ? null : Math.min(1, slide / population);
  const found = samplingFraction * ones;
  return {
    sample,
    population: {
      samplingFraction,
      ...chosen(samplingFraction, { zayatz, pitman, snb }),
      zayatz,
      pitman,
      snb,
      uniqueMatch: found / (found + 2 * (1 - samplingFraction) * classesOf(table, 2)),
    },
  };
};

const PITMAN_UP_TO = 0.1;

/** The rule of Dankar et al. 2012. */
const chosen = (
  samplingFraction: number,
  { zayatz, pitman, snb }: Pick<PopulationUniqueness, 'zayatz' | 'pitman' | 'snb'>,
): Pick<PopulationUniqueness, 'share' | 'model'> => {
  if (samplingFraction <= PITMAN_UP_TO) {
    return pitman === null ? { share: zayatz, model: 'zayatz' } : { share: pitman, model: 'pitman' };
  }
  return snb === null || zayatz < snb ? { share: zayatz, model: 'zayatz' } : { share: snb, model: 'snb' };
};

/**
 * P(F = 1 | f = 1): of a class of j in the population, one is drawn with the hypergeometric chance
 * j · C(N − j, n − 1) / C(N, n); shares of class sizes in the population are taken from the sample.
 */
const zayatzChance = ({ sizes, classes, rows }: SizeTable, ones: number, fraction: number): number => {
  const population = Math.round(rows / fraction);
  // h(j) / h(1) = j · Π_{i=1}^{j−1} (N − n − i + 1) / (N − i); sizes ascend, so one walk serves all.
  let ratio = 1;
  let at = 1;
  let all = 0;
  sizes.forEach((size, i) => {
    for (; at < size && ratio > 0; at++) ratio *= Math.max(0, population - rows - at + 1) / (population - at);
    all += (classes[i] ?? 0) * size * ratio;
  });
  return ones / all;
};
