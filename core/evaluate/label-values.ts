/** Words for abuse and for its absence, as label columns use them. */
const POSITIVE = [
  '1',
  'true',
  't',
  'yes',
  'y',
  'positive',
  'pos',
  'spam',
  'fraud',
  'fraudulent',
  'abuse',
  'abusive',
  'abuser',
  'bot',
  'fake',
  'malicious',
  'attack',
  'attacker',
  'anomaly',
  'anomalous',
  'outlier',
  'bad',
  'suspicious',
  'scam',
  'phishing',
  'illicit',
];
const NEGATIVE = [
  '0',
  'false',
  'f',
  'no',
  'n',
  'negative',
  'neg',
  'ham',
  'legit',
  'legitimate',
  'benign',
  'human',
  'real',
  'genuine',
  'normal',
  'inlier',
  'good',
  'clean',
  'ok',
  'none',
  'licit',
  'ordinary',
  'regular',
];
const POSITIVE_WORDS: ReadonlySet<string> = new Set(POSITIVE);
const NEGATIVE_WORDS: ReadonlySet<string> = new Set(NEGATIVE);

/** The label a word stands for, whatever its case; undefined for a word it does not know. */
export const labelOf = (value: string): 0 | 1 | undefined => {
  const word = value
    .trim()
    .toLowerCase()
    .replace(/^([01])\.0+$/u, '$1');
  if (POSITIVE_WORDS.has(word)) return 1;
  return NEGATIVE_WORDS.has(word) ? 0 : undefined;
};
