import { toNumber } from '../../math/rational.ts';
import type { NoisedStatistic } from '../../release/index.ts';

/** A distribution of noise and its parameters, in words. */
export const noiseWords = (noise: NoisedStatistic['noise']): string => {
  switch (noise.kind) {
    case 'discrete-laplace':
      return `discrete Laplace, scale ${short(toNumber(noise.scale))}`;
    case 'discrete-gaussian':
      return `discrete Gaussian, σ ${short(Math.sqrt(toNumber(noise.sigmaSquared)))}`;
    case 'truncated-laplace':
      return `truncated discrete Laplace, scale ${short(toNumber(noise.scale))}, at most ±${noise.bound}`;
  }
};

const short = (x: number): string => String(Number(x.toPrecision(4)));
