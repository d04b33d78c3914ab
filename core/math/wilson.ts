/** 97.5 % quantile of the standard normal. */
export const Z95 = 1.959963984540054;

/**
 * 95 % score interval of a share, `hits` of `trials` (Wilson 1927), as [low, high]; takes expected, hence fractional, hits as
 * they are. At 0 and at 1 the bound is the share itself, which rounding must not miss.
 */
export const wilson = (hits: number, trials: number): readonly [number, number] => {
  const share = hits / trials;
  const z2 = Z95 ** 2;
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const reach = (Z95 / (1 + z2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials ** 2));
  return [hits === 0 ? 0 : Math.max(0, centre - reach), hits === trials ? 1 : Math.min(1, centre + reach)];
};
