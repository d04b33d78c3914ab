import { loadLatestRun, readDecisions, type Case } from '../../store/index.ts';
import { createDecisions } from '../decisions/decisions.ts';
import { summaryOf } from '../decisions/summary.ts';
import { notRanked } from './not-ranked.ts';
import { readVerdicts, type VerdictColumns } from '../decisions/read-verdicts.ts';

/** The `label` document. */
export type LabelReport = {
  /** Rows of the file, and those of them without an actor or a label. */
  readonly rows: number;
  readonly skipped: number;
  /** Names that the ranking does not know, and actors whose rows disagree: their last row counts. */
  readonly unknown: number;
  readonly conflicting: number;
  /** Verdicts that were new or different, and those that were there already. */
  readonly changed: number;
  readonly unchanged: number;
  /** All verdicts of the case, as they now stand. */
  readonly verdicts: { readonly abuse: number; readonly benign: number; readonly unsure: number };
};

/**
 * Stores the verdicts of a labels file beside those made in the app, as one step that undo takes back whole. Journalled with
 * counts, pseudonyms and the hash of the file. Errors: `input` where the case was never ranked, and those of `readVerdicts`.
 */
export const labelCase = async (into: Case, path: string, columns: VerdictColumns = {}): Promise<LabelReport> => {
  const run = await loadLatestRun(into.connection, 'detect');
  if (run === undefined) throw notRanked(into.directory);
  const known = new Set(run.actors);
  const before = await readDecisions(into.connection);
  const read = await readVerdicts(path, into, (actor) => known.has(actor) || before.has(actor), columns);
  const decisions = await createDecisions(into, () => undefined);
  const { rows, skipped, unknown, conflicting, sha256 } = read;
  into.journal.append('labels.read', { rows, skipped, unknown, conflicting, known: read.decisions.size, sha256 });
  const changed = await decisions.setAll(read.decisions, `import ${read.decisions.size} decisions`);
  await decisions.close();
  const { abuse, benign, unsure } = summaryOf(decisions.all());
  const unchanged = read.decisions.size - changed;
  return { rows, skipped, unknown, conflicting, changed, unchanged, verdicts: { abuse, benign, unsure } };
};

/** Takes back the latest step of verdicts, whether it came from a file or from the app; null where there is none. */
export const undoLabels = async (
  into: Case,
): Promise<{ readonly done: string; readonly verdicts: LabelReport['verdicts'] } | null> => {
  const decisions = await createDecisions(into, () => undefined);
  const done = await decisions.undo();
  await decisions.close();
  if (done === null) return null;
  const { abuse, benign, unsure } = summaryOf(decisions.all());
  return { done, verdicts: { abuse, benign, unsure } };
};
