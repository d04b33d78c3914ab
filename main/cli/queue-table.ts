import type { ListedActor, RunManifest } from '../../core/index.ts';
import { plain } from './terminal.ts';

const INDENT = 2;

/** Detectors up to which each has a column of its own. */
const FEW_DETECTORS = 3;

/** What is listed: of whom, and by which detectors. */
export type Listed = {
  readonly run: Pick<RunManifest, 'detectors'>;
  readonly actors: readonly ListedActor[];
};

/** The queue for a terminal of so many columns: an actor a line, its reasons below. */
export const queueTable = ({ run, actors }: Listed, ranked: number, columns: number): string => {
  const width = Math.max(60, Math.min(columns, 160));
  const actorWidth = Math.max(12, ...actors.map((actor) => Math.min(24, actor.actor.length)));
  const own = run.detectors.length <= FEW_DETECTORS ? run.detectors.map(short) : ['because', 'detectors'];
  const head = line(['rank', 'actor', 'score', 'pctile', 'events', ...own], actorWidth);
  const rows = actors.flatMap((actor) => [
    line([String(actor.rank), plain(actor.actor), ...numbers(actor, run.detectors)], actorWidth).slice(0, width),
    ...reasonLines(actor, width),
  ]);
  const more = ranked > actors.length ? [`… and ${ranked - actors.length} more (--top N)`] : [];
  return `${[head.slice(0, width), ...rows, ...more].join('\n')}\n`;
};

const line = (cells: readonly string[], actorWidth: number): string =>
  cells
    .map((cell, i) => (i === 1 ? cell.padEnd(actorWidth) : cell.padStart(i === 0 ? 5 : Math.max(7, i > 4 ? 12 : 0))))
    .join(' ');

const short = (name: string): string => ({ isolationForest: 'forest' })[name] ?? name;

const numbers = (actor: ListedActor, detectors: readonly string[]): string[] =>
  actor.evidence === 'insufficient'
    ? ['–', '–', String(actor.events), 'not enough evidence']
    : [
        actor.score.toFixed(2),
        actor.percentile >= 99.95 ? actor.percentile.toFixed(2) : actor.percentile.toFixed(1),
        String(actor.events),
        ...(detectors.length <= FEW_DETECTORS
          ? detectors.map((name) => (actor.detectors[name] ?? 0).toFixed(3))
          : [actor.lead ?? '', actor.agreement ? `${actor.agreement.strong} of ${actor.agreement.of}` : '']),
      ];

/** Whom the actor resembles, its three strongest reasons and what would make it ordinary, wrapped to the terminal. */
const reasonLines = (actor: ListedActor, width: number): string[] => {
  const twins = actor.twins === undefined ? [] : [actor.twins];
  const change = actor.smallestChange === undefined ? [] : [actor.smallestChange];
  return [...twins, ...actor.reasons.slice(0, 3).map(({ sentence }) => sentence), ...change].flatMap((sentence) =>
    wrap(plain(sentence), width - 8 - INDENT).map((part, i) => `${' '.repeat(6)}${i === 0 ? '· ' : '  '}${part}`),
  );
};

const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
};

/** Said under every queue that a person reads. */
export const HONEST = 'Anomalous is not abusive: a high rank says "look here", not "guilty".';

/** What the reader of a run must know besides the queue. */
export const runNotes = (run: RunManifest, verbose: boolean): string[] => {
  const inputs = run.inputs.map(
    (input) =>
      `${plain(input.name)}: ${input.rows} records read, ${input.stored} stored, ${input.quarantined} quarantined`,
  );
  const read = run.understood.filter(({ mapping }) => Object.keys(mapping).length > 0);
  const understood = read.map(
    ({ name, format, mapping, confidence }) =>
      `${plain(name)} read as ${plain(format)}: ${Object.entries(mapping)
        .map(([column, field]) => `${plain(column)} ← ${plain(field)}${sureness(confidence[column])}`)
        .join(', ')}`,
  );
  const missing = run.dropped.filter((feature) => feature.reason.startsWith('no column'));
  const dropped =
    missing.length === 0
      ? []
      : [`${missing.length} features left out: the log has no ${missingColumns(missing).join(', ')}`];
  const summaryLine = `${run.features.length} features, ${run.detectors.join(' + ')}${run.backend === null ? '' : ` (${run.backend})`}, seed ${run.seed}, ${(run.elapsedMs / 1000).toFixed(1)} s`;
  return [
    ...(verbose ? [...inputs, ...understood, summaryLine, ...dropped] : []),
    ...run.warnings.map((w) => `warning: ${plain(w)}`),
    ...(verbose ? [HONEST] : []),
  ];
};

/** A mapping that was proposed with less than this is worth a look. */
const SURE = 0.7;

const sureness = (confidence: number | undefined): string =>
  confidence === undefined || confidence >= SURE ? '' : ` (${Math.round(confidence * 100)} % sure)`;

const missingColumns = (dropped: RunManifest['dropped']): string[] => [
  ...new Set(
    dropped.flatMap(({ reason }) =>
      reason
        .replace('no column ', '')
        .replace(/text_\w+/gu, 'text')
        .split(', '),
    ),
  ),
];
