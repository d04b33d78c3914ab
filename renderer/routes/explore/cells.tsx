import type { ReactNode } from 'react';
import { formatCount, formatPercentile, formatScore } from '../../plots/format.ts';
import { ninesOf } from '../../plots/percentile-scale.ts';
import { sparklinePath } from '../../plots/sparkline.ts';
import { bandOf } from '../../theme/bands.ts';
import { AlikeIcon, OddIcon, type Icon } from '../../ui/icons.tsx';
import { cx, VERDICTS } from '../../ui/index.ts';
import css from './explore.module.css';
import { revealed } from '../../format.ts';
import type { Lead, QueueRow } from './queue-rows.ts';

const SPARK = { width: 84, height: 18 } as const;

/**
 * Score as number and bar; the bar's length is the percentile on the scale of nines, its colour the band. Before it
 * which evidence it is, in a word where it is wide enough.
 */
export const ScoreCell = (props: { readonly row: QueueRow; readonly isWide: boolean }): ReactNode => {
  const { row, isWide } = props;
  if (!row.isRanked) return <span className={css.muted}>not enough events</span>;
  const band = bandOf(row.percentile);
  return (
    <span className={css.score} title={band.label}>
      {row.lead !== null && <LeadMark lead={row.lead} isWide={isWide} />}
      <span className={css.scoreTrack}>
        <span
          className={css.scoreBar}
          data-band={band.index}
          style={{ width: `${Math.max(2, ninesOf(row.percentile) * 100)}%` }}
        />
      </span>
      <span className={css.scoreNumber}>{formatScore(row.score)}</span>
    </span>
  );
};

const LeadMark = ({ lead, isWide }: { readonly lead: Lead; readonly isWide: boolean }): ReactNode => {
  const { word, title, icon: Icon } = LEADS[lead];
  return (
    <span className={css.lead} data-wide={isWide} title={title}>
      <Icon size={13} />
      <span className={isWide ? undefined : 'visually-hidden'}>{word}</span>
    </span>
  );
};

/** The two kinds of evidence in words, the same on every screen. */
export const LEADS: Readonly<Record<Lead, { readonly word: string; readonly title: string; readonly icon: Icon }>> = {
  odd: { word: 'odd', title: 'Stands out by being unlike the others', icon: OddIcon },
  alike: { word: 'alike', title: 'Stands out by being too much like some others', icon: AlikeIcon },
};

export const PercentileCell = ({ row }: { readonly row: QueueRow }): ReactNode =>
  row.isRanked ? formatPercentile(row.percentile) : <span className={css.muted}>–</span>;

export const SparkCell = ({ row }: { readonly row: QueueRow }): ReactNode => (
  <svg width={SPARK.width} height={SPARK.height} aria-hidden="true">
    <path d={sparklinePath(row.spark, SPARK.width, SPARK.height)} className={css.spark} />
  </svg>
);

/** Up to three reasons, of who is alike first the twins; a click narrows the queue to those who share it. */
export const ReasonsCell = (props: {
  readonly row: QueueRow;
  /** How many there is room for. */
  readonly most: number;
  readonly chosen: readonly string[] | undefined;
  readonly onChoose: (feature: string) => void;
  readonly chosenGroup: number | undefined;
  readonly onChooseGroup: (group: number) => void;
}): ReactNode => {
  const twins = props.row.lead === 'alike' ? props.row.twins : null;
  return (
    <span className={css.reasonChips}>
      {twins !== null && (
        <button
          type="button"
          tabIndex={-1}
          className={css.reasonChip}
          aria-pressed={props.chosenGroup === twins.group}
          title={`In a group with ${formatCount(twins.others)} others who are too much alike. Show the group's members.`}
          onClick={(event) => {
            event.stopPropagation();
            props.onChooseGroup(twins.group);
          }}
        >
          <span className={css.reasonName}>
            <span aria-hidden="true">≈</span>
            group {twins.group + 1}
          </span>
          <b>
            {formatCount(twins.others)} {twins.others === 1 ? 'twin' : 'twins'}
          </b>
        </button>
      )}
      {props.row.reasons.slice(0, props.most - (twins === null ? 0 : 1)).map((reason) => (
        <button
          key={reason.feature}
          type="button"
          tabIndex={-1}
          className={css.reasonChip}
          aria-pressed={props.chosen?.includes(reason.feature) === true}
          title={`${revealed(reason.label)}: ${reason.shownValue}${reason.percentile === null ? '' : `, percentile ${formatPercentile(reason.percentile)}`}. Show who shares this reason.`}
          onClick={(event) => {
            event.stopPropagation();
            props.onChoose(reason.feature);
          }}
        >
          <span className={css.reasonName}>
            <span aria-hidden="true">{reason.high ? '▲' : '▼'}</span>
            {revealed(reason.label)}
          </span>
          <b>{reason.shownValue}</b>
        </button>
      ))}
    </span>
  );
};

export const VerdictCell = ({ row }: { readonly row: QueueRow }): ReactNode => {
  const { label, icon: Icon, tone } = VERDICTS[row.verdict ?? 'none'];
  return (
    <span className={cx(css.verdict)} data-tone={tone} title={row.kind === null ? undefined : `${label}: ${row.kind}`}>
      <Icon size={14} />
      {(row.verdict === null || row.kind !== null) && <span className="visually-hidden">{label} </span>}
      {row.verdict !== null && <span className={css.verdictText}>{row.kind ?? label}</span>}
      {row.hasNote && (
        <span title="Has a note" className={css.muted}>
          ✎<span className="visually-hidden">has a note</span>
        </span>
      )}
    </span>
  );
};
