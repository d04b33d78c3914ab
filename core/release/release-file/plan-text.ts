import { formatRational } from '../../math/rational.ts';
import { lossEventToJson, type Reach } from '../accounting/index.ts';
import type { NoisedStatistic } from '../mechanisms/index.ts';
import type { ReleasePlan } from '../plan.ts';
import type { ReleaseBody } from './shape.ts';

/** What a release file says of how it was made, all of it known before any data was read. */
export type PlanText = Pick<ReleaseBody, 'losses' | 'selection' | 'statistics' | 'statements'>;

/** A plan as a release file writes it. */
export const planText = ({ events, selection, statistics, statements }: ReleasePlan): PlanText => ({
  losses: events.map(lossEventToJson),
  selection: selection === undefined ? null : noisedText(selection),
  statistics: statistics.map(({ name, meaning, ...rest }) => ({ name, meaning, ...noisedText(rest) })),
  statements: [...statements],
});

const noisedText = ({ reach, noise }: { readonly reach: Reach; readonly noise: NoisedStatistic['noise'] }) => ({
  reach: { coordinates: reach.coordinates, sensitivity: formatRational(reach.sensitivity) },
  noise: noiseText(noise),
});

const noiseText = (noise: NoisedStatistic['noise']): ReleaseBody['statistics'][number]['noise'] => {
  switch (noise.kind) {
    case 'discrete-laplace':
      return { kind: noise.kind, scale: formatRational(noise.scale) };
    case 'discrete-gaussian':
      return { kind: noise.kind, sigmaSquared: formatRational(noise.sigmaSquared) };
    case 'truncated-laplace':
      return { kind: noise.kind, scale: formatRational(noise.scale), bound: noise.bound };
  }
};
