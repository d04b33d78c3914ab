import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTwinLog } from '../api/logs.ts';
import { createHome, type App, type Home } from './support/app.ts';
import { describeInChromium, launchChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { queueOf } from './support/queue.ts';
import { visit, type Visit } from './support/visit.ts';

/** Who is in lockstep in the log. */
const RING = 10;

describeInChromium('what the detectors found, and what verdicts make of it', () => {
  let home: Home;
  let app: App;
  let browser: Browser;
  let session: Visit;
  let page: Page;

  beforeAll(async () => {
    home = createHome();
    home.run('detect', writeTwinLog(home.directory), '--case', 'twins');
    app = await home.open('twins');
    browser = await launchChromium();
    session = await visit(browser, app, { hasLine: true });
    ({ page } = session);
    await queueOf(page).rows.first().waitFor();
  }, 180_000);
  afterAll(async () => {
    await session.end();
    await browser.close();
    await app.close();
    home.remove();
  });

  const toolbar = () => page.getByRole('toolbar', { name: 'Queue' });
  const filters = () => page.getByRole('list', { name: 'Filters' });
  const groups = () => page.getByRole('grid', { name: 'Groups of twins' });

  test('an actor who is alike says so, and leads to its twins', async () => {
    await queueOf(page).rows.nth(1).click(); // somebody odd is first
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await inspector.getByRole('heading', { name: 'Twins' }).waitFor();
    await eventually(() => inspector.innerText()).toMatch(/Alike/u);
    const members = inspector.getByRole('list', { name: 'Members' }).getByRole('button');
    await eventually(() => members.count()).toBe(RING - 1);
    const other = (await members.nth(3).textContent()) ?? '';
    await members.nth(3).click();
    await eventually(() => inspector.getByRole('heading', { level: 2 }).textContent()).toBe(other);
    await inspector.getByRole('button', { name: 'Show all 10 in the queue' }).click();
    await eventually(() => toolbar().innerText()).toContain('10 of 160 actors');
    await eventually(() => filters().innerText()).toContain('twins of group 1');
    await page.goBack();
    await eventually(() => toolbar().innerText()).toContain('160 actors');
  });

  test('a ring is seen among the groups, and decided about as one', async () => {
    await page.keyboard.press('t');
    await groups().waitFor();
    await page.getByRole('heading', { name: 'Group 1: 10 actors' }).waitFor();
    const decided = groups().getByRole('row').nth(1).getByRole('gridcell').last();
    await eventually(() => decided.innerText()).toBe('nobody');
    await page.getByRole('button', { name: 'Mark 10 members abuse' }).click();
    await eventually(() => decided.innerText()).toMatch(/10$/u);
    expect(await page.getByRole('button', { name: 'Mark 0 members abuse' }).isDisabled()).toBe(true);

    await page.keyboard.press('Control+z');
    await eventually(() => decided.innerText()).toBe('nobody');
    await page.keyboard.press('Control+Shift+z');
    await eventually(() => decided.innerText()).toMatch(/10$/u);
  });

  test('verdicts rank again, which can be taken back', async () => {
    await page.getByRole('button', { name: 'Queue', exact: true }).click();
    session.line.hold();
    await page.getByRole('button', { name: 'Rank by 10 verdicts' }).click();
    await session.goTo('/run');
    session.line.release();
    const told = page.getByRole('region', { name: 'Messages' });
    await told.getByText('Ranked by 10 verdicts of abuse and 0 of benign.').waitFor(); // nothing opens over another screen
    await told.getByRole('button', { name: 'Show it' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ranked again by verdicts' });
    await eventually(() => dialog.innerText()).toContain('Ranked by 10 verdicts of abuse and 0 of benign.');
    await dialog.getByRole('button', { name: 'Show as table' }).click();
    await eventually(() => dialog.innerText()).toContain('Lockstep');
    await dialog.getByRole('button', { name: 'Show the new order' }).click();
    const order = toolbar().getByRole('button', { name: /Order/u });
    await eventually(() => order.innerText()).toContain('After verdicts');

    await page.keyboard.press('Control+k');
    await page.keyboard.type('take the ranking');
    await page.keyboard.press('Enter');
    await page.getByText('The ranking by verdicts was taken back.').waitFor();
    await eventually(() => order.innerText()).toContain('By rank');
    await eventually(() => queueOf(page).rows.count()).toBeGreaterThan(RING);
  });

  test('the rate of ordinary actors cuts the queue, and lets go again', async () => {
    const slider = page.getByRole('slider', { name: /^Ordinary actors/u });
    await slider.fill('1');
    await page.getByText(`Review ${RING} actors: about`).waitFor(); // the ring alone is that far beyond chance
    await slider.fill('50');
    const reviewed = async (): Promise<number> => {
      const words = await page
        .getByText(/^Review \d+ actors: about \d+ are expected to be more than ordinary/u)
        .textContent();
      return Number(/Review (\d+)/u.exec(words ?? '')?.[1]);
    };
    await eventually(reviewed).toBeGreaterThan(RING); // and whoever is odd
    const count = await reviewed();
    await page.getByRole('button', { name: 'Show these' }).click();
    await eventually(() => filters().innerText()).toContain('at most 50 % ordinary');
    await eventually(() => toolbar().innerText()).toContain(`${count} of 160 actors`);

    await page.getByRole('button', { name: 'Remove filter: at most 50 % ordinary' }).click();
    await eventually(() => toolbar().innerText()).toContain('160 actors');
    await page.goBack();
    await eventually(() => toolbar().innerText()).toContain(`${count} of 160 actors`);
  });

  test('when somebody was decided is told by the same clock everywhere', async () => {
    const elsewhere = await visit(browser, app, { timeZone: 'Asia/Tokyo' });
    await queueOf(elsewhere.page).rows.filter({ hasText: 'Abuse' }).first().click();
    const said = elsewhere.page.getByRole('region', { name: 'Decision' }).getByText(/^Decided \d/u);
    const [, when = ''] = /^Decided (.+)\.$/u.exec((await said.textContent()) ?? '') ?? [];
    await elsewhere.goTo('/decisions');
    await elsewhere.page.getByRole('grid', { name: 'Decisions' }).getByText(when, { exact: true }).first().waitFor();
    await elsewhere.end();
  });
});
