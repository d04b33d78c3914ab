/** Milliseconds that our samplers take, each after a warm-up: `[{ noise, parameter, draws }]` in, `[{ ms }]` out. */
import { z } from 'zod';
import { parseRational } from '../../../core/math/rational.ts';
import { systemRandom } from '../../../core/random/index.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { discreteGaussianSampler, discreteLaplaceSampler, fillNoise } from '../../../core/release/samplers/index.ts';

const WARM_UP = 100_000;

const [job] = z
  .tuple([z.object({ noise: z.enum(['laplace', 'gaussian']), parameter: z.string(), draws: z.number() })])
  .parse([JSON.parse(process.argv[2] ?? '')]);
const source = createNoiseSource(systemRandom);
const make = job.noise === 'laplace' ? discreteLaplaceSampler : discreteGaussianSampler;
const draw = make(parseRational(job.parameter), source);
fillNoise(draw, new Float64Array(WARM_UP));
const drawn = new Float64Array(job.draws);
const startedAt = performance.now();
fillNoise(draw, drawn);
const ms = performance.now() - startedAt;
console.log(JSON.stringify({ ms, meanSquare: drawn.reduce((sum, x) => sum + x * x, 0) / job.draws }));
