/**
 * Accuracy over a folder of labelled parquet tables (numeric columns, `label` 0/1), labels unseen, default settings: each
 * detector and the ensemble through `evaluate --entities`, beside peers on the same rows in the same run.
 * `npm run bench:detect [-- --data DIR --seeds N --sets a,b --max-rows N --detectors a,b --ours-only --keel --out NAME]`
 * With --keel the tables are those of the KEEL repository: the ensemble's members and weights were not chosen on them.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { evaluateEntities } from '../../core/api/evaluate.ts';
import { accuracyFigures, accuracyTables, type Measured, type Outcome } from './detect-tables.ts';
import { KEEL, keelTables } from './harness/keel.ts';
import { benchOptions, hasData, ROOT } from './harness/options.ts';
import { installPeers, runPython, versionsOf, type PythonPeer } from './harness/python.ts';
import { printTable, writeResult } from './harness/result.ts';
import { runChild } from './harness/run.ts';
import { median } from './harness/statistics.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

const PYTHON: readonly PythonPeer[] = ['pandas', 'scikit-learn', 'pyarrow', 'isotree', 'coniferest', 'pyod'];
/** npm isolation-forest builds every tree from all rows: larger tables take minutes per seed. */
const NPM = 'npm isolation-forest';
const NPM_ROWS = 2000;

const {
  data,
  numbers,
  text: given,
  flag,
} = benchOptions(
  { seeds: 5, 'max-rows': 50_000 },
  { texts: ['sets', 'detectors', 'out'], flags: ['ours-only', 'keel'] },
);
const labelled = existsSync(join(data, 'adbench')) ? join(data, 'adbench') : data;
const folder = flag('keel') ? await keelTables() : labelled;
const seeds = Array.from({ length: numbers.seeds }, (_, i) => i + 1);
const maxRows = numbers['max-rows'];

const PEER = z.union([
  z.object({ rocAuc: z.array(z.number()), averagePrecision: z.array(z.number()), ms: z.number() }),
  z.object({ failed: z.string() }),
]);

const ours = async (file: string): Promise<Readonly<Record<string, Outcome>>> => {
  const outcomes: Record<string, { rocAuc: number[]; averagePrecision: number[]; ms?: number }> = {};
  const times: number[] = [];
  const named = given('detectors');
  const detectors = named === undefined ? {} : { detectors: named.split(',') };
  for (const seed of seeds) {
    const startedAt = performance.now();
    const report = await evaluateEntities(file, 'label', { seed, ...detectors });
    times.push(performance.now() - startedAt);
    for (const [name, { rocAuc, averagePrecision }] of Object.entries(report.detectors)) {
      const outcome = (outcomes[name] ??= { rocAuc: [], averagePrecision: [] });
      outcome.rocAuc.push(rocAuc);
      outcome.averagePrecision.push(averagePrecision);
    }
  }
  const { ensemble } = outcomes;
  if (ensemble !== undefined) ensemble.ms = median(times);
  return outcomes;
};

const theirs = async (file: string, rows: number, hasPython: boolean): Promise<Readonly<Record<string, Outcome>>> => {
  const outcomes: Record<string, Outcome> = {};
  const python = hasPython ? await runPython('detect', { file, seeds, methods: [] }) : {};
  for (const [name, answer] of Object.entries(z.record(z.string(), PEER).parse(python))) {
    if ('failed' in answer) console.log(`  ${name} failed: ${answer.failed}`);
    else outcomes[name] = answer;
  }
  if (rows <= NPM_ROWS && hasNpm) {
    outcomes[NPM] = z
      .object({ rocAuc: z.array(z.number()), averagePrecision: z.array(z.number()), ms: z.number() })
      .parse(await runChild('npm-accuracy', { file, seeds: seeds.length }));
  }
  return outcomes;
};

const hasNpm = existsSync(join(ROOT, 'node_modules/isolation-forest'));

if (folder === undefined) console.log('Nothing was measured.');
else if (hasData(folder)) {
  const wanted = given('sets')?.split(',');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.parquet'))
    .filter((name) => wanted === undefined || wanted.some((part) => name.includes(part)));
  const installed = flag('ours-only') ? [] : await installPeers(PYTHON);
  const hasPython = installed.length === PYTHON.length;
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const measured: Measured[] = [];
  await inTemporaryFolder(async (temporary) => {
    for (const name of files) {
      const whole = join(folder, name);
      const count = await connection.runAndReadAll('SELECT count(*)::INT, sum(label)::INT FROM read_parquet($1)', [
        whole,
      ]);
      const all = Number(count.getRows()[0]?.[0] ?? 0);
      let file = whole;
      if (maxRows > 0 && all > maxRows) {
        // The same rows for everybody, drawn by the hash of the row number.
        file = join(temporary, name);
        const rows = `SELECT * EXCLUDE (file_row_number) FROM read_parquet('${whole.replaceAll("'", "''")}', file_row_number = true)`;
        const draw = `ORDER BY md5(file_row_number::VARCHAR) LIMIT ${maxRows}`;
        await connection.run(`COPY (${rows} ${draw}) TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`);
      }
      const shape = await connection.runAndReadAll('SELECT count(*)::INT, sum(label)::INT FROM read_parquet($1)', [
        file,
      ]);
      const [rows, positives] = (shape.getRows()[0] ?? []).map(Number);
      const set = {
        name: basename(name, '.parquet'),
        rows: rows ?? 0,
        allRows: all,
        columns: (await connection.runAndReadAll('SELECT * FROM read_parquet($1) LIMIT 1', [file])).columnCount - 1,
        positives: positives ?? 0,
      };
      const outcome = {
        ...set,
        ours: await ours(file),
        peers: flag('ours-only') ? {} : await theirs(file, set.rows, hasPython),
      };
      measured.push(outcome);
      const best = outcome.ours['ensemble'];
      const roc = best?.rocAuc.map((value) => value.toFixed(3)).join(' ');
      console.log(`${set.name}: ${set.rows} of ${set.allRows} rows × ${set.columns}, ensemble ROC ${roc}`);
    }
  });
  for (const { title, head, rows } of accuracyTables(measured)) printTable(title, head, rows);
  const versions = { ...versionsOf(installed), ...(flag('keel') ? KEEL : {}), ...(hasNpm ? { [NPM]: '0.0.9' } : {}) };
  if (!hasNpm) console.log(`${NPM} is not installed and was left out.`);
  writeResult(given('out') ?? (flag('keel') ? 'detect-keel' : 'detect'), versions, accuracyFigures(measured), {
    seeds: seeds.length,
    maxRows,
    sets: measured,
  });
}
