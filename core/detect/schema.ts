/** What one detector says of each row: higher is more anomalous. */
export type DetectorScores = {
  readonly name: string;
  readonly scores: Float64Array;
};
