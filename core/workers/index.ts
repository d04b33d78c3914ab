export { spawnWorker } from './spawn.ts';
