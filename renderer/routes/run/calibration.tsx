import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, type ReactNode } from 'react';
import type { CalibrationInfo } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { counted } from '../../format.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { formatShare } from '../../plots/format.ts';
import { drawReliability, tableOfReliability } from '../../plots/reliability.ts';
import { Notice } from '../../ui/index.ts';
import { methodWords } from '../explore/review-words.ts';
import css from './run.module.css';

const NO_BINS: readonly never[] = [];

/** Where the p-values come from, what they rest on, and what came of them among the decided. */
export const Calibration = ({ calibration }: { readonly calibration: CalibrationInfo }): ReactNode => {
  const { data } = useQuery(api.explore.reliability.queryOptions());
  const decided = data?.decided ?? 0;
  const bins = useMemo(() => data?.bins ?? NO_BINS, [data]);
  const draw = useCallback(({ width }: { readonly width: number }) => drawReliability(bins, { width }), [bins]);
  return (
    <section className={css.section} aria-labelledby="calibration">
      <h2 id="calibration">How sure the numbers are</h2>
      <p>
        p-values are {methodWords(calibration)}.{' '}
        {calibration.identifiable &&
          calibration.nullShare < 1 &&
          `About ${formatShare(calibration.nullShare)} of the ranked score as ordinary actors do.`}
      </p>
      {calibration.identifiable ? (
        <p>{calibration.assumptions}</p>
      ) : (
        <Notice tone="warn">{calibration.assumptions}</Notice>
      )}
      {bins.length > 0 && decided >= ENOUGH ? (
        <Figure
          title="What was claimed, and what came of it"
          aside={`${counted(decided, 'decided actor')} · below the line: fewer were ordinary than claimed`}
          twin={() => tableOfReliability(bins)}
        >
          <Chart draw={draw} height={RELIABILITY_PX} />
        </Figure>
      ) : (
        <p className={css.muted}>
          {data === undefined
            ? 'Counting the decided …'
            : `${counted(decided, 'actor is', 'actors are')} decided; ${ENOUGH} are needed to hold the numbers against what came of them.`}
        </p>
      )}
    </section>
  );
};

const RELIABILITY_PX = 220;
/** With fewer decided actors the intervals say nothing. */
const ENOUGH = 20;
