import { figureOf, type Figure } from './harness/result.ts';
import { mean } from './harness/statistics.ts';
import { wilcoxon } from './harness/wilcoxon.ts';

/** What a method reached on one table, one number per seed. */
export type Outcome = {
  readonly rocAuc: readonly number[];
  readonly averagePrecision: readonly number[];
  /** Median time of a fit and score. */
  readonly ms?: number;
};

export type Measured = {
  readonly name: string;
  readonly rows: number;
  readonly allRows: number;
  readonly columns: number;
  readonly positives: number;
  readonly ours: Readonly<Record<string, Outcome>>;
  readonly peers: Readonly<Record<string, Outcome>>;
};

export type Table = {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

const METRICS = ['rocAuc', 'averagePrecision'] as const;
type Metric = (typeof METRICS)[number];

const ENSEMBLE = 'ensemble';
const BASELINE = 'scikit-learn IsolationForest';
/** Against these a paired test is made. */
const RIVALS = [BASELINE, 'isotree pooled gain .75', 'isotree density', 'tail-rank sum'];
const FOLDS = 5;

const methodsOf = (sets: readonly Measured[], side: 'ours' | 'peers'): readonly string[] => [
  ...new Set(sets.flatMap((set) => Object.keys(set[side]))),
];

const valueOf = (set: Measured, side: 'ours' | 'peers', name: string, metric: Metric): number =>
  mean(set[side][name]?.[metric] ?? [Number.NaN]);

const macro = (sets: readonly Measured[], side: 'ours' | 'peers', name: string, metric: Metric): number =>
  mean(sets.map((set) => valueOf(set, side, name, metric)));

const three = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : '');

/** Everything the benchmark prints. */
export const accuracyTables = (sets: readonly Measured[]): readonly Table[] => [
  macroTable(sets),
  pairedTable(sets),
  foldTable(sets),
  setTable(sets),
];

const macroTable = (sets: readonly Measured[]): Table => ({
  title: `Mean over ${sets.length} tables, labels unseen`,
  head: ['method', 'tables', 'ROC AUC', 'average precision', 'seconds per table'],
  rows: (['ours', 'peers'] as const).flatMap((side) =>
    methodsOf(sets, side)
      .map((name) => {
        const those = sets.filter((set) => set[side][name] !== undefined);
        const times = those.flatMap((set) => set[side][name]?.ms ?? []);
        return { name, those, times, roc: macro(those, side, name, 'rocAuc') };
      })
      .sort((a, b) => b.roc - a.roc)
      .map(({ name, those, times, roc }) => [
        side === 'ours' ? `nightjar ${name}` : name,
        String(those.length),
        three(roc),
        three(macro(those, side, name, 'averagePrecision')),
        times.length > 0 ? (mean(times) / 1000).toFixed(2) : '',
      ]),
  ),
});

const pairedTable = (sets: readonly Measured[]): Table => ({
  title: 'The ensemble against rivals, table by table (Wilcoxon signed-rank, two-sided)',
  head: ['rival', 'metric', 'tables', 'mean difference', 'better / worse', 'p', 'worst table'],
  rows: RIVALS.flatMap((rival) =>
    METRICS.flatMap((metric) => {
      const those = sets.filter((set) => set.peers[rival] !== undefined);
      if (those.length === 0) return [];
      const differences = those.map(
        (set) => valueOf(set, 'ours', ENSEMBLE, metric) - valueOf(set, 'peers', rival, metric),
      );
      const worst = Math.min(...differences);
      const better = differences.filter((difference) => difference > 0).length;
      const worse = differences.filter((difference) => difference < 0).length;
      const where = those[differences.indexOf(worst)]?.name ?? '';
      const p = wilcoxon(differences);
      return [
        [
          rival,
          metric,
          String(those.length),
          signed(mean(differences)),
          `${better} / ${worse}`,
          p < 0.001 ? p.toExponential(1) : p.toFixed(3),
          `${signed(worst)} ${where}`,
        ],
      ];
    }),
  ),
});

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;

/**
 * Whether choices carry over: every fifth table is left out in turn. The detector that is best on the other tables stands
 * for what choosing by labels would give on tables nobody saw; the ensemble needs no choice.
 */
const foldTable = (sets: readonly Measured[]): Table => {
  const single = methodsOf(sets, 'ours').filter((name) => name !== ENSEMBLE);
  const rows = Array.from({ length: Math.min(FOLDS, sets.length) }, (_, fold) => {
    const left = sets.filter((_set, i) => i % FOLDS === fold);
    const others = sets.filter((_set, i) => i % FOLDS !== fold);
    const everywhere = single.filter((name) => sets.every((set) => set.ours[name] !== undefined));
    const chosen = [...everywhere].sort(
      (a, b) => macro(others, 'ours', b, 'rocAuc') - macro(others, 'ours', a, 'rocAuc'),
    )[0];
    const pair = (side: 'ours' | 'peers', name: string): string =>
      `${three(macro(left, side, name, 'rocAuc'))} / ${three(macro(left, side, name, 'averagePrecision'))}`;
    return [
      left.map(({ name }) => name).join(', '),
      pair('ours', ENSEMBLE),
      chosen === undefined ? '' : `${chosen} ${pair('ours', chosen)}`,
      pair('peers', BASELINE),
      pair('peers', 'tail-rank sum'),
    ];
  });
  return {
    title: 'Tables left out (ROC AUC / average precision)',
    head: ['left out', 'nightjar ensemble', 'best single detector of the other tables', BASELINE, 'tail-rank sum'],
    rows,
  };
};

const setTable = (sets: readonly Measured[]): Table => {
  const [own, others] = [methodsOf(sets, 'ours'), methodsOf(sets, 'peers')];
  const cell = (set: Measured, side: 'ours' | 'peers', name: string): string =>
    set[side][name] === undefined
      ? ''
      : `${three(valueOf(set, side, name, 'rocAuc'))} / ${three(valueOf(set, side, name, 'averagePrecision'))}`;
  return {
    title: 'Each table (ROC AUC / average precision)',
    head: ['table', 'rows used', 'rows', 'columns', 'positives', ...own, ...others],
    rows: sets.map((set) => [
      set.name,
      String(set.rows),
      String(set.allRows),
      String(set.columns),
      String(set.positives),
      ...own.map((name) => cell(set, 'ours', name)),
      ...others.map((name) => cell(set, 'peers', name)),
    ]),
  };
};

/** Macro means of the ensemble and of each detector, over the seeds, beside every peer that ran on all tables. */
export const accuracyFigures = (sets: readonly Measured[]): readonly Figure[] => {
  const bySeed = (side: 'ours' | 'peers', name: string, metric: Metric): readonly number[] => {
    const seeds = Math.max(...sets.map((set) => set[side][name]?.[metric].length ?? 0));
    return Array.from({ length: seeds }, (_, seed) =>
      mean(sets.map((set) => set[side][name]?.[metric][seed] ?? set[side][name]?.[metric][0] ?? Number.NaN)),
    );
  };
  const everywhere = (side: 'ours' | 'peers'): readonly string[] =>
    methodsOf(sets, side).filter((name) => sets.every((set) => set[side][name] !== undefined));
  return everywhere('ours').flatMap((name) =>
    METRICS.map((metric) =>
      figureOf(
        `${name}, mean over ${sets.length} tables`,
        metric,
        bySeed('ours', name, metric),
        Object.fromEntries(everywhere('peers').map((peer) => [peer, bySeed('peers', peer, metric)])),
        mean,
      ),
    ),
  );
};
