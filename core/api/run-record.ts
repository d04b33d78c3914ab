import type { Detection } from '../detect/index.ts';
import type { Explanation, FeatureWords } from '../explain/index.ts';
import { safeName } from '../ingest/index.ts';
import { modelDigest, type saveRun } from '../store/index.ts';
import type { DetectResult } from './detect-result.ts';

/** A run as a case keeps it. `stories` belong to the first actors of the queue. */
export const recordOf = (
  result: DetectResult,
  detection: Detection,
  dictionary: readonly FeatureWords[],
  stories: readonly Explanation[],
): Parameters<typeof saveRun>[1] => ({
  kind: 'detect',
  manifest: {
    ...result.run,
    // A file may be named after somebody.
    inputs: result.run.inputs.map((input, i) => ({ ...input, name: safeName(input.name, i) })),
    understood: result.run.understood.map(({ format, mapping, confidence, reasons }) => ({
      format,
      mapping: { ...mapping },
      confidence: { ...confidence },
      reasons: { ...reasons },
    })),
    detectors: [...result.run.detectors],
    features: [...result.run.features],
    dictionary: dictionary
      .filter(({ name }) => result.run.features.includes(name))
      .map(({ name, sentence, unit }) => ({ name, sentence, unit })),
    dropped: result.run.dropped.map((feature) => ({ ...feature })),
    warnings: [...result.run.warnings],
    backend: detection.backend === undefined ? null : { ...detection.backend },
    ensemble: cardOf(detection),
    calibration: calibrationOf(detection),
    models: Object.fromEntries(detection.models.map(({ name, bytes }) => [name, modelDigest(bytes)])),
  },
  actors: detection.actors,
  detectors: [
    ...detection.parts.map((part) => ({ name: part.name, scores: part.score })),
    { name: 'ensemble', scores: detection.score },
  ],
  groups: detection.groups.map(({ members, basis, pValue, sentence, shared }) => ({
    members: members.map((row) => detection.actors[row] ?? ''),
    basis,
    pValue,
    sentence,
    shared: JSON.stringify(shared),
  })),
  queue: {
    actors: result.actors.map((actor) => actor.actor),
    scores: Float64Array.from(result.actors, (actor) => actor.score),
    percentiles: Float64Array.from(result.actors, (actor) => actor.percentile),
    pValues: Float64Array.from(result.actors, (actor) => actor.pValue ?? Number.NaN),
    evidence: result.actors.map((actor) => actor.evidence),
    events: Float64Array.from(result.actors, (actor) => actor.events),
    reasons: result.actors.map((actor) => (actor.reasons.length === 0 ? null : JSON.stringify(actor.reasons))),
    qValues: inOrder(detection, detection.qValue),
    odd: inOrder(detection, detection.odd),
    ...(detection.alike === undefined ? {} : { alike: inOrder(detection, detection.alike) }),
    stories: result.actors.map((_, i) => storyOf(stories[i])),
  },
});

const storyOf = (explanation: Explanation | undefined): string | null =>
  explanation === undefined
    ? null
    : JSON.stringify({
        summary: explanation.summary,
        twins: explanation.twins,
        smallestChange: explanation.smallestChange,
      });

const inOrder = ({ order }: Detection, values: Float64Array): Float64Array =>
  Float64Array.from(order, (row) => values[row] ?? Number.NaN);

/** The ensemble's card as JSON; what is not a number there becomes null. */
const cardOf = ({ card }: Detection) => ({
  chosenBy: card.chosenBy,
  members: card.members.map((member) => ({ ...member })),
  leftOut: card.leftOut.map((detector) => ({ ...detector })),
  sentences: [...card.sentences],
  agreement: {
    names: [...card.agreement.names],
    rank: card.agreement.rank.map((row) => row.map((value) => (Number.isFinite(value) ? value : null))),
    top: card.agreement.top.map((row) => [...row]),
    topRows: card.agreement.topRows,
  },
});

const calibrationOf = ({ calibration }: Detection) => ({
  method: calibration.method,
  assumptions: calibration.assumptions,
  identifiable: calibration.identifiable,
  nullShare: calibration.nullShare,
});
