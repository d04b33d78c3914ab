import { TILE_COLUMNS } from './product.ts';

/** Where the parts of a network lie in one memory, counted in float32 numbers. */
export type Layout = {
  /** Layer sizes rounded up to whole tiles; what is beyond a size stays zero. */
  readonly widths: readonly number[];
  /** Per layer its matrix (inputs × outputs, padded), then its biases. */
  readonly layers: readonly { readonly matrix: number; readonly bias: number; readonly transposed: number }[];
  /** Numbers from the first matrix to the last bias; as many gradients begin at `gradients`. */
  readonly parameters: number;
  readonly gradients: number;
  /** Per layer of units, the input first: activations, and the loss's derivatives by them; rows × width. */
  readonly activations: readonly number[];
  readonly deltas: readonly number[];
  readonly total: number;
};

export const layOut = (sizes: readonly number[], rows: number): Layout => {
  const widths = sizes.map((size) => Math.ceil(size / TILE_COLUMNS) * TILE_COLUMNS);
  let at = 0;
  const take = (count: number): number => (at += count) - count;
  const places = widths.slice(1).map((outputs, k) => {
    const inputs = widths[k] ?? 0;
    return { inputs, outputs, matrix: take(inputs * outputs), bias: take(outputs) };
  });
  const parameters = at;
  const gradients = take(parameters);
  const layers = places.map(({ inputs, outputs, matrix, bias }) => ({
    matrix,
    bias,
    transposed: take(inputs * outputs),
  }));
  const activations = widths.map((width) => take(rows * width));
  const deltas = widths.map((width) => take(rows * width));
  return { widths, layers, parameters, gradients, activations, deltas, total: at };
};
