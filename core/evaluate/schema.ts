/** A 95 % confidence interval: [low, high]. */
export type Interval = readonly [low: number, high: number];

/** A metric at each cut: the first 10 and 50 rows, and as many as there are positives. */
export type AtCuts<T> = { readonly '10': T; readonly '50': T; readonly positives: T };

export type Metrics<T> = {
  readonly rocAuc: T;
  readonly averagePrecision: T;
  readonly precisionAt: AtCuts<T>;
  readonly recallAt: AtCuts<T>;
  /** F1 at the cut of as many rows as there are positives, where it equals precision and recall. */
  readonly f1: T;
  /** Share of the negatives above the same cut. */
  readonly falsePositiveRate: T;
};

/** How well one ranking finds the positives. */
export type RankingMetrics = Metrics<number> & { readonly ci: Metrics<Interval> };

/** The `evaluate` document. */
export type Evaluation = {
  readonly n: number;
  readonly positives: number;
  readonly detectors: Readonly<Record<string, RankingMetrics>>;
};

/** One kind of abuse against everybody unlabelled as abuse. */
export type KindEvaluation = Evaluation & { readonly kind: string };
