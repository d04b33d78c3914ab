import { answerChunks } from '../../workers/index.ts';
import { searchChunks, type SearchJob } from './search-chunks.ts';

// Boundary: the job is what nearest.ts hands to `inChunks`.
answerChunks((job) => searchChunks(job as SearchJob));
