import type { Random } from '../../../core/random/index.ts';
import type { Matrix } from '../../../core/table/index.ts';

/** Rows with labels: 1 is abuse. */
export type Replicate = {
  readonly setting: string;
  readonly contamination: number;
  readonly matrix: Matrix;
  readonly labels: Uint8Array;
};

type Row = readonly number[];

export const CONTAMINATIONS = [0, 0.01, 0.05, 0.1, 0.2] as const;
const FAMILIES = ['normal', 't3', 'jointly t3', 'lognormal', 'correlated', 'clusters'] as const;
const KINDS = ['global', 'clustered', 'local'] as const;
const SIZES = [500, 1000, 2000, 5000] as const;
const WIDTHS = [5, 10, 20] as const;

const pick = <T>(items: readonly [T, ...(readonly T[])], random: Random): T =>
  items[random.int(items.length)] ?? items[0];

/** A population, a kind of abuse, a size and a width drawn at random; the share of abuse as given. */
export const syntheticReplicate = (contamination: number, random: Random): Replicate => {
  const family = pick(FAMILIES, random);
  const kind = pick(KINDS, random);
  const rows = pick(SIZES, random);
  const draw = population(family, pick(WIDTHS, random), random);
  const abusers = Math.round(contamination * rows);
  const ordinary = Array.from({ length: rows - abusers }, draw);
  const abuse = drawAbuse(kind, ordinary, abusers, random);
  return asReplicate(`${family}, ${abusers === 0 ? 'none' : kind}`, contamination, ordinary, abuse, random);
};

/** At most so many ordinary rows of a table are drawn, and never more than 80 % of them. */
const MOST_ORDINARY = 1500;

/**
 * Ordinary rows of a labelled table drawn without replacement, its labelled anomalies mixed in at the given
 * share.
 */
export const resampledReplicate = (
  table: { readonly name: string; readonly ordinary: readonly Row[]; readonly abuse: readonly Row[] },
  contamination: number,
  random: Random,
): Replicate => {
  const size = Math.min(MOST_ORDINARY, Math.floor(0.8 * table.ordinary.length));
  const abusers = Math.min(table.abuse.length, Math.round((contamination * size) / (1 - contamination)));
  const ordinary = shuffled(table.ordinary, random).slice(0, size);
  const abuse = shuffled(table.abuse, random).slice(0, abusers);
  return asReplicate(table.name, contamination, ordinary, abuse, random);
};

const population = (family: (typeof FAMILIES)[number], width: number, random: Random): (() => Row) => {
  const normals = (): number[] => Array.from({ length: width }, () => random.normal());
  const chi3 = (): number => Math.sqrt((random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2) / 3);
  if (family === 'normal') return normals;
  if (family === 't3') return () => normals().map((z) => z / chi3());
  if (family === 'lognormal') return () => normals().map(Math.exp);
  if (family === 'jointly t3') {
    return () => {
      const scale = chi3();
      return normals().map((z) => z / scale);
    };
  }
  if (family === 'correlated') {
    const loadings = Array.from({ length: 3 }, normals);
    return () => {
      const factors = loadings.map(() => random.normal());
      return normals().map((z, j) => factors.reduce((sum, f, k) => sum + f * (loadings[k]?.[j] ?? 0), 0.3 * z));
    };
  }
  const centres = [1, 0.5, 1.5, 1].map((spread) => ({ spread, at: normals().map((z) => 4 * z) }));
  return () => {
    const u = random.float();
    const centre = centres[u < 0.5 ? 0 : u < 0.75 ? 1 : u < 0.92 ? 2 : 3];
    return normals().map((z, j) => (centre?.at[j] ?? 0) + z * (centre?.spread ?? 1));
  };
};

/**
 * Global: uniform over the range and half a deviation beyond. Clustered: one narrow group four deviations off.
 * Local: an ordinary row moved by 1.7 deviations in every column.
 */
const drawAbuse = (kind: (typeof KINDS)[number], ordinary: readonly Row[], count: number, random: Random): Row[] => {
  const columns = (ordinary[0] ?? []).map((_, j) => {
    const values = ordinary.map((row) => row[j] ?? 0);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
    return { mean, deviation, low: Math.min(...values), high: Math.max(...values) };
  });
  const direction = columns.map(() => random.normal());
  const longest = Math.max(...direction.map(Math.abs));
  return Array.from({ length: count }, () => {
    const base = ordinary[random.int(ordinary.length)] ?? [];
    return columns.map(({ mean, deviation, low, high }, j) => {
      if (kind === 'global') return low - deviation / 2 + random.float() * (high - low + deviation);
      if (kind === 'local') return (base[j] ?? 0) + 1.7 * deviation * random.normal();
      return mean + deviation * ((4 * (direction[j] ?? 0)) / longest + 0.3 * random.normal());
    });
  });
};

/** In random order: what is found must not hang on where the abuse stands. */
const asReplicate = (
  setting: string,
  contamination: number,
  ordinary: readonly Row[],
  abuse: readonly Row[],
  random: Random,
): Replicate => {
  const tagged = [...ordinary.map((row) => ({ row, label: 0 })), ...abuse.map((row) => ({ row, label: 1 }))];
  const all = shuffled(tagged, random);
  const columns = all[0]?.row.length ?? 0;
  const values = new Float32Array(new SharedArrayBuffer(all.length * columns * 4));
  all.forEach(({ row }, i) => values.set(row, i * columns));
  const names = Array.from({ length: columns }, (_, j) => `f${j}`);
  return {
    setting,
    contamination,
    matrix: { rows: all.length, columns, names, values },
    labels: Uint8Array.from(all, ({ label }) => label),
  };
};

export const shuffled = <T>(items: readonly T[], random: Random): T[] => {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const [a, b] = [copy[i], copy[j]];
    if (a === undefined || b === undefined) continue;
    copy[i] = b;
    copy[j] = a;
  }
  return copy;
};
