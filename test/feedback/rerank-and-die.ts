/** Ranks a case anew and is gone just before that is committed: `rerank-and-die.ts CASE KEYRING`. */
import { openCase, rerankCase } from '../../core/index.ts';

const [directory = '', keyringPath = ''] = process.argv.slice(2);
const opened = await openCase(directory, { keyringPath, threads: 1 });
const { append } = opened.journal;
const dying: typeof append = (event, detail) => {
  const entry = append(event, detail);
  if (event === 'feedback.reranked') process.kill(process.pid, 'SIGKILL');
  return entry;
};
await rerankCase({ ...opened, journal: { ...opened.journal, append: dying } });
