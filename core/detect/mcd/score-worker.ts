import { answerChunks } from '../../workers/index.ts';
import { distanceChunks, type DistanceJob } from './score-chunks.ts';

// Boundary: the job is what mcd.ts hands to `inChunks`.
answerChunks((job) => distanceChunks(job as DistanceJob));
