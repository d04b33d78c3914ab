import type { Agreement } from './agreement.ts';
import { MEMBERS } from './members.ts';
import type { Running } from './say.ts';

/** One detector's place in a run. */
export type MemberCard = {
  readonly name: string;
  readonly evidence: 'odd' | 'alike';
  /** Its share of the say among detectors of its kind, 0–1. */
  readonly share: number;
  readonly because: string;
};

/** What a run chose, and why: shown beside every result. */
export type EnsembleCard = {
  /** Whether the detectors were asked for by name. */
  readonly chosenBy: 'default' | 'user';
  readonly members: readonly MemberCard[];
  /** Detectors that were left out, each with why. */
  readonly leftOut: readonly { readonly name: string; readonly because: string }[];
  readonly agreement: Agreement;
  readonly sentences: readonly string[];
};

/** The card of a run of these detectors, each with what its word counts (`saysOf`). */
export const ensembleCard = (
  running: readonly (Running & { readonly weight: number })[],
  leftOut: EnsembleCard['leftOut'],
  chosenBy: EnsembleCard['chosenBy'],
  agreement: Agreement,
): EnsembleCard => {
  const total = (kind: Running['evidence']): number =>
    running.filter(({ evidence }) => evidence === kind).reduce((sum, { weight }) => sum + weight, 0);
  const members = running.map(({ name, evidence, weight }): MemberCard => ({
    name,
    evidence,
    share: weight / total(evidence),
    because: MEMBERS.find((member) => member.name === name)?.because ?? 'Asked for by name.',
  }));
  return { chosenBy, members, leftOut, agreement, sentences: sentencesOf(members, chosenBy, agreement) };
};

const sentencesOf = (
  members: readonly MemberCard[],
  chosenBy: EnsembleCard['chosenBy'],
  agreement: Agreement,
): string[] => {
  const odd = members.filter(({ evidence }) => evidence === 'odd');
  const alike = members.some(({ evidence }) => evidence === 'alike');
  const sentences = [
    chosenBy === 'default'
      ? 'The detectors are the default for every table; no label chose them.'
      : 'The detectors were asked for by name.',
  ];
  if (odd.length > 1) {
    sentences.push(
      'How odd an actor is: the root of the weighted mean of its squared tail ranks. Detectors that name the same actors share their say.',
    );
  }
  if (alike && odd.length > 0) {
    sentences.push('Odd and alike are two kinds of evidence: the stronger one counts, they are never averaged.');
  }
  const lone = loneVoice(odd, agreement);
  if (lone !== undefined) sentences.push(lone);
  return sentences;
};

/** The odd detector whose strongest rows the others share least, where that is remarkable. */
const loneVoice = (odd: readonly MemberCard[], agreement: Agreement): string | undefined => {
  if (odd.length < 3) return undefined;
  const places = odd.map(({ name }) => agreement.names.indexOf(name));
  const means = places.map((at) => {
    const others = places.filter((other) => other !== at).map((other) => agreement.top[at]?.[other] ?? 0);
    return others.reduce((a, b) => a + b, 0) / others.length;
  });
  const least = means.indexOf(Math.min(...means));
  const share = means[least] ?? 1;
  if (share >= 0.2) return undefined;
  return `${odd[least]?.name ?? ''} stands alone here: the others share ${Math.round(100 * share)} % of its strongest actors.`;
};
