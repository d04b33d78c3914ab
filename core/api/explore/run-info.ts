import { featureLabel } from '../../explain/index.ts';
import { listImports, readActions, type Readers } from '../../store/index.ts';
import type { RunInfo } from '../contract/explore.ts';
import type { FeedbackInfo } from '../contract/findings.ts';
import { scoreRange } from './histogram.ts';
import type { Model } from './model.ts';

const MOST_ACTIONS = 50;

/** How the present queue was made, for people. */
export const runInfo = async (
  readers: Readers,
  model: Model,
  feedback: FeedbackInfo | null,
  signal?: AbortSignal,
): Promise<RunInfo> => {
  const { manifest, activity } = model;
  const { imports, actions } = await readers.read(
    async (connection) => ({
      imports: await listImports(connection),
      actions: await readActions(connection, MOST_ACTIONS),
    }),
    signal,
  );
  return {
    id: model.runId,
    createdAt: model.createdAt,
    version: manifest.version,
    seed: manifest.seed,
    detectors: [...manifest.detectors],
    backend: manifest.backend,
    minEvents: manifest.minEvents,
    elapsedMs: manifest.elapsedMs,
    features: manifest.dictionary.map(({ name, sentence, unit }) => ({
      name,
      label: featureLabel(name),
      sentence,
      unit,
    })),
    dropped: [...manifest.dropped],
    warnings: [...manifest.warnings],
    inputs: imports
      .filter(({ importedAt }) => importedAt <= model.createdAt)
      .map(({ name, sha256, rows, stored, quarantined }) => ({ name, sha256, rows, stored, quarantined })),
    actors: model.actors.length,
    ranked: model.ranked,
    span: activity === null ? null : { from: activity.fromUs / 1000, to: (activity.toUs - 1) / 1000 },
    actions: actions.map(({ value, events }) => ({ action: value, events })),
    scores: scoreRange(model.score, model.ranked),
    ensemble: manifest.ensemble,
    calibration: manifest.calibration,
    groups: model.groups.length,
    feedback,
  };
};
