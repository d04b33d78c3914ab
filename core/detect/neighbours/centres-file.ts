import { arrayOf, type ModelContent } from '../model-file.ts';
import type { Centres } from './microaggregate.ts';

/** The arrays of a model file that hold centres. */
export const arraysOfCentres = ({ values, weights, scatter }: Centres): ModelContent['arrays'] => ({
  values,
  weights,
  scatter,
});

/** Reads them back; throws `case-damaged` where a length is wrong. */
export const centresOf = (content: ModelContent, count: number, columns: number): Centres => ({
  count,
  columns,
  values: arrayOf(content, 'values', 'float32', count * columns),
  weights: arrayOf(content, 'weights', 'float32', count),
  scatter: arrayOf(content, 'scatter', 'float64', count),
});
