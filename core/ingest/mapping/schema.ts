import type { TimeSniff } from '../time/sniff.ts';

export type LeftoverKind =
  | 'identifier'
  | 'quasi'
  | 'sensitive'
  | 'text'
  | 'measure'
  | 'category'
  | 'time'
  | 'constant'
  | 'label';

export type Policy = 'pseudonymise' | 'generalise' | 'features-only' | 'bucket' | 'keep' | 'drop';

/** An event column and the source field proposed for it. */
export type ProposedColumn = {
  readonly column: string;
  readonly field: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: string;
  /** For `ts`: how its times are written. */
  readonly time?: TimeSniff;
};

/** A source field no event column takes: what it looks like and what becomes of it. */
export type Leftover = {
  readonly field: string;
  readonly kind: LeftoverKind;
  readonly policy: Policy;
  /** `m_x`, `c_x`, `b_x` or `text` where the field is not dropped. */
  readonly column?: string;
  readonly reason: string;
};

export type Proposal = {
  readonly columns: readonly ProposedColumn[];
  readonly leftovers: readonly Leftover[];
  /** Of `ts` and `actor_id`, those no field was found for. */
  readonly missing: readonly string[];
};
