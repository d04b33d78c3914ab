import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHome, ROOT, type App, type Home } from './support/app.ts';
import { violationsOf } from './support/axe.ts';
import { describeInChromium, launchChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { approve, chooseBy, composeCount, makeKey, openTab, setLimit } from './support/privacy.ts';
import { queueOf } from './support/queue.ts';
import { visit, type Visit } from './support/visit.ts';

describeInChromium('a release from question to verified file', () => {
  let home: Home;
  let app: App;
  let browser: Browser;
  let session: Visit;

  beforeAll(async () => {
    home = createHome();
    home.run('detect', join(ROOT, 'samples', 'platform.csv.gz'), '--case', 'platform');
    makeKey(home);
    app = await home.open('platform');
    browser = await launchChromium();
    session = await visit(browser, app);
    session.page.setDefaultTimeout(15_000);
    await queueOf(session.page).rows.first().waitFor();
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await app.close();
    home.remove();
  });

  /** What is on the page is clean for axe-core; NIGHTJAR_PRIVACY_PICTURES names a folder for its picture. */
  const looksRight = async (name: string): Promise<void> => {
    expect(await violationsOf(session.page), name).toEqual([]);
    const folder = process.env['NIGHTJAR_PRIVACY_PICTURES'];
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    await session.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  };

  test('a reviewer sets a limit; without it nothing can be released', async () => {
    const { page } = session;
    await session.goTo('/privacy');
    await page.getByText('No limit is set yet: nothing can be released.').waitFor();
    await page.getByText('Nothing was asked for yet.').waitFor();
    await looksRight('requests-empty');
    await setLimit(page, home, '3', '0.000001');
    await page.getByText('ε 3 left of 3').waitFor();
  });

  test('what is missing is said, and what it costs is shown before it is asked', async () => {
    const { page } = session;
    await composeCount(page);
    await page.getByText('The query says no "groupsPerActor".').waitFor();
    await looksRight('compose-missing');
    await page.getByRole('textbox', { name: 'Groups per actor' }).fill('2');
    await page.getByText('5 groups, all of them released, zeros included.').waitFor();
    // Laplace of scale 2 / 0.5 = 4: P(|X| > 11) = 2 e^(-12/4) / (1 + e^(-1/4)) = 0.056, P(|X| > 12) = 0.044.
    await page.getByText('±12 actors').waitFor();
    await page
      .getByRole('img', { name: /^Spent before ε 0; this release ε 0.5; after it ε 0.5; limit ε 3/u })
      .waitFor();
    await looksRight('compose');
  });

  test('an accuracy is solved for ε', async () => {
    const { page } = session;
    await page.getByRole('button', { name: 'Find ε' }).click();
    const solved = await page.getByText(/^ε [\d.]+: the noise stays within ±50\.$/u).textContent();
    const epsilon = Number(/^ε ([\d.]+)/u.exec(solved ?? '')?.[1]);
    // By the tail 2 q^51 / (1 + q) ≤ 0.05, q = e^(-ε/2): ε is about 0.118.
    expect(epsilon).toBeGreaterThan(0.11);
    expect(epsilon).toBeLessThan(0.125);
    await page.getByRole('textbox', { name: 'ε', exact: true }).fill('0.5');
  });

  test('asked, approved with a key and a typed word, and released with intervals', async () => {
    const { page } = session;
    await page.getByRole('textbox', { name: 'Purpose' }).fill('How many people of each country, for the yearly report');
    await page.getByRole('button', { name: 'Ask for this release' }).click();
    await page.getByRole('heading', { name: 'Count of actors by country' }).waitFor();
    await page.getByRole('tab', { name: 'Requests · 1 open' }).waitFor();
    await looksRight('request-pending');
    await page.getByRole('button', { name: 'Approve …' }).click();
    await looksRight('approve');
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Spend and release' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await approve(page, home);
    await page.getByRole('heading', { name: 'Released', exact: true }).waitFor();
    await page
      .getByRole('rowheader')
      .or(page.getByRole('cell', { name: 'DE', exact: true }))
      .first()
      .waitFor();
    await looksRight('released');
    await page.getByText('ε 2.5 left of 3').waitFor();
  });

  test('the same question again has the same answer and costs nothing', async () => {
    const { page } = session;
    await openTab(page, 'Compose a release');
    await page.getByRole('button', { name: 'Ask for this release' }).click();
    await page.getByRole('heading', { name: 'Released', exact: true }).waitFor();
    expect(await page.getByText('ε 2.5 left of 3').count()).toBe(1);
  });

  test('the ledger has grown by one debit and is whole', async () => {
    const { page } = session;
    await openTab(page, 'Ledger');
    await page.getByText(/^The ledger is whole: 5 lines/u).waitFor();
    await page.getByText(/Approved and spent by the key of Rita Reviewer/u).waitFor();
    await looksRight('ledger');
  });

  test('the exported file verifies, and a changed one does not', async () => {
    const { page } = session;
    await openTab(page, 'Requests');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export signed JSON' }).click();
    const path = join(home.directory, 'release.json');
    await (await download).saveAs(path);
    await openTab(page, 'Verify a file');
    await looksRight('verify-empty');
    await chooseBy(page, 'Choose a release file', path);
    await page.getByText('The release holds together.').waitFor();
    await looksRight('verified');
    const changed = readFileSync(path, 'utf8').replace('yearly report', 'daily report');
    const other = join(home.directory, 'changed.json');
    writeFileSync(other, changed);
    await chooseBy(page, 'Choose a release file', other);
    await page.getByText('The release does not hold together.').waitFor();
    await page.getByText('The signature is not of this key, or the file was changed.').waitFor();
  });

  test('risk is assessed by counts and shares, with suggestions', async () => {
    const { page } = session;
    await openTab(page, 'Risk');
    const known = page.getByRole('group', { name: 'What an attacker may know' }).last();
    await known.locator('label').nth(0).click();
    await known.locator('label').nth(1).click();
    await looksRight('risk-empty');
    await page.getByRole('button', { name: 'Assess the risk' }).click();
    await page.getByRole('heading', { name: 'Before and after' }).waitFor();
    await eventually(() => page.getByRole('table').first().innerText()).toContain('Smallest group (k)');
    await looksRight('risk');
  });

  test('the page complained about nothing', async () => {
    await openTab(session.page, 'Audit');
    await session.page.getByRole('button', { name: 'Start the audit' }).waitFor();
    await looksRight('audit');
    await session.end();
  });
});
