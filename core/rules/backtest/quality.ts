import { f1Of, shareOf, type Measured } from './measured.ts';

/** 1: abuse, 0: benign; actors without a label are in none of the counts. */
export type ActorLabels = ReadonlyMap<string, 0 | 1>;

export type LabelCounts = { readonly abuse: number; readonly benign: number; readonly unlabelled: number };

/** What labels say of the actors that a rule hits. */
export type Quality = {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  /** Hit actors without a label. */
  readonly unlabelled: number;
  readonly precision: Measured;
  readonly recall: Measured;
  readonly f1: Measured;
  readonly falsePositiveRate: Measured;
};

/** Holds the actors that were hit against labels, actor by actor. */
export const qualityOf = (hit: ReadonlySet<string>, labels: ActorLabels): Quality => {
  const { abuse: truePositives, benign: falsePositives, unlabelled } = countLabels(hit, labels);
  const { abuse, benign } = labelTotals(labels);
  const falseNegatives = abuse - truePositives;
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives: benign - falsePositives,
    unlabelled,
    precision: shareOf(truePositives, truePositives + falsePositives),
    recall: shareOf(truePositives, abuse),
    f1: f1Of(truePositives, falsePositives, falseNegatives),
    falsePositiveRate: shareOf(falsePositives, benign),
  };
};

/** How many of these actors are labelled how. */
export const countLabels = (actors: Iterable<string>, labels: ActorLabels): LabelCounts => {
  const counts = { abuse: 0, benign: 0, unlabelled: 0 };
  for (const actor of actors) {
    const label = labels.get(actor);
    counts[label === undefined ? 'unlabelled' : label === 1 ? 'abuse' : 'benign']++;
  }
  return counts;
};

export const labelTotals = (labels: ActorLabels): { readonly abuse: number; readonly benign: number } => {
  let abuse = 0;
  for (const label of labels.values()) abuse += label;
  return { abuse, benign: labels.size - abuse };
};
