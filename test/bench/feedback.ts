/**
 * What labels are worth: an analyst looks at 60 actors, one at a time, and says what they are. Found with feedback against
 * found by going down the ranking without it: `npx tsx test/bench/feedback.ts [--data DIR] [--seeds N] [--budget N]
 * [--rows N] [--peers 0] [--seconds N]` over labelled parquet tables (`f0…fN`, `label` 0/1); tables with more than `--rows`
 * rows are thinned by chance; each peer has `--seconds` per table, and is compared on the tables it finishes. Prints
 * Markdown, writes `test/bench/results/feedback.json`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { likenessLeaves } from '../../core/api/feedback/likeness-leaves.ts';
import { detectActors } from '../../core/detect/index.ts';
import { priorOf, rankWithLabels, type Label } from '../../core/feedback/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import { readLabelled, type Labelled } from './feedback/labelled.ts';
import { askPeers, PEER_VERSIONS, PEERS } from './feedback/peers.ts';
import { UPDATE, updateTimes } from './feedback/update-time.ts';
import { benchOptions, hasData } from './harness/options.ts';
import { figureOf, printFigures, printTable, writeResult, type Figure } from './harness/result.ts';
import { mean } from './harness/statistics.ts';

const { data, numbers } = benchOptions({ seeds: 5, budget: 60, rows: 1_000_000, peers: 1, seconds: 60 });
const { budget } = numbers;

type Outcome = {
  readonly found: number;
  readonly stale: number;
};

/** One session over a table: the ranking as it is, and with feedback after every label. */
const session = async ({ table, label }: Labelled, seed: number): Promise<Outcome> => {
  const detection = await detectActors(table, { seed, minEvents: 1 });
  const leaves = await likenessLeaves(table, () => true, seed);
  const prior = priorOf(detection.score, detection.parts);
  const said: Label[] = [];
  const seen = new Set<number>();
  while (said.length < Math.min(budget, label.length)) {
    const { top } = rankWithLabels(prior, leaves, said, seededRandom(seed));
    const row = top.find((each) => !seen.has(each)) ?? 0;
    seen.add(row);
    said.push({ row, isAbuse: label[row] === 1 });
  }
  const stale = detection.order.slice(0, budget).reduce((sum, row) => sum + (label[row] ?? 0), 0);
  return { found: said.filter(({ isAbuse }) => isAbuse).length, stale };
};

const folder = existsSync(join(data, 'adbench')) ? join(data, 'adbench') : data;
if (hasData(folder)) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.parquet'));
  const figures: Figure[] = [];
  const rows: string[][] = [];
  const ratios = new Map<string, number[]>();
  for (const file of files) {
    const labelled = await readLabelled(join(folder, file), numbers.rows);
    const outcomes: Outcome[] = [];
    for (let seed = 1; seed <= numbers.seeds; seed++) outcomes.push(await session(labelled, seed));
    const peers = numbers.peers === 1 ? await askPeers(labelled, numbers.seeds, budget, numbers.seconds) : {};
    const stale = outcomes.map((outcome) => outcome.stale);
    const found = outcomes.map((outcome) => outcome.found);
    const ratioOf = (values: readonly number[]): number => mean(values) / Math.max(1, mean(stale));
    const name = file.replace(/\.parquet$/u, '');
    const finished = Object.entries(peers).filter(([, values]) => values.length > 0);
    const compared = finished.flatMap(([peer, values]) => [
      [peer, values] as const,
      [`feedback, where ${peer} finished`, found] as const,
    ]);
    const hasAbuse = labelled.label.includes(1);
    for (const [who, values] of hasAbuse ? [['feedback', found] as const, ...compared] : []) {
      ratios.set(who, [...(ratios.get(who) ?? []), ratioOf(values)]);
    }
    const beside = { ranking: stale, ...Object.fromEntries(finished) };
    figures.push(figureOf(`${name}: found in ${budget}`, 'actors', found, beside, mean));
    rows.push([
      name,
      String(labelled.label.length),
      String(labelled.label.reduce((sum, one) => sum + one, 0)),
      mean(stale).toFixed(1),
      mean(found).toFixed(1),
      ratioOf(found).toFixed(2),
      ...PEERS.map((peer) => told(peers[peer], numbers.seeds)),
    ]);
    console.log(rows.at(-1)?.join(' | '));
  }
  const head = ['table', 'rows', 'abusive', 'ranking', 'feedback', 'feedback ÷ ranking', ...PEERS];
  printTable(`Found among the first ${budget} looked at, mean of ${numbers.seeds} seeds`, head, rows);
  const summary = [...ratios].map(([who, values]) => {
    const halves = [0, 1].map((half) => mean(values.filter((_, i) => i % 2 === half)).toFixed(2));
    return [
      who,
      String(values.length),
      mean(values).toFixed(2),
      geometric(values).toFixed(2),
      Math.min(...values).toFixed(2),
      ...halves,
    ];
  });
  printTable(
    'Found ÷ found by the ranking (at least 1)',
    ['method', 'tables', 'mean', 'geometric mean', 'worst', 'even tables', 'odd tables'],
    summary,
  );
  const update = figureOf(UPDATE, 'ms', await updateTimes());
  printFigures('Time of an update', [update]);
  figures.push(update);
  writeResult('feedback', PEER_VERSIONS, figures, {
    summary,
    budget,
    seeds: numbers.seeds,
    mostRows: numbers.rows,
    peerSeconds: numbers.seconds,
  });
}

/** What a peer found, with the seeds it had time for where these are fewer. */
function told(values: readonly number[] | undefined, seeds: number): string {
  if (values === undefined) return '';
  if (values.length === 0) return 'not in time';
  return `${mean(values).toFixed(1)}${values.length < seeds ? ` (${values.length} seeds)` : ''}`;
}

function geometric(values: readonly number[]): number {
  return Math.exp(mean(values.map((value) => Math.log(Math.max(value, 0.01)))));
}
