/** Who is protected, in words that stand in every release. */
export const UNIT_OF_PRIVACY = {
  unit: 'actor',
  inWords:
    'One actor with all of their rows: what is released would be about as likely had any one actor been left out. ' +
    'An actor is what the log calls one; a person with several accounts counts as several. Rows about an actor that others caused are not that actor’s.',
} as const;
