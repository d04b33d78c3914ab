import type { Measured } from '../../../core/api/contract.ts';
import { share } from '../../format.ts';

/** A share with its 95 % interval. */
export const shown = (measured: Measured): string => withInterval(measured, share);

/** A ratio with its 95 % interval; 1 is equal. */
export const ratio = (measured: Measured): string => withInterval(measured, (value) => value.toFixed(2));

const withInterval = ({ value, low, high }: Measured, written: (value: number) => string): string => {
  if (value === null) return '–';
  return low === null || high === null ? written(value) : `${written(value)} (${written(low)}–${written(high)})`;
};
