/** Eigenvalues from largest to smallest; `vectors` holds the unit eigenvector of value i in row i. */
export type Eigen = { readonly values: Float64Array; readonly vectors: Float64Array };

/** Sweeps after which what is left off the diagonal is rounding: 6 to 10 are the rule. */
const MAX_SWEEPS = 30;
/** Off-diagonal size, against the whole matrix, that no eigenvalue would notice. */
const NEGLIGIBLE = 1e-18;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, row by row, by the cyclic Jacobi method (Golub & Van Loan 2013,
 * section 8.5.3). Grows with size³, about ten sweeps: meant for up to a few hundred columns. The sign of a vector is
 * such that its largest component is positive.
 */
export const symmetricEigen = (matrix: Float64Array, size: number): Eigen => {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  const floor = NEGLIGIBLE * Math.sqrt(matrix.reduce((sum, value) => sum + value * value, 0));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) if (rotate(a, v, size, p, q, floor)) rotated = true;
    if (!rotated) break;
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j]! - a[i * size + i]! || i - j);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    const own = v.subarray(from * size, from * size + size);
    let largest = 0;
    for (const component of own) if (Math.abs(component) > Math.abs(largest)) largest = component;
    for (let j = 0; j < size; j++) vectors[to * size + j] = largest < 0 ? -own[j]! : own[j]!;
  });
  return { values: Float64Array.from(order, (i) => a[i * size + i]!), vectors };
};

/** One rotation that makes a[p][q] zero; false where it is negligible already. Hot loop: plain indices. */
const rotate = (a: Float64Array, v: Float64Array, size: number, p: number, q: number, floor: number): boolean => {
  const off = a[p * size + q]!;
  const app = a[p * size + p]!;
  const aqq = a[q * size + q]!;
  const small = Math.max(floor, 1e-16 * Math.sqrt(Math.abs(app)) * Math.sqrt(Math.abs(aqq)));
  if (Math.abs(off) <= small) return false;
  const theta = (aqq - app) / (2 * off);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < size; k++) {
    const akp = a[k * size + p]!;
    const akq = a[k * size + q]!;
    a[k * size + p] = c * akp - s * akq;
    a[k * size + q] = s * akp + c * akq;
  }
  for (let k = 0; k < size; k++) {
    const apk = a[p * size + k]!;
    const aqk = a[q * size + k]!;
    a[p * size + k] = c * apk - s * aqk;
    a[q * size + k] = s * apk + c * aqk;
    const vpk = v[p * size + k]!;
    const vqk = v[q * size + k]!;
    v[p * size + k] = c * vpk - s * vqk;
    v[q * size + k] = s * vpk + c * vqk;
  }
  a[p * size + q] = 0;
  a[q * size + p] = 0;
  return true;
};
