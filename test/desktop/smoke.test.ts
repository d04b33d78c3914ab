import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, CHECKOUT_APP, runScript } from './support/build.ts';
import { attemptsIn, endAll, launchDesktop, type Desktop, type LaunchOptions } from './support/desktop.ts';
import { confinementOf, processOfType } from './support/processes.ts';
import { NO_DESKTOP } from './support/runtime.ts';

const scratch = mkdtempSync(join(tmpdir(), 'nightjar-desktop-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));

afterEach(endAll);

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

/** The kernel itself says that the page's process is confined: a filter of system calls, and users and a network of its own. */
const expectSandbox = (desktop: Desktop): void => {
  const processes = desktop.processes();
  expect(processes.filter(({ commandLine }) => commandLine.includes('--no-sandbox '))).toEqual([]);
  const main = confinementOf(processOfType(processes, 'main').pid);
  const page = confinementOf(processOfType(processes, 'page').pid);
  expect(page.seccomp).toBe('2');
  expect(page.user).not.toBe(main.user);
  expect(page.network).not.toBe(main.network);
};

const CONTENT = "document.querySelector('main')?.textContent ?? ''";

describe.skipIf(NO_DESKTOP !== null)(`the desktop, in Electron${NO_DESKTOP === null ? '' : ` (${NO_DESKTOP})`}`, () => {
  beforeAll(buildApp, 300_000);

  const story = async (name: string, options: Omit<LaunchOptions, 'home'>): Promise<void> => {
    const home = join(scratch, name);
    const desktop = await launchDesktop({ ...options, home });
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
    await desktop.screenshot(join(shots(), `desktop-${name}.png`));
    if (!isRoot || options.uid !== undefined) expectSandbox(desktop);
    expect(desktop.consoleErrors()).toEqual([]);
    expect(await desktop.quit()).toBe(0);
    expect(existsSync(join(home, '.local/share/nightjar/cases/Sample case/lock'))).toBe(false);
    expect(existsSync(join(home, '.config/nightjar/window.json'))).toBe(true);
    expect(desktop.networkAttempts()).toEqual([]);
  };

  test('imports the sample, shows the queue, opens an actor and quits, without one network attempt', async () => {
    await story('checkout', { kind: 'checkout', app: CHECKOUT_APP });
  }, 240_000);

  test('as a user who is not root, it does the same in the sandbox of the system', async () => {
    chmodSync(scratch, 0o755);
    await story('sandboxed', { kind: 'checkout', app: CHECKOUT_APP, ...(isRoot ? { uid: NOBODY } : {}) });
  }, 240_000);

  test('the unpacked build does the same, with its fuses set', async () => {
    const out = join(scratch, 'package');
    runScript('scripts/package.mjs', ['--out', out]);
    const app = join(out, 'linux-unpacked');
    expect(fuses(join(app, 'nightjar'))).toEqual({
      RunAsNode: 'Disabled',
      EnableCookieEncryption: 'Enabled',
      EnableNodeOptionsEnvironmentVariable: 'Disabled',
      EnableNodeCliInspectArguments: 'Disabled',
      EnableEmbeddedAsarIntegrityValidation: 'Enabled',
      OnlyLoadAppFromAsar: 'Enabled',
    });
    await story('unpacked', { kind: 'unpacked', app });
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
