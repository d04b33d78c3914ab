/**
 * The engine of rules: events per second on one thread with fifty rules, in order (as the reader of lines makes them, and as
 * JavaScript texts) and as a stream out of order; the time of every event by itself; memory over many events of many actors; the same hits as in order, and as DuckDB finds with the SQL
 * that is exported; and how fast lines of JSON are read.
 * `npm run bench:rules-run [-- --events N --repeats N --large-events N]`
 */
import { version as duckdbVersion } from '@duckdb/node-api';
import { z } from 'zod';
import { benchOptions } from './harness/options.ts';
import { figureOf, printFigures, writeResult, type Figure } from './harness/result.ts';
import { runChild } from './harness/run.ts';

const RAN = z.object({
  ms: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  p999Ms: z.number(),
  mostMs: z.number(),
  hits: z.number(),
  rulesThatHit: z.number(),
  late: z.number(),
  refused: z.number(),
  digest: z.string(),
  remembered: z.number(),
  peakBytes: z.number(),
});
const QUERIED = z.object({ ms: z.number(), hits: z.number(), digest: z.string() });
const READ = z.object({ jsonMs: z.number(), readMs: z.number(), runMs: z.number(), bad: z.number(), read: z.number() });

const { numbers } = benchOptions({
  events: 1_000_000,
  actors: 100_000,
  repeats: 3,
  'large-events': 10_000_000,
  'large-actors': 1_000_000,
  lines: 1_000_000,
  'warm-up': 200_000,
});
const { events, actors, repeats } = numbers;
const MINUTE = 60e6;
/** Events come up to 4 minutes late, and 5 are allowed. */
const STREAM = { lateness: 5 * MINUTE, disorder: 4 * MINUTE };
const DUCKDB = 'DuckDB, one thread';

const ran = async (input: unknown): Promise<z.infer<typeof RAN>> => {
  const answer = RAN.parse(await runChild('rules-run', input));
  if (answer.late > 0 || answer.refused > 0) throw new Error('Events were late or refused that should not be.');
  return answer;
};
const same = (what: string, digests: readonly string[]): void => {
  if (new Set(digests).size > 1) throw new Error(`${what}: the hits differ.`);
};
const perSecond = (count: number, ms: number): number => (1000 * count) / ms;

const figures: Figure[] = [];
const whole: number[] = [];
const packed: number[] = [];
const cold: number[] = [];
const queried: number[] = [];
const streamed: number[] = [];
const single = {
  p50: [] as number[],
  p99: [] as number[],
  p999: [] as number[],
  most: [] as number[],
  speed: [] as number[],
};
for (let repeat = 0; repeat < repeats; repeat++) {
  const log = { events, actors, disorder: STREAM.disorder, warmUp: numbers['warm-up'] };
  const sorted = await ran({ ...log, batch: 8192, lateness: 0 });
  const asRead = await ran({ ...log, batch: 8192, lateness: 0, isPacked: true });
  const first = await ran({ ...log, batch: 8192, lateness: 0, warmUp: 0 });
  const duckdb = QUERIED.parse(await runChild('rules-run-duckdb', log));
  const stream = await ran({ ...log, batch: 256, lateness: STREAM.lateness, isPacked: true });
  const each = await ran({ ...log, batch: 1, lateness: STREAM.lateness, isPacked: true });
  same(
    'In order, as a stream, event by event and in DuckDB',
    [sorted, asRead, first, duckdb, stream, each].map(({ digest }) => digest),
  );
  if (repeat === 0)
    console.log(`${sorted.hits} hits of ${sorted.rulesThatHit} of 50 rules over ${events} events of ${actors} actors.`);
  whole.push(perSecond(events, sorted.ms));
  packed.push(perSecond(events, asRead.ms));
  cold.push(perSecond(events, first.ms));
  queried.push(perSecond(events, duckdb.ms));
  streamed.push(perSecond(events, stream.ms));
  single.speed.push(perSecond(events, each.ms));
  single.p50.push(1000 * each.p50Ms);
  single.p99.push(1000 * each.p99Ms);
  single.p999.push(1000 * each.p999Ms);
  single.most.push(each.mostMs);
}
figures.push(
  figureOf('50 rules over a log in order, as the reader of lines makes it', 'events/s', packed, { [DUCKDB]: queried }),
  figureOf('50 rules over a log in order, as JavaScript texts', 'events/s', whole, { [DUCKDB]: queried }),
  figureOf('the same, by a process that has just begun', 'events/s', cold, { [DUCKDB]: queried }),
  figureOf('50 rules over a stream out of order, 256 events a push', 'events/s', streamed),
  figureOf('50 rules over a stream, one event a push', 'events/s', single.speed),
  figureOf('time of one event, median', 'µs', single.p50),
  figureOf('time of one event, p99', 'µs', single.p99),
  figureOf('time of one event, p99.9', 'µs', single.p999),
  figureOf('time of one event, longest', 'ms', single.most),
);

const large = {
  events: numbers['large-events'],
  actors: numbers['large-actors'],
  disorder: STREAM.disorder,
  warmUp: 0,
};
if (large.events > 0) {
  const stream = await ran({ ...large, batch: 256, lateness: STREAM.lateness, isPacked: true });
  const sorted = await ran({ ...large, batch: 8192, lateness: 0 });
  same('Many events of many actors', [stream.digest, sorted.digest]);
  const what = `${large.events / 1e6} M events of ${large.actors / 1e6} M actors`;
  figures.push(
    figureOf(`${what}, as a stream`, 'events/s', [perSecond(large.events, stream.ms)]),
    figureOf(`${what}: most memory of the process`, 'MB', [stream.peakBytes / 1e6]),
    figureOf(`${what}: most groups, values and moments remembered`, '', [stream.remembered]),
  );
}

const lines: z.infer<typeof READ>[] = [];
for (let repeat = 0; repeat < repeats; repeat++) {
  const read = READ.parse(await runChild('rules-run-lines', { events: numbers.lines, actors, chunkBytes: 65_536 }));
  if (read.bad > 0 || read.read !== numbers.lines) throw new Error('Lines were lost.');
  lines.push(read);
}
const speeds = (of: (read: z.infer<typeof READ>) => number): number[] =>
  lines.map((read) => perSecond(numbers.lines, of(read)));
figures.push(
  figureOf(
    'lines of JSON to pseudonymised events',
    'lines/s',
    speeds(({ readMs }) => readMs),
    {
      'JSON.parse alone': speeds(({ jsonMs }) => jsonMs),
    },
  ),
  figureOf(
    'lines of JSON to hits of 50 rules',
    'lines/s',
    speeds(({ runMs }) => runMs),
  ),
);
printFigures('Rules in real time', figures);
writeResult('rules-run', { [DUCKDB]: duckdbVersion() }, figures);
