import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AuditView } from '../../../core/api/contract.ts';
import { client } from '../../client.ts';
import { Chart } from '../../plots/chart.tsx';
import { drawAuditBounds, tableOfAuditBounds } from '../../plots/audit-bounds.ts';
import { Figure } from '../../plots/figure.tsx';
import { Button, ErrorNotice, Notice, ProgressBar, TextField } from '../../ui/index.ts';
import { measureWords } from './query-words.ts';
import css from './privacy.module.css';

/** Runs the whole release path over made-up data and shows how much privacy loss its outputs prove. */
export const AuditTab = () => {
  const [epsilon, setEpsilon] = useState('1');
  const [delta, setDelta] = useState('0');
  const [runs, setRuns] = useState('500');
  const [report, setReport] = useState<AuditView | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const isReady = DECIMAL.test(epsilon) && Number(epsilon) > 0 && DECIMAL.test(delta) && /^\d{3,5}$/u.test(runs);
  const start = async (): Promise<void> => {
    const controller = new AbortController();
    abort.current = controller;
    setBusy(true);
    setFailure(null);
    setReport(null);
    try {
      setReport(await client.privacy.audit({ epsilon, delta, runs: Number(runs) }, { signal: controller.signal }));
    } catch (error) {
      if (!controller.signal.aborted) setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.page}>
      <p>
        The program releases made-up logs of two neighbouring data sets many times, from import to signed file, and
        tries to tell the two apart. How well that works is a lower bound of what a release gives away. The case is not
        read and no budget is spent.
      </p>
      <div className={css.solve}>
        <TextField label="Claimed ε" value={epsilon} onChange={setEpsilon} />
        <TextField label="Claimed δ" value={delta} onChange={setDelta} />
        <TextField label="Releases of each" value={runs} onChange={setRuns} />
        {isBusy ? (
          <Button onPress={() => abort.current?.abort()}>Cancel</Button>
        ) : (
          <Button kind="primary" isDisabled={!isReady} onPress={() => void start()}>
            Start the audit
          </Button>
        )}
      </div>
      {isBusy ? (
        <div className={css.stack} role="status">
          <p>Releasing made-up data over and over. It takes minutes; leaving this tab cancels it.</p>
          <ProgressBar label="The audit runs" share={null} />
        </div>
      ) : null}
      {failure === null ? null : <ErrorNotice error={failure} />}
      {report === null ? null : <Report report={report} />}
    </div>
  );
};

const DECIMAL = /^\d+(?:\.\d+)?(?:[eE]-?\d+)?$/u;

const Report = ({ report }: { readonly report: AuditView }) => {
  const bounds = useMemo(
    () =>
      report.audits.flatMap((audit) =>
        audit.pairs.map(({ name, lowerBound }) => ({
          name: `${measureWords(audit.query)}: ${name}`,
          lowerBound,
          claimed: audit.claimed,
          of: audit.of,
        })),
      ),
    [report],
  );
  const draw = useCallback(({ width }: { readonly width: number }) => drawAuditBounds(bounds, { width }), [bounds]);
  const confidence = report.audits[0]?.confidence ?? 0.95;
  return (
    <>
      <Notice tone={report.exceeds ? 'danger' : 'ok'}>
        <strong>
          {report.exceeds
            ? 'A claim is refuted: a release gives away more than it says. Release nothing with this version.'
            : `No claim is refuted, at ${Math.round(100 * confidence)} % confidence.`}
        </strong>
      </Notice>
      <Figure
        level={2}
        title="Privacy loss that the outputs prove, beside the claim"
        twin={() => tableOfAuditBounds(bounds)}
      >
        <Chart draw={draw} height={44 + 24 * bounds.length} />
      </Figure>
      <ul className={css.list}>
        {report.statements.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </>
  );
};
