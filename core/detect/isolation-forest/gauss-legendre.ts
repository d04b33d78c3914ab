export type Quadrature = { readonly nodes: Float64Array; readonly weights: Float64Array };

/** Nodes in (0, 1) and weights that add to 1: exact for polynomials of a degree below 2n. The nodes are Legendre zeros, by Newton steps. */
export const gaussLegendre = (n: number): Quadrature => {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let x = Math.cos((Math.PI * (k + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 50; round++) {
      const { value, derivative } = legendre(n, x);
      slope = derivative;
      const step = value / derivative;
      x -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    nodes[k] = (1 - x) / 2;
    weights[k] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
};

/** P_n and its derivative at x, by Bonnet's recursion. */
const legendre = (n: number, x: number): { readonly value: number; readonly derivative: number } => {
  let previous = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
    previous = value;
    value = next;
  }
  return { value, derivative: (n * (x * value - previous)) / (x * x - 1) };
};
