/** What is chosen to be assessed; numbers as they were typed. */
export type RiskForm = {
  readonly quasi: readonly string[];
  readonly sensitive: readonly string[];
  readonly k: string;
  readonly threshold: string;
  readonly measured: string;
};

export const NOTHING_CHOSEN: RiskForm = { quasi: [], sensitive: [], k: '5', threshold: '0.09', measured: '0' };

/** The numbers of the form; null while one of them is none. */
export const numbersOf = (form: RiskForm): { k: number; threshold: number; measured: number } | null => {
  const [k, threshold, measured] = [Number(form.k), Number(form.threshold), Number(form.measured)];
  const isRight =
    Number.isInteger(k) &&
    k >= 2 &&
    threshold > 0 &&
    threshold <= 1 &&
    form.measured.trim() !== '' &&
    Number.isInteger(measured) &&
    measured >= 0 &&
    measured <= 50;
  return isRight ? { k, threshold, measured } : null;
};
