import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState, type ReactNode } from 'react';
import type { RuleImpact } from '../../../core/api/contract.ts';
import { api, client } from '../../client.ts';
import { about, count, counted, instant } from '../../format.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { drawHitsPerDay, tableOfHitsPerDay } from '../../plots/hits-per-day.ts';
import { Button, cx, showError, VerdictChip } from '../../ui/index.ts';
import type { Checked } from './use-check.ts';
import css from './rules.module.css';

const MOST_TO_REVIEW = 50;

/** Whom the text would hit, before it is saved. */
export const Impact = (props: {
  readonly checked: Checked;
  readonly text: string;
  readonly onBacktest: () => void;
}): ReactNode => {
  const { impact, isMeasuring } = props.checked;
  return (
    <aside className={css.impact} aria-label="Impact" aria-busy={isMeasuring}>
      <h2>
        Impact on this case
        <span className={css.measuring}>{isMeasuring && impact !== undefined ? 'Measuring …' : ''}</span>
      </h2>
      {impact === undefined || impact.kind === 'faulty' ? (
        <p className={css.muted}>{isMeasuring ? 'Measuring.' : 'Whom it hits is shown once the text has no errors.'}</p>
      ) : impact.kind === 'needs-run' ? (
        <>
          <p>{impact.why}</p>
          <Button onPress={props.onBacktest}>Run a backtest</Button>
        </>
      ) : (
        <Measured impact={impact} text={props.text} onBacktest={props.onBacktest} />
      )}
    </aside>
  );
};

type Found = Extract<RuleImpact, { kind: 'measured' }>;

const Measured = ({
  impact,
  text,
  onBacktest,
}: {
  readonly impact: Found;
  readonly text: string;
  readonly onBacktest: () => void;
}): ReactNode => {
  const { sample } = impact;
  const number = sample === null ? count : about;
  const navigate = useNavigate();
  const { data: open } = useQuery(api.case.current.queryOptions());
  const draw = useCallback(
    ({ width }: { readonly width: number }) => drawHitsPerDay(impact.perDay, { width, height: 96 }),
    [impact.perDay],
  );
  const [isReviewing, setReviewing] = useState(false);
  const review = async (): Promise<void> => {
    setReviewing(true);
    try {
      const { actors } = await client.rules.review({ text, most: MOST_TO_REVIEW });
      await navigate({ to: '/explore', search: { actors } });
    } catch (error) {
      showError(error);
    } finally {
      setReviewing(false);
    }
  };
  const toActor = (actor: string): void => void navigate({ to: '/explore', search: { actor } });
  return (
    <>
      <dl className={cx(css.figures, sample !== null && css.estimated)}>
        <div>
          <dt>Actors hit</dt>
          <dd>{number(impact.actors)}</dd>
        </div>
        <div>
          <dt>Hits</dt>
          <dd>{number(impact.hits)}</dd>
        </div>
        <div>
          <dt>Abuse</dt>
          <dd className={css.abuse}>{number(impact.abuse)}</dd>
        </div>
        <div>
          <dt>Benign</dt>
          <dd className={css.benign}>{number(impact.benign)}</dd>
        </div>
      </dl>
      {sample === null ? null : (
        <p className={css.line}>
          <span>
            Estimated from {counted(sample.actors, 'actor')}, one in {count(sample.oneIn)}: it hits {count(sample.low)}{' '}
            to {count(sample.high)} of all actors (95 % interval). A backtest counts all.
          </span>
          <Button onPress={onBacktest}>Run a backtest</Button>
        </p>
      )}
      {impact.actors > 0 ? null : (
        <p className={css.muted}>
          {open?.events === 0
            ? 'This case holds a table, no events: only a rule “for actors” can hit here.'
            : sample === null
              ? 'It hits nobody in this case.'
              : 'It hits nobody of the sample.'}
        </p>
      )}
      {impact.perDay.length === 0 ? null : (
        <Figure title="Hits per day" twin={() => tableOfHitsPerDay(impact.perDay)}>
          <Chart draw={draw} />
        </Figure>
      )}
      {impact.undecided === 0 ? null : (
        <p className={css.line}>
          <span>
            {sample === null ? counted(impact.undecided, 'hit actor') : `${about(impact.undecided)} hit actors`}{' '}
            undecided.
          </span>
          <Button isBusy={isReviewing} onPress={() => void review()}>
            Review a sample
          </Button>
        </p>
      )}
      {impact.examples.length === 0 ? null : (
        <table className={css.table}>
          <caption>{sample === null ? 'Most hit' : 'Most hit of the sample'}</caption>
          <thead>
            <tr>
              <th>Actor</th>
              <th className={css.number}>Hits</th>
              <th>Verdict</th>
            </tr>
          </thead>
          <tbody>
            {impact.examples.map(({ actor, hits, at, verdict }) => (
              <tr key={actor}>
                <td>
                  <button
                    type="button"
                    className={css.actor}
                    title={at === null ? undefined : `First hit ${instant(at)}`}
                    onClick={() => toActor(actor)}
                  >
                    {actor}
                  </button>
                </td>
                <td className={css.number}>{count(hits)}</td>
                <td>
                  <VerdictChip verdict={verdict} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};
