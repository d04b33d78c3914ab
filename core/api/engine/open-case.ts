import { basename } from 'node:path';
import { createReaders, readCaseFacts, type Case, type Readers } from '../../store/index.ts';
import type { CaseInfo } from '../contract/case.ts';
import { createDecisions, type Decisions } from '../decisions/decisions.ts';
import { createExplore, type Explore } from '../explore/explore.ts';
import { createCaseRuns, type CaseRuns } from '../rules/case-runs.ts';
import { createSavedRules, type SavedRules } from '../rules/saved.ts';

/** The open case with what the engine keeps beside it. */
export type OpenCase = {
  readonly case: Case;
  readonly name: string;
  readonly isSample: boolean;
  readonly readers: Readers;
  readonly decisions: Decisions;
  readonly explore: Explore;
  readonly rules: SavedRules;
  readonly ruleRuns: CaseRuns;
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
  let saving = 0;
  const told = (isSaving: boolean): void => onSaving((saving += isSaving ? 1 : -1) > 0);
  const decisions = await createDecisions(opened, told);
  const rules = await createSavedRules(opened, told);
  const ruleRuns = createCaseRuns(readers);
  const explore = createExplore({ opened, readers, decisions, threads });
  const name = basename(opened.directory);
  return {
    case: opened,
    name,
    isSample,
    readers,
    decisions,
    explore,
    rules,
    ruleRuns,
    info: async () => ({
      id: opened.id,
      name,
      directory: opened.directory,
      createdAt: Date.parse(opened.manifest.created),
      sealing: opened.manifest.sealing,
      isSample,
      ...(await readers.read(readCaseFacts)),
    }),
    changed: () => {
      explore.forget();
      ruleRuns.forget();
    },
    close: async () => {
      await decisions.close();
      await rules.close();
      await readers.close();
      await opened.close();
    },
  };
};
