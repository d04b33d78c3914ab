/** A key of the composed query, as its form holds it. */
export type ComposedKey = {
  readonly column: string;
  readonly how: 'keys' | 'unknown' | 'bins' | 'time';
  /** One key a line, or edges of bins with commas between them. */
  readonly text: string;
  readonly every: 'hour' | 'day' | 'week';
  readonly from: string;
  readonly to: string;
  /** Whether the total of all groups is released beside them, adding up. */
  readonly hasTotal: boolean;
};

export type ComposedFilter = {
  readonly column: string;
  readonly op: '=' | '<' | '<=' | '>' | '>=' | 'in';
  readonly value: string;
  readonly isNumber: boolean;
};

/** The form of a release. What is empty is left out of the query: the engine says what is missing. */
export type Composed = {
  readonly source: 'events' | 'actors';
  readonly measure:
    | 'count'
    | 'sum'
    | 'mean'
    | 'variance'
    | 'quantiles'
    | 'top'
    | 'findBounds'
    | 'findContributions'
    | 'forest';
  readonly of: 'events' | 'actors';
  readonly column: string;
  readonly probabilities: string;
  /** Whether each quantile has an interval, for a part of the cost. */
  readonly hasIntervals: boolean;
  /** Of a private forest: a feature a line with its bounds, and its size. */
  readonly features: string;
  readonly trees: string;
  readonly depth: string;
  readonly most: string;
  /** Of a search for bounds: how many may lie beyond them. */
  readonly beyond: string;
  readonly keys: readonly ComposedKey[];
  readonly filters: readonly ComposedFilter[];
  readonly groupsPerActor: string;
  readonly rowsPerGroup: string;
  readonly low: string;
  readonly high: string;
  readonly step: string;
  readonly level: string;
  /** Of the groups that the question is about: an assumption, which says how far off they will be. */
  readonly groupSize: string;
  readonly epsilon: string;
  readonly delta: string;
  readonly purpose: string;
};

export const NOTHING_COMPOSED: Composed = {
  source: 'events',
  measure: 'count',
  of: 'actors',
  column: '',
  probabilities: '0.25, 0.5, 0.75',
  hasIntervals: true,
  features: '',
  trees: '200',
  depth: '5',
  most: '10',
  beyond: '10',
  keys: [],
  filters: [],
  groupsPerActor: '',
  rowsPerGroup: '',
  low: '',
  high: '',
  step: '',
  level: '0.95',
  groupSize: '1000',
  epsilon: '0.5',
  delta: '0',
  purpose: '',
};

export const NEW_KEY: ComposedKey = {
  column: '',
  how: 'keys',
  text: '',
  every: 'day',
  from: '',
  to: '',
  hasTotal: false,
};
