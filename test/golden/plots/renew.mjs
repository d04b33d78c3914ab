// Draws every plot of the catalogue anew: node test/golden/plots/renew.mjs. Look at what changed before you keep it.
import { spawnSync } from 'node:child_process';

const env = { ...process.env, RENEW_PLOTS: '1' };
const run = spawnSync('npx', ['vitest', 'run', 'test/plots'], { env, stdio: 'inherit' });
process.exitCode = run.status ?? 1;
