import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BOUNDARY_CHECKS } from '../main/support/boundary-checks.ts';
import { buildApp, runScript } from './support/build.ts';
import { bundleForPage } from './support/bundle-for-page.ts';
import { endAll, launchDesktop, type Desktop } from './support/desktop.ts';
import { PAGE_IS_UP } from './support/page.ts';
import { NO_DESKTOP } from './support/runtime.ts';

const APP = join(process.cwd(), 'dist', 'desktop-with-probes');
const home = mkdtempSync(join(tmpdir(), 'nightjar-transport-'));
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));

// The same list runs over the other transports in test/main/transports.test.ts.
describe.skipIf(NO_DESKTOP !== null)(
  `the desktop's page and its utility process, a MessagePort${NO_DESKTOP === null ? '' : ` (${NO_DESKTOP})`}`,
  () => {
    let desktop: Desktop;
    beforeAll(async () => {
      buildApp();
      runScript('scripts/build-desktop.mjs', ['--out', APP, '--engine', 'test/desktop/support/engine-with-probes.ts']);
      desktop = await launchDesktop({ kind: 'checkout', app: APP, home, isTraced: false });
      await desktop.reloadWith(await bundleForPage('test/desktop/support/page-boundary.ts', 'boundary'));
      await desktop.until(PAGE_IS_UP);
    }, 300_000);
    afterAll(endAll);

    test.each(BOUNDARY_CHECKS)('$name', async ({ name }) => {
      expect(await desktop.evaluate(`boundary.runCheck(${JSON.stringify(name)})`)).toBeNull();
    });

    test("the page's own line is still up after all that, and the app quits", async () => {
      await desktop.until(PAGE_IS_UP);
      expect(await desktop.evaluate("document.body.textContent.includes('Not connected')")).toBe(false);
      expect(await desktop.quit()).toBe(0);
    });
  },
);
