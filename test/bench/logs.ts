/**
 * Real logs: ROC AUC and average precision of each detector and the ensemble through the command line, beside
 * scikit-learn's isolation forest on the same features and the figures of the data folder's README; and what became
 * of every other log. `npm run bench:logs [-- --data DIR --seeds N]`
 */
import { join } from 'node:path';
import { commonReason, detect, evaluate, forestPeer, type Report } from './harness/case-run.ts';
import { benchOptions, hasData } from './harness/options.ts';
import { ensurePython, PYTHON_PEERS } from './harness/python.ts';
import { figureOf, printTable, writeResult, type Figure } from './harness/result.ts';
import { mean } from './harness/statistics.ts';
import { inTemporaryFolder } from './harness/temporary.ts';
import { labelledLogs, type LabelledLog } from './log-cases.ts';
import { importOthers, type Imported } from './other-logs.ts';

const PEER = 'scikit-learn IsolationForest';
const { data, numbers } = benchOptions({ seeds: 3 });
const seeds = Array.from({ length: numbers.seeds }, (_, i) => i + 1);
const METRICS = ['rocAuc', 'averagePrecision'] as const;

const measure = async (
  log: LabelledLog,
  directory: string,
  python: boolean,
): Promise<{
  readonly figures: readonly Figure[];
  readonly detectors: readonly string[];
  readonly row: readonly string[];
  readonly imported: Imported;
}> => {
  const reports: Report[] = [];
  const first = await detect(directory, log.files, [...log.args, '--seed', '1']);
  const again = log.args.includes('--min-events') ? ['--min-events', log.args.at(-1) ?? '3'] : [];
  for (const seed of seeds) {
    if (seed !== 1) await detect(directory, [], [...again, '--seed', String(seed)]);
    reports.push(await evaluate(directory, log.labels));
  }
  const peers = python ? await forestPeer(directory, log.labels, first.features, seeds) : [];
  const detectors = Object.keys(reports[0]?.detectors ?? {});
  const figures = detectors.flatMap((detector) =>
    METRICS.map((metric) => {
      const ours = reports.map((report) => report.detectors[detector]?.[metric] ?? Number.NaN);
      const theirs = python ? { [PEER]: peers.map((peer) => peer.all[metric]) } : {};
      return figureOf(`${log.name}, ${detector}`, metric, ours, theirs, mean);
    }),
  );
  // The queue's first page against that of the detector that would have been the best to choose, seed by seed.
  const firstPage = reports.map(({ detectors: { ensemble, ...others } }) => {
    const best = Math.max(...Object.values(others).map(({ precisionAt }) => precisionAt['50']));
    return (ensemble?.precisionAt['50'] ?? Number.NaN) / best;
  });
  figures.push(figureOf(`${log.name}, precision at 50 ÷ the best single detector's`, 'ratio', firstPage, {}, mean));
  const pair = (a: number, b: number): string => `${a.toFixed(3)} / ${b.toFixed(3)}`;
  const cells = detectors.map((detector) => {
    const of = (metric: (typeof METRICS)[number]): number =>
      mean(reports.map((report) => report.detectors[detector]?.[metric] ?? Number.NaN));
    return pair(of('rocAuc'), of('averagePrecision'));
  });
  const peer = python
    ? [pair(mean(peers.map((each) => each.all.rocAuc)), mean(peers.map((each) => each.all.averagePrecision)))]
    : [];
  const [input] = first.inputs;
  const imported: Imported = {
    name: log.name,
    read: input?.rows ?? 0,
    stored: input?.stored ?? 0,
    quarantined: input?.quarantined ?? 0,
    reason: await commonReason(directory),
  };
  return {
    imported,
    figures,
    detectors,
    row: [
      log.name,
      `${reports[0]?.n} / ${reports[0]?.positives}`,
      `${log.reference.rocAuc} / ${log.reference.averagePrecision}`,
      ...cells,
      `${mean(firstPage).toFixed(2)} (${Math.min(...firstPage).toFixed(2)}–${Math.max(...firstPage).toFixed(2)})`,
      ...peer,
    ],
  };
};

if (hasData(join(data, 'logs'))) {
  const python = await ensurePython();
  await inTemporaryFolder(async (folder) => {
    const logs = join(data, 'logs');
    const measured = [];
    for (const [i, log] of labelledLogs(logs, folder).entries()) {
      measured.push(await measure(log, join(folder, `case-${i}`), python));
    }
    printTable(
      `ROC AUC / average precision, mean of ${seeds.length} seeds`,
      [
        'log',
        'actors / positives',
        'reference forest',
        ...(measured[0]?.detectors ?? []),
        'precision at 50 ÷ the best',
        ...(python ? [PEER] : []),
      ],
      measured.map((each) => each.row),
    );
    const others = await importOthers(logs, folder);
    const imported = [...measured.map((each) => each.imported), ...others];
    printTable(
      'Records',
      ['log', 'read', 'stored', 'quarantined', 'most common reason'],
      imported.map((each) => [each.name, ...[each.read, each.stored, each.quarantined].map(String), each.reason]),
    );
    const figures = measured.flatMap((each) => each.figures);
    writeResult('logs', python ? PYTHON_PEERS : {}, figures, { seeds, imported });
  });
}
