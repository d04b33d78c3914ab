import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Browser } from 'playwright';
import { createHome, ROOT, type App, type Home } from './app.ts';
import { darkViolationsOf, violationsOf } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { queueOf } from './queue.ts';
import { visit, type Visit } from './visit.ts';

/** What the tests of one block share: the sample case, labelled, in the app, and one visit to it. */
export type Journey = {
  readonly home: Home;
  readonly app: App;
  readonly browser: Browser;
  readonly session: Visit;
  /** What is on the page, of this visit or another, is clean for axe-core in light and dark; the folder for pictures gets one of that name. */
  readonly looksRight: (name: string, of?: Visit) => Promise<void>;
};

/** Opens it before the tests of a block and removes it after them. `pictures`: the variable that names their folder. */
export const sampleJourney = (pictures: string, prepare: (home: Home) => void = () => undefined): (() => Journey) => {
  let journey: Journey | undefined;
  beforeAll(async () => {
    const home = createHome();
    home.run('detect', join(ROOT, 'samples', 'platform.csv.gz'), '--case', 'platform');
    home.run('label', '--case', 'platform', '--labels', join(ROOT, 'samples', 'platform.labels.csv'));
    prepare(home);
    const app = await home.open('platform');
    const browser = await launchChromium();
    const session = await visit(browser, app, { hasLine: true });
    session.page.setDefaultTimeout(20_000);
    await queueOf(session.page).rows.first().waitFor();
    journey = { home, app, browser, session, looksRight: (name, of = session) => looksRight(of, name, pictures) };
  }, 180_000);
  afterAll(async () => {
    await journey?.browser.close();
    await journey?.app.close();
    journey?.home.remove();
  });
  return () => {
    if (journey === undefined) throw new Error('It begins with the first test of its block.');
    return journey;
  };
};

const looksRight = async ({ page }: Visit, name: string, pictures: string): Promise<void> => {
  expect([...(await violationsOf(page)), ...(await darkViolationsOf(page))], name).toEqual([]);
  const folder = process.env[pictures];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
};
