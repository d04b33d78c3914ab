import type { Rule, Vocabulary } from '../../schema.ts';
import type { Exporter, ExportOptions, Translation } from '../exporter.ts';
import type { Fixtures } from '../fixtures/schema.ts';

/** A number that has left the case through the ledger; there are no others on a card. */
export type ReleasedMetric = {
  /** `hits per day`, `precision` … */
  readonly name: string;
  readonly value: number;
  /** Ends of its interval, at the confidence. */
  readonly low: number;
  readonly high: number;
  /** 0–1. */
  readonly confidence: number;
  readonly epsilon: number;
  /** Entry of the ledger that paid for it. */
  readonly ledgerEntry: string;
};

/** What a card says besides the rule itself. Nothing here may be a count of the case that was not released. */
export type CardFacts = {
  readonly exporter: Pick<Exporter, 'name' | 'title' | 'sentence'>;
  readonly options: ExportOptions;
  readonly translation: Exclude<Translation, { readonly kind: 'refused' }>;
  /** Names of the files that the target runs. */
  readonly files: readonly string[];
  readonly fixtures: Fixtures;
  readonly fixtureFiles: readonly string[];
  /** Target's name of each column that the rule reads. */
  readonly fields: ReadonlyMap<string, string>;
  readonly metrics: readonly ReleasedMetric[];
  /** Who answers for the rule; the author where nobody else does. */
  readonly owner?: string;
  /** Sentences of the feature dictionary. */
  readonly features?: Vocabulary['features'];
};

/** The rule as the target runs it. */
export const ruleOfTarget = (rule: Rule, { translation }: Pick<CardFacts, 'translation'>): Rule =>
  translation.kind === 'narrowed' ? translation.rule : rule;
