/** Imports a log into a case and is gone right after the commit: `import-and-die.ts CASE KEYRING LOG`. */
import { openCase } from '../../core/index.ts';
import { importFiles } from '../../core/ingest/index.ts';

const [directory = '', keyringPath = '', log = ''] = process.argv.slice(2);
const opened = await openCase(directory, { keyringPath, threads: 2 });
await importFiles(opened, [log], { threads: 2 }, {});
process.kill(process.pid, 'SIGKILL');
