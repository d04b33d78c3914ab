import { useCallback, useMemo } from 'react';
import type { AuditView } from '../../../core/api/contract.ts';
import { count, counted, duration } from '../../format.ts';
import { drawAuditBounds, tableOfAuditBounds } from '../../plots/audit-bounds.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { Notice } from '../../ui/index.ts';
import { auditBounds } from './audit-bounds.ts';
import { Part, Sentences } from './part.tsx';
import css from './privacy.module.css';

/** What an audit found: the verdict, every lower bound beside its claim, what was run, and what it does not show. */
export const AuditReport = ({ report }: { readonly report: AuditView }) => {
  const bounds = useMemo(() => auditBounds(report), [report]);
  const draw = useCallback(({ width }: { readonly width: number }) => drawAuditBounds(bounds, { width }), [bounds]);
  const sentences = [...new Map(report.audits.flatMap(({ pairs }) => pairs.map((each) => [each.name, each.sentence])))];
  return (
    <>
      <Verdict report={report} />
      <Figure
        level={2}
        title="Privacy loss that the outputs prove, beside the claim"
        twin={() => tableOfAuditBounds(bounds)}
      >
        <Chart draw={draw} height={44 + 24 * bounds.length} />
      </Figure>
      <Part title="What the two data sets differ in">
        <Sentences
          of={[
            ...sentences.map(([name, sentence]) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}: ${sentence}`),
            ...(report.audits.some(({ oneRun }) => oneRun !== undefined)
              ? ['Many at once: one release in which each of many made-up actors is there by the toss of a coin.']
              : []),
          ]}
        />
      </Part>
      <Samplers report={report} />
      <Part title="What it shows, and what it does not">
        <Sentences of={report.statements} />
      </Part>
    </>
  );
};

const Verdict = ({ report }: { readonly report: AuditView }) => {
  const [first] = report.audits;
  const [most] = [...report.audits].sort((a, b) => b.lowerBound / b.claimed - a.lowerBound / a.claimed);
  const tookMs = report.audits.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  return (
    <Notice tone={report.exceeds ? 'danger' : 'ok'}>
      <strong>
        {report.exceeds
          ? 'A claim is refuted: a release gives away more than it says. Release nothing with this version.'
          : `No claim is refuted, at ${Math.round(100 * (first?.confidence ?? 0))} % confidence.`}
      </strong>
      {first === undefined || most === undefined ? null : (
        <span>
          The outputs prove a privacy loss of at least {most.of === 'epsilon' ? 'ε' : 'ρ'} {most.lowerBound.toFixed(2)};
          claimed was {most.claimed}. {counted(first.runs, 'release')} of each data set, {duration(tookMs)}.
        </span>
      )}
    </Notice>
  );
};

/** A sampler is doubted below this: one right one in a thousand is. */
const DOUBTED = 0.001;

/** The distributions that noise was drawn from, each against the exact one. */
const Samplers = ({ report }: { readonly report: AuditView }) => {
  const tests = [
    ...new Map(report.audits.flatMap(({ samplers }) => samplers.map((each) => [each.noise, each]))).values(),
  ];
  return tests.length === 0 ? null : (
    <Part title="Noise against its exact distribution">
      <div className={css.scrollX}>
        <table aria-label="Noise against its exact distribution" className={css.table}>
          <thead>
            <tr>
              <th>Distribution</th>
              <th className={css.number}>Draws</th>
              <th className={css.number}>p-value (chi-square)</th>
              <th className={css.lead}>Verdict</th>
            </tr>
          </thead>
          <tbody>
            {tests.map(({ noise, draws, pValue }) => (
              <tr key={noise}>
                <td>{noise}</td>
                <td className={css.number}>{count(draws)}</td>
                <td className={css.number}>{pValue < 1e-4 ? pValue.toExponential(1) : pValue.toFixed(4)}</td>
                <td className={css.lead}>{pValue < DOUBTED ? 'looks wrong: run the audit again' : 'agrees'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  );
};
