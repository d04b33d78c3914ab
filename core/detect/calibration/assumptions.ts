/** What to do where no cut can be promised. */
export const remedy =
  'Mark at least 100 actors drawn at random from the queue as benign or abuse: the benign ones calibrate it.';

/** What a calibration by n known benign actors rests on. */
export const byReference = (n: number): string =>
  `Measured against ${n} actors known to be benign. It holds when these are a fair sample of the benign actors; ` +
  'when they were taken from the top of the queue, fewer actors pass than could.';

/** The same, with the references held out. */
export const byFolds = (n: number, folds: number): string =>
  `Measured against ${n} actors known to be benign, each scored by models that had not seen it (${folds} folds). ` +
  'It holds when these are a fair sample of the benign actors; each p-value is proved to within a factor of two.';

/** Why a few references make no short cut. */
export const shortestAt = (actors: number): string =>
  `At a target of 10 % no cut by being odd can be shorter than ${actors} actors; ` +
  'more references make shorter ones possible.';

/** What a calibration without anybody known to be benign rests on. */
export const byBulk =
  'Nobody is known to be benign: the tail of ordinary actors is bounded from the bulk of this queue. It holds when ' +
  'ordinary scores thin out beyond the bulk at least as fast as within it, and abusers score no lower than others. ' +
  'An ordinary actor with extreme habits breaks it: odd is not abusive.';

/** What merging two kinds of evidence rests on. */
export const twoChances =
  'Being odd and being alike were both tried: p-values are twice the smaller, valid for any dependence of the two; ' +
  'the rate assumes that the actors’ p-values are not opposed to each other.';
