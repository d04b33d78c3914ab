import { z } from 'zod';
import { loadLatestRun, type Case, type Decision, type Readers } from '../../store/index.ts';
import type { FeedbackInfo } from '../contract/findings.ts';
import { prepareGround, rerank, whyMoved } from '../feedback/index.ts';
import type { Model } from './model.ts';
import { createRemembered } from './remembered.ts';

/** What the verdicts made of the queue: the latest re-ranking of the run in memory. */
export type FeedbackModel = {
  readonly runId: string;
  readonly info: FeedbackInfo;
  /** Place in the order that the verdicts made (0-based), by row of the queue. */
  readonly placeOf: Uint32Array;
  /** Why the actor at a row moved there; null where no likeness moved it, and where the verdicts it rests on are not known any more. */
  readonly why: (row: number) => Promise<string | null>;
};

const count = z.number().catch(0);
const manifestShape = z.object({
  base: z.string(),
  labels: z.object({ abuse: count, benign: count, unsure: count, used: count }),
  detectors: z.array(z.object({ name: z.string(), before: z.number(), after: z.number() })).catch([]),
  warnings: z.array(z.string()).catch([]),
});
type Manifest = z.infer<typeof manifestShape>;

/** The latest re-ranking that starts from the run in memory; null without one. */
export const loadFeedback = async (
  { opened, readers }: { readonly opened: Case; readonly readers: Readers },
  model: Model,
  decisions: () => ReadonlyMap<string, Decision>,
): Promise<FeedbackModel | null> => {
  const run = await readers.read((connection) => loadLatestRun(connection, 'rerank'));
  const parsed = manifestShape.safeParse(run?.manifest);
  if (run === undefined || !parsed.success || parsed.data.base !== model.runId) return null;
  const { labels, detectors, warnings } = parsed.data;
  const createdAt = Date.parse(run.createdAt);
  const placeOf = new Uint32Array(model.actors.length);
  run.queue.actors.forEach((actor, place) => {
    placeOf[model.rowOf.get(actor) ?? 0] = place;
  });
  const reasons = createRemembered<(actor: string) => string | null>(1);
  return {
    runId: run.runId,
    info: { createdAt, abuse: labels.abuse, benign: labels.benign, used: labels.used, detectors, warnings },
    placeOf,
    why: async (row) => {
      const then = madeBy(decisions(), model, createdAt);
      if (!isThatMany(then, labels)) return null;
      const why = await reasons('', () => reasonsOf(opened, readers, then));
      return why(model.actors[row] ?? '');
    },
  };
};

/** The verdicts on actors of the run that stand since before `at`. */
const madeBy = (
  decisions: ReadonlyMap<string, Decision>,
  { rowOf }: Model,
  at: number,
): ReadonlyMap<string, Decision> =>
  new Map([...decisions].filter(([actor, { decidedAt }]) => decidedAt <= at && rowOf.has(actor)));

/** One that was changed or taken back since is missing. */
const isThatMany = (decisions: ReadonlyMap<string, Decision>, labels: Manifest['labels']): boolean => {
  const counts = { abuse: 0, benign: 0, unsure: 0 };
  for (const { verdict } of decisions.values()) counts[verdict]++;
  return counts.abuse === labels.abuse && counts.benign === labels.benign && counts.unsure === labels.unsure;
};

/** Ranks again as the re-ranking did, which takes as long, to know what moved each actor. */
const reasonsOf = (
  opened: Case,
  readers: Readers,
  decisions: ReadonlyMap<string, Decision>,
): Promise<(actor: string) => string | null> =>
  readers.read(async (connection) => {
    const ground = await prepareGround({ ...opened, connection });
    const why = whyMoved(ground, rerank(ground, decisions).feedback);
    return (actor) => {
      const row = ground.rowOf.get(actor);
      return row === undefined ? null : why(row).sentence;
    };
  });
