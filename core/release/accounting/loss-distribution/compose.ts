import { coarser, trimmed, type LossDistribution, type Precision } from './loss-distribution.ts';

/**
 * The distribution of running both: losses add up (Koskela, Jälkö & Honkela 2020), also where the second mechanism is
 * chosen after the first one's answer, as long as the pairs that dominate them are fixed beforehand (Zhu, Dong & Wang
 * 2022). The sum of products is formed directly: each mass is a sum of at most n positive products, its relative error
 * the sum of both and (n + 1) roundings.
 */
export const composed = (a: LossDistribution, b: LossDistribution, precision: Precision): LossDistribution => {
  let [x, y] = [a, b];
  while (x.step < y.step) x = coarser(x);
  while (y.step < x.step) y = coarser(y);
  const [short, long] = x.mass.length < y.mass.length ? [x.mass, y.mass] : [y.mass, x.mass];
  const mass = new Float64Array(short.length + long.length - 1);
  // hot loop: all indices are in bounds by construction
  for (let i = 0; i < short.length; i++) {
    const p = short[i]!;
    if (p !== 0) for (let j = 0; j < long.length; j++) mass[i + j]! += p * long[j]!;
  }
  return trimmed(
    {
      step: x.step,
      lowest: x.lowest + y.lowest,
      mass,
      infinity: x.infinity + y.infinity * (1 - Math.min(1, x.infinity)),
      relativeError: x.relativeError + y.relativeError + (short.length + 3) * 2 ** -52,
    },
    precision,
  );
};

/** The distribution of `times` ≥ 1 runs, by repeated squaring. */
export const composedTimes = (d: LossDistribution, times: number, precision: Precision): LossDistribution => {
  let result: LossDistribution | undefined;
  let square = d;
  for (let rest = times; ; square = composed(square, square, precision)) {
    if (rest % 2 === 1) result = result === undefined ? square : composed(result, square, precision);
    rest = Math.floor(rest / 2);
    if (rest === 0) return result ?? square;
  }
};
