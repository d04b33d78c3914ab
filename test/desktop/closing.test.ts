import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, CHECKOUT_APP } from './support/build.ts';
import { endAll, launchDesktop, type Desktop } from './support/desktop.ts';
import { displayOf, type Display } from './support/display.ts';
import { PAGE_IS_UP, shows, STATUS, writeLog } from './support/page.ts';
import { processOfType } from './support/processes.ts';
import { NO_DESKTOP } from './support/runtime.ts';
import { soundCase } from './support/soundness.ts';

const scratch = mkdtempSync(join(tmpdir(), 'nightjar-closing-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
afterEach(endAll);

const EDITOR = "document.querySelector('[data-typing]')?.shadowRoot?.querySelector('[role=textbox]')";

/** Asks the app to quit, waits for its question, and answers with these keys. The engine rests meanwhile, so that its work lasts. */
const quitAndAnswer = async (desktop: Desktop, display: Display, ...keys: readonly string[]): Promise<void> => {
  const engine = processOfType(desktop.processes(), 'engine').pid;
  desktop.askToQuit();
  await display.dialog();
  process.kill(engine, 'SIGSTOP');
  await display.answer(...keys);
  process.kill(engine, 'SIGCONT');
};

describe.skipIf(NO_DESKTOP !== null)(`closing the window${NO_DESKTOP === null ? '' : ` (${NO_DESKTOP})`}`, () => {
  beforeAll(buildApp, 300_000);

  test('while it works, asks: Escape and Enter keep the work, and giving it up leaves the case as it was', async () => {
    const home = join(scratch, 'working');
    const log = writeLog(join(scratch, 'closed.csv'), 2_000_000);
    const desktop = await launchDesktop({ kind: 'checkout', app: CHECKOUT_APP, home, isTraced: false });
    const display = displayOf(processOfType(desktop.processes(), 'main'));
    await desktop.until(PAGE_IS_UP);
    await desktop.drop([log]);
    await desktop.click('Import and rank');
    await desktop.until(shows('Read and replace'));

    await quitAndAnswer(desktop, display, 'Escape');
    await desktop.until(`/Import a file(?!:)/.test(${STATUS})`);
    await quitAndAnswer(desktop, display, 'Return');
    await desktop.until(`/Import a file(?!:)/.test(${STATUS})`);
    await quitAndAnswer(desktop, display, 'Right', 'Return');
    expect(await desktop.ended).toBe(0);
    expect(await soundCase(home, 'closed')).toMatchObject({ events: 0, imports: 0 });
  }, 240_000);

  test('while the engine does not answer, asks too, and ends even so', async () => {
    const home = join(scratch, 'stuck');
    const desktop = await launchDesktop({ kind: 'checkout', app: CHECKOUT_APP, home, isTraced: false });
    const display = displayOf(processOfType(desktop.processes(), 'main'));
    await desktop.until(PAGE_IS_UP);
    process.kill(processOfType(desktop.processes(), 'engine').pid, 'SIGSTOP');
    desktop.askToQuit();
    await display.answer('Right', 'Return');
    expect(await desktop.ended).toBe(0);
  }, 120_000);

  test('while a rule is not saved, asks: Escape keeps it, and a reload asks too', async () => {
    const home = join(scratch, 'writing');
    const desktop = await launchDesktop({ kind: 'checkout', app: CHECKOUT_APP, home, isTraced: false });
    const display = displayOf(processOfType(desktop.processes(), 'main'));
    await desktop.click('Open the sample case');
    await desktop.until("document.querySelectorAll('[role=grid] [role=row]').length > 10", 120_000);
    await desktop.evaluate("location.hash = '/rules'");
    await desktop.click('Write one');
    await desktop.until(`(${EDITOR} ?? null) !== null`);
    await desktop.evaluate(`(${EDITOR}.focus(), true)`);
    await desktop.press('Enter');
    await desktop.until(`${EDITOR}.textContent.includes('new_rule')`);

    desktop.askToQuit();
    await display.answer('Escape');
    expect(await desktop.evaluate(`${EDITOR}.textContent.includes('new_rule')`)).toBe(true);
    display.press('ctrl+r');
    await display.answer('Escape');
    expect(await desktop.evaluate(`${EDITOR}.textContent.includes('new_rule')`)).toBe(true);
    desktop.askToQuit();
    await display.answer('Right', 'Return');
    expect(await desktop.ended).toBe(0);
  }, 240_000);

  test('while nothing is under way, asks nothing', async () => {
    const home = join(scratch, 'idle');
    const desktop = await launchDesktop({ kind: 'checkout', app: CHECKOUT_APP, home, isTraced: false });
    await desktop.until(PAGE_IS_UP);
    expect(await desktop.quit()).toBe(0);
  }, 120_000);
});
