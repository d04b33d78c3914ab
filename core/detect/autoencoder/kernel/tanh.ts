/** Beyond it float32's tanh is ±1. */
const LIMIT = 7.90531110763549805;

/**
 * Hyperbolic tangent to 3e-7 by a rational function of degree 13 over 6 (coefficients of Eigen's `ptanh_float`): unlike
 * `Math.tanh`, which each engine computes its own way, the same bits on every machine.
 */
export const rationalTanh = (value: number): number => {
  const x = value > LIMIT ? LIMIT : value < -LIMIT ? -LIMIT : value;
  const s = x * x;
  let p = 2.00018790482477e-13 + s * -2.76076847742355e-16;
  p = 5.12229709037114e-8 + s * (-8.60467152213735e-11 + s * p);
  p = 4.89352455891786e-3 + s * (6.37261928875436e-4 + s * (1.48572235717979e-5 + s * p));
  const q = 4.89352518554385e-3 + s * (2.268434632439e-3 + s * (1.18534705686654e-4 + s * 1.19825839466702e-6));
  return (x * p) / q;
};
