import { z } from 'zod';
import { loadLatestRun, readDecisions, type Case, type StoredRun } from '../../store/index.ts';

/** A re-ranking as evaluation sees it. */
export type EvaluatedFeedback = {
  /** Name and scores, row by row as the scores of the run it starts from. */
  readonly detector: { readonly name: string; readonly scores: Float64Array };
  /** Actors it was told about, whatever was decided since: whoever is judged by them only sees what it was told. */
  readonly isTold: (actor: string) => boolean;
};

/** Versions before `told` was kept leave the verdicts as they stand to say it. */
const manifestShape = z.object({ base: z.string(), told: z.array(z.string()).optional() });

/** The latest re-ranking that starts from this run; undefined where there is none. */
export const evaluatedFeedback = async (from: Case, run: StoredRun): Promise<EvaluatedFeedback | undefined> => {
  const latest = await loadLatestRun(from.connection, 'rerank');
  const manifest = manifestShape.safeParse(latest?.manifest);
  const detector = latest?.detectors.find(({ name }) => name === 'feedback');
  if (!manifest.success || manifest.data.base !== run.runId || detector === undefined) return undefined;
  const told = new Set(manifest.data.told ?? (await decided(from)));
  return { detector, isTold: (actor) => told.has(actor) };
};

const decided = async (from: Case): Promise<string[]> =>
  [...(await readDecisions(from.connection))].flatMap(([actor, { verdict }]) => (verdict === 'unsure' ? [] : [actor]));
