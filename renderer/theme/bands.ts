import type { Tokens } from './tokens.ts';

/** A band of the score ramp: percentiles from `from` on, the same on every screen. */
export type Band = {
  readonly index: 0 | 1 | 2 | 3 | 4;
  readonly from: number;
  readonly label: string;
  readonly token: keyof Tokens;
};

const LOWEST: Band = { index: 0, from: 0, label: 'below the 90th percentile', token: 'score0' };

/** From the ordinary to the rarest. */
export const BANDS: readonly Band[] = [
  LOWEST,
  { index: 1, from: 90, label: '90th to 95th percentile', token: 'score1' },
  { index: 2, from: 95, label: '95th to 99th percentile', token: 'score2' },
  { index: 3, from: 99, label: '99th to 99.9th percentile', token: 'score3' },
  { index: 4, from: 99.9, label: '99.9th percentile and above', token: 'score4' },
];

/** The band of a percentile (0–100). What is no number is in the lowest. */
export const bandOf = (percentile: number): Band =>
  BANDS.reduce((found, band) => (percentile >= band.from ? band : found), LOWEST);
