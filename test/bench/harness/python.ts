import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './options.ts';
import { mustRun, run } from './run.ts';

const PINNED = { pandas: '3.1.1', 'scikit-learn': '1.9.0', pyarrow: '26.0.1' } as const;
const FOLDER = join(ROOT, 'test/bench/.venv');
const PYTHON = join(FOLDER, 'bin/python');

/** Versions of the Python peers. */
export const PYTHON_PEERS: Readonly<Record<string, string>> = PINNED;

/** Makes the peers' virtual environment where it is missing. False, and a line saying why, where that cannot be. */
export const ensurePython = async (): Promise<boolean> => {
  const check = Object.entries(PINNED).map(
    ([name, version]) => `assert v(${JSON.stringify(name)})==${JSON.stringify(version)}`,
  );
  const probe = ['-c', `from importlib.metadata import version as v\n${check.join('\n')}`];
  if (existsSync(PYTHON) && (await run(PYTHON, probe)).code === 0) return true;
  const made = await attempt('python3', ['-m', 'venv', FOLDER]);
  const wanted = Object.entries(PINNED).map(([name, version]) => `${name}==${version}`);
  const filled = made === '' ? await attempt(PYTHON, ['-m', 'pip', 'install', '--quiet', ...wanted]) : made;
  if (filled !== '') console.log(`The Python peers cannot be installed and are left out: ${filled}`);
  return filled === '';
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

/** The JSON that a script of `test/bench/peers` prints. */
export const runPython = async (name: string, input: unknown): Promise<unknown> => {
  const { stdout } = await mustRun(PYTHON, [join(ROOT, 'test/bench/peers', `${name}.py`), JSON.stringify(input)]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
};
