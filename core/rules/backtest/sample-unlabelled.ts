import { drawInOrder, type Random } from '../../random/index.ts';
import type { ActorLabels } from './quality.ts';

/** At most `most` of the hit actors without a label, every choice equally likely, in the order they were drawn. */
export const sampleUnlabelled = (
  hit: ReadonlySet<string>,
  labels: ActorLabels,
  most: number,
  random: Random,
): readonly string[] => {
  // In the order of their names, so that the draw does not depend on how the hits came.
  const open = [...hit].filter((actor) => !labels.has(actor)).toSorted();
  return Array.from(drawInOrder(open.length, random, most), (i) => open[i] ?? '');
};
