export { answerChunks, inChunks, type Chunked } from './chunks.ts';
export { spawnWorker } from './spawn.ts';
