/** A detector of the default ensemble. */
export type Member = {
  readonly name: string;
  /** Its say among the detectors of the same kind of evidence, before those that say the same share it (`saysOf`). */
  readonly weight: number;
  /** What it adds to the others, as one sentence. */
  readonly because: string;
};

/**
 * The default ensemble, in the order of the detectors. Members and weights were chosen over many labelled tables
 * (docs/decisions/0009, 0021).
 */
export const MEMBERS: readonly Member[] = [
  { name: 'isolationForest', weight: 1, because: 'Steady everywhere: it keeps the others from going far astray.' },
  { name: 'sciForest', weight: 1, because: 'Cuts across columns, so that it sees what is odd only in combination.' },
  {
    name: 'fairCutForest',
    weight: 1,
    because: 'Cuts where groups part, so that it sees small clusters of odd actors.',
  },
  {
    name: 'densityForest',
    weight: 1,
    because: 'Counts how thinly an actor’s surroundings are filled, not how deep it lies.',
  },
  { name: 'knn', weight: 1.5, because: 'Measures distance to the crowd, with all columns at once.' },
  { name: 'mcd', weight: 1.5, because: 'Knows how columns go together for the bulk, and is not misled by outliers.' },
  { name: 'autoencoder', weight: 0.5, because: 'Knows curved relations between columns; it disagrees usefully.' },
  { name: 'lockstep', weight: 1, because: 'Finds actors who hide by being alike, which no measure of oddness can.' },
];

/** Names of the detectors that run when none are asked for. */
export const DEFAULT_DETECTORS: readonly string[] = MEMBERS.map(({ name }) => name);

/** A detector's say; 1 for one outside the default ensemble. */
export const weightOf = (name: string): number => MEMBERS.find((member) => member.name === name)?.weight ?? 1;
