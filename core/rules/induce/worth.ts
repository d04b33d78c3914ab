/** Share of the worth that each condition costs: chosen over many labelled tables at once. */
export const PER_CONDITION = 0.0025;

/** The least that a rule adds to the F measure of those before it. */
export const MIN_GAIN = 0.003;

/** F_β = (1 + β²) TP / (TP + FP + β² P) (van Rijsbergen 1979, chapter 7). */
export const fMeasure = (truePositives: number, falsePositives: number, positives: number, beta: number): number =>
  truePositives <= 0
    ? 0
    : ((1 + beta * beta) * truePositives) / (truePositives + falsePositives + beta * beta * positives);

/** The worth of a list whose newest rule has so many conditions. */
export const worthOf = (f: number, conditions: number): number => f * (1 - PER_CONDITION * conditions);
