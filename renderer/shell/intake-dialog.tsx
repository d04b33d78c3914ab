import { bytes } from '../format.ts';
import { intake } from '../intake.ts';
import { useStore } from '../store.ts';
import { Button, Dialog, ProgressBar } from '../ui/index.ts';
import css from './intake.module.css';

/** Files being handed over to the engine in browser mode: how far, and a way to give up. */
export const IntakeDialog = () => {
  const now = useStore(intake);
  const progress = now?.progress ?? null;
  return (
    <Dialog
      title="Handing over files"
      isOpen={progress !== null}
      onClose={() => now?.cancel()}
      actions={<Button onPress={() => now?.cancel()}>Cancel</Button>}
    >
      {progress === null ? null : (
        <>
          <div className={css.name}>{progress.file}</div>
          <ProgressBar
            label="Files handed over"
            share={progress.totalBytes === 0 ? null : progress.bytes / progress.totalBytes}
          />
          <div className={css.counts}>
            <span>
              File {progress.fileIndex + 1} of {progress.files}
            </span>
            <span>
              {bytes(progress.bytes)} of {bytes(progress.totalBytes)}
            </span>
          </div>
          <p>They are copied to a folder of Nightjar on this machine and removed when the import has ended.</p>
        </>
      )}
    </Dialog>
  );
};
