/**
 * Wall time and peak memory per stage on a large generated log, and on a small one against pandas + scikit-learn;
 * import against DuckDB's own `CREATE TABLE AS SELECT` on both.
 * `npm run bench:ingest [-- --events N --small N --repeats N --large-repeats N]`
 */
import { z } from 'zod';
import { THREADS } from './harness/engine.ts';
import { benchOptions } from './harness/options.ts';
import { ensurePython, PYTHON_PEERS, runPython } from './harness/python.ts';
import { figureOf, printFigures, printTable, writeResult, type Figure } from './harness/result.ts';
import { nightjar, runChild } from './harness/run.ts';
import { generateLog, type SampleLog } from './harness/sample-log.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

const STAGES = z.object({
  wallMs: z.record(z.string(), z.number()),
  cpuMs: z.record(z.string(), z.number()),
  peakBytes: z.record(z.string(), z.number()),
  counts: z.object({ read: z.number(), stored: z.number(), actors: z.number() }),
  features: z.array(z.string()),
});
const CTAS = z.object({ wallMs: z.number(), cpuMs: z.number(), peakBytes: z.number() });
const PANDAS = z.object({
  wallMs: z.record(z.string(), z.number()),
  peakBytes: z.number(),
  features: z.array(z.string()),
  actors: z.number(),
});
const COMPARED = z.object({ shared: z.array(z.string()), differ: z.record(z.string(), z.unknown()) });

const { numbers } = benchOptions({ events: 10_000_000, small: 1_000_000, repeats: 3, 'large-repeats': 2 });
const seconds = (ms: number): number => ms / 1000;
const mebibytes = (bytes: number): number => bytes / 2 ** 20;
const python = await ensurePython();
const peers: Record<string, string> = { duckdb: 'CREATE TABLE AS SELECT, @duckdb/node-api, same threads and memory' };
if (python) Object.assign(peers, PYTHON_PEERS);

const engineRun = async (log: SampleLog, stages: 'peers' | 'all', table?: string) =>
  STAGES.parse(await runChild('stages', { log: log.log, stages, ...(table === undefined ? {} : { table }) }));
const ctasRun = async (log: SampleLog) => CTAS.parse(await runChild('ctas', { log: log.log }));

/** Import, features and forest of both sides, one after the other, `repeats` times. */
const againstPandas = async (folder: string, log: SampleLog): Promise<Figure[]> => {
  const ours: z.infer<typeof STAGES>[] = [];
  const pandas: z.infer<typeof PANDAS>[] = [];
  const ctas: z.infer<typeof CTAS>[] = [];
  for (let i = 0; i < numbers.repeats; i++) {
    ours.push(await engineRun(log, 'peers', folder));
    if (python) pandas.push(PANDAS.parse(await runPython('features', { log: log.log, table: folder })));
    ctas.push(await ctasRun(log));
  }
  if (python) await compareTables(folder, ours[0], pandas[0]);
  const stage = (...names: string[]): Figure => {
    const sum = (wallMs: Readonly<Record<string, number>>): number =>
      names.reduce((total, name) => total + (wallMs[name] ?? Number.NaN), 0);
    const theirs = python ? { pandas: pandas.map((run) => seconds(sum(run.wallMs))) } : {};
    const mine = ours.map((run) => seconds(sum(run.wallMs)));
    return figureOf(`${names.join(' + ')}, ${numbers.small} events`, 's', mine, theirs);
  };
  const peak = ours.map((run) => mebibytes(run.peakBytes['isolationForest'] ?? Number.NaN));
  const theirPeak = python ? { pandas: pandas.map((run) => mebibytes(run.peakBytes)) } : {};
  return [
    stage('import'),
    stage('features'),
    stage('isolationForest'),
    stage('import', 'features', 'isolationForest'),
    figureOf(`peak memory to there, ${numbers.small} events`, 'MiB', peak, theirPeak),
    ...againstDuckDB(numbers.small, ours, ctas),
  ];
};

const againstDuckDB = (
  events: number,
  ours: readonly z.infer<typeof STAGES>[],
  ctas: readonly z.infer<typeof CTAS>[],
): Figure[] => [
  figureOf(
    `import, ${events} events`,
    's',
    ours.map((run) => seconds(run.wallMs['import'] ?? Number.NaN)),
    { duckdb: ctas.map((run) => seconds(run.wallMs)) },
  ),
  figureOf(
    `import, ${events} events, processor time`,
    's',
    ours.map((run) => seconds(run.cpuMs['import'] ?? Number.NaN)),
    { duckdb: ctas.map((run) => seconds(run.cpuMs)) },
  ),
];

const compareTables = async (
  folder: string,
  ours: z.infer<typeof STAGES> | undefined,
  pandas: z.infer<typeof PANDAS> | undefined,
): Promise<void> => {
  const input = { folder, rows: ours?.counts.actors, ours: ours?.features, pandas: pandas?.features };
  const { shared, differ } = COMPARED.parse(await runPython('compare', input));
  const off = Object.keys(differ);
  console.log(
    `Features computed by both sides: ${shared.length} (ours: ${ours?.features.length}); ` +
      `${off.length === 0 ? 'all values of all actors agree to 1e-6' : `not all agree: ${JSON.stringify(differ)}`}.`,
  );
};

const onLargeLog = async (log: SampleLog): Promise<Figure[]> => {
  const ours: z.infer<typeof STAGES>[] = [];
  const ctas: z.infer<typeof CTAS>[] = [];
  for (let i = 0; i < numbers['large-repeats']; i++) {
    ours.push(await engineRun(log, 'all'));
    ctas.push(await ctasRun(log));
  }
  const [first] = ours;
  const counts = first?.counts;
  console.log(`Large log: read ${counts?.read}, stored ${counts?.stored}, actors ${counts?.actors}.`);
  const stages = Object.keys(first?.wallMs ?? {});
  const args = ['detect', log.log, '--memory', '4GiB', '--threads', String(THREADS), '--top', '10', '--format', 'json'];
  const whole = await nightjar(args);
  if (whole.code !== 0) throw new Error(`detect failed:\n${whole.stderr.slice(-2000)}`);
  return [
    figureOf(`generate, ${numbers.events} events`, 's', [seconds(log.generateMs)]),
    ...stages.flatMap((name) => {
      const of = (read: (run: z.infer<typeof STAGES>) => Readonly<Record<string, number>>): number[] =>
        ours.map((run) => read(run)[name] ?? Number.NaN);
      return [
        figureOf(`${name}, ${numbers.events} events`, 's', of((run) => run.wallMs).map(seconds)),
        figureOf(`${name}, processor time`, 's', of((run) => run.cpuMs).map(seconds)),
        figureOf(`peak memory after ${name}`, 'MiB', of((run) => run.peakBytes).map(mebibytes)),
      ];
    }),
    figureOf(`nightjar detect --memory 4GiB, ${numbers.events} events`, 's', [seconds(whole.wallMs)]),
    figureOf('peak memory of that process', 'MiB', [mebibytes(whole.peakBytes)]),
    ...againstDuckDB(numbers.events, ours, ctas),
  ];
};

await inTemporaryFolder(async (folder) => {
  const small = await generateLog(folder, numbers.small, 1);
  const against = await againstPandas(folder, small);
  const large = await onLargeLog(await generateLog(folder, numbers.events, 1));
  printFigures('Against peers', [...against, ...large.slice(-2)]);
  printFigures('Large log, by stage', large.slice(0, -2));
  writeResult('ingest', peers, [...against, ...large], { files: { events: numbers.events, small: numbers.small } });
  if (!python) printTable('Left out', ['peer', 'why'], [['pandas + scikit-learn', 'no Python environment']]);
});
