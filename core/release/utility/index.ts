export { expectedError, type ErrorPart, type ErrorTask, type ExpectedError } from './expected-error.ts';
export { expectedAbsoluteNoise } from './noise-error.ts';
export { narrowerNoise, relativeWish, solveEpsilon, type AccuracyWish, type SolvedEpsilon } from './solve-epsilon.ts';
