export { answerChunks, inChunks, type Chunked } from './chunks.ts';
export { onSharedMemory } from './shared-memory.ts';
export { spawnWorker } from './spawn.ts';
