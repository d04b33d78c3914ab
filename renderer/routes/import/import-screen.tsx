import { getRouteApi } from '@tanstack/react-router';
import { Screen } from '../../shell/screen.tsx';
import { Button, ErrorState, LoadingState } from '../../ui/index.ts';
import { FileDetail } from './file-detail.tsx';
import { FileList } from './file-list.tsx';
import { ImportHome } from './import-home.tsx';
import { ImportPanel } from './import-panel.tsx';
import { JobOutcome } from './job-outcome.tsx';
import { PickButtons } from './pick-buttons.tsx';
import { ReadingOptions } from './reading-options.tsx';
import { Templates } from './templates.tsx';
import { useInspection } from './use-inspection.ts';
import css from './import.module.css';

const route = getRouteApi('/import');

/** From files to a ranked case: what was understood, what will be hidden, and one button. */
export const ImportScreen = () => {
  const { job, grants } = route.useSearch();
  if (job !== undefined) {
    return (
      <Screen title="Import">
        <JobOutcome jobId={job} />
      </Screen>
    );
  }
  if (grants === undefined || grants.length === 0) {
    return (
      <Screen title="Import" isFixed>
        <ImportHome />
      </Screen>
    );
  }
  return <Inspecting />;
};

const Inspecting = () => {
  const inspection = useInspection();
  const file = inspection.files[inspection.selected] ?? null;
  return (
    <Screen
      title="Import"
      about="Nothing is stored yet. Check what was understood, then import."
      isFixed
      actions={
        <>
          <PickButtons />
          <Button kind="quiet" onPress={inspection.clear}>
            Start over
          </Button>
        </>
      }
    >
      {file === null ? (
        inspection.error === null ? (
          <LoadingState label="Looking at the files" />
        ) : (
          <ErrorState
            error={inspection.error}
            onRetry={inspection.retry}
            actions={<Button onPress={inspection.clear}>Choose other files</Button>}
          />
        )
      ) : (
        <div className={css.layout}>
          <aside className={css.left} aria-label="Files and how they are read">
            <FileList inspection={inspection} />
            <ReadingOptions options={inspection.options} onChange={inspection.setOptions} />
            <Templates file={file} options={inspection.options} onChange={inspection.setOptions} />
          </aside>
          <FileDetail key={`${file.grant}:${file.name}`} file={file} inspection={inspection} />
          <ImportPanel inspection={inspection} />
        </div>
      )}
    </Screen>
  );
};
