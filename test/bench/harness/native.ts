import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './options.ts';
import { mustRun, run } from './run.ts';

const SOURCE = join(ROOT, 'test/bench/peers/opendp-native');
const BUILT = join(ROOT, 'test/bench/.cache/opendp-native');
const PROGRAM = join(BUILT, 'release/opendp-native');

/** The version of the library that `peers/opendp-native` is built from. */
export const OPENDP_NATIVE = '0.16.0';

/**
 * Builds OpenDP's library in Rust into a program of the benchmarks, some minutes the first time, and answers whether it is
 * there; where it cannot be built it says why and is left out.
 */
export const buildNative = async (): Promise<boolean> => {
  try {
    if (!existsSync(PROGRAM)) console.log('Building OpenDP from its sources; this takes some minutes, once.');
    const { code, stderr } = await run('cargo', ['build', '--release', '--locked', '--target-dir', BUILT], {
      cwd: SOURCE,
    });
    if (code === 0) return true;
    console.log(
      `OpenDP in Rust cannot be built and is left out: ${stderr.trim().split('\n').at(-1) ?? `code ${code}`}`,
    );
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    console.log('OpenDP in Rust is left out: there is no cargo.');
  }
  return false;
};

/** The JSON that the program prints. */
export const runNative = async (...args: readonly string[]): Promise<unknown> =>
  JSON.parse((await mustRun(PROGRAM, args)).stdout);
