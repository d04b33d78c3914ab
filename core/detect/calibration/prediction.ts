/** Normal quantile of 0.95: a two-sided interval of 90 %. */
const Z90 = 1.645;

/**
 * 90 % interval of the share of `future` draws that pass a threshold which `passed` of `seen` draws of the same kind
 * passed. Wilson's interval (Wilson 1927) with as many draws as carry the variance of
 * both samples, 1 / (1 / seen + 1 / future); the threshold counts as set by the
 * next to pass, which makes the upper end that of passed + 1.
 */
export const predictedShare = (passed: number, seen: number, future: number): readonly [low: number, high: number] => {
  const size = 1 / (1 / seen + 1 / Math.max(1, future));
  return [wilsonEnd(passed / seen, size, -1), wilsonEnd(Math.min(1, (passed + 1) / (seen + 1)), size, 1)];
};

const wilsonEnd = (share: number, size: number, side: 1 | -1): number => {
  const z2 = Z90 * Z90;
  const center = share + z2 / (2 * size);
  const reach = Z90 * Math.sqrt((share * (1 - share)) / size + z2 / (4 * size * size));
  return Math.min(1, Math.max(0, (center + side * reach) / (1 + z2 / size)));
};
