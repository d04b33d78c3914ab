import type { RunInfo } from '../../../core/api/contract.ts';
import { detectorLabel, detectorWords } from '../../plots/detector-words.ts';
import { formatCount, formatPercentile, formatShortCount } from '../../plots/format.ts';
import { formatTime } from '../../plots/time.ts';
import type { GridColumn } from '../../table/index.ts';
import { PercentileCell, ReasonsCell, ScoreCell, SparkCell, VerdictCell } from './cells.tsx';
import css from './explore.module.css';
import type { QueueRow } from './queue-rows.ts';

export type QueueColumnOptions = {
  readonly run: Pick<RunInfo, 'span' | 'detectors' | 'actors'>;
  readonly width: number;
  readonly marked: ReadonlySet<string>;
  readonly onMark: (actor: string) => void;
  readonly chosenReasons: readonly string[] | undefined;
  readonly onReason: (feature: string) => void;
  /** What the queue is sorted by, and how to change that. */
  readonly sortedBy: string;
  readonly onSortBy: (name: string) => void;
};

/** The queue's columns for a width in pixels; where there is little, the less needed ones go and fewer reasons are shown. */
export const queueColumns = (options: QueueColumnOptions): readonly GridColumn<QueueRow>[] => {
  const { run, width, chosenReasons, onReason } = options;
  const hasTimes = run.span !== null;
  const before: readonly Column[] = [
    markColumn(options),
    rankColumn(run.actors),
    ACTOR,
    scoreColumn(width > 900),
    PERCENTILE,
    ...(width > DETECTORS_FROM_PX + DETECTOR_PX * run.detectors.length ? [detectorsColumn(options)] : []),
    ...(hasTimes && width > 640 ? [EVENTS] : []),
    ...(hasTimes && width > 740 ? [ACTIVITY] : []),
  ];
  const verdict = { ...VERDICT, px: width > 900 ? 132 : 108 };
  const after: readonly Column[] = [...(hasTimes && width > 1320 ? [LAST_SEEN] : []), verdict];
  const left = width - [...before, ...after].reduce((sum, column) => sum + column.px, PADDING_PX);
  const reasons: GridColumn<QueueRow> = {
    id: 'reasons',
    header: 'Reasons',
    width: 'minmax(130px, 1fr)',
    cell: (row) => (
      <ReasonsCell
        row={row}
        most={Math.min(3, Math.max(1, Math.floor(left / REASON_PX)))}
        chosen={chosenReasons}
        onChoose={onReason}
      />
    ),
  };
  return [...before.map(withWidth), reasons, ...after.map(withWidth)];
};

type Column = Omit<GridColumn<QueueRow>, 'width'> & { readonly px: number };

const PADDING_PX = 32;
const REASON_PX = 184;
const DETECTOR_PX = 42;
const DETECTORS_FROM_PX = 900;

const withWidth = ({ px, ...column }: Column): GridColumn<QueueRow> => ({ ...column, width: `${px}px` });

const markColumn = ({ marked, onMark }: QueueColumnOptions): Column => ({
  id: 'mark',
  header: <span className="visually-hidden">Selected</span>,
  label: 'Selected',
  px: 30,
  cell: (row) => (
    <label className={css.markTarget} onClick={(event) => event.stopPropagation()}>
      <input
        type="checkbox"
        tabIndex={-1}
        className={css.mark}
        checked={marked.has(row.actor)}
        aria-label={`Select ${row.actor}`}
        onChange={() => onMark(row.actor)}
      />
    </label>
  ),
});

/** Wide enough for the last rank. */
const rankColumn = (actors: number): Column => ({
  id: 'rank',
  header: '#',
  label: 'Rank',
  px: Math.max(52, 24 + 9 * String(actors).length),
  align: 'end',
  isSortable: true,
  cell: (row) => formatCount(row.rank),
});

const ACTOR: Column = {
  id: 'actor',
  header: 'Actor',
  px: 116,
  cell: (row) => <code className={css.token}>{row.actor}</code>,
};

const scoreColumn = (isWide: boolean): Column => ({
  id: 'score',
  header: 'Score',
  px: isWide ? 172 : 112,
  cell: (row) => <ScoreCell row={row} isWide={isWide} />,
});

const PERCENTILE: Column = {
  id: 'percentile',
  header: 'Pctl.',
  label: 'Percentile',
  px: 56,
  align: 'end',
  cell: (row) => <PercentileCell row={row} />,
};

const detectorsColumn = ({ run: { detectors }, sortedBy, onSortBy }: QueueColumnOptions): Column => ({
  id: 'detectors',
  header: (
    <span className={css.detectors}>
      {detectors.map((name) => (
        <button
          key={name}
          type="button"
          className={css.sortBy}
          aria-pressed={sortedBy === name}
          aria-label={`Sort by ${detectorLabel(name)}`}
          title={`Percentile by ${detectorLabel(name)}: ${detectorWords(name).hint} Sort by it.`}
          onClick={() => onSortBy(sortedBy === name ? 'rank' : name)}
        >
          {detectorWords(name).short}
        </button>
      ))}
    </span>
  ),
  label: `Percentile by ${detectors.map(detectorLabel).join(', ')}`,
  px: DETECTOR_PX * detectors.length + 16,
  align: 'end',
  cell: (row) => (
    <span className={css.detectors}>
      {detectors.map((name) => (
        <span key={name} title={detectorLabel(name)}>
          {row.isRanked ? formatPercentile(row.detectors[name] ?? 0) : '–'}
        </span>
      ))}
    </span>
  ),
});

const EVENTS: Column = {
  id: 'events',
  header: 'Events',
  px: 68,
  align: 'end',
  isSortable: true,
  cell: (row) => formatShortCount(row.events),
};

const ACTIVITY: Column = { id: 'spark', header: 'Activity', px: 102, cell: (row) => <SparkCell row={row} /> };

const LAST_SEEN: Column = {
  id: 'lastSeen',
  header: 'Last seen',
  px: 154,
  isSortable: true,
  cell: (row) => (row.lastSeen === null ? '–' : formatTime(row.lastSeen)),
};

const VERDICT: Column = { id: 'verdict', header: 'Verdict', px: 88, cell: (row) => <VerdictCell row={row} /> };
