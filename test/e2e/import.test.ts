import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHome, type App, type Home } from './support/app.ts';
import { describeInChromium, launchChromium } from './support/chromium.ts';
import { chooseFiles, mapField, startImport } from './support/import.ts';
import { writeDoorLog, writeLongLog } from './support/logs.ts';
import { eventually } from './support/eventually.ts';
import { widthsAtDouble } from './support/overflow.ts';
import { queueOf } from './support/queue.ts';
import { visit } from './support/visit.ts';

describeInChromium('a log of one’s own', () => {
  let home: Home;
  let app: App;
  let browser: Browser;

  beforeAll(async () => {
    home = createHome();
    app = await home.open();
    browser = await launchChromium();
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await app.close();
    home.remove();
  });

  test('is sniffed, its mapping corrected, imported and ranked', async () => {
    const log = join(home.directory, 'doors.csv');
    const odd = writeDoorLog(log);
    const session = await visit(browser, app);
    const { page } = session;
    await session.goTo('/import');
    await chooseFiles(page, log);
    await page.getByText('bar between values').waitFor();
    await page.getByText('No column says who acted.').first().waitFor();
    expect(await page.getByRole('button', { name: 'Import and rank' }).isDisabled()).toBe(true);

    const parts = [page.getByRole('complementary', { name: 'Import' }), page.getByRole('tabpanel')];
    for (const width of await widthsAtDouble(page, parts)) expect(width).toBeGreaterThan(400);

    await mapField(page, 'Ausweis', 'actor_id');
    await mapField(page, 'Tür', 'object_id');
    await mapField(page, 'Einlass', 'outcome');
    await page.getByText('No column says who acted.').first().waitFor({ state: 'detached' });
    const badge = page.getByRole('row').filter({ hasText: 'Ausweis' });
    expect(await badge.textContent()).toContain('A-0000'); // the shape of a badge, not one of them
    expect(await badge.textContent()).not.toContain('K-1');

    await page.getByRole('button', { name: 'Import and rank' }).dblclick(); // one case, one import
    await page.getByRole('button', { name: 'See the queue' }).click();
    await queueOf(page).rows.first().waitFor();
    await queueOf(page).rows.first().click();
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await inspector.getByRole('heading', { level: 2 }).waitFor();
    const actor = (await inspector.getByRole('heading', { level: 2 }).textContent()) ?? '';
    expect(await page.locator('body').textContent()).not.toContain('K-6666');
    await session.end();

    await app.close();
    const directory = join(home.directory, '.local', 'share', 'nightjar', 'cases', 'doors');
    expect(home.run('reidentify', '--case', directory, '--actor', actor, '--reason', 'e2e')).toContain(odd);
    app = await home.open();
  }, 180_000);

  test('files left out while they are looked at stay left out, whatever is pressed next', async () => {
    const session = await visit(browser, app, { hasLine: true });
    const { page, line } = session;
    const files = page.getByRole('region', { name: /files?$/u }).getByRole('listitem');
    const logs = ['a', 'b', 'c'].map((name) => join(home.directory, `${name}.csv`));
    for (const log of logs) writeDoorLog(log);
    await session.goTo('/import');
    await chooseFiles(page, ...logs);
    await eventually(() => files.count()).toBe(3);
    await files.nth(2).getByRole('button').first().click();
    line.hold();
    await page.getByRole('button', { name: 'Leave out a.csv' }).click();
    await page.getByRole('button', { name: 'Leave out b.csv' }).click();
    await eventually(() => files.count()).toBe(1);
    await page.getByText('The files are being looked at again.').waitFor(); // nothing is stored that nobody has seen
    line.release();
    await page.getByText('The files are being looked at again.').waitFor({ state: 'detached' });
    expect(await files.allInnerTexts()).toEqual([expect.stringContaining('c.csv')]);
    await session.end();
  });

  test('is imported, cancelled midway, and imported again to the end', async () => {
    const log = join(home.directory, 'long.csv.gz');
    const rows = 2_000_000;
    writeLongLog(log, rows);
    const session = await visit(browser, app);
    const { page } = session;
    await session.goTo('/import');
    await chooseFiles(page, log);
    await startImport(page);
    const job = page.getByRole('main').getByRole('region');
    await job
      .getByText(/^[\d.,]+ \w* ?of [\d.,]+/u)
      .first()
      .waitFor();
    await job.getByRole('button', { name: 'Cancel' }).click();
    await job.getByText(/^Cancelled/u).waitFor();
    const status = page.getByRole('contentinfo', { name: 'Status' });
    await eventually(() => status.textContent()).toContain('0 events');

    await page.getByRole('button', { name: 'Import more files' }).click();
    await chooseFiles(page, log);
    await startImport(page);
    await eventually(() => page.url()).toContain('job=');
    await page.reload(); // the job is the engine's
    await page.getByRole('button', { name: 'See the queue' }).waitFor({ timeout: 180_000 });
    expect(await page.getByRole('group', { name: 'Rows of this case' }).textContent()).toMatch(
      /^2,000,000read=2,000,000stored, by 5,000 actors\+0quarantined$/u,
    );
    await session.end();
  }, 360_000);
});
