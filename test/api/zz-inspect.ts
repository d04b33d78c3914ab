import { engineIn, clientOf, SAMPLE } from './support.ts';
import { mkdtempSync } from 'node:fs';
const engine = engineIn(mkdtempSync('/tmp/nj-'));
const client = clientOf(engine);
const files = process.argv.slice(2).length ? process.argv.slice(2) : [SAMPLE];
for (const f of files) {
  const t = performance.now();
  const r = await client.import.inspect({ grants: [engine.grant(f, 'file').id] });
  console.log((performance.now() - t).toFixed(0), 'ms');
  for (const file of r.files) {
    console.log({ ...file, fields: undefined, preview: file.preview.length, rejected: file.rejected.slice(0, 3) });
    console.table(file.fields.map(({ field, looksLike, privacy, column, confidence, policy, masked, before, after, choices, filledShare, distinct, reason }) => ({ field, looksLike, privacy, column, confidence, policy: JSON.stringify(policy), masked, before, after, n: choices.length, filledShare, distinct, reason })));
    console.log(file.preview.slice(0, 2));
  }
}
await engine.close();
