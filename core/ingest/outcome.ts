const SUCCESS =
  /^(?:success\w*|succeeded|ok|true|allow(?:ed)?|accept(?:ed)?|pass(?:ed)?|granted|sent|delivered|completed?|yes|y|ja|oui|s[ií]|erfolg\w*|[23]\d\d|1)$/iu;
const FAILURE =
  /^(?:fail\w*|error|false|den(?:y|ied)|reject(?:ed)?|block(?:ed)?|refused|invalid|unauthori[sz]ed|forbidden|bounced|deferred|declined|no|n|nein|non|fehl\w*|[45]\d\d|0)$/iu;

/** `success`, `failure` or `unknown` (ECS event.outcome) of whatever the log says. */
export const normaliseOutcome = (value: string): string =>
  SUCCESS.test(value) ? 'success' : FAILURE.test(value) ? 'failure' : 'unknown';

/** Values that say nothing, or say so themselves. */
const NOTHING = /^(?:|-|\(?null\)?|<null>|none|n\/?a|\\N|unknown)$/iu;

/** Share of the values above which it is said that an outcome is not understood. */
const ODD_OUTCOMES = 0.1;

/** What to say of a field that is taken for an outcome and holds something else; no value is named. */
export const outcomeWarnings = (field: string, values: readonly string[]): readonly string[] => {
  const said = values.filter((value) => !NOTHING.test(value));
  const odd = said.filter((value) => normaliseOutcome(value) === 'unknown').length;
  if (odd === 0 || odd < ODD_OUTCOMES * said.length) return [];
  return [
    `${Math.round((100 * odd) / said.length)} % of the sampled "${field}" say neither success nor failure (as in success, ok, 200, failed, denied, 403) and count as unknown. If they are kinds of something, make them a category (--map c_result=${field}).`,
  ];
};
