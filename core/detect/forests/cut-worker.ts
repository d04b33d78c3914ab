import { answerChunks } from '../../workers/index.ts';
import { sumChunks, type SumJob } from './sum-chunks.ts';

// Boundary: the job is what sum.ts hands to `inChunks`.
answerChunks((job) => sumChunks(job as SumJob));
