import { engineIn, clientOf, readTable } from './support.ts';
const engine = engineIn('/tmp/nj1m/home');
const client = clientOf(engine);
await client.case.open({ recent: (await client.case.recents())[0]!.id });
const q = await client.explore.queue({ filter: {}, sort: { by: 'rank', descending: false }, offset: 0, limit: 10 });
const actors = (await readTable(q.table)).column('actor') as string[];
for (const actor of actors.slice(0, 6)) { const t = performance.now(); const d = await client.explore.actor({ actor }); console.log((performance.now() - t).toFixed(0), d.origins.map(o => `${o.column}:${o.distinct}:${o.top[0]?.actors}`).join(' ')); }
const q2 = await client.explore.queue({ filter: {}, sort: { by: 'rank', descending: false }, offset: 20000, limit: 10 });
const far = (await readTable(q2.table)).column('actor') as string[];
for (const actor of far.slice(0, 5)) { const t = performance.now(); const d = await client.explore.actor({ actor }); console.log('far', (performance.now() - t).toFixed(0), d.reasons.length); }
await engine.close();
