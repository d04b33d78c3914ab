export { agreementOf, type Agreement } from './agreement.ts';
export { ensembleCard, type EnsembleCard, type MemberCard } from './card.ts';
export { combineEvidence, combineTailRanks, type Weighted } from './combine.ts';
export { saysOf } from './say.ts';
export { DEFAULT_DETECTORS, MEMBERS, weightOf, type Member } from './members.ts';
export { standing, type Standing } from './standing.ts';
