import { useCallback, useMemo, type ReactNode } from 'react';
import type { ActorDetail, Reason, RunInfo } from '../../../core/api/contract.ts';
import { Chart } from '../../plots/chart.tsx';
import { detectorWords } from '../../plots/detector-words.ts';
import { detectorsHeight, drawDetectors, tableOfDetectors } from '../../plots/detectors.ts';
import { Figure } from '../../plots/figure.tsx';
import { drawReasons, tableOfReasons } from '../../plots/reasons.ts';
import { revealed } from '../../format.ts';
import css from './explore.module.css';

/** Why an actor scores as it does, reason by reason; a click narrows the queue to those who share it. */
export const Why = (props: {
  /** Undefined while they are on their way. */
  readonly reasons: readonly Reason[] | undefined;
  /** The smallest change that would make the actor ordinary, as a sentence; null where there is none. */
  readonly change: string | null;
  readonly chosen: readonly string[] | undefined;
  readonly onChoose: (feature: string) => void;
}): ReactNode => {
  const reasons = props.reasons ?? NO_REASONS;
  const maximum = Math.max(1e-9, ...reasons.map((reason) => reason.contribution));
  const minimum = Math.min(0, ...reasons.map((reason) => reason.contribution));
  return (
    <Figure
      className={props.reasons === undefined ? css.whyFrame : undefined}
      title="Why"
      aside={props.reasons === undefined ? 'explaining …' : 'share of the score · percentile among peers'}
      twin={() => tableOfReasons(reasons)}
    >
      {props.reasons?.length === 0 && <p className={css.hint}>No feature stands out.</p>}
      <ol className={css.why}>
        {reasons.map((reason) => (
          <li key={reason.feature}>
            <div className={css.whyHead}>
              <button
                type="button"
                className={css.link}
                aria-pressed={props.chosen?.includes(reason.feature) === true}
                title="Show who shares this reason"
                onClick={() => props.onChoose(reason.feature)}
              >
                {revealed(reason.label)}
              </button>
              <span className={css.change}>
                <span className="visually-hidden">typical</span> {reason.shownTypical} <span aria-hidden="true">→</span>{' '}
                <span className="visually-hidden">actual</span> <b>{reason.shownValue}</b>
              </span>
            </div>
            <ReasonBar {...{ reason, minimum, maximum }} />
            <p className={css.sentence}>{revealed(reason.sentence)}</p>
          </li>
        ))}
      </ol>
      {props.change !== null && <p className={css.smallestChange}>{props.change}</p>}
    </Figure>
  );
};

const NO_REASONS: readonly Reason[] = [];

const ReasonBar = (props: {
  readonly reason: Reason;
  readonly minimum: number;
  readonly maximum: number;
}): ReactNode => {
  const { reason, minimum, maximum } = props;
  const draw = useCallback(
    ({ width }: { readonly width: number }) => drawReasons([reason], { width, minimum, maximum, hasWords: false }),
    [reason, minimum, maximum],
  );
  return <Chart draw={draw} height={14} />;
};

/** Every detector's percentile, side by side. */
export const Detectors = (props: { readonly detail: ActorDetail; readonly run: RunInfo }): ReactNode => {
  const { detail, run } = props;
  const detectors = useMemo(
    () =>
      detail.detectors.map((d) => ({
        ...d,
        evidence: run.ensemble?.members.find(({ name }) => name === d.name)?.evidence ?? detectorWords(d.name).evidence,
      })),
    [detail, run],
  );
  const draw = useCallback(({ width }: { readonly width: number }) => drawDetectors(detectors, { width }), [detectors]);
  return (
    <Figure title="Detectors" aside="percentile · ring: highest" twin={() => tableOfDetectors(detectors)}>
      <Chart draw={draw} height={detectorsHeight(detectors)} />
    </Figure>
  );
};
