/**
 * Per planted kind and over all: ROC AUC and precision of each detector and the ensemble, over seeds, through
 * `detect` and `evaluate`; scikit-learn's isolation forest on the same feature table beside them.
 * `npm run bench:sample [-- --seeds N --events N]`
 */
import { join } from 'node:path';
import { detect, evaluate, forestPeer, type Peer, type Report } from './harness/case-run.ts';
import { benchOptions, ROOT } from './harness/options.ts';
import { ensurePython, PYTHON_PEERS } from './harness/python.ts';
import { figureOf, printTable, writeResult, type Figure } from './harness/result.ts';
import { generateLog } from './harness/sample-log.ts';
import { mean } from './harness/statistics.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

const PEER = 'scikit-learn IsolationForest';
const { numbers } = benchOptions({ seeds: 5, events: 300_000 });
const seeds = Array.from({ length: numbers.seeds }, (_, i) => i + 1);
const python = await ensurePython();

type Metric = 'rocAuc' | 'precision';
type Cell = Readonly<Record<Metric, number>>;

const oursOf = (report: Report, kind: string, detector: string): Cell => {
  const part = kind === 'all' ? report : report.kinds.find((each) => each.kind === kind);
  const metrics = part?.detectors[detector];
  return { rocAuc: metrics?.rocAuc ?? Number.NaN, precision: metrics?.precisionAt.positives ?? Number.NaN };
};

const peerOf = (peer: Peer, kind: string): Cell =>
  (kind === 'all' ? peer.all : peer.kinds[kind]) ?? { rocAuc: Number.NaN, precision: Number.NaN };

const measure = async (title: string, folder: string, log: string, labels: string): Promise<Figure[]> => {
  const directory = join(folder, title.replaceAll(/\W+/gu, '-'));
  const reports: Report[] = [];
  let features: readonly string[] = [];
  for (const seed of seeds) {
    const run = await detect(directory, seed === seeds[0] ? [log] : [], ['--seed', String(seed)]);
    features = run.features;
    reports.push(await evaluate(directory, { file: labels }));
  }
  const peers = python ? await forestPeer(directory, { file: labels }, features, seeds) : [];
  const [first] = reports;
  const kinds = ['all', ...(first?.kinds.map((kind) => kind.kind) ?? [])];
  const detectors = Object.keys(first?.detectors ?? {});
  const figures: Figure[] = [];
  const rows = kinds.map((kind) => {
    const positives = kind === 'all' ? first?.positives : first?.kinds.find((each) => each.kind === kind)?.positives;
    const cells = detectors.map((detector) => {
      const cell = (metric: Metric): number => {
        const ours = reports.map((report) => oursOf(report, kind, detector)[metric]);
        const theirs = python ? { [PEER]: peers.map((peer) => peerOf(peer, kind)[metric]) } : {};
        const figure = figureOf(`${title}: ${kind}, ${detector}`, metric, ours, theirs, mean);
        figures.push(figure);
        return figure.ours;
      };
      return `${cell('rocAuc').toFixed(3)} / ${cell('precision').toFixed(2)}`;
    });
    const peer = (metric: Metric): number => mean(peers.map((each) => peerOf(each, kind)[metric]));
    const last = python ? [`${peer('rocAuc').toFixed(3)} / ${peer('precision').toFixed(2)}`] : [];
    return [kind, String(positives ?? 0), ...cells, ...last];
  });
  printTable(
    `${title}: ROC AUC / precision at as many as there are positives, ${first?.n} actors, mean of ${seeds.length} seeds`,
    ['kind', 'positives', ...detectors, ...(python ? [PEER] : [])],
    rows,
  );
  return figures;
};

await inTemporaryFolder(async (folder) => {
  const committed = join(ROOT, 'samples/platform');
  const sample = await measure('committed sample', folder, `${committed}.csv.gz`, `${committed}.labels.csv`);
  const { log, labels } = await generateLog(folder, numbers.events, 3);
  const generated = await measure(`generated log of ${numbers.events}`, folder, log, labels);
  writeResult('sample', python ? PYTHON_PEERS : {}, [...sample, ...generated], { seeds });
});
