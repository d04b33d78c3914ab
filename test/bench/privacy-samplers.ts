/** Speed of exact noise against OpenDP, per call and per vector, and diffprivlib: a part of `npm run bench:privacy`. */
import { z } from 'zod';
import { runNative } from './harness/native.ts';
import { runPython } from './harness/python.ts';
import { figureOf, type Figure } from './harness/result.ts';
import { runChild } from './harness/run.ts';

export type SamplerBench = {
  /** Draws of ours. */
  readonly draws: number;
  /** Draws of each peer: the same, or fewer where there is little time; figures are per draw. */
  readonly peerDraws: number;
  readonly repeats: number;
  /** Which of `opendp` and `diffprivlib` are installed. */
  readonly installed: readonly string[];
  /** Whether OpenDP's library in Rust is built. */
  readonly hasNative: boolean;
};

type Job = { readonly noise: 'laplace' | 'gaussian'; readonly parameter: string; readonly scale: number };

const JOBS: readonly (Job & { readonly what: string })[] = [
  { what: 'discrete Laplace, scale 10', noise: 'laplace', parameter: '10', scale: 10 },
  { what: 'discrete Laplace, scale 1,000,000', noise: 'laplace', parameter: '1000000', scale: 1e6 },
  { what: 'discrete Gaussian, σ = 10', noise: 'gaussian', parameter: '100', scale: 10 },
  // The denominators of the last step leave the exact range of doubles: big integers.
  { what: 'discrete Gaussian, σ = 10,000.5', noise: 'gaussian', parameter: '400040001/4', scale: 10_000.5 },
];
const NATIVE = 'opendp in Rust';
const ANSWER = z.object({ ms: z.number(), meanSquare: z.number() });

/** Nanoseconds per draw, ours and peers one after the other in processes of their own; medians and ranges of the repeats. */
export const measureSamplers = async (bench: SamplerBench): Promise<readonly Figure[]> => {
  const peers = [
    ...(bench.installed.includes('opendp') ? ['opendp', 'opendp vector'] : []),
    ...(bench.hasNative ? [NATIVE] : []),
    ...(bench.installed.includes('diffprivlib') ? ['diffprivlib'] : []),
  ];
  const figures: Figure[] = [];
  for (const { what, ...job } of JOBS) {
    // diffprivlib's discrete Gaussian does not come to an end within 15 s for 1,000 draws at the largest σ.
    const able = peers.filter((peer) => peer !== 'diffprivlib' || job.noise === 'laplace' || job.scale < 100);
    const ours: number[] = [];
    const theirs: Record<string, number[]> = Object.fromEntries(able.map((peer) => [peer, []]));
    for (let repeat = 0; repeat < bench.repeats; repeat++) {
      ours.push(nanoseconds(job, bench.draws, await runChild('privacy-samplers', { ...job, draws: bench.draws })));
      for (const peer of able) {
        const answer = await (peer === NATIVE
          ? runNative('draw', job.noise, String(job.scale), String(bench.peerDraws))
          : runPython('privacy_samplers', { ...job, peer, draws: bench.peerDraws }));
        theirs[peer]?.push(nanoseconds(job, bench.peerDraws, answer));
      }
    }
    figures.push(figureOf(what, 'ns/draw', ours, theirs));
  }
  return figures;
};

/** Checks first that what was timed is noise of the size that was asked for, ours or theirs. */
const nanoseconds = (job: Job, draws: number, answer: unknown): number => {
  const { ms, meanSquare } = ANSWER.parse(answer);
  const expected = job.scale ** 2 * (job.noise === 'laplace' ? 2 : 1);
  // Ten standard errors of a mean of squares of Laplace noise, whose relative variance is 5; discreteness is less.
  if (Math.abs(meanSquare / expected - 1) > 10 * Math.sqrt(5 / draws) + 0.01) {
    throw new Error(`${job.noise}: noise of another size than asked for was measured.`);
  }
  return (1e6 * ms) / draws;
};
