const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count with thousands separators. */
export const formatCount = (count: number): string => COUNT.format(count);

/** A count in few letters for axes and narrow cells: 950, 1.2k, 34k, 1.1M. */
export const formatShortCount = (count: number): string => {
  if (count < 1000) return COUNT.format(count);
  const [scaled, unit] = count < 999_500 ? [count / 1000, 'k'] : [count / 1e6, 'M'];
  return `${scaled < 9.95 ? scaled.toFixed(1).replace('.0', '') : scaled.toFixed(0)}${unit}`;
};

/** A score with two decimals. */
export const formatScore = (score: number): string => score.toFixed(2);

/** A percentile (0–100), rounded down so that only the top itself is 100: 42, 97.3, 99.97. */
export const formatPercentile = (percentile: number): string => {
  const digits = percentile >= 99 ? 2 : percentile >= 90 ? 1 : 0;
  const shown = Math.floor(percentile * 10 ** digits + 1e-9) / 10 ** digits;
  return shown === 100 ? '100' : shown.toFixed(digits);
};

/** A share (0–1) as whole or, below 10 %, tenths of percent. */
export const formatShare = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

/** A share (0–1) that a person chose, as percent without more digits than it needs: 10 %, 2.5 %. */
export const formatPercent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;

/** A share of unknown size, or a small count that need not be whole: 0.03, 1.4, 12, 1,200. */
export const formatAbout = (value: number): string =>
  Math.abs(value) >= 10 ? COUNT.format(value) : String(Number(value.toPrecision(2)));

/** A chance as people say it: 1 in 20, 1 in 3,400, and beyond a million 1 in 10¹². */
export const formatChance = (p: number): string => {
  if (p >= 1) return 'certain';
  const decades = p > 0 ? -Math.log10(p) : 300;
  if (decades <= 6) return `1 in ${COUNT.format(1 / p)}`;
  return `1 in 10${String(Math.round(decades)).replace(/\d/gu, (digit) => SUPERSCRIPT[Number(digit)] ?? '')}`;
};

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number of a log: whole ones as they are, as they may be a code; others to four digits or to hundredths: 8080, 3.096, 1234.57. */
export const formatMeasured = (value: number): string => {
  if (Number.isInteger(value)) return String(value);
  return String(Number(Math.abs(value) >= 1000 ? value.toFixed(2) : value.toPrecision(4)));
};

/** A p-value: 0.043, or below a thousandth as 0.0005. */
export const formatP = (p: number): string => (p >= 0.001 ? p.toFixed(3) : p >= 0.0001 ? p.toFixed(4) : '< 0.0001');
