import { parentPort, workerData } from 'node:worker_threads';
import { seededRandom } from '../../random/index.ts';
import { induceFromEvents, induceRules } from '../../rules/induce/index.ts';
import { NightjarError } from '../errors.ts';
import type { InduceAnswer, InduceTask } from './induce-apart.ts';

// Boundary: the data is what induce-apart.ts hands over.
const task = workerData as InduceTask;

const answer = (): InduceAnswer => {
  try {
    return task.kind === 'actors'
      ? { kind: 'actors', induced: induceRules(task.input, seededRandom(task.seed)) }
      : { kind: 'events', induced: induceFromEvents(task.input) };
  } catch (error) {
    if (!(error instanceof NightjarError)) throw error;
    // Classes do not cross: the error is made anew on the other side.
    const { code, message, where, next } = error;
    return {
      kind: 'error',
      error: { code, message, ...(where === undefined ? {} : { where }), ...(next === undefined ? {} : { next }) },
    };
  }
};

parentPort?.postMessage(answer());
