/** Numbers of actors, ascending, each once. */
export type ActorSet = ArrayLike<number>;

/** How many actors lie on each side of a part of a rule that says yes or no. */
export type Sides = { readonly firing: number; readonly other: number };

/** What a case says of a rule that is to leave it. A part that is missing here counts as nobody: the rule is refused. */
export type LeakEvidence = {
  /** Fewest actors that a part of a rule may be about. */
  readonly k: number;
  /** Whether a word is a pseudonym of the case; capitals and small letters taken as equal. */
  readonly isPseudonym: (word: string) => boolean;
  /** By path of a value in the rule's form (`where.values.3`): actors who show it in its column. */
  readonly actorsByLiteral: ReadonlyMap<string, number>;
  /**
   * By path of a filter, of each part of a filter, and of a condition; '' for the whole rule. Of a filter: actors with an
   * event that meets it, and with one that does not (where it compares numbers: one that has a value and does not). Of a
   * condition: actors that the rule would hit with this condition alone, and the others of those it sees.
   */
  readonly sides: ReadonlyMap<string, Sides>;
  /** Actors whom the rule hits: those with an event in a window and group that is hit. */
  readonly hits: ActorSet;
  /** By exclusion: actors whom the rule would hit without it. */
  readonly withoutExclusion: readonly ActorSet[];
  /** Whom the other rules of the same export hit. */
  readonly others: readonly { readonly rule: string; readonly hits: ActorSet }[];
};

/** Fewest actors where nobody chose otherwise. */
export const DEFAULT_K = 10;
