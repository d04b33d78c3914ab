import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LAYERS = ['core', 'main', 'renderer', 'notebooks', 'samples'];

/** Layer and cycle rules; an empty visit is a failure, since a cruiser that sees nothing forbids nothing. */
export const checkLayers = () => {
  const { stdout, status } = spawnSync(
    process.execPath,
    ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', ...LAYERS, '--output-type', 'json'],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (!stdout.startsWith('{')) return [`dependency-cruiser ended with ${status} and no report`];
  const { summary, modules } = JSON.parse(stdout);
  const own = modules.map(({ source }) => source).filter((source) => LAYERS.includes(source.split('/')[0]));
  const unseen = LAYERS.filter((layer) => !own.some((source) => source.startsWith(`${layer}/`)));
  if (own.length < 50 || unseen.length > 0) return [`only ${own.length} modules were looked at, none of: ${unseen}`];
  const errors = summary.violations.filter(({ rule }) => rule.severity === 'error');
  const cycles = errors.filter(({ rule }) => rule.name === 'no-cycles').length;
  console.log(`  ${own.length} modules, ${summary.totalDependenciesCruised} dependencies`);
  console.log(`  breaches of layers ${errors.length - cycles}, cycles ${cycles}; ${linesPerFile(own)}`);
  return errors.map((violation) => `${violation.rule.name}: ${violation.from} → ${violation.to}`);
};

const linesPerFile = (sources) => {
  const lines = sources
    .filter((source) => /\.tsx?$/.test(source))
    .map((source) => readFileSync(source, 'utf8').split('\n').length - 1)
    .sort((a, b) => a - b);
  const at = (share) => lines[Math.min(lines.length - 1, Math.floor(share * lines.length))];
  return `lines per file: median ${at(0.5)}, 95th percentile ${at(0.95)}, most ${at(1)}`;
};
