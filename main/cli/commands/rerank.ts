import { rerankCase, undoRerank, type RerankedActor, type RerankResult } from '../../../core/index.ts';
import { CASE_HELP, CASE_OPTIONS, integer, oneOf, usageError, type Command } from '../command.ts';
import { withCase } from '../open-for.ts';
import { csvCell } from '../queue-csv.ts';
import { inertJson, plain } from '../terminal.ts';

const FORMATS = ['table', 'json', 'csv'] as const;
const TABLE_ROWS = 20;

export const rerank: Command = {
  name: 'rerank',
  usage: 'nightjar rerank --case DIR [--top N] [--format table|json|csv]\n       nightjar rerank --case DIR --undo',
  sentence: 'Rank a case anew by the verdicts on its actors, and say who moved and why.',
  help: `  --undo                 take the latest re-ranking away: the one before it, or the ranking without labels, counts again
  --top N                actors to print (default: ${TABLE_ROWS} as a table, all as JSON or CSV)
  --format table|json|csv

Verdicts come from the app and from \`nightjar label\`. The ranking without labels stays; \`nightjar evaluate --case DIR\`
shows both.
${CASE_HELP}`,
  options: { ...CASE_OPTIONS, undo: { type: 'boolean' }, top: { type: 'string' }, format: { type: 'string' } },
  run: async (values, positionals, terminal) => {
    if (positionals.length > 0) throw usageError('rerank takes no file.', 'Store labels with `nightjar label` first.');
    const format = oneOf(values, 'format', FORMATS) ?? 'table';
    if (values['undo'] === true) {
      const undone = await withCase(values, terminal, undoRerank);
      if (undone === null) terminal.note('There is no re-ranking to take away.');
      else terminal.out(format === 'json' ? `${inertJson({ undone })}\n` : 'The latest re-ranking was taken away.\n');
      return undone === null ? 1 : 0;
    }
    const top = integer(values, 'top', 1, 1e9) ?? (format === 'table' ? TABLE_ROWS : Infinity);
    const result = await withCase(values, terminal, (into) => rerankCase(into, terminal.watch));
    const actors = result.actors.slice(0, top);
    if (format === 'json') terminal.out(`${inertJson({ run: result.run, actors })}\n`);
    else if (format === 'csv') terminal.out(csv(actors));
    else terminal.out(table(actors, result.actors.length, terminal.columns));
    for (const note of notes(result, format === 'table')) terminal.note(note);
    return 0;
  },
};

const COLUMNS = [
  'rank',
  'rank_before',
  'actor',
  'verdict',
  'score',
  'percentile',
  'p_value',
  'evidence',
  'events',
  'why',
];

const csv = (actors: readonly RerankedActor[]): string =>
  [
    COLUMNS,
    ...actors.map((actor) => [
      actor.rank,
      actor.rankBefore,
      actor.actor,
      actor.verdict,
      actor.score,
      actor.percentile,
      actor.pValue,
      actor.evidence,
      actor.events,
      actor.why,
    ]),
  ]
    .map((line) => `${line.map(csvCell).join(',')}\n`)
    .join('');

const table = (actors: readonly RerankedActor[], ranked: number, columns: number): string => {
  const width = Math.max(12, ...actors.map(({ actor }) => Math.min(24, actor.length)));
  const line = (cells: readonly string[]): string => {
    const [rank = '', before = '', actor = '', score = '', events = '', verdict = '', why = ''] = cells;
    const numbers = `${rank.padStart(5)} ${before.padStart(7)} ${actor.padEnd(width)} ${score.padStart(6)}`;
    return `${numbers} ${events.padStart(7)} ${verdict.padEnd(7)} ${why}`.trimEnd().slice(0, Math.max(60, columns));
  };
  const rows = actors.map((actor) =>
    line([
      String(actor.rank),
      String(actor.rankBefore),
      plain(actor.actor),
      actor.evidence === 'ok' ? actor.score.toFixed(2) : '–',
      String(actor.events),
      actor.verdict ?? '',
      plain(actor.why ?? ''),
    ]),
  );
  const more = ranked > actors.length ? [`… and ${ranked - actors.length} more (--top N)`] : [];
  return `${[line(['rank', 'before', 'actor', 'score', 'events', 'verdict', 'why']), ...rows, ...more].join('\n')}\n`;
};

const notes = ({ run }: RerankResult, verbose: boolean): string[] => {
  if (!verbose) return [...run.warnings];
  const { abuse, benign, unsure } = run.labels;
  const weights = run.detectors.map(({ name, before, after }) => `${name} ${before.toFixed(2)} → ${after.toFixed(2)}`);
  return [
    `ranked by ${abuse} abuse and ${benign} benign verdicts; ${unsure} unsure say nothing`,
    `what each detector counts: ${weights.join(', ')}`,
    ...run.warnings,
  ];
};
