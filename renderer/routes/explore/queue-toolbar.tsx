import type { ReactNode } from 'react';
import type { RunInfo } from '../../../core/api/contract.ts';
import { useRerank } from '../../decisions/index.ts';
import { counted } from '../../format.ts';
import { detectorWords } from '../../plots/detector-words.ts';
import { formatCount } from '../../plots/format.ts';
import { Button, Select } from '../../ui/index.ts';
import { DownloadIcon, RankIcon } from '../../ui/icons.tsx';
import css from './explore.module.css';
import type { Explore } from './use-explore.ts';
import type { Queue } from './use-queue.ts';

export type QueueToolbarProps = {
  readonly run: RunInfo;
  readonly explore: Explore;
  readonly queue: Queue;
  readonly onExport: () => void;
};

/** Above the queue: its order, how long it is, and what can be done with all of it. */
export const QueueToolbar = ({ run, explore, queue, onExport }: QueueToolbarProps): ReactNode => {
  const { sort, patch } = explore;
  const { canRerank, isBusy, isBehind, feedback, verdicts, rerank } = useRerank();
  return (
    <div className={css.toolbar} role="toolbar" aria-label="Queue">
      <Select
        label="Order"
        isLabelHidden
        size="dense"
        className={css.order ?? ''}
        value={sort.by}
        onChange={(by) => patch({ sort: by === 'rank' ? undefined : by, ascending: undefined, row: undefined }, 'push')}
        options={ordersOf(run, sort.by)}
      />
      <span className={css.count} aria-live="polite">
        {queue.total === queue.of
          ? `${formatCount(queue.of)} actors`
          : `${formatCount(queue.total)} of ${formatCount(queue.of)} actors`}
      </span>
      {canRerank && (
        <Button icon={RankIcon} isBusy={isBusy} onPress={() => void rerank()}>
          {feedback === null || isBehind ? `Rank by ${counted(verdicts, 'verdict')}` : 'Rank again'}
        </Button>
      )}
      <Button icon={DownloadIcon} isDisabled={queue.total === 0} onPress={onExport}>
        Export
      </Button>
    </div>
  );
};

/** What the queue can be sorted by; the present order is always among them. */
const ordersOf = (
  run: RunInfo,
  now: string,
): readonly { readonly id: string; readonly label: string; readonly detail?: string }[] => {
  const orders = [
    { id: 'rank', label: 'By rank' },
    ...(run.feedback === null && now !== 'feedback'
      ? []
      : [{ id: 'feedback', label: 'After verdicts', detail: 'As your verdicts of abuse and benign make it.' }]),
    ...(run.span === null
      ? []
      : [
          { id: 'events', label: 'By events' },
          { id: 'lastSeen', label: 'By last seen' },
        ]),
    ...run.detectors.map((name) => {
      const { label, hint } = detectorWords(name);
      return { id: name, label, detail: hint };
    }),
  ];
  return orders.some(({ id }) => id === now) ? orders : [...orders, { id: now, label: now }];
};
