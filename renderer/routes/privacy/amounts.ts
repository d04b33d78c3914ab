import type { BudgetAmount } from '../../../core/api/contract.ts';

const DECIMAL = /^\d+(?:\.\d+)?(?:[eE]-?\d+)?$/u;

/** Whether a text is a decimal as the engine takes it: `0.5`, `3` or `1e-6`. */
export const isDecimal = (text: string): boolean => DECIMAL.test(text);

/** An exact amount as a number: `0.5`, `1e-6` or `1/3`. */
export const numberOf = (exact: string): number => {
  const [top = '', bottom] = exact.split('/');
  return bottom === undefined ? Number(top) : Number(top) / Number(bottom);
};

/** An exact amount as people read it: exact where it is short, else four digits. */
export const amount = (exact: string): string => {
  const value = numberOf(exact);
  if (!exact.includes('/') && exact.length <= 8 && (value === 0 || value >= 1e-3)) return exact;
  return value === 0
    ? '0'
    : value < 1e-3
      ? value.toExponential(2).replace(/\.?0+e/u, 'e')
      : String(Number(value.toPrecision(4)));
};

/** What was or will be spent, in one line. */
export const spentWords = ({ epsilon, delta, rho }: BudgetAmount): string => {
  const main =
    epsilon === null
      ? `ρ\u00A0${Number(rho.toPrecision(3))} (Gaussian noise has no pure ε)`
      : `ε\u00A0${amount(epsilon)}`;
  return numberOf(delta) === 0 ? main : `${main}, δ\u00A0${amount(delta)}`;
};

/** A share of the limit: by ε where there is one, else by ρ, as the ledger counts it. */
export const shareOf = (part: BudgetAmount, limit: { readonly epsilon: string }, mostRho: number): number => {
  if (part.epsilon !== null) return Math.min(1, numberOf(part.epsilon) / numberOf(limit.epsilon));
  return mostRho > 0 ? Math.min(1, part.rho / mostRho) : 1;
};

/** A number of a release: few digits, never more than it has meaning. */
export const released = (value: number): string =>
  Number.isInteger(value) ? value.toLocaleString('en') : String(Number(value.toPrecision(5)));

/** The beginning of an id, as it is typed to confirm. */
export const shortId = (id: string): string => id.slice(0, 8);

/** 2026-01-31 12:30 UTC. */
export const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
