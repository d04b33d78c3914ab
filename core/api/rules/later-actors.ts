import { labelTotals, type ActorLabels } from '../../rules/backtest/index.ts';
import { FEW, partByTime } from '../../rules/induce/index.ts';
import { readMedianTimes, readRuleFeatures, type Readers } from '../../store/index.ts';

/**
 * The labelled actors whom a search for rules from the same labels holds out (`induceRulesOf`): the later three in ten, by the
 * middle of their events. Rules that were learned from these labels are as good as they are on these. Null where the search
 * would not part them so: without times, with few labelled abuse or none benign, with no abuse among the later.
 */
export const laterActors = async (
  readers: Pick<Readers, 'read'>,
  labels: ActorLabels,
  signal: AbortSignal | undefined,
): Promise<ActorLabels | null> => {
  const { abuse, benign } = labelTotals(labels);
  if (abuse < FEW || benign === 0) return null;
  const ranked = await readers.read((connection) => readRuleFeatures(connection, []), signal);
  const times = await readers.read(readMedianTimes, signal);
  const labelled = (ranked?.actors ?? []).filter((actor) => labels.has(actor));
  if (!labelled.some((actor) => times.has(actor))) return null;
  const { later } = partByTime(labelled, (actor) => times.get(actor) ?? Number.NaN);
  const held = new Map(later.map((actor) => [actor, labels.get(actor) ?? 0]));
  return [...held.values()].includes(1) ? held : null;
};
