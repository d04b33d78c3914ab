import { featureDictionary } from '../../features/index.ts';
import { BUCKET_PREFIX } from '../../ingest/schema.ts';
import type { InducedRules, InduceInput } from '../../rules/induce/index.ts';
import type { EventBatch, Rule, Vocabulary } from '../../rules/schema.ts';
import {
  createReaders,
  loadLatestRun,
  readMedianTimes,
  readRuleFeatures,
  type Case,
  type Readers,
} from '../../store/index.ts';
import type { RuleCandidate } from '../contract/rules-findings.ts';
import { NightjarError } from '../errors.ts';
import { notRanked } from '../feedback/not-ranked.ts';
import type { Watch } from '../progress.ts';
import { labelsFor } from '../risk/labels.ts';
import { candidateOf } from './candidate.ts';
import { allEvents, MOST_TOGETHER } from './event-source.ts';
import { induceApart } from './induce-apart.ts';
import { sayableIn } from './sayable.ts';
import { vocabularyOf } from './vocabulary.ts';

/** What rules are to tell from the rest. */
export type InduceFrom =
  /** Verdicts of the case, or a labels file. */
  | { readonly kind: 'labels'; readonly file?: string }
  | { readonly kind: 'actors'; readonly actors: readonly string[] }
  /** The first of the ranking. */
  | { readonly kind: 'top'; readonly count: number }
  /** A group of twins of the latest run; of none where `run` is another. */
  | { readonly kind: 'group'; readonly place: number; readonly run?: string };

export type InduceRequest = {
  readonly from: InduceFrom;
  /** Default 1. */
  readonly seed?: number;
  readonly author?: string;
  /** An exporter: only rules are looked for that it can say. */
  readonly target?: string;
};

export type InducedOf = {
  readonly rules: readonly Rule[];
  readonly induced: InducedRules;
  readonly candidates: readonly RuleCandidate[];
  readonly notes: readonly string[];
};

const EVENT_COLUMNS = ['actor_id', 'action', 'object_id', 'amount'];

/**
 * Looks for rules that tell some actors of a case from the rest, in its features and in what happened in windows of time. Actors
 * who are labelled otherwise are left out of what they are told from; with benign labels, only these count as the rest.
 * What rules are worth is measured on actors held out, the later ones where events have times. Errors: `input` where the
 * case has no ranking or nobody to tell apart, `usage` for a target there is not or that can say no such rule, `vault`, `cancelled`.
 */
export const induceRulesOf = async (from: Case, request: InduceRequest, watch: Watch = {}): Promise<InducedOf> => {
  const readers = createReaders(from);
  try {
    return await induceOver(from, readers, request, watch);
  } finally {
    await readers.close();
  }
};

/** The same with readers that the caller holds. */
export const induceOver = async (
  from: Case,
  readers: Pick<Readers, 'read'>,
  { from: asked, seed = 1, author = '', target }: InduceRequest,
  { signal, onProgress }: Watch = {},
): Promise<InducedOf> => {
  const { features: saysFeatures, ...limits } = target === undefined ? ANYTHING : sayableIn(target);
  onProgress?.({ stage: 'Reading the case', done: 0, unit: 'steps' });
  const vocabulary = await vocabularyOf(readers, signal);
  const names = vocabulary.features.map(({ name }) => name);
  const features = await readers.read((connection) => readRuleFeatures(connection, names), signal);
  if (features === undefined || names.length === 0) throw notRanked(from.directory);
  const { positive, negative, notes } = await targetsOf(from, readers, asked, features.actors, signal);
  const times = await readers.read(readMedianTimes, signal);
  const hasTimes = features.actors.some((actor) => times.has(actor));
  const events = await eventsOf(readers, vocabulary, notes, signal);
  const isSet = asked.kind === 'labels' || asked.kind === 'top';
  const input: InduceInput = {
    features,
    infos: (saysFeatures ? vocabulary.features : [])
      .filter(({ name }) => !name.startsWith(BUCKET_PREFIX)) // no other system can compute it: it takes the case's key
      .map((feature) => ({ ...feature, worse: WORSE.get(feature.name) ?? 'both' })),
    labels: Int8Array.from(features.actors, (actor) => (positive.has(actor) ? 1 : negative(actor) ? 0 : -1)),
    times: Float64Array.from(features.actors, (actor) => times.get(actor) ?? Number.NaN),
    split: hasTimes ? 'time' : 'random',
    purpose: isSet ? 'set' : 'one',
    author,
    resamples: 0,
    ...(events === undefined ? {} : { events }),
    ...limits,
  };
  onProgress?.({ stage: 'Looking for rules', done: 0, unit: 'rules' });
  const induced = await induceApart(input, seed, signal);
  const rules = induced.rules.map(({ rule }) => rule);
  onProgress?.({ stage: 'Looking for rules', done: rules.length, unit: 'rules' });
  return {
    rules,
    induced,
    candidates: induced.rules.map((one) =>
      candidateOf(one, vocabulary, 'actors', `It hits ${one.actors} actors of the case.`),
    ),
    notes: [...notes, ...induced.notes.map(({ message }) => message)],
  };
};

const ANYTHING = { features: true };
const WORSE = new Map(featureDictionary().map(({ name, worse }) => [name, worse]));

type Targets = {
  readonly positive: ReadonlySet<string>;
  readonly negative: (actor: string) => boolean;
  readonly notes: string[];
};

const targetsOf = async (
  from: Case,
  readers: Pick<Readers, 'read'>,
  asked: InduceFrom,
  actors: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Targets> => {
  const known = new Set(actors);
  const file = asked.kind === 'labels' ? asked.file : undefined;
  const labels = await labelsFor(from, file, (actor) => known.has(actor));
  if (asked.kind !== 'labels') {
    const chosen = new Set(await chosenActors(readers, asked, known, signal));
    return { positive: chosen, negative: (actor) => labels.get(actor) !== 1, notes: [] };
  }
  const positive = new Set([...labels].flatMap(([actor, label]) => (label === 1 && known.has(actor) ? [actor] : [])));
  if (positive.size === 0) {
    throw new NightjarError('input', 'No actor of the ranking is labelled abuse.', {
      next: 'Decide about some actors, give --labels, or start from actors of the ranking.',
    });
  }
  const hasBenign = [...labels].some(([actor, label]) => label === 0 && known.has(actor));
  return hasBenign
    ? { positive, negative: (actor) => labels.get(actor) === 0, notes: [] }
    : {
        positive,
        negative: () => true,
        notes: ['No actor is labelled benign: everybody without a label counts as the rest.'],
      };
};

const chosenActors = async (
  readers: Pick<Readers, 'read'>,
  asked: Exclude<InduceFrom, { readonly kind: 'labels' }>,
  known: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> => {
  if (asked.kind === 'actors') {
    if (asked.actors.some((actor) => !known.has(actor))) {
      throw new NightjarError('input', 'The present run does not know all of these actors.', {
        next: 'Choose actors from the queue.',
      });
    }
    return asked.actors;
  }
  const run = await readers.read((connection) => loadLatestRun(connection, 'detect'), signal);
  if (asked.kind === 'top') return run?.queue.actors.slice(0, asked.count) ?? [];
  const group = asked.run === undefined || asked.run === run?.runId ? run?.groups?.[asked.place] : undefined;
  if (group !== undefined) return group.members;
  throw new NightjarError('input', 'The present run has no such group.', { next: 'Choose a group from its list.' });
};

/** Events for rules over windows; undefined, with a note, where there are none or too many. */
const eventsOf = async (
  readers: Pick<Readers, 'read'>,
  { columns }: Vocabulary,
  notes: string[],
  signal: AbortSignal | undefined,
): Promise<readonly EventBatch[] | undefined> => {
  if (!columns.some(({ name }) => name === 'actor_id')) return undefined;
  const batches = await allEvents(readers, EVENT_COLUMNS, signal);
  if (batches !== undefined) return batches.length === 0 ? undefined : batches;
  notes.push(`There are more than ${MOST_TOGETHER.toLocaleString('en')} events: rules speak of features alone.`);
  return undefined;
};
