/**
 * The lockstep detector: fake accounts among sampled ones, timed stars in ordinary traffic, the sample log's ring,
 * tables and logs without lockstep, rings and campaigns planted into such, ordinary rows of labelled tables, and time.
 * `npm run bench:lockstep [-- --data DIR --draws N --replicates N --rings N --out NAME]`. Prints Markdown and writes results/lockstep.json.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { lockstep } from '../../core/detect/lockstep/index.ts';
import { averagePrecision } from '../../core/evaluate/average-precision.ts';
import { tieGroups } from '../../core/evaluate/tie-groups.ts';
import { seededRandom } from '../../core/random/index.ts';
import { numberColumn, readColumns } from '../../core/store/index.ts';
import type { Interactions, Matrix } from '../../core/table/index.ts';
import { rocAuc } from '../detect/tables.ts';
import { benchOptions, hasData, ROOT } from './harness/options.ts';
import { figureOf, writeResult, type Figure } from './harness/result.ts';
import { mean } from './harness/statistics.ts';
import { interactionsIn, NULL_LOGS, withCampaign, type Log } from './lockstep/null-logs.ts';
import { NULL_TABLES, nullTable } from './lockstep/null-tables.ts';
import { withRings } from './lockstep/rings.ts';
import { interactionsOf, ordinaryTraffic, type Star } from './lockstep/traffic.ts';

const { data, numbers, text } = benchOptions({ draws: 20, replicates: 10, rings: 3 }, { texts: ['out'] });
const figures: Figure[] = [];

const lines = (path: string): readonly (readonly string[])[] => {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','));
};

const matrixOf = (rows: readonly (readonly number[])[]): Matrix => {
  const columns = rows[0]?.length ?? 0;
  const names = Array.from({ length: columns }, (_, j) => `f${j}`);
  return { rows: rows.length, columns, names, values: Float32Array.from(rows.flat()) };
};

const run = async (matrix: Matrix, seed: number, interactions?: Interactions) => {
  const beside = interactions === undefined ? {} : { interactions };
  const model = await lockstep.fit(matrix, seededRandom(seed), {}, beside);
  const scores = await lockstep.score(model, matrix, {});
  return { scores, chance: lockstep.chance?.(model, scores) ?? scores, groups: lockstep.groups?.(model) ?? [] };
};

const three = (value: number): string => value.toFixed(3);
const share = (values: Float64Array, below: number): number =>
  values.reduce((count, value) => count + (value < below ? 1 : 0), 0) / Math.max(1, values.length);

const fakeAccounts = async (folder: string): Promise<void> => {
  const read = (name: string): number[][] =>
    lines(join(folder, `${name}_actor_events.pseudonymised.csv.gz`)).map((cells) => cells.slice(1).map(Number));
  const [fakes, sampled] = [read('fake'), read('sample')];
  const results: (readonly [number, number])[] = [];
  for (let draw = 0; draw < numbers.draws; draw++) {
    const random = seededRandom(draw);
    const chosen = fakes
      .map((row) => [random.float(), row] as const)
      .toSorted((a, b) => a[0] - b[0])
      .slice(0, 526)
      .map(([, row]) => row);
    const label = [...sampled.map(() => 0), ...chosen.map(() => 1)];
    const { scores } = await run(matrixOf([...sampled, ...chosen]), draw);
    results.push([rocAuc(scores, label), averagePrecision(tieGroups(scores, Uint8Array.from(label)))]);
  }
  console.log('\n## Fake accounts, 5 % among 10,000 sampled ones, by counts of what they did\n');
  console.log('| draw | ROC AUC | average precision |\n|---|---|---|');
  results.forEach(([roc, precision], draw) => console.log(`| ${draw} | ${three(roc)} | ${three(precision)} |`));
  console.log(`| mean | ${three(mean(results.map(([x]) => x)))} | ${three(mean(results.map(([, x]) => x)))} |`);
  figures.push(
    figureOf(
      'fake accounts at 5 %',
      'rocAuc',
      results.map(([x]) => x),
      {},
      mean,
    ),
    figureOf(
      'fake accounts at 5 %',
      'averagePrecision',
      results.map(([, x]) => x),
      {},
      mean,
    ),
  );
};

const TRAFFIC = [
  { actors: 20_000, objects: 20_000, touches: 8, crowds: 0, crowdSize: 0 },
  { actors: 20_000, objects: 20_000, touches: 8, crowds: 10, crowdSize: 200 },
  { actors: 20_000, objects: 20_000, touches: 12, crowds: 40, crowdSize: 300 },
  { actors: 20_000, objects: 20_000, touches: 5, crowds: 40, crowdSize: 300 },
] as const;

const timedStars = async (folder: string): Promise<void> => {
  const fakes = lines(join(folder, 'fake_stars_obvious_users.pseudonymised.csv.gz')).map(
    ([object = '', name = '', at = '']): Star => ({ actor: `fake ${name}`, object, second: Date.parse(at) / 1000 }),
  );
  const times = Float64Array.from(fakes, ({ second }) => second).sort();
  console.log('\n## Timed fake stars in ordinary traffic (20,000 ordinary actors, no features)\n');
  console.log('| touches each | crowds | least touches | fakes of | ROC AUC | p < 0.01: fake | ordinary | groups |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const traffic of TRAFFIC) {
    const objects = [...new Set(fakes.map(({ object }) => object))];
    const span = [times[0] ?? 0, times.at(-1) ?? 0] as const;
    const { actors, interactions } = interactionsOf([
      ...ordinaryTraffic(traffic, objects, span, seededRandom(1)),
      ...fakes,
    ]);
    const flat = { rows: actors.length, columns: 1, names: ['none'], values: new Float32Array(actors.length) };
    const { scores, chance, groups } = await run(flat, 1, interactions);
    const touches = new Uint32Array(actors.length);
    for (const actor of interactions.actors) touches[actor]!++;
    for (const least of [1, 2, 3]) {
      const kept = actors.map((_, a) => a).filter((a) => (touches[a] ?? 0) >= least);
      const label = kept.map((a) => Number(actors[a]?.startsWith('fake')));
      const caught = (wanted: number): number =>
        kept.filter((a, k) => label[k] === wanted && (chance[a] ?? 1) < 0.01).length;
      const roc = rocAuc(
        kept.map((a) => scores[a] ?? 0),
        label,
      );
      const setting = `timed stars: ${traffic.touches} touches each, ${traffic.crowds} crowds of ${traffic.crowdSize}, actors with at least ${least}`;
      figures.push(
        figureOf(setting, 'rocAuc', [roc]),
        figureOf(`${setting}: ordinary with p < .01`, 'actors', [caught(0)]),
      );
      console.log(
        `| ${traffic.touches} | ${traffic.crowds} × ${traffic.crowdSize} | ${least} | ${label.filter(Boolean).length} of ${kept.length} | ${three(roc)} | ${caught(1)} | ${caught(0)} | ${groups.length} |`,
      );
    }
  }
};

const sampleRing = async (): Promise<void> => {
  const kinds = new Map(
    lines(join(ROOT, 'samples/platform.labels.csv')).map(([user = '', , kind = '', note = '']) => [user, kind || note]),
  );
  const stars = lines(join(ROOT, 'samples/platform.csv.gz'))
    .filter((cells) => cells[4] !== '' && kinds.has(cells[2] ?? ''))
    .map((cells) => ({ actor: cells[2] ?? '', object: cells[4] ?? '', second: Date.parse(cells[0] ?? '') / 1000 }));
  const { actors, interactions } = interactionsOf(stars);
  const flat = { rows: actors.length, columns: 1, names: ['none'], values: new Float32Array(actors.length) };
  const { scores, groups } = await run(flat, 1, interactions);
  const label = actors.map((actor) => Number(kinds.get(actor) === 'engagement_ring'));
  const roc = rocAuc(scores, label);
  figures.push(
    figureOf('ring of the sample log, by its events alone', 'rocAuc', [roc]),
    figureOf('ring of the sample log: others in its groups', 'actors', [
      groups.flatMap(({ members }) => members).filter((row) => label[row] !== 1).length,
    ]),
  );
  console.log('\n## The ring of the sample log, by its events alone\n');
  console.log(`ROC AUC ${three(roc)}, groups:`);
  for (const { members, sentence } of groups) {
    console.log(`- ${members.filter((row) => label[row] === 1).length} of ${members.length} in the ring. ${sentence}`);
  }
};

/** Rows, columns and replicates at most. */
const NULL_SIZES = [
  [2_000, 8, Number.POSITIVE_INFINITY],
  [2_000, 25, Number.POSITIVE_INFINITY],
  [20_000, 8, Number.POSITIVE_INFINITY],
  [100_000, 8, 1],
] as const;

const withoutLockstep = async (): Promise<void> => {
  console.log(`\n## Tables without lockstep, ${numbers.replicates} replicates each, of 100,000 rows one\n`);
  console.log(
    '| table | rows × columns | tables with any p < .05 | < .01 | rows < .05, at most | share of rows p < .1 | < 1e-2 | < 1e-3 | < 1e-4 |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const [name, draw] of Object.entries(NULL_TABLES)) {
    for (const [count, columns, replicates] of NULL_SIZES) {
      const all: Float64Array[] = [];
      for (let k = 0; k < Math.min(replicates, numbers.replicates); k++) {
        all.push((await run(nullTable(draw, count, columns, seededRandom(1_000 + k)), k)).chance);
      }
      const tables = (below: number): number => all.filter((one) => share(one, below) > 0).length;
      const rows = [0.1, 0.01, 0.001, 0.0001].map((below) =>
        mean(all.map((one) => share(one, below))).toExponential(0),
      );
      const most = Math.max(...all.map((one) => Math.round(share(one, 0.05) * count)));
      const what = `no lockstep: ${name}, ${count} × ${columns}`;
      figures.push(
        figureOf(`${what}, tables with any p < .05`, 'share of tables', [tables(0.05) / all.length]),
        figureOf(`${what}, rows with p < .05, at most`, 'rows', [most]),
      );
      const cells = [name, `${count} × ${columns}`, tables(0.05), tables(0.01), most, ...rows];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
};

const RINGS = [
  { rows: 2_000, sizes: [40, 40] },
  { rows: 2_000, sizes: [60, 60, 60, 60, 60, 60] },
  { rows: 20_000, sizes: [200, 200, 200] },
] as const;
const RING_COLUMNS = 12;

const plantedRings = async (): Promise<void> => {
  console.log(`\n## Rings planted into such tables of ${RING_COLUMNS} columns, mean of ${numbers.rings} tables each\n`);
  console.log('| table | rows | rings | members with p < .01 | other rows with p < .01 |\n|---|---|---|---|---|');
  for (const { rows, sizes } of RINGS) {
    const members = sizes.reduce((sum: number, size) => sum + size, 0);
    const rings = `${sizes.length} of ${sizes[0]}`;
    const settings: (readonly [found: number, others: number])[] = [];
    for (const [name, draw] of Object.entries(NULL_TABLES)) {
      const each: (readonly [number, number])[] = [];
      for (let k = 0; k < numbers.rings; k++) {
        const random = seededRandom(2_000 + k);
        const { chance } = await run(withRings(nullTable(draw, rows, RING_COLUMNS, random), sizes, random), k);
        const others = chance.subarray(members);
        each.push([share(chance.subarray(0, members), 0.01), share(others, 0.01) * others.length]);
      }
      const means = [mean(each.map(([found]) => found)), mean(each.map(([, others]) => others))] as const;
      settings.push(means);
      console.log(`| ${name} | ${rows} | ${rings} | ${means[0].toFixed(2)} | ${means[1].toFixed(1)} |`);
      figures.push(figureOf(`rings: ${rings} of ${rows}, ${name}: members found`, 'share of members', [means[0]]));
    }
    const all = mean(settings.map(([found]) => found));
    console.log(`| mean | ${rows} | ${rings} | ${all.toFixed(2)} | ${mean(settings.map(([, x]) => x)).toFixed(1)} |`);
    figures.push(figureOf(`rings: ${rings} of ${rows}, mean of all kinds: members found`, 'share of members', [all]));
  }
};

/** Per actor the chance by its events alone. */
const chanceIn = async (log: Log, seed: number): Promise<Float64Array> => {
  const flat = { rows: log.actors, columns: 1, names: ['none'], values: new Float32Array(log.actors) };
  return (await run(flat, seed, interactionsIn(log))).chance;
};

const below = (chance: Float64Array, limit: number): number => chance.filter((value) => value < limit).length;

const logsWithoutLockstep = async (): Promise<void> => {
  console.log(`\n## Logs without lockstep, ${numbers.replicates} replicates each\n`);
  console.log('| log | with any p < .05 | < .01 | actors with p < .05, at most |\n|---|---|---|---|');
  for (const [name, draw] of Object.entries(NULL_LOGS)) {
    const all: Float64Array[] = [];
    for (let k = 0; k < numbers.replicates; k++) all.push(await chanceIn(draw(seededRandom(3_000 + k)), k));
    const logs = (limit: number): number => all.filter((one) => below(one, limit) > 0).length;
    const most = Math.max(...all.map((one) => below(one, 0.05)));
    figures.push(
      figureOf(`no lockstep: log, ${name}, with any p < .05`, 'share of logs', [logs(0.05) / all.length]),
      figureOf(`no lockstep: log, ${name}, actors with p < .05, at most`, 'actors', [most]),
    );
    console.log(`| ${name} | ${logs(0.05)} | ${logs(0.01)} | ${most} |`);
  }
};

const CAMPAIGNS = [
  { ring: 25, rounds: 40, hoursBetween: 0.5 },
  { ring: 10, rounds: 40, hoursBetween: 0.5 },
  { ring: 25, rounds: 40, hoursBetween: 4 },
  { ring: 6, rounds: 12, hoursBetween: 6 },
  { ring: 25, rounds: 8, hoursBetween: 24 },
  { ring: 10, rounds: 8, hoursBetween: 1 },
] as const;

const campaigns = async (): Promise<void> => {
  console.log(`\n## Campaigns in logs of 800 others, mean of ${numbers.rings} logs each\n`);
  console.log('| ring | rounds | hours between | members with p < .01 | others |\n|---|---|---|---|---|');
  for (const campaign of CAMPAIGNS) {
    const { ring, rounds, hoursBetween } = campaign;
    const each: (readonly [number, number])[] = [];
    for (let k = 0; k < numbers.rings; k++) {
      const chance = await chanceIn(withCampaign(campaign, seededRandom(4_000 + k)), k);
      each.push([share(chance.subarray(0, ring), 0.01), below(chance.subarray(ring), 0.01)]);
    }
    const found = mean(each.map(([members]) => members));
    const others = mean(each.map(([, count]) => count));
    const what = `campaign of ${ring}, ${rounds} rounds, ${hoursBetween} h between`;
    figures.push(
      figureOf(`${what}: members found`, 'share of members', [found]),
      figureOf(`${what}: others with p < .01`, 'actors', [others]),
    );
    console.log(`| ${ring} | ${rounds} | ${hoursBetween} | ${found.toFixed(2)} | ${others.toFixed(1)} |`);
  }
};

const labelledTables = async (folder: string): Promise<void> => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  console.log('\n## Labelled tables, at most 20,000 rows: who is called alike\n');
  console.log('| set | rows × columns | ordinary p < .05 | p < 1e-3 | anomalies p < 1e-3 | ROC of the score | s |');
  console.log('|---|---|---|---|---|---|---|');
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.parquet'))
    .sort()) {
    const read = await readColumns(
      connection,
      'SELECT * FROM read_parquet($1) USING SAMPLE reservoir(20000 ROWS) REPEATABLE (1)',
      [join(folder, file)],
    );
    const label = numberColumn(read, 'label');
    const names = read.names.filter((name) => name !== 'label');
    const values = new Float32Array(read.rows * names.length);
    names.forEach((name, j) => numberColumn(read, name).forEach((value, i) => (values[i * names.length + j] = value)));
    const started = performance.now();
    const { scores, chance } = await run({ rows: read.rows, columns: names.length, names, values }, 1);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const of = (wanted: number): Float64Array => chance.filter((_, i) => label[i] === wanted);
    figures.push(
      figureOf(`${file.replace('.parquet', '')}: ordinary rows with p < .001`, 'share of rows', [share(of(0), 1e-3)]),
      figureOf(`${file.replace('.parquet', '')}: fit and score`, 's', [Number(seconds)]),
    );
    const percent = (values_: Float64Array, below: number): string => `${(100 * share(values_, below)).toFixed(2)} %`;
    console.log(
      `| ${file.replace('.parquet', '')} | ${read.rows} × ${names.length} | ${percent(of(0), 0.05)} | ${percent(of(0), 1e-3)} | ${percent(of(1), 1e-3)} | ${three(rocAuc(scores, label))} | ${seconds} |`,
    );
  }
};

if (!hasData(data)) process.exit(0);
const stars = join(data, 'logs/social_starscout');
if (existsSync(stars)) {
  await fakeAccounts(stars);
  await timedStars(stars);
}
await sampleRing();
await withoutLockstep();
await plantedRings();
await logsWithoutLockstep();
await campaigns();
if (existsSync(join(data, 'adbench'))) await labelledTables(join(data, 'adbench'));
writeResult(text('out') ?? 'lockstep', {}, figures, { ...numbers });
