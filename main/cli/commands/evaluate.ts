import { evaluateCase, evaluateEntities, type EvaluationReport } from '../../../core/index.ts';
import {
  CASE_HELP,
  CASE_OPTIONS,
  integer,
  labelColumns,
  list,
  oneOf,
  required,
  text,
  usageError,
  type Command,
} from '../command.ts';
import { threadsOf, withCase } from '../open-for.ts';
import { inertJson, plain } from '../terminal.ts';

const FORMATS = ['table', 'json'] as const;

export const evaluate: Command = {
  name: 'evaluate',
  usage:
    'nightjar evaluate --case DIR --labels FILE [--actor COL] [--label COL]\n       nightjar evaluate --entities FILE --label COL [--id COL] [--ignore COL,…]',
  sentence: 'Hold a ranking against labels: ROC AUC, average precision, precision at k, with intervals.',
  help: `  --labels FILE          table of actors and labels (0/1, spam/ham, fraud/legit …); several rows of an actor are a vote
  --actor COL            column of the actor (default: by name)
  --label COL            column of the label (default: by name)
  --entities FILE        rank this table without its label column, then hold the ranking against it
  --id COL, --ignore COL,…, --detectors a,b, --seed N   as for detect
  --format table|json    (default table)
${CASE_HELP}`,
  options: {
    ...CASE_OPTIONS,
    labels: { type: 'string' },
    actor: { type: 'string' },
    label: { type: 'string' },
    entities: { type: 'string' },
    id: { type: 'string' },
    ignore: { type: 'string' },
    detectors: { type: 'string' },
    seed: { type: 'string' },
    format: { type: 'string' },
  },
  run: async (values, positionals, terminal) => {
    if (positionals.length > 0)
      throw usageError('evaluate takes no file by itself.', 'Give --labels FILE or --entities FILE.');
    const format = oneOf(values, 'format', FORMATS) ?? 'table';
    const table = text(values, 'entities');
    const report = table === undefined ? await ofCase() : await ofEntities(table);
    terminal.out(format === 'json' ? `${inertJson(report)}\n` : reportTable(report));
    for (const warning of report.warnings) terminal.note(`warning: ${plain(warning)}`);
    return 0;

    function ofCase(): Promise<EvaluationReport> {
      const labels = required(values, 'labels');
      return withCase(values, terminal, (from) => evaluateCase(from, labels, labelColumns(values)));
    }
    function ofEntities(path: string): Promise<EvaluationReport> {
      const id = text(values, 'id');
      const ignore = list(values, 'ignore');
      const detectors = list(values, 'detectors');
      const seed = integer(values, 'seed', 0, 2 ** 53 - 1);
      return evaluateEntities(
        path,
        required(values, 'label'),
        {
          threads: threadsOf(values),
          ...(id === undefined ? {} : { id }),
          ...(ignore === undefined ? {} : { ignore }),
          ...(detectors === undefined ? {} : { detectors }),
          ...(seed === undefined ? {} : { seed }),
        },
        terminal.watch,
      );
    }
  },
};

const reportTable = (report: EvaluationReport): string => {
  const lines = [`${report.n} labelled actors, ${report.positives} positive`];
  if (report.insufficient.n > 0) {
    lines.push(`left out for too few events: ${report.insufficient.n} (${report.insufficient.positives} positive)`);
  }
  if (report.told > 0) {
    lines.push(
      `left out because the re-ranking was told about them: ${report.told}; feedback and all others are judged by the rest`,
    );
  }
  const names = Object.keys(report.detectors);
  const width = Math.max(8, ...names.map((name) => name.length));
  lines.push('', `${''.padEnd(width)}  ROC AUC [95 %]         avg. precision [95 %]   P@10   P@50   P@positives`);
  for (const name of names) {
    const m = report.detectors[name];
    if (!m) continue;
    const interval = ([low, high]: readonly [number, number]): string => `[${low.toFixed(3)}, ${high.toFixed(3)}]`;
    lines.push(
      `${name.padEnd(width)}  ${m.rocAuc.toFixed(3)} ${interval(m.ci.rocAuc)}   ${m.averagePrecision.toFixed(3)} ${interval(m.ci.averagePrecision)}    ${m.precisionAt['10'].toFixed(2)}   ${m.precisionAt['50'].toFixed(2)}   ${m.precisionAt.positives.toFixed(2)}`,
    );
  }
  if (report.kinds.length > 0) {
    lines.push('', `ROC AUC by kind${''.padEnd(10)} ${names.map((name) => name.padStart(16)).join('')}`);
    for (const kind of report.kinds) {
      const cells = names.map((name) => (kind.detectors[name]?.rocAuc ?? Number.NaN).toFixed(3).padStart(16));
      lines.push(`${plain(kind.kind).padEnd(20)} ${String(kind.positives).padStart(4)} ${cells.join('')}`);
    }
  }
  return `${lines.join('\n')}\n`;
};
