import { answerChunks } from '../../workers/index.ts';
import { scoreChunks, type ScoreJob } from './score-chunks.ts';

// Boundary: the job is what score.ts hands to `inChunks`.
answerChunks((job) => scoreChunks(job as ScoreJob));
