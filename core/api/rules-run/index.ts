export { latenessMicros, suppressionOf } from './durations.ts';
export { runOverCase, type CaseRun, type CaseRunRequest } from './run-over-case.ts';
export {
  createStreamRun,
  streamCase,
  type StreamCase,
  type StreamFound,
  type StreamRun,
  type StreamRunOptions,
} from './stream-run.ts';
export type { BadLine } from './stream-reader.ts';
