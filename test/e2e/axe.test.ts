import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHome, ROOT, type App, type Home } from './support/app.ts';
import { violationsOf } from './support/axe.ts';
import { describeInChromium, launchChromium } from './support/chromium.ts';
import { queueOf } from './support/queue.ts';
import { WITH_CASE, WITHOUT_CASE, type Screen } from './support/screens.ts';
import { settled } from './support/settled.ts';
import { visit, type Theme } from './support/visit.ts';

const THEMES: readonly Theme[] = ['light', 'dark', 'high-contrast'];

describeInChromium('axe-core has nothing to say', () => {
  let home: Home;
  let browser: Browser;

  beforeAll(async () => {
    home = createHome();
    home.run('detect', join(ROOT, 'samples', 'platform.csv.gz'), '--case', 'platform');
    browser = await launchChromium();
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    home.remove();
  });

  const look = async (app: App, theme: Theme, screens: readonly Screen[]): Promise<void> => {
    const session = await visit(browser, app, { theme });
    const found: string[] = [];
    if (screens === WITH_CASE) await queueOf(session.page).rows.first().waitFor(); // where a case opens
    for (const screen of screens) {
      await screen.show(session, home);
      await settled(session.page);
      found.push(...(await violationsOf(session.page)).map((violation) => `${screen.name}: ${violation}`));
    }
    expect(found).toEqual([]);
    await session.end();
  };

  test.each(THEMES)(
    'without a case, %s',
    async (theme) => {
      const app = await home.open();
      try {
        await look(app, theme, WITHOUT_CASE);
      } finally {
        await app.close();
      }
    },
    180_000,
  );

  test.each(THEMES)(
    'with a case, %s',
    async (theme) => {
      cpSync(join(home.directory, 'platform'), join(home.directory, theme), { recursive: true }); // nothing decided yet
      const app = await home.open(theme);
      try {
        await look(app, theme, WITH_CASE);
      } finally {
        await app.close();
      }
    },
    180_000,
  );
});
