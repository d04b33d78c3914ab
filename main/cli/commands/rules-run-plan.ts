import { text, type OptionValues } from '../command.ts';
import { INPUT_OPTIONS, planOptions } from './input-options.ts';

const { map: _, ...others } = INPUT_OPTIONS;

/** Options that say how events are to be read, but for `--map`, which `rules` has once. */
export const READ_OPTIONS = others;

/** How events are to be read. Errors: `usage`. */
export const readPlan = (values: OptionValues): ReturnType<typeof planOptions> => {
  const map = text(values, 'map');
  return planOptions(map === undefined ? values : { ...values, map: [map] });
};
