import { useState, type ReactNode } from 'react';
import { client, saveExport } from '../../client.ts';
import { formatCount } from '../../plots/format.ts';
import { Button, Dialog, showError, showToast, useIsShown } from '../../ui/index.ts';
import type { Explore } from './use-explore.ts';
import type { Queue } from './use-queue.ts';

/** Saves the queue as it is filtered and sorted; says first how many rows that is and what leaves the case. */
export const ExportQueue = (props: {
  readonly explore: Explore;
  readonly queue: Queue;
  readonly onClose: () => void;
}): ReactNode => {
  const { explore, queue, onClose } = props;
  const [isBusy, setBusy] = useState(false);
  const isShown = useIsShown();
  const run = async (): Promise<void> => {
    const { filter, sort } = explore;
    setBusy(true);
    try {
      const rows = await saveExport('nightjar-queue.csv', (place) =>
        client.explore.exportCsv({ filter, sort, ...place }),
      );
      if (rows === null) return;
      showToast({ text: `${formatCount(rows)} rows exported.` });
      if (isShown()) onClose();
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Export the queue"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isBusy={isBusy} onPress={() => void run()}>
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
        case. The export is noted in the journal of the case.
      </p>
    </Dialog>
  );
};
