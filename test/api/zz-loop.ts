import { engineIn, clientOf, jobEnded, SAMPLE } from './support.ts';
import { mkdtempSync } from 'node:fs';
const engine = engineIn(mkdtempSync('/tmp/nj-'));
const client = clientOf(engine);
const g = engine.grant(SAMPLE, 'file').id;
for (let i = 0; i < 3; i++) { const t = performance.now(); await client.import.inspect({ grants: [g] }); console.log('inspect', (performance.now() - t).toFixed(0)); }
const s = await client.case.openSample();
let last = performance.now(); const blocks: [number, string][] = []; let stage = '';
const timer = setInterval(() => { const now = performance.now(); if (now - last > 40) blocks.push([now - last, stage]); last = now; }, 5);
(async () => { for await (const st of await client.jobs.watch()) { stage = st.jobs[0]?.stages.at(-1)?.stage + ' ' + st.jobs[0]?.stages.at(-1)?.done; if (st.jobs[0]?.endedAt) break; } })();
await jobEnded(client, s.job!);
clearInterval(timer);
console.log(blocks.sort((a, b) => b[0] - a[0]).slice(0, 15));
const t0 = performance.now();
const j = await client.jobs.startDetect({});
const j2 = client.jobs;
await engine.close();
