export { FeedbackView } from './feedback-view.tsx';
export { useRerank } from './rerank.ts';
export type { Rerank } from './rerank.ts';
export { useDecide } from './use-decide.ts';
export type { Decide, DecideInput } from './use-decide.ts';
