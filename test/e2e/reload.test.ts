import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHome, ROOT, type App, type Home } from './support/app.ts';
import { describeInChromium, launchChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { queueOf } from './support/queue.ts';
import { visit } from './support/visit.ts';

describeInChromium('coming back', () => {
  let home: Home;
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    home = createHome();
    home.run('detect', join(ROOT, 'samples', 'platform.csv.gz'), '--case', 'platform');
    app = await home.open('platform');
    browser = await launchChromium();
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await app.close();
    home.remove();
  });

  test('a reload leads back to the actor, the filters, the order and the place in the queue', async () => {
    const session = await visit(browser, app);
    const { page } = session;
    await queueOf(page).rows.first().waitFor();
    await page.getByRole('button', { name: /^login/u }).click();
    await page.getByRole('columnheader', { name: 'Rank' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: 'Rank' }).getByRole('button').click();
    await queueOf(page).grid.hover();
    await page.mouse.wheel(0, 28 * 300);
    await eventually(() => page.url()).toMatch(/row=2\d\d|row=3\d\d/u);
    await queueOf(page).rows.nth(20).click();
    await eventually(() => page.url()).toContain('actor=');
    const heading = page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { level: 2 });
    const before = {
      address: page.url(),
      actor: await heading.textContent(),
      selected: await queueOf(page).selected(),
      filters: await page.getByRole('list', { name: 'Filters' }).textContent(),
    };
    expect(before.actor?.length).toBeGreaterThan(5);
    expect(page.url()).not.toContain('token');

    await page.reload();
    await eventually(() => queueOf(page).selected()).toBe(before.selected);
    expect(page.url()).toBe(before.address);
    expect(await heading.textContent()).toBe(before.actor);
    expect(await page.getByRole('list', { name: 'Filters' }).textContent()).toBe(before.filters);
    await session.end();
  }, 120_000);

  test('back and forward walk through filters and screens', async () => {
    const session = await visit(browser, app);
    const { page } = session;
    await queueOf(page).rows.first().waitFor();
    const count = page.getByRole('toolbar', { name: 'Queue' }).getByText(/^[\d,]+( of [\d,]+)? actors$/u);
    const everybody = await count.textContent();
    await page.getByRole('button', { name: /^token_request/u }).click();
    await eventually(() => count.textContent()).toMatch(/ of /u);
    const some = await count.textContent();
    await page.getByRole('link', { name: 'Decisions' }).click();
    await page
      .getByRole('heading', { name: /decision/iu })
      .first()
      .waitFor();

    await page.goBack();
    await eventually(() => count.textContent()).toBe(some);
    await page.goBack();
    await eventually(() => count.textContent()).toBe(everybody);
    await page.goForward();
    await eventually(() => count.textContent()).toBe(some);
    await session.end();
  }, 120_000);

  test.skipIf(process.platform !== 'linux')(
    'an engine that dies is replaced, and the page says so',
    async () => {
      const session = await visit(browser, app);
      const { page } = session;
      await queueOf(page).rows.first().waitFor();
      await queueOf(page).rows.nth(2).click();
      const heading = page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { level: 2 });
      await eventually(() => heading.textContent()).toMatch(/^\w{12}$/u);
      for (const child of childrenOf(app.pid)) process.kill(child, 'SIGKILL');
      await page.getByText('A new engine has resumed your case.').waitFor();
      expect(await page.getByText(/job/u).allInnerTexts()).toEqual(['No jobs']); // there was none that could have ended
      await page.keyboard.press('j');
      await queueOf(page).rows.nth(3).click();
      await page.getByRole('region', { name: 'Inspector' }).getByText('Why', { exact: true }).waitFor();
      await page.keyboard.press('2');
      await eventually(() => queueOf(page).rows.nth(3).textContent()).toContain('Benign');
      await session.end();
    },
    120_000,
  );
});

/** Processes that a process started (Linux). */
const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
