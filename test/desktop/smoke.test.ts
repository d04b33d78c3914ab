import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { attemptsIn, endAll, launchDesktop } from './support/desktop.ts';
import { NO_DESKTOP, RUNTIME } from './support/runtime.ts';

const scratch = mkdtempSync(join(tmpdir(), 'nightjar-desktop-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));

afterEach(endAll);

const CONTENT = "document.querySelector('main')?.textContent ?? ''";

describe.skipIf(NO_DESKTOP !== null)(`the desktop, in Electron${NO_DESKTOP === null ? '' : ` (${NO_DESKTOP})`}`, () => {
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: RUNTIME };
  const run = (script: string, args: string[] = []): void => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${script} ended with ${status}\n${stdout}${stderr}`);
  };

  beforeAll(() => run('scripts/build.mjs'), 300_000);

  const story = async (kind: 'checkout' | 'unpacked', app: string): Promise<void> => {
    const home = join(scratch, kind);
    const desktop = await launchDesktop({ kind, app, home });
    await desktop.click('Open the sample case');
    // Ranked rows: the queue is painted.
    await desktop.until(
      `location.hash.startsWith('#/explore') && document.querySelectorAll('[role=grid] [role=row]').length > 10`,
      120_000,
    );
    const queue = await desktop.evaluate(
      "[...document.querySelectorAll('[role=grid]')].map((each) => Number(each.getAttribute('aria-rowcount')))",
    );
    expect(queue).toContainEqual(expect.any(Number));
    await desktop.press('j');
    await desktop.press('Enter');
    await desktop.until("new URLSearchParams(location.hash.split('?')[1]).has('actor')");
    await desktop.until(`/typical/i.test(${CONTENT})`);
    await desktop.screenshot(join(shots(), `desktop-${kind}.png`));
    expect(desktop.consoleErrors()).toEqual([]);
    expect(await desktop.quit()).toBe(0);
    expect(existsSync(join(home, '.local/share/nightjar/cases/Sample case/lock'))).toBe(false);
    expect(existsSync(join(home, '.config/nightjar/window.json'))).toBe(true);
    expect(desktop.networkAttempts()).toEqual([]);
  };

  test('imports the sample, shows the queue, opens an actor and quits, without one network attempt', async () => {
    await story('checkout', join(process.cwd(), 'dist', 'desktop'));
  }, 240_000);

  test('the unpacked build does the same, with its fuses set', async () => {
    const out = join(scratch, 'package');
    run('scripts/package.mjs', ['--out', out]);
    const app = join(out, 'linux-unpacked');
    expect(fuses(join(app, 'nightjar'))).toEqual({
      RunAsNode: 'Disabled',
      EnableCookieEncryption: 'Enabled',
      EnableNodeOptionsEnvironmentVariable: 'Disabled',
      EnableNodeCliInspectArguments: 'Disabled',
      EnableEmbeddedAsarIntegrityValidation: 'Enabled',
      OnlyLoadAppFromAsar: 'Enabled',
    });
    await story('unpacked', app);
  }, 400_000);

  test('the trace would show an attempt', () => {
    const trace = join(scratch, 'control.strace');
    const dial = "require('node:net').connect(9, '127.0.0.1').on('error', () => undefined)";
    spawnSync('strace', [
      '-f',
      '-qq',
      '-e',
      'trace=connect,sendto,sendmsg,sendmmsg',
      '-o',
      trace,
      process.execPath,
      '-e',
      dial,
    ]);
    expect(attemptsIn(readFileSync(trace, 'utf8'))).toHaveLength(1);
  });
});

const shots = (): string => {
  const directory = join('dist', 'screenshots');
  mkdirSync(directory, { recursive: true });
  return directory;
};

const fuses = (executable: string): Record<string, string> => {
  const { stdout } = spawnSync('node_modules/.bin/electron-fuses', ['read', '--app', executable], { encoding: 'utf8' });
  const known = [...stdout.matchAll(/^ +(\w+) is (\w+)/gmu)].map(([, name = '', state = '']) => [name, state]);
  return Object.fromEntries(known.filter(([name]) => name !== 'LoadBrowserProcessSpecificV8Snapshot'));
};
