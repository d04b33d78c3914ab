import { spawnSync } from 'node:child_process';

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
  const own = modules.filter((module) => new RegExp(`^(${LAYERS.join('|')})/`).test(module.source)).length;
  if (own < 50) return [`only ${own} modules were looked at`];
  console.log(`  ${own} modules, ${summary.totalDependenciesCruised} dependencies`);
  return summary.violations
    .filter((violation) => violation.rule.severity === 'error')
    .map((violation) => `${violation.rule.name}: ${violation.from} → ${violation.to}`);
};
