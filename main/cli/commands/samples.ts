import { integer, oneOf, text, usageError, type Command } from '../command.ts';

const DEFAULT_EVENTS = 50_000;
const DEFAULT_SEED = 7;

export const samples: Command = {
  name: 'samples',
  usage: 'nightjar samples [--events N] [--seed S] [--out FILE] [--labels FILE]',
  sentence: 'Write a synthetic platform log with planted abuse, and its labels.',
  help: `  --events N             events to write (default ${DEFAULT_EVENTS})
  --seed S               same seed, same bytes (default ${DEFAULT_SEED})
  --days N               days the log covers (default 28)
  --out FILE             the log; gzip when the name ends in .gz (default platform.csv)
  --labels FILE          the labels (default platform.labels.csv)
  --format table|json`,
  options: {
    events: { type: 'string' },
    seed: { type: 'string' },
    days: { type: 'string' },
    out: { type: 'string' },
    labels: { type: 'string' },
    format: { type: 'string' },
  },
  run: async (values, positionals, terminal) => {
    if (positionals.length > 0) throw usageError('samples takes no file by itself.', 'Give --out FILE.');
    const format = oneOf(values, 'format', ['table', 'json'] as const) ?? 'table';
    const days = integer(values, 'days', 1, 3650);
    const out = text(values, 'out') ?? 'platform.csv';
    const labels = text(values, 'labels') ?? `${out.replace(/(?:\.csv)?(?:\.gz)?$/u, '')}.labels.csv`;
    const { writeSample } = await import('../../../samples/index.ts'); // other commands do without its tables
    const summary = await writeSample(
      {
        events: integer(values, 'events', 1, 1e10) ?? DEFAULT_EVENTS,
        seed: integer(values, 'seed', 0, 2 ** 32 - 1) ?? DEFAULT_SEED,
        ...(days === undefined ? {} : { days }),
        out,
        labels,
      },
      terminal.watch,
    );
    if (format === 'json') terminal.out(`${JSON.stringify({ out, labels, ...summary })}\n`);
    else
      terminal.out(
        `${out}: ${summary.events} events of ${summary.actors} actors, ${summary.positives} of them planted abuse; labels in ${labels}\n`,
      );
    return 0;
  },
};
