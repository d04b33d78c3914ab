import type { Calibration, EnsembleCard, TwinGroup } from '../detect/index.ts';
import type { Explanation } from '../explain/index.ts';
import type { DroppedFeature } from '../features/index.ts';
import type { ImportedFile } from '../ingest/index.ts';

/** Of one input. `rows` = `stored` + `quarantined`. */
export type RunInput = Pick<ImportedFile, 'name' | 'sha256' | 'rows' | 'stored' | 'quarantined'>;

/** How a log was understood: which of its fields became which column, how sure that was, and what could not be read. */
export type Understood = Pick<ImportedFile, 'name' | 'format' | 'mapping' | 'confidence' | 'reasons'>;

export type RunManifest = {
  readonly version: string;
  readonly seed: number;
  readonly inputs: readonly RunInput[];
  readonly detectors: readonly string[];
  readonly features: readonly string[];
  /** What the autoencoder ran on; null where it did not run. */
  readonly backend: string | null;
  readonly elapsedMs: number;
  readonly minEvents: number;
  /** How each log was understood; empty for an entity table and for a case that is ranked again. */
  readonly understood: readonly Understood[];
  /** Features that the log has no columns for, or that do not vary, with why. */
  readonly dropped: readonly DroppedFeature[];
  readonly warnings: readonly string[];
  /** What ran, with what say, and why. */
  readonly ensemble: EnsembleCard;
  readonly calibration: Omit<Calibration, 'curve'>;
  /** Groups of actors that are alike, the least likely first. */
  readonly groups: readonly (Omit<TwinGroup, 'members'> & { readonly members: readonly string[] })[];
};

export type RankedActor = {
  readonly actor: string;
  readonly rank: number;
  /** The stronger of how odd and how alike the actor is: 2 means as extreme as 1 in 100. */
  readonly score: number;
  /** 0–100 among the actors with evidence. */
  readonly percentile: number;
  /** Calibrated p-value; null without evidence. `run.calibration` says what it is worth. */
  readonly pValue: number | null;
  /** Lowest false-discovery rate at which the actor passes; null without evidence. */
  readonly qValue: number | null;
  readonly evidence: 'ok' | 'insufficient';
  readonly events: number;
  readonly detectors: Readonly<Record<string, number>>;
  /** The kind of evidence that put the actor where it is. */
  readonly lead: 'odd' | 'alike';
  /** How many of the detectors of oddness see the actor among the strongest one in a hundred. */
  readonly agreement: { readonly strong: number; readonly of: number };
  readonly reasons: readonly Omit<Explanation['reasons'][number], 'typicalRange'>[];
  /** One sentence about what the actor does; absent where none was made. */
  readonly summary?: string;
  /** Whom it resembles, and how unlikely that is; absent for an actor in no group. */
  readonly twins?: string;
  /** The least that would make the actor ordinary; absent where none was found. */
  readonly smallestChange?: string;
};

/** What is shown of an actor wherever it was ranked: by detectors fitted here, or by somebody else's forest. */
export type ListedActor = Pick<
  RankedActor,
  'actor' | 'rank' | 'score' | 'percentile' | 'evidence' | 'events' | 'detectors' | 'reasons'
> &
  Partial<RankedActor>;

/** The `detect` document. */
export type DetectResult = { readonly run: RunManifest; readonly actors: readonly RankedActor[] };
