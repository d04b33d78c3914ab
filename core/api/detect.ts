import { DETECTORS, detectActors, makePace, type Backend, type BackendName, type Detection } from '../detect/index.ts';
import { explainInFull, type Explanation, type FeatureWords } from '../explain/index.ts';
import { buildFeatures, readInteractions, type DroppedFeature } from '../features/index.ts';
import { availableColumns, importFiles, safeName, type ImportedFile, type PlanOptions } from '../ingest/index.ts';
import { saveModels, saveRun, type Case } from '../store/index.ts';
import type { FeatureTable, Interactions } from '../table/index.ts';
import { VERSION } from '../version.ts';
import { NightjarError } from './errors.ts';
import type { Watch } from './progress.ts';
import type { DetectResult, RankedActor, RunInput, Understood } from './detect-result.ts';
import { recordOf } from './run-record.ts';

export type { DetectResult, ListedActor, RankedActor, RunInput, RunManifest, Understood } from './detect-result.ts';

export const DEFAULT_SEED = 1;
/** One or two events say nothing about anybody. */
export const DEFAULT_MIN_EVENTS = 3;
/** Actors whose reasons are worked out with the run, some milliseconds each; the app explains anybody else when asked. */
export const DEFAULT_EXPLAINED = 500;

export type DetectOptions = {
  readonly seed?: number;
  readonly detectors?: readonly string[];
  readonly minEvents?: number;
  readonly threads?: number;
  readonly backend?: BackendName;
  /** How many actors, from the top of the queue, get reasons. */
  readonly explained?: number;
};

export type FileRequest = DetectOptions & PlanOptions & { readonly inputs: readonly string[] };

/**
 * Imports logs into a case and ranks everybody in it. Without inputs the case is ranked as it is.
 * The run is saved in the case. Errors: those of the import, of the features and of the detectors; `cancelled`.
 */
export const detectFiles = async (into: Case, request: FileRequest, watch: Watch = {}): Promise<DetectResult> => {
  const startedAt = performance.now();
  const threads = request.threads ?? 2;
  refuseUnknownDetectors(request.detectors);
  const imported =
    request.inputs.length === 0 ? [] : await importFiles(into, request.inputs, { ...request, threads }, watch);
  const available = await availableColumns(into.connection);
  if (available.size === 0) {
    throw new NightjarError('input', 'The case holds no events.', {
      where: into.directory,
      next: 'Name a log to import.',
    });
  }
  const built = await buildFeatures(into.connection, { available }, watch);
  if (built.table.names.length === 0) throw nothingToCompare(built.table.actors.length, into.directory);
  const origin = {
    inputs: imported.map(inputOf),
    understood: imported.map(({ name, format, mapping, confidence, reasons }) => ({
      name,
      format,
      mapping,
      confidence,
      reasons,
    })),
    dropped: built.dropped,
    warnings: importWarnings(imported),
    startedAt,
  };
  const warnings = [...origin.warnings];
  const interactions = async (): Promise<Interactions | undefined> => {
    const read = await readInteractions(into.connection, built.table.actors, { available }, watch);
    warnings.push(...read.warnings);
    return read.interactions;
  };
  const options = { ...request, threads, interactions };
  const ranked = await rankTable(built.table, built.dictionary, { ...origin, warnings }, options, watch);
  await storeRun(into, ranked, { features: 'built', dictionary: built.dictionary });
  return ranked.result;
};

/** The features of a run: `built` are those that feature building left in the case. */
export type RunFeatures = {
  readonly features: FeatureTable | 'built';
  readonly dictionary: readonly FeatureWords[];
};

/** Keeps a run in a case: its models, its scores, its queue and its features. */
export const storeRun = async (
  into: Case,
  { result, detection, stories }: Ranked,
  { features, dictionary }: RunFeatures,
): Promise<void> => {
  saveModels(into, detection.models);
  await saveRun(into.connection, { ...recordOf(result, detection, dictionary, stories), features });
};

/** Before anything is imported: a slip of the pen must not leave an import behind. */
const refuseUnknownDetectors = (names: readonly string[] | undefined): void => {
  const known = names === undefined || (names.length > 0 && names.every((name) => DETECTOR_NAMES.includes(name)));
  if (known) return;
  throw new NightjarError('usage', 'There is no detector of that name.', {
    where: '--detectors',
    next: `Choose from ${DETECTOR_NAMES.join(', ')}.`,
  });
};

const nothingToCompare = (actors: number, where: string): NightjarError =>
  new NightjarError('input', actors === 1 ? 'There is one actor only.' : 'All actors behave exactly alike.', {
    where,
    next: 'Nobody can be ranked. Check which column says who acted (--map actor_id=FIELD), or add another log.',
  });

export type RunOrigin = {
  readonly inputs: readonly RunInput[];
  readonly understood: readonly Understood[];
  readonly dropped: readonly DroppedFeature[];
  readonly warnings: readonly string[];
  readonly startedAt: number;
};

/** A ranked table: what is printed, what is kept, and what is said of the first of the queue. */
export type Ranked = {
  readonly result: DetectResult;
  readonly detection: Detection;
  readonly stories: readonly Explanation[];
};

/** Scores, ranks and explains a feature table: what is the same for logs and for entity tables. */
export const rankTable = async (
  table: FeatureTable,
  dictionary: readonly FeatureWords[],
  origin: RunOrigin,
  options: DetectOptions & { readonly interactions?: () => Promise<Interactions | undefined> },
  watch: Watch,
): Promise<Ranked> => {
  const seed = options.seed ?? DEFAULT_SEED;
  const minEvents = options.minEvents ?? DEFAULT_MIN_EVENTS;
  const run = {
    ...watch,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.backend === undefined ? {} : { backend: options.backend }),
  };
  const detection = await detectActors(
    table,
    {
      seed,
      minEvents,
      ...run,
      ...(options.detectors === undefined ? {} : { detectors: options.detectors }),
      ...(options.interactions === undefined ? {} : { interactions: options.interactions }),
    },
    watch,
  );
  const explainedRows = detection.order.slice(0, options.explained ?? DEFAULT_EXPLAINED);
  const stories = await explainInFull(
    table,
    detection,
    dictionary,
    { rows: explainedRows, pace: makePace(watch) },
    run,
  );
  const actors = detection.order.map((row, i) => rankedActor(detection, row, i + 1, stories[i]));
  const { method, assumptions, identifiable, nullShare } = detection.calibration;
  return {
    detection,
    stories,
    result: {
      run: {
        version: VERSION,
        seed,
        inputs: origin.inputs,
        detectors: detection.parts.map((part) => part.name),
        features: detection.features,
        backend: backendName(detection.backend),
        elapsedMs: Math.round(performance.now() - origin.startedAt),
        minEvents,
        understood: origin.understood,
        dropped: [...origin.dropped, ...unvaried(table, detection)],
        warnings: [...origin.warnings, ...detection.warnings],
        ensemble: detection.card,
        calibration: { method, assumptions, identifiable, nullShare },
        groups: detection.groups.map((group) => ({
          ...group,
          members: group.members.map((row) => detection.actors[row] ?? ''),
        })),
      },
      actors,
    },
  };
};

/** Features of the table that no detector could use. */
const unvaried = (table: FeatureTable, detection: Detection): readonly DroppedFeature[] => {
  const used = new Set(detection.features);
  return table.names
    .filter((name) => !used.has(name))
    .map((name) => ({ name, reason: 'the same for every actor that was compared' }));
};

/** Names a run may ask for. */
export const DETECTOR_NAMES: readonly string[] = DETECTORS.map((detector) => detector.name);

const backendName = (backend: Backend | undefined): string | null => backend?.name ?? null;

/** What the import said of each file. */
export const importWarnings = (imported: readonly ImportedFile[]): string[] =>
  imported.flatMap((file, i) => file.warnings.map((warning) => `${safeName(file.name, i)}: ${warning}`));

/** What a run says of an imported file. */
export const inputOf = ({ name, sha256, rows, stored, quarantined }: ImportedFile): RunInput => ({
  name,
  sha256,
  rows,
  stored,
  quarantined,
});

const rankedActor = (detection: Detection, row: number, rank: number, story: Explanation | undefined): RankedActor => ({
  actor: detection.actors[row] ?? '',
  rank,
  score: detection.score[row] ?? 0,
  percentile: detection.percentile[row] ?? 0,
  pValue: orNull(detection.pValue[row]),
  qValue: orNull(detection.qValue[row]),
  evidence: detection.evidence[row] ?? 'insufficient',
  events: detection.events[row] ?? 0,
  detectors: Object.fromEntries(detection.parts.map((part) => [part.name, part.score[row] ?? 0])),
  lead: (detection.alike?.[row] ?? 0) > (detection.odd[row] ?? 0) ? 'alike' : 'odd',
  agreement: agreementOn(detection, row),
  reasons: (story?.reasons ?? []).map(withoutRange),
  ...(story === undefined ? {} : { summary: story.summary }),
  ...(story?.twins ? { twins: story.twins.sentence } : {}),
  ...(story?.smallestChange ? { smallestChange: story.smallestChange.sentence } : {}),
});

const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** A tail rank of 2: one in a hundred. */
const STRONG = 2;

const agreementOn = ({ parts }: Detection, row: number): RankedActor['agreement'] => {
  const odd = parts.filter(({ evidence }) => evidence === 'odd');
  return { strong: odd.filter(({ tailRank }) => (tailRank[row] ?? 0) >= STRONG).length, of: odd.length };
};

/** A reason as it is printed and kept. */
export const withoutRange = (reason: Explanation['reasons'][number]): RankedActor['reasons'][number] => {
  const { feature, value, typical, percentile, contribution, expected, sentence } = reason;
  const known = expected === undefined ? {} : { expected };
  return { feature, value, typical, percentile, contribution, ...known, sentence };
};
