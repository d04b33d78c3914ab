import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, CHECKOUT_APP } from './support/build.ts';
import { endAll, launchDesktop, type Desktop } from './support/desktop.ts';
import { PAGE_IS_UP, QUEUE_IS_PAINTED, shows, STATUS, writeLog } from './support/page.ts';
import { processOfType } from './support/processes.ts';
import { NO_DESKTOP } from './support/runtime.ts';
import { soundCase } from './support/soundness.ts';

const scratch = mkdtempSync(join(tmpdir(), 'nightjar-death-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
afterEach(endAll);

const RESUMED = shows('A new engine has resumed your case.');

const engineOf = (desktop: Desktop): number => processOfType(desktop.processes(), 'engine').pid;

const EVENTS_HEAD =
  "[...document.querySelectorAll('[role=columnheader]')].find((each) => each.textContent === 'Events')";
/** Events of the rows in sight, by the place of that column. */
const EVENTS = `[...document.querySelectorAll('[role=row][aria-rowindex]')].filter((row) => row.getAttribute('aria-rowindex') !== '1' && row.closest('[role=grid]').contains(${EVENTS_HEAD})).map((row) => Number(row.querySelector('[aria-colindex="' + ${EVENTS_HEAD}.getAttribute('aria-colindex') + '"]')?.textContent.replaceAll(',', '')))`;

describe.skipIf(NO_DESKTOP !== null)(
  `an engine that is killed, on the desktop${NO_DESKTOP === null ? '' : ` (${NO_DESKTOP})`}`,
  () => {
    beforeAll(buildApp, 300_000);

    test('while a query waits: the page says so, the next engine answers it, and decisions are kept', async () => {
      const home = join(scratch, 'query');
      const desktop = await launchDesktop({ kind: 'checkout', app: CHECKOUT_APP, home, isTraced: false });
      await desktop.click('Open the sample case');
      await desktop.until(QUEUE_IS_PAINTED, 120_000);
      await desktop.press('j');
      await desktop.press('1');
      await desktop.until(shows('Abuse 1'));
      await desktop.until(`/All saved/.test(${STATUS})`);

      const engine = engineOf(desktop);
      process.kill(engine, 'SIGSTOP'); // what is asked from now on is asked of an engine that will never answer
      await desktop.click('Events');
      await desktop.until('/sort=/.test(location.hash)');
      process.kill(engine, 'SIGKILL');

      await desktop.until(RESUMED);
      await desktop.until(`/Sample case50,000 events/.test(${STATUS}) && /All saved/.test(${STATUS})`);
      await desktop.until(
        `${EVENTS}.length > 10 && ${EVENTS}.every((events, i, all) => i === 0 || events <= all[i - 1])`,
      );
      await desktop.until(shows('Abuse 1'));
      expect(engineOf(desktop)).not.toBe(engine);
      await desktop.click('Close message');
      await desktop.until(`!(${RESUMED})`);
      expect(await desktop.quit()).toBe(0);
      expect(await soundCase(home, 'Sample case')).toMatchObject({ events: 50_000, imports: 1 });
    }, 240_000);

    test('while it imports: the page says so, the case is as before, and the import can be started again', async () => {
      const home = join(scratch, 'import');
      const log = writeLog(join(scratch, 'killed.csv'), 2_000_000);
      const desktop = await launchDesktop({ kind: 'checkout', app: CHECKOUT_APP, home, isTraced: false });
      const startImport = async (): Promise<void> => {
        await desktop.until(PAGE_IS_UP);
        await desktop.drop([log]);
        await desktop.click('Import and rank');
      };
      await startImport();
      await desktop.until(shows('Read and replace'));
      process.kill(engineOf(desktop), 'SIGKILL');

      await desktop.until(RESUMED);
      await desktop.until(shows('The job that was under way ended; start it again.'));
      await desktop.until(`/^killed0 events, 0 actors/.test(${STATUS})`);
      await startImport();
      await desktop.until(`/^killed2,000,000 events, 500 actors/.test(${STATUS})`, 120_000);
      await desktop.until(`/Import a file: done/.test(${STATUS})`, 120_000);
      expect(await desktop.quit()).toBe(0);
      expect(await soundCase(home, 'killed')).toMatchObject({ events: 2_000_000, quarantined: 0, imports: 1 });
    }, 300_000);
  },
);
