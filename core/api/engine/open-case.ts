import { basename } from 'node:path';
import { createReaders, readCaseFacts, type Case, type Readers } from '../../store/index.ts';
import type { CaseInfo } from '../contract/case.ts';
import { createDecisions, type Decisions } from '../decisions/decisions.ts';
import { createExplore, type Explore } from '../explore/explore.ts';

/** The open case with what the engine keeps beside it. */
export type OpenCase = {
  readonly case: Case;
  readonly name: string;
  readonly isSample: boolean;
  readonly readers: Readers;
  readonly decisions: Decisions;
  readonly explore: Explore;
  info(): Promise<CaseInfo>;
  /** What was read is out of date: the case holds other events or another run. */
  changed(): void;
  close(): Promise<void>;
};

/** Puts an opened case together. `onSaving` is told when the writer has something that is not on disk, and when it has not. */
export const holdCase = async (
  opened: Case,
  isSample: boolean,
  threads: number,
  onSaving: (isSaving: boolean) => void,
): Promise<OpenCase> => {
  const readers = createReaders(opened);
  const decisions = await createDecisions(opened, onSaving);
  const explore = createExplore({ opened, readers, decisions, threads });
  const name = basename(opened.directory);
  return {
    case: opened,
    name,
    isSample,
    readers,
    decisions,
    explore,
    info: async () => ({
      id: opened.id,
      name,
      directory: opened.directory,
      createdAt: Date.parse(opened.manifest.created),
      sealing: opened.manifest.sealing,
      isSample,
      ...(await readers.read(readCaseFacts)),
    }),
    changed: () => explore.forget(),
    close: async () => {
      await decisions.close();
      await readers.close();
      await opened.close();
    },
  };
};
