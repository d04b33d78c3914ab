import { midRanks } from './ranks.ts';

/** Pearson's correlation of two equally long arrays; NaN when either is constant. */
export const pearson = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  const n = x.length;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < n; i++) {
    meanX += (x[i] ?? 0) / n;
    meanY += (y[i] ?? 0) / n;
  }
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    const dx = (x[i] ?? 0) - meanX;
    const dy = (y[i] ?? 0) - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return varies(x) && varies(y) ? xy / Math.sqrt(xx * yy) : Number.NaN;
};

/** Asked of the values: rounding leaves a variance above 0 to a constant. */
const varies = (values: ArrayLike<number>): boolean => {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return true;
  return false;
};

/** Spearman's rank correlation with mid-ranks for ties; NaN when either is constant. */
export const spearman = (x: ArrayLike<number>, y: ArrayLike<number>): number => pearson(midRanks(x), midRanks(y));
