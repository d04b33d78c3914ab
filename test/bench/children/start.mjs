// Runs a child program written in TypeScript: `node start.mjs NAME JSON`. The loader is registered here and not by
// `--import`, which worker threads would inherit and pay for. Some measure the compiled engine: it is built where it is old.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';
import { ensureBuilt } from '../../../scripts/ensure-built.mjs';

ensureBuilt(fileURLToPath(new URL('../../../', import.meta.url)));
register();
const [name] = process.argv.splice(2, 1);
await import(new URL(`./${name}.ts`, import.meta.url).href);
