/**
 * Releases from a case, several at once, until it is killed: `ledger-crash-child.ts CASE KEYRING KEY OUT EPSILON`. Each
 * release is written to OUT as soon as it is there.
 */
import { join } from 'node:path';

import { approveRelease, askRelease, openKeyFile, writeReleaseFiles } from '../../core/api/release/index.ts';
import { newIdentifier, openCase } from '../../core/store/index.ts';

const [directory = '', keyringPath = '', keyPath = '', out = '', epsilon = ''] = process.argv.slice(2);
const key = await openKeyFile(keyPath);
const into = await openCase(directory, { keyringPath, threads: 1 });

const query = (): { readonly [name: string]: string | number | readonly object[] | object } => ({
  count: 'events',
  by: [{ column: 'country', keys: ['DE', 'FR', newIdentifier()] }], // a new question every time
  bounds: { groupsPerActor: 2, rowsPerGroup: 5 },
});

const releaseOnce = async (): Promise<void> => {
  const asked = await askRelease(into, { query: JSON.parse(JSON.stringify(query())), epsilon });
  if (asked.kind !== 'pending') throw new Error('A new question had an answer.');
  const { file, sha256 } = await approveRelease(into, asked.request, key);
  writeReleaseFiles(join(out, `${sha256}.json`), file);
};

await releaseOnce(); // the first is slow: what is loaded is compiled
process.stdout.write('ready\n');
for (;;) await Promise.all([releaseOnce(), releaseOnce(), releaseOnce(), releaseOnce()]);
