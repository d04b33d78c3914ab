export { bernoulliExp } from './bernoulli-exp.ts';
export { bernoulli } from './bernoulli.ts';
export { discreteGaussianSampler, requireVariance } from './discrete-gaussian.ts';
export { discreteLaplaceSampler, truncatedDiscreteLaplaceSampler } from './discrete-laplace.ts';
export { geometricSampler } from './geometric.ts';
export { fillNoise, MAX_NOISE, type Sampler, requireScale } from './sampler.ts';
