import { parentPort, workerData } from 'node:worker_threads';
import { seededRandom } from '../../random/index.ts';
import { induceRules } from '../../rules/induce/index.ts';
import { NightjarError } from '../errors.ts';
import type { InduceAnswer, InduceTask } from './induce-apart.ts';

// Boundary: the data is what induce-apart.ts hands over.
const { input, seed } = workerData as InduceTask;

const answer = (): InduceAnswer => {
  try {
    return { induced: induceRules(input, seededRandom(seed)) };
  } catch (error) {
    if (!(error instanceof NightjarError)) throw error;
    // Classes do not cross: the error is made anew on the other side.
    const { code, message, where, next } = error;
    return {
      error: { code, message, ...(where === undefined ? {} : { where }), ...(next === undefined ? {} : { next }) },
    };
  }
};

parentPort?.postMessage(answer());
