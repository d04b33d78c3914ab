export { evaluatedFeedback, type EvaluatedFeedback } from './evaluated.ts';
export { prepareGround, type Ground } from './ground.ts';
export { labelCase, undoLabels, type LabelReport } from './label-case.ts';
export { likenessLeaves } from './likeness-leaves.ts';
export type { VerdictColumns } from '../decisions/read-verdicts.ts';
export { rerankCase, undoRerank, type RerankedActor, type RerankResult } from './rerank-case.ts';
export { rerank, type Reranked } from './reranked.ts';
export { whyMoved, type Likeness, type WhyMoved } from './why-moved.ts';
