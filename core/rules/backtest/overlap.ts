/** How far two rules hit the same actors. */
export type Overlap = {
  readonly shared: number;
  /** Shared over those that either hits (Jaccard 1912); null where neither hits anybody. */
  readonly jaccard: number | null;
  /** Actors that the first hits and the second does not. */
  readonly adds: number;
};

export const overlapOf = (a: ReadonlySet<string>, b: ReadonlySet<string>): Overlap => {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const actor of small) if (large.has(actor)) shared++;
  const either = a.size + b.size - shared;
  return { shared, jaccard: either === 0 ? null : shared / either, adds: a.size - shared };
};

/** Every pair, row by row. */
export const overlapMatrix = (
  hit: readonly ReadonlySet<string>[],
): { readonly shared: number[][]; readonly jaccard: (number | null)[][] } => {
  const pairs = hit.map((a) => hit.map((b) => overlapOf(a, b)));
  return {
    shared: pairs.map((row) => row.map(({ shared }) => shared)),
    jaccard: pairs.map((row) => row.map(({ jaccard }) => jaccard)),
  };
};
