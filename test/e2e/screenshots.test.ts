import { cpSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHome, ROOT, type Home } from './support/app.ts';
import { describeInChromium, launchChromium } from './support/chromium.ts';
import { PRIVACY } from './support/privacy-screens.ts';
import { makeKey } from './support/privacy.ts';
import { queueOf } from './support/queue.ts';
import { RULES } from './support/rules-screens.ts';
import { WITH_CASE, WITHOUT_CASE, type Screen } from './support/screens.ts';
import { LARGE, SMALL, visit, type Theme } from './support/visit.ts';

// NIGHTJAR_SCREENSHOTS names the folder for the pictures; with NIGHTJAR_RENEW_IMAGES set, those that the documents show
// are copied to docs/images.
const FOLDER = process.env['NIGHTJAR_SCREENSHOTS'];
const RENEW = process.env['NIGHTJAR_RENEW_IMAGES'] !== undefined;
const IMAGES = join(ROOT, 'docs', 'images');
const MOST_BYTES = 300_000;

/** What the documents show, and the picture it is. */
const SHOWN = {
  'explore-light.png': 'explore-light-1280',
  'explore-dark.png': 'explore-decided-dark-1280',
  'groups-light.png': 'groups-light-1280',
  'run-light.png': 'run-light-1280',
  'import-light.png': 'import-mapped-light-1280',
  'decisions-light.png': 'decisions-light-1280',
} as const;

const LOOKS = [
  { theme: 'light', size: SMALL },
  { theme: 'dark', size: SMALL },
  { theme: 'light', size: LARGE },
  { theme: 'dark', size: LARGE },
] as const satisfies readonly { theme: Theme; size: { width: number; height: number } }[];
/** With NIGHTJAR_ONE_LOOK set, the large and dark one: other tests show each screen small and light. */
const TAKEN = process.env['NIGHTJAR_ONE_LOOK'] === undefined ? LOOKS : LOOKS.slice(-1);

test.each(Object.keys(SHOWN))('%s of the documents is small enough', (image) => {
  expect(statSync(join(IMAGES, image)).size).toBeLessThan(MOST_BYTES);
});

describeInChromium('every screen has its picture', () => {
  if (FOLDER === undefined) {
    test.skip('set NIGHTJAR_SCREENSHOTS to a folder');
    return;
  }
  let browser: Browser;
  let home: Home;

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => await browser.close());
  // A home of its own for every look: a machine remembers the newest ledger of a case, and refuses to spend from a copy.
  beforeEach(() => {
    home = createHome();
    home.run('detect', join(ROOT, 'samples', 'platform.csv.gz'), '--case', 'platform');
    makeKey(home);
  }, 120_000);
  afterEach(() => home.remove());

  test.each(TAKEN)(
    '$theme, $size.width',
    async ({ theme, size }) => {
      const name = `${theme}-${size.width}`;
      const take = async (screens: readonly Screen[], ...open: string[]): Promise<void> => {
        const app = await home.open(...open);
        try {
          const session = await visit(browser, app, { theme, size });
          if (open.length > 0) await queueOf(session.page).rows.first().waitFor();
          for (const screen of screens) {
            await screen.show(session, home);
            const path = join(FOLDER, `${screen.name}-${name}.png`);
            await session.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
            expect(statSync(path).size, screen.name).toBeGreaterThan(5000);
          }
          await session.end();
        } finally {
          await app.close();
        }
      };
      await take(WITHOUT_CASE);
      await take([...WITH_CASE, ...PRIVACY, ...RULES], 'platform');
    },
    480_000,
  );

  if (!RENEW) return;
  test('the documents show them', () => {
    mkdirSync(IMAGES, { recursive: true });
    for (const [image, picture] of Object.entries(SHOWN)) {
      const made = join(FOLDER, `${picture}.png`);
      expect(statSync(made).size, picture).toBeLessThan(MOST_BYTES);
      cpSync(made, join(IMAGES, image));
    }
  });
});
