import type { Dimension } from '../schema.ts';
import { readTime } from './read-time.ts';
import { readKeyTotals, readTimeTotals } from './read-totals.ts';
import { TIME_WIDTH_US } from './time-width.ts';
import { wrongQuery } from './refuse.ts';
import type { DimensionShape } from './shape.ts';

/** One dimension of a query. Errors: `usage` for keys written twice, edges that do not ascend, times that do not fit. */
export const readDimension = (shape: DimensionShape, place: number): Dimension => {
  const where = `by.${place}`;
  if ('keys' in shape) {
    const { column, keys } = shape;
    if (keys === 'unknown') return { kind: 'unknown', column };
    if (new Set(keys).size < keys.length) throw wrongQuery(where, 'A key is there twice.', 'Write each key once.');
    return { kind: 'keys', column, keys, totals: 'totals' in shape ? readKeyTotals(shape, where) : undefined };
  }
  if ('bins' in shape) {
    const isAscending = shape.bins.every((edge, i) => i === 0 || edge > (shape.bins[i - 1] ?? edge));
    if (!isAscending) throw wrongQuery(where, 'Edges of bins do not ascend.', 'Order them, each edge once.');
    return { kind: 'bins', column: shape.column, edges: shape.bins };
  }
  const fromUs = readTime(shape.from, `${where}.from`);
  const toUs = readTime(shape.to, `${where}.to`);
  const width = TIME_WIDTH_US[shape.every];
  if (toUs <= fromUs || (toUs - fromUs) % width !== 0) {
    throw wrongQuery(where, `From "from" to "to" is no whole number of ${shape.every}s.`, 'Move "to".');
  }
  const time = { kind: 'time', column: 'ts', every: shape.every, fromUs, toUs } as const;
  return { ...time, totals: 'totals' in shape ? readTimeTotals(shape, time, where) : undefined };
};
