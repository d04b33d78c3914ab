import { useQuery } from '@tanstack/react-query';
import { api, chooseCase, chooseFiles, chooseFolder, isDesktop } from '../../client.ts';
import { takeIn } from '../../intake.ts';
import { FileIcon, FolderIcon, ImportIcon } from '../../ui/icons.tsx';
import { Button, useCommands } from '../../ui/index.ts';
import { useGoImport } from '../use-go-import.ts';
import { OpenCaseDialog } from './open-case-dialog.tsx';
import { Promises } from './promises.tsx';
import { Recents } from './recents.tsx';
import { useOpenCase } from './use-open-case.ts';
import css from './start.module.css';

/** Where one begins: the sample, files of one's own, or a case from before. */
export const StartScreen = () => {
  const goImport = useGoImport();
  const opening = useOpenCase();
  const { data: app } = useQuery(api.app.info.queryOptions());
  const pickFiles = (): void => void takeIn(chooseFiles).then(goImport);
  const pickFolder = (): void => void takeIn(chooseFolder).then(goImport);
  const pickCase = async (): Promise<void> => {
    const granted = await chooseCase();
    if (granted !== null) opening.open({ name: granted.name, grant: granted.id, needsPassphrase: false });
  };
  useCommands([
    { id: 'start:sample', title: 'Open the sample case', group: 'Case', run: opening.openSample },
    { id: 'start:files', title: 'Import files', group: 'Case', run: pickFiles },
    { id: 'start:folder', title: 'Import a folder', group: 'Case', run: pickFolder },
    ...(isDesktop ? [{ id: 'start:case', title: 'Open a case', group: 'Case', run: () => void pickCase() }] : []),
  ]);
  return (
    <div style={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
      <div className={css.page}>
        <section className={css.hero}>
          <h1>Find abuse in logs that must not leave the building</h1>
          <p className={css.lead}>
            Nightjar reads a behaviour log on this machine and replaces identities before it looks at anything. It ranks
            the actors by how unusual they are, and shows why. You look at the evidence and decide: anomalous is not
            abusive.
          </p>
          <div className={css.actions}>
            <Button kind="primary" size="large" onPress={opening.openSample} isBusy={opening.isOpeningSample}>
              {opening.isOpeningSample ? 'Opening the sample case' : 'Open the sample case'}
            </Button>
            {isDesktop ? (
              <Button size="large" icon={FolderIcon} onPress={() => void pickCase()}>
                Open a case
              </Button>
            ) : null}
          </div>
        </section>
        <aside className={css.side}>
          <Promises app={app ?? null} />
        </aside>
        <section className={css.recents}>
          <div className={css.drop}>
            <span className={css.dropMark}>
              <ImportIcon size={22} />
            </span>
            <div className={css.dropText}>
              <h2>Begin a case with your own log</h2>
              <p>
                Drop files or a folder anywhere: CSV, NDJSON, JSON, Parquet, web, cloud, mail and system logs, gzip of
                these.
              </p>
            </div>
            <div className={css.buttons}>
              <Button icon={FileIcon} onPress={pickFiles}>
                Choose files
              </Button>
              <Button icon={FolderIcon} onPress={pickFolder}>
                Choose a folder
              </Button>
            </div>
          </div>
        </section>
        <Recents isBusy={opening.isBusy} onOpen={opening.open} />
      </div>
      <OpenCaseDialog opening={opening} />
    </div>
  );
};
