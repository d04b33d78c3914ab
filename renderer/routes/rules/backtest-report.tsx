import { useNavigate } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import type { BacktestedRule, BacktestReport, RuleChange } from '../../../core/api/contract.ts';
import { count, counted, day, duration } from '../../format.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { drawHitsPerDay, tableOfHitsPerDay } from '../../plots/hits-per-day.ts';
import { Button, Notice } from '../../ui/index.ts';
import { shown } from './measured.ts';
import { Subgroups } from './subgroups.tsx';
import css from './rules.module.css';

/** What a backtest found, rule by rule. */
export const BacktestReportView = ({ report }: { readonly report: BacktestReport }): ReactNode => (
  <div className={css.report}>
    <p className={css.muted}>
      {counted(report.events, 'event')} of {counted(report.actors, 'actor')}
      {report.span === null ? '' : `, ${day(report.span.from)} to ${day(report.span.to)}`}. {labelWords(report)} Took{' '}
      {duration(report.elapsedMs)}.
    </p>
    {report.together.later === null ? null : <p className={css.muted}>{LATER}</p>}
    {report.notes.map((note) => (
      <Notice key={note} tone="info">
        {note}
      </Notice>
    ))}
    {report.rules.map((rule) => (
      <RuleReport
        key={rule.rule}
        rule={rule}
        isOne={report.rules.length === 1}
        hasLabels={report.labels.from !== 'none'}
      />
    ))}
  </div>
);

const labelWords = ({ labels }: BacktestReport): string =>
  labels.from === 'none'
    ? 'Nobody is labelled: nothing can be said about right and wrong.'
    : `Labels from ${labels.from === 'verdicts' ? 'verdicts' : 'a file'}: ${count(labels.abuse)} abuse, ${count(labels.benign)} benign.`;

const RuleReport = (props: {
  readonly rule: BacktestedRule;
  readonly isOne: boolean;
  readonly hasLabels: boolean;
}): ReactNode => {
  const { rule } = props;
  const navigate = useNavigate();
  const draw = useCallback(
    ({ width }: { readonly width: number }) => drawHitsPerDay(rule.perDay, { width, height: 130 }),
    [rule.perDay],
  );
  return (
    <section className={css.section} aria-label={`Backtest of ${rule.title}`}>
      <h3 className={props.isOne ? 'visually-hidden' : undefined}>{rule.title}</h3>
      <div className={css.cells}>
        <table className={css.confusion}>
          <caption>Actors by label and hit</caption>
          <thead>
            <tr>
              <th>
                <span className="visually-hidden">Label</span>
              </th>
              <th className={css.number}>Hit</th>
              <th className={css.number}>Not hit</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Abuse</th>
              <td className={css.number}>{count(rule.quality.truePositives)}</td>
              <td className={css.number}>{count(rule.quality.falseNegatives)}</td>
            </tr>
            <tr>
              <th scope="row">Benign</th>
              <td className={css.number}>{count(rule.quality.falsePositives)}</td>
              <td className={css.number}>{count(rule.quality.trueNegatives)}</td>
            </tr>
            <tr>
              <th scope="row">No label</th>
              <td className={css.number}>{count(rule.quality.unlabelled)}</td>
              <td />
            </tr>
          </tbody>
        </table>
        {props.hasLabels ? <Quality rule={rule} /> : null}
        <dl className={css.figures}>
          <div>
            <dt>Actors hit</dt>
            <dd>{count(rule.actors)}</dd>
          </div>
          <div>
            <dt>Hits</dt>
            <dd>{count(rule.hits)}</dd>
          </div>
          {rule.perDay.length === 0 ? null : (
            <div>
              <dt>Hits per day</dt>
              <dd>{(rule.hits / rule.perDay.length).toPrecision(3)}</dd>
            </div>
          )}
        </dl>
      </div>
      {rule.target === null ? null : <Target rule={rule} />}
      {rule.change === null ? null : <Change title="Against the saved version" change={rule.change} />}
      {rule.perDay.length === 0 ? null : (
        <Figure title="Hits per day" twin={() => tableOfHitsPerDay(rule.perDay)}>
          <Chart draw={draw} />
        </Figure>
      )}
      {rule.perWeek.length === 0 ? null : <Weeks rule={rule} />}
      {rule.subgroups.map((each) => (
        <Subgroups key={each.column} of={each} />
      ))}
      {rule.overlap.length === 0 ? null : <Overlap rule={rule} />}
      {rule.toReview.length === 0 ? null : (
        <p className={css.line}>
          <span>{counted(rule.toReview.length, 'hit actor')} without a label, drawn at random.</span>
          <Button onPress={() => void navigate({ to: '/explore', search: { actors: [...rule.toReview] } })}>
            Review them
          </Button>
        </p>
      )}
    </section>
  );
};

const Quality = ({ rule: { quality, later } }: { readonly rule: BacktestedRule }): ReactNode => {
  const measures = [
    ['Precision', 'precision'],
    ['Recall', 'recall'],
    ['F1', 'f1'],
    ['False-positive rate', 'falsePositiveRate'],
  ] as const;
  return (
    <table className={css.quality}>
      <caption>How often it is right, with 95 % intervals</caption>
      {later === null ? null : (
        <thead>
          <tr>
            <th>
              <span className="visually-hidden">Measure</span>
            </th>
            <th className={css.number}>All labelled</th>
            <th className={css.number}>The later 30 %</th>
          </tr>
        </thead>
      )}
      <tbody>
        {measures.map(([name, measure]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className={css.number}>{shown(quality[measure])}</td>
            {later === null ? null : <td className={css.number}>{shown(later[measure])}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const LATER =
  'Suggestions are made from the earlier 70 % of the labelled actors: how good a suggested rule is, the later 30 % say.';

const Change = ({ title, change }: { readonly title: string; readonly change: RuleChange }): ReactNode => (
  <div className={css.stack}>
    <h4>{title}</h4>
    <table aria-label={title} className={css.table}>
      <thead>
        <tr>
          <th>Actors</th>
          <th className={css.number}>Abuse</th>
          <th className={css.number}>Benign</th>
          <th className={css.number}>No label</th>
        </tr>
      </thead>
      <tbody>
        {(['gained', 'lost', 'kept'] as const).map((kind) => (
          <tr key={kind}>
            <th scope="row">{{ gained: 'Newly hit', lost: 'No longer hit', kept: 'Hit by both' }[kind]}</th>
            <td className={css.number}>{count(change[kind].abuse)}</td>
            <td className={css.number}>{count(change[kind].benign)}</td>
            <td className={css.number}>{count(change[kind].unlabelled)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Target = ({ rule }: { readonly rule: BacktestedRule }): ReactNode => {
  const { target } = rule;
  if (target === null) return null;
  if (target.kind === 'whole') {
    return <Notice tone="ok">{target.title} says all of this rule: it hits the same there.</Notice>;
  }
  return (
    <>
      <Notice tone={target.kind === 'refused' ? 'danger' : 'warn'}>
        <strong>
          {target.kind === 'refused' ? `${target.title} cannot say this rule.` : `${target.title} runs it differently.`}
        </strong>
        {[...target.reasons, ...target.differences].map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
      </Notice>
      {target.narrowed === null ? null : (
        <>
          <p>
            There it hits {counted(target.narrowed.actors, 'actor')} with {counted(target.narrowed.hits, 'hit')};
            precision {shown(target.narrowed.quality.precision)}, recall {shown(target.narrowed.quality.recall)}.
          </p>
          <Change title={`What changes in ${target.title}`} change={target.narrowed.change} />
        </>
      )}
    </>
  );
};

const Weeks = ({ rule }: { readonly rule: BacktestedRule }): ReactNode => (
  <div className={css.stack}>
    <h4>By week</h4>
    <table aria-label="By week" className={css.table}>
      <thead>
        <tr>
          <th>Week from</th>
          <th className={css.number}>Hits</th>
          <th className={css.number}>Actors</th>
          <th className={css.number}>Abuse</th>
          <th className={css.number}>Benign</th>
          <th className={css.number}>Precision</th>
        </tr>
      </thead>
      <tbody>
        {rule.perWeek.map((week) => (
          <tr key={week.week}>
            <td>{week.week}</td>
            <td className={css.number}>{count(week.hits)}</td>
            <td className={css.number}>{count(week.actors)}</td>
            <td className={css.number}>{count(week.labels.abuse)}</td>
            <td className={css.number}>{count(week.labels.benign)}</td>
            <td className={css.number}>{shown(week.precision)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Overlap = ({ rule }: { readonly rule: BacktestedRule }): ReactNode => (
  <div className={css.stack}>
    <h4>Beside other rules</h4>
    <table aria-label="Beside other rules" className={css.table}>
      <thead>
        <tr>
          <th>Rule</th>
          <th className={css.number}>Its actors</th>
          <th className={css.number}>Hit by both</th>
          <th className={css.number}>Only by this one</th>
          <th className={css.number}>Jaccard</th>
        </tr>
      </thead>
      <tbody>
        {rule.overlap.map((other) => (
          <tr key={other.rule}>
            <td className={css.mono}>{other.rule}</td>
            <td className={css.number}>{count(other.actors)}</td>
            <td className={css.number}>{count(other.shared)}</td>
            <td className={css.number}>{count(other.adds)}</td>
            <td className={css.number}>{other.jaccard.toFixed(2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
