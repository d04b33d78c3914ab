import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHome, ROOT, type App, type Home } from './support/app.ts';
import { describeInChromium, launchChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { queueOf } from './support/queue.ts';
import { visit, type Visit } from './support/visit.ts';

const LABELS = readFileSync(join(ROOT, 'samples', 'platform.labels.csv'), 'utf8');

describeInChromium('with nothing but a keyboard', () => {
  let home: Home;
  let app: App;
  let browser: Browser;
  let session: Visit;

  beforeAll(async () => {
    home = createHome();
    home.run('detect', join(ROOT, 'samples', 'platform.csv.gz'), '--case', 'platform');
    app = await home.open('platform');
    browser = await launchChromium();
    session = await visit(browser, app);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await app.close();
    home.remove();
  });

  test('an investigator finds an abuser, reads why, decides, and takes it back', async () => {
    const { page } = session;
    const { keyboard } = page;
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await queueOf(page).rows.first().waitFor(); // the case opens at its queue
    await keyboard.press('g');
    await keyboard.press('s');
    await page.getByRole('heading', { name: 'Recent cases' }).waitFor();
    await keyboard.press('g');
    await keyboard.press('e');
    await queueOf(page).rows.first().waitFor();

    await keyboard.press('j');
    const heading = inspector.getByRole('heading', { level: 2 });
    const actor = (await heading.textContent()) ?? '';
    expect(actor).toMatch(/^[A-Za-z][A-Za-z0-9]{11}$/u);
    await eventually(() => queueOf(page).selected()).toContain(actor);
    await eventually(() => inspector.getByRole('group', { name: 'Why' }).innerText()).toContain('typical is');

    await keyboard.press('1');
    await eventually(() => heading.textContent()).not.toBe(actor); // decide & next
    await eventually(() => queueOf(page).verdictOf(actor)).toContain('Abuse');
    const second = await heading.textContent();
    await keyboard.press('n');
    await keyboard.type('editors on one account');
    await keyboard.press('Enter');
    await eventually(() => queueOf(page).verdictOf(second ?? '')).toContain('Unsure'); // a note without a verdict
    await keyboard.press('k');
    await eventually(() => heading.textContent()).toBe(actor);

    await keyboard.press('Control+z');
    await keyboard.press('Control+z');
    await eventually(() => queueOf(page).verdictOf(actor)).toContain('Undecided');
    await keyboard.press('Control+Shift+z');
    await eventually(() => queueOf(page).verdictOf(actor)).toContain('Abuse');

    await session.end();
    await app.close();
    const [, user = ''] = home
      .run('reidentify', '--case', 'platform', '--actor', actor, '--reason', 'e2e')
      .trim()
      .split('\t');
    expect(LABELS).toContain(`\n${user},1,`);
  }, 120_000);

  test('what was decided is still there, and can still be taken back, when the app is opened again', async () => {
    app = await home.open('platform');
    const session = await visit(browser, app);
    const { page } = session;
    const queue = queueOf(page);
    await queue.rows.first().waitFor();
    const first = (await queue.rows.first().locator('code').textContent()) ?? '';
    await eventually(() => queue.verdictOf(first)).toContain('Abuse');
    await page.keyboard.press('Control+z');
    await eventually(() => queue.verdictOf(first)).toContain('Undecided');
    await session.end();
  }, 120_000);
});
