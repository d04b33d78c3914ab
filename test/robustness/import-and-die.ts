/**
 * Imports a log into a case and is gone right after the commit: before the journal says that it is done, or after, where a
 * last argument says so. `import-and-die.ts CASE KEYRING LOG [told]`.
 */
import { openCase } from '../../core/index.ts';
import { importFiles } from '../../core/ingest/index.ts';

const [directory = '', keyringPath = '', log = '', told] = process.argv.slice(2);
const opened = await openCase(directory, { keyringPath, threads: 2 });
const die = (): boolean => process.kill(process.pid, 'SIGKILL');
const journal: typeof opened.journal = {
  ...opened.journal,
  append: (event, detail) => {
    if (event === 'import.done' && told === undefined) die();
    return opened.journal.append(event, detail);
  },
};
await importFiles({ ...opened, journal }, [log], { threads: 2 }, {});
die();
