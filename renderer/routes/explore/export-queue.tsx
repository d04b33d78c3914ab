import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { saveBlob } from '../../client.ts';
import { formatCount } from '../../plots/format.ts';
import { Button, Dialog, ProgressBar, showError, showToast } from '../../ui/index.ts';
import { queueCsv } from './csv.ts';
import { queuePage, type QueueRow } from './queue-rows.ts';
import type { Explore } from './use-explore.ts';
import type { Queue } from './use-queue.ts';

const PAGE = 1000;

/** Saves the queue as it is filtered and sorted; says first how many rows that is and what leaves the case. */
export const ExportQueue = (props: {
  readonly explore: Explore;
  readonly queue: Queue;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode => {
  const { explore, queue, isOpen, onClose } = props;
  const queries = useQueryClient();
  const [share, setShare] = useState<number | null>(null);
  const run = async (): Promise<void> => {
    const rows: QueueRow[] = [];
    setShare(0);
    try {
      for (let offset = 0; offset < queue.total; offset += PAGE) {
        const page = await queries.fetchQuery(queuePage(explore.filter, explore.sort, offset, PAGE));
        rows.push(...page.rows);
        setShare(rows.length / queue.total);
      }
      saveBlob('nightjar-queue.csv', new Blob([queueCsv(rows)], { type: 'text/csv' }));
      showToast({ text: `${formatCount(rows.length)} rows exported.` });
      onClose();
    } catch (error) {
      showError(error);
    } finally {
      setShare(null);
    }
  };
  return (
    <Dialog
      title="Export the queue"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isBusy={share !== null} onPress={() => void run()}>
            Export {formatCount(queue.total)} rows
          </Button>
        </>
      }
    >
      <p>
        A CSV file with the {formatCount(queue.total)} actors that the filters leave, in this order: rank, pseudonym,
        score, percentile, p-value, evidence, events, first and last seen, verdict, kind, reasons.
      </p>
      <p>
        It holds pseudonyms, no raw identifiers. Still it is about single people: give it to those who may work on the
        case.
      </p>
      {share !== null && <ProgressBar label="Reading the queue" share={share} />}
    </Dialog>
  );
};
