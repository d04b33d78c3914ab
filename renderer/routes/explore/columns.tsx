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
  readonly chosenGroup: number | undefined;
  readonly onGroup: (group: number) => void;
  /** What the queue is sorted by, and how to change that. */
  readonly sortedBy: string;
  readonly onSortBy: (name: string) => void;
};

/**
 * The queue's columns for a width in pixels. The first reason with its value comes before every column that can be done
 * without: those are added, the most needed first, while that leaves room for it.
 */
export const queueColumns = (options: QueueColumnOptions): readonly GridColumn<QueueRow>[] => {
  const { run, width, chosenReasons, onReason, chosenGroup, onGroup } = options;
  const hasTimes = run.span !== null;
  const rank = rankColumn(run.actors, options.sortedBy === 'feedback');
  let left =
    width - [MARK_PX, rank.px, ACTOR.px, SCORE_PX, PERCENTILE.px, VERDICT.px].reduce((a, b) => a + b, PADDING_PX);
  const hasRoom = (px: number, reasons = 1): boolean => {
    if (left - px < reasons * REASON_PX) return false;
    left -= px;
    return true;
  };
  const hasEvents = hasTimes && hasRoom(EVENTS.px);
  const hasActivity = hasTimes && hasRoom(ACTIVITY.px);
  const isWide = hasRoom(WORD_PX + KIND_PX);
  const detectors = detectorsColumn(options);
  const hasDetectors = run.detectors.length > 0 && hasRoom(detectors.px);
  const hasLastSeen = hasTimes && hasRoom(LAST_SEEN.px, 2);
  const before: readonly Column[] = [
    markColumn(options),
    rank,
    ACTOR,
    scoreColumn(isWide),
    PERCENTILE,
    ...(hasDetectors ? [detectors] : []),
    ...(hasEvents ? [EVENTS] : []),
    ...(hasActivity ? [ACTIVITY] : []),
  ];
  const after: readonly Column[] = [
    ...(hasLastSeen ? [LAST_SEEN] : []),
    { ...VERDICT, px: width < CRAMPED_PX ? ICON_PX : VERDICT.px + (isWide ? KIND_PX : 0) },
  ];
  const reasons: GridColumn<QueueRow> = {
    id: 'reasons',
    header: 'Reasons',
    width: 'minmax(104px, 1fr)',
    cell: (row) => (
      <ReasonsCell
        row={row}
        most={Math.min(3, Math.max(1, Math.floor(left / REASON_PX)))}
        chosen={chosenReasons}
        onChoose={onReason}
        chosenGroup={chosenGroup}
        onChooseGroup={onGroup}
      />
    ),
  };
  return [...before.map(withWidth), reasons, ...after.map(withWidth)];
};

type Column = Omit<GridColumn<QueueRow>, 'width'> & { readonly px: number };

const PADDING_PX = 32;
/** Of a reason with its value, most names whole. */
const REASON_PX = 210;
const DETECTOR_PX = 42;
const MARK_PX = 30;
const SCORE_PX = 100;
/** Beside the score which evidence it is, in a word. */
const WORD_PX = 60;
/** Below it, as at 200 %, a verdict is its icon and the first letters. */
const CRAMPED_PX = 600;
const ICON_PX = 68;
/** More of the kind in the verdict. */
const KIND_PX = 32;

const withWidth = ({ px, ...column }: Column): GridColumn<QueueRow> => ({ ...column, width: `${px}px` });

const markColumn = ({ marked, onMark }: QueueColumnOptions): Column => ({
  id: 'mark',
  header: <span className="visually-hidden">Selected</span>,
  label: 'Selected',
  px: MARK_PX,
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

/** Wide enough for the last rank. In the order that verdicts make, it is the rank from before them. */
const rankColumn = (actors: number, isBefore: boolean): Column => ({
  id: 'rank',
  header: isBefore ? 'was #' : '#',
  label: isBefore ? 'Rank before the verdicts' : 'Rank',
  px: Math.max(isBefore ? 64 : 52, 24 + 9 * String(actors).length),
  align: 'end',
  isSortable: true,
  cell: (row) => formatCount(row.rank),
});

const ACTOR: Column = {
  id: 'actor',
  header: 'Actor',
  px: 106,
  cell: (row) => <code className={css.token}>{row.actor}</code>,
};

const scoreColumn = (isWide: boolean): Column => ({
  id: 'score',
  header: 'Score',
  px: SCORE_PX + (isWide ? WORD_PX : 0),
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

const VERDICT: Column = { id: 'verdict', header: 'Verdict', px: 92, cell: (row) => <VerdictCell row={row} /> };
