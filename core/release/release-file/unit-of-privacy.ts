/** Who is protected, in words that stand in every release. */
export const UNIT_OF_PRIVACY = {
  unit: 'actor',
  inWords:
    'One actor with all of their rows: what is released would be about as likely had any one actor been left out. ' +
    'An actor is what the log calls one; a person with several accounts counts as several. Rows about an actor that others caused are not that actor’s.',
} as const;

/** What is wrong with the words in which a file says who is protected: they must be these, or they promise something else. */
export const unitFaults = (said: { readonly unit: string; readonly inWords: string }): readonly string[] =>
  said.unit === UNIT_OF_PRIVACY.unit && said.inWords === UNIT_OF_PRIVACY.inWords
    ? []
    : ['Who is protected is said in other words than this version’s: they may promise what does not hold.'];
