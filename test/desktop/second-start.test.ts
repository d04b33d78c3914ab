import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCase } from '../../core/index.ts';
import { buildApp, CHECKOUT_APP } from './support/build.ts';
import { endAll, launchDesktop } from './support/desktop.ts';
import { displayOf } from './support/display.ts';
import { PAGE_IS_UP, STATUS } from './support/page.ts';
import { processOfType, type RunningProcess } from './support/processes.ts';
import { NO_DESKTOP, RUNTIME } from './support/runtime.ts';

const scratch = mkdtempSync(join(tmpdir(), 'nightjar-second-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
afterEach(endAll);

/** Runs `nightjar open` as the same user in the same session. */
const openAgain = (
  { environment }: RunningProcess,
  args: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly said: string }> =>
  new Promise((resolve, reject) => {
    const { HOME, DISPLAY, XAUTHORITY, PATH } = environment;
    const child = spawn(process.execPath, ['bin/nightjar.mjs', 'open', ...args], {
      env: { HOME, DISPLAY, XAUTHORITY, PATH, ELECTRON_OVERRIDE_DIST_PATH: RUNTIME, NIGHTJAR_NO_SANDBOX: '1' },
      timeout: 60_000,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (said += part));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });

describe.skipIf(NO_DESKTOP !== null)(`starting Nightjar again${NO_DESKTOP === null ? '' : ` (${NO_DESKTOP})`}`, () => {
  beforeAll(buildApp, 300_000);

  test('brings the window to the front and ends with code 0; a case it names is opened there, if its user agrees', async () => {
    const home = join(scratch, 'home');
    const desktop = await launchDesktop({ kind: 'checkout', app: CHECKOUT_APP, home, isTraced: false });
    const main = processOfType(desktop.processes(), 'main');
    const display = displayOf(main);
    await desktop.until(PAGE_IS_UP);
    const own = display.focused();
    display.takeFocus();
    expect(display.focused()).not.toBe(own);

    const again = await openAgain(main);
    expect(again.code, again.said).toBe(0);
    expect(again.said).not.toContain('browser');
    await expect.poll(display.focused).toBe(own);

    const directory = join(scratch, 'Named');
    await (await createCase(directory, { sealing: 'none' })).close();
    const named = await openAgain(main, [directory]);
    expect(named.code, named.said).toBe(0);
    await display.answer('Escape');
    expect(await desktop.evaluate(STATUS)).toMatch(/^No case open/u);
    expect((await openAgain(main, [directory])).code).toBe(0);
    await display.answer('Right', 'Return');
    await desktop.until(`/^Named/.test(${STATUS})`);

    expect(desktop.processes().filter(({ commandLine }) => / --type=renderer /u.test(commandLine))).toHaveLength(1);
    expect(await desktop.quit()).toBe(0);
  }, 180_000);
});
