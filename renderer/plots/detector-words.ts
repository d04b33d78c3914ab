/** A detector as people read it. */
export type DetectorWords = {
  readonly label: string;
  /** For the head of a narrow column. */
  readonly short: string;
  /** What it looks at, as one sentence. */
  readonly hint: string;
  /** Whether it looks for actors unlike the others, or too much like some of them. */
  readonly evidence: 'odd' | 'alike';
};

const odd = (label: string, short: string, hint: string): DetectorWords => ({ label, short, hint, evidence: 'odd' });

const WORDS: Readonly<Record<string, DetectorWords>> = {
  ensemble: odd('All together', 'All', 'All detectors of the run: the stronger of odd and alike.'),
  isolationForest: odd('Isolation forest', 'Forest', 'How few cuts at random set the actor apart from the others.'),
  extendedForest: odd('Slanted forest', 'Slant', 'The same with cuts across two features at once (extended forest).'),
  sciForest: odd('Combination forest', 'Combi', 'What is odd only in the combination of features (SCiForest).'),
  fairCutForest: odd('Fair-cut forest', 'Fair', 'Small clusters of odd actors: it cuts where groups part.'),
  pooledGainForest: odd('Pooled-gain forest', 'Gain', 'Cuts at random, but where both sides become most uniform.'),
  densityForest: odd('Density forest', 'Dens.', 'How thinly the surroundings of the actor are filled.'),
  knn: odd('Neighbour distance', 'Dist.', 'How far away the nearest actors are, over all features at once.'),
  mcd: odd('Robust distance', 'MCD', 'How far from the bulk, knowing how features go together there (MCD).'),
  autoencoder: odd('Autoencoder', 'AE', 'How badly a small neural network that learnt everybody redraws the actor.'),
  lockstep: {
    label: 'Lockstep',
    short: 'Lock',
    hint: 'How much more alike to others than chance explains: it finds those who hide by being alike.',
    evidence: 'alike',
  },
  ecod: odd('Tails (ECOD)', 'ECOD', 'How far out in the tails, feature by feature.'),
  copod: odd('Joint tails (COPOD)', 'COPOD', 'How far out in the tails, by the ranks of all features.'),
  hbos: odd('Histograms (HBOS)', 'HBOS', 'How rare each value is by itself.'),
  lof: odd('Local density (LOF)', 'LOF', 'How much thinner the surroundings are than those of the nearest actors.'),
  pca: odd('Components (PCA)', 'PCA', 'How far off the directions in which actors usually differ.'),
};

/** The words for a detector; one that has none is told apart by its name: someNewThing → Some new thing. */
export const detectorWords = (name: string): DetectorWords => {
  const known = WORDS[name];
  if (known !== undefined) return known;
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const label = words.charAt(0).toUpperCase() + words.slice(1);
  return odd(label, label.slice(0, 6), '');
};

export const detectorLabel = (name: string): string => detectorWords(name).label;
