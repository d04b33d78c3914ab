const EXACT_UP_TO = 4096;
const table = new Float64Array(EXACT_UP_TO + 1);
for (let n = 1; n <= EXACT_UP_TO; n++) table[n] = (table[n - 1] ?? 0) + 1 / n;

/** Euler–Mascheroni constant (OEIS A001620). */
const EULER = 0.5772156649015329;

/**
 * Harmonic number H(n) = 1 + 1/2 + … + 1/n of a whole n ≥ 0: summed up to 4,096, beyond that by
 * its asymptotic series (DLMF 5.11.2), whose error there is below 1e-23.
 */
export const harmonic = (n: number): number =>
  n <= EXACT_UP_TO
    ? (table[n] ?? Number.NaN)
    : Math.log(n) + EULER + 1 / (2 * n) - 1 / (12 * n * n) + 1 / (120 * n ** 4);
