import { useCallback, type ReactNode } from 'react';
import type { FeedbackInfo } from '../../core/api/contract.ts';
import { Chart } from '../plots/chart.tsx';
import { Figure } from '../plots/figure.tsx';
import { drawWordWeights, tableOfWordWeights, wordWeightsHeight } from '../plots/word-weights.ts';
import { Notice } from '../ui/index.ts';
import { feedbackSentence } from './rerank.ts';

/** What verdicts made of the queue: what was used, its warnings, and what each detector's word counts now. */
export const FeedbackView = ({ feedback }: { readonly feedback: FeedbackInfo }): ReactNode => {
  const { detectors, warnings } = feedback;
  const draw = useCallback(
    ({ width }: { readonly width: number }) => drawWordWeights(detectors, { width }),
    [detectors],
  );
  return (
    <>
      <p>{feedbackSentence(feedback)}</p>
      {warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
      {detectors.length > 0 && (
        <Figure
          title="What each detector’s word counts"
          aside="hollow: before · filled: after · line: no say"
          twin={() => tableOfWordWeights(detectors)}
        >
          <Chart draw={draw} height={wordWeightsHeight(detectors)} />
        </Figure>
      )}
    </>
  );
};
