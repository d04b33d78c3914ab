/**
 * Differential privacy against OpenDP and diffprivlib: speed of exact noise, error on unknown keys at equal true δ, coverage
 * of intervals, time of large histograms; and what a private forest loses.
 * `npm run bench:privacy [-- --data DIR --draws N --peer-draws N --repeats N --runs N --actors N --keys N --rows N
 * --forest-rows N --ensemble 0|1]`
 *
 * The npm package `differential-privacy` 1.1.2 is no peer here: it does not load on the Node this needs. Its fault, the
 * logarithm to base 10, is rebuilt in test/release/support/faulty-noise.ts, where our tests of noise reject it.
 */
import { join } from 'node:path';
import { measureErrors } from './privacy-errors.ts';
import { measurePrivateForest } from './privacy-forest.ts';
import { measureHistogram } from './privacy-histogram.ts';
import { measureSamplers } from './privacy-samplers.ts';
import { benchOptions, ROOT } from './harness/options.ts';
import { buildNative, OPENDP_NATIVE } from './harness/native.ts';
import { installPeers, versionsOf } from './harness/python.ts';
import { printFigures, printTable, writeResult } from './harness/result.ts';

const { data, numbers } = benchOptions({
  draws: 1_000_000,
  'peer-draws': 100_000,
  repeats: 3,
  runs: 200,
  actors: 30_000,
  keys: 1_000_000,
  rows: 1_000_000,
  'forest-rows': 4000,
  ensemble: 1,
});
const installed = await installPeers(['opendp', 'diffprivlib']);
const hasNative = await buildNative();

const { figures: errors, notes } = await measureErrors({ actors: numbers.actors, runs: numbers.runs, installed });
printFigures('Unknown keys: ε = 1, δ = 1e-6, Zipf', errors);
printTable(
  'The threshold that the peers were given',
  ['keys per actor', 'threshold', 'true δ', 'δ that OpenDP says it has'],
  notes.map(({ contributions, threshold, trueDelta, opendpClaims }) => [
    String(contributions),
    String(threshold),
    trueDelta.toExponential(3),
    opendpClaims?.toExponential(3) ?? '',
  ]),
);

const histograms = await measureHistogram({
  keys: numbers.keys,
  rows: numbers.rows,
  repeats: numbers.repeats,
  hasPeer: installed.includes('opendp'),
  hasNative,
});
printFigures('Histograms, ε = 1', histograms);

const { draws, 'peer-draws': peerDraws, repeats } = numbers;
const samplers = await measureSamplers({ draws, peerDraws, repeats, installed, hasNative });
printFigures(`Noise: ${draws} draws, ${peerDraws} of each peer`, samplers);

const forests = await measurePrivateForest({
  tables: join(data, 'adbench'),
  maxRows: numbers['forest-rows'],
  repeats,
  withEnsemble: numbers.ensemble === 1,
  sample: { log: join(ROOT, 'samples/platform.csv.gz'), labels: join(ROOT, 'samples/platform.labels.csv') },
});
printFigures('Private forests', forests.figures);

const versions = { ...versionsOf(installed), ...(hasNative ? { 'opendp in Rust': OPENDP_NATIVE } : {}) };
writeResult('privacy', versions, [...errors, ...histograms, ...samplers, ...forests.figures], {
  options: numbers,
  thresholds: notes,
  forests: forests.tables,
});
