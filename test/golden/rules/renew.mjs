// Writes what is said of the faulty rules in errors/, and docs/schemas/nightjar-rules-1.json, anew:
// node test/golden/rules/renew.mjs. Look at what changed before you keep it.
import { spawnSync } from 'node:child_process';

const env = { ...process.env, RENEW_RULES: '1' };
const run = spawnSync('npx', ['vitest', 'run', 'test/rules/validate', 'test/rules/form'], { env, stdio: 'inherit' });
process.exitCode = run.status ?? 1;
