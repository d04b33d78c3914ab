export { expectedError, type ErrorPart, type ErrorTask, type ExpectedError } from './expected-error.ts';
export { expectedErrorOf, type PublicNumbers, type QueryError } from './expected-error-of.ts';
export { groupWidth } from './group-width.ts';
export { expectedAbsoluteNoise } from './noise-error.ts';
export { solveEpsilonOf, type QueryWish } from './solve-epsilon-of.ts';
