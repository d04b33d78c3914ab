// Runs a child program written in TypeScript: `node start.mjs NAME JSON`. The loader is registered here and not by
// `--import`, which worker threads would inherit and pay for.
import { register } from 'tsx/esm/api';

register();
const [name] = process.argv.splice(2, 1);
await import(new URL(`./${name}.ts`, import.meta.url).href);
