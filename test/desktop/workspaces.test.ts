import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, CHECKOUT_APP } from './support/build.ts';
import { endAll, launchDesktop } from './support/desktop.ts';
import { NO_DESKTOP } from './support/runtime.ts';

const home = mkdtempSync(join(tmpdir(), 'nightjar-desktop-'));
const pictures = join('dist', 'screenshots');
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
afterEach(endAll);

const EDITOR = "document.querySelector('[data-typing]')?.shadowRoot?.querySelector('[role=textbox]')";
const SAYS = (words: string): string =>
  `document.querySelector('main')?.textContent.includes(${JSON.stringify(words)})`;

describe.skipIf(NO_DESKTOP !== null)(`workspaces, in Electron${NO_DESKTOP === null ? '' : ` (${NO_DESKTOP})`}`, () => {
  beforeAll(buildApp, 300_000);

  test('a rule is written with colours and its impact, a release is composed, under the page’s policy', async () => {
    mkdirSync(pictures, { recursive: true });
    const desktop = await launchDesktop({ kind: 'checkout', app: CHECKOUT_APP, home, isTraced: false });
    await desktop.click('Open the sample case');
    await desktop.until("document.querySelectorAll('[role=grid] [role=row]').length > 10", 120_000);

    await desktop.evaluate("location.hash = '/rules'");
    await desktop.click('Write one');
    await desktop.until(`${EDITOR} !== undefined && ${EDITOR} !== null`);
    await desktop.until(SAYS('Actors hit'));
    // The editor's style sheets are constructed, which the policy allows: keywords have a colour of their own.
    const colours = await desktop.evaluate(
      `[...new Set([...${EDITOR}.querySelectorAll('span')].map((each) => getComputedStyle(each).color))].length`,
    );
    expect(colours).toBeGreaterThan(2);
    await desktop.screenshot(join(pictures, 'desktop-rules.png'));

    await desktop.evaluate("location.hash = '/privacy'");
    await desktop.click('Compose a release');
    await desktop.until(SAYS('Measure'));
    await desktop.screenshot(join(pictures, 'desktop-privacy.png'));
    expect(desktop.consoleErrors()).toEqual([]);
    expect(await desktop.quit()).toBe(0);
  }, 240_000);
});
