export { agreementOf, type Agreement } from './agreement.ts';
export { ensembleCard, type EnsembleCard, type MemberCard } from './card.ts';
export { combineEvidence, combineTailRanks, MOST_SAID, type Weighted } from './combine.ts';
export { DEFAULT_DETECTORS, MEMBERS, weightOf, type Member } from './members.ts';
export { standing, type Standing } from './standing.ts';
