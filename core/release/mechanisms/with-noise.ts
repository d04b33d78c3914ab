/** Noised numbers are clamped here; below it doubles hold every whole number, and add them exactly. */
const MOST = 2 ** 52;

/**
 * value + noise, clamped to ±2^52, for whole numbers |value| ≤ 2^51: the same as with noise that has no end, which samplers
 * cut off at ±(2^53 − 1) (`MAX_NOISE`), for what lies beyond is clamped either way. So the cut is post-processing, and
 * costs no δ.
 */
export const withNoise = (value: number, noise: number): number => Math.max(-MOST, Math.min(MOST, value + noise));
