import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeInChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { sampleJourney } from './support/journey.ts';
import { widthsAtDouble } from './support/overflow.ts';
import {
  approve,
  chooseBy,
  composeCount,
  composeForest,
  KEY,
  makeKey,
  openTab,
  refuse,
  setLimit,
} from './support/privacy.ts';

describeInChromium('a release from question to verified file', () => {
  const journey = sampleJourney('NIGHTJAR_PRIVACY_PICTURES', makeKey);

  test('a reviewer sets a limit; without it nothing can be released', async () => {
    const { page } = journey().session;
    await journey().session.goTo('/privacy');
    await page.getByText('No limit is set yet: nothing can be released.').waitFor();
    await page.getByText('Nothing was asked for yet.').waitFor();
    await journey().looksRight('requests-empty');
    await setLimit(page, journey().home, '3', '0.000001');
    await page.getByText('ε 3 left of 3').waitFor();
  });

  test('what is missing is said, and what it costs is shown before it is asked', async () => {
    const { page } = journey().session;
    await composeCount(page);
    await page.getByText('The query says no "groupsPerActor".').waitFor();
    await journey().looksRight('compose-missing');
    await page.getByRole('textbox', { name: 'Groups per actor' }).fill('2');
    await page.getByText('5 groups, all of them released, zeros included.').waitFor();
    // Laplace of scale 2 / 0.5 = 4: P(|X| > 11) = 2 e^(-12/4) / (1 + e^(-1/4)) = 0.056, P(|X| > 12) = 0.044.
    await page.getByText('±12 actors').waitFor();
    await page
      .getByRole('img', { name: /^Spent before ε 0; this release ε 0.5; after it ε 0.5; limit ε 3/u })
      .waitFor();
    await journey().looksRight('compose');
    const cost = page.getByRole('region', { name: 'What is known before it is asked' });
    const parts = [page.getByRole('textbox', { name: 'Declared keys, one a line' }), cost];
    for (const width of await widthsAtDouble(page, parts)) expect(width).toBeGreaterThan(400);
  });

  test('an accuracy is solved for ε', async () => {
    const { page } = journey().session;
    await page.getByRole('button', { name: 'Find ε' }).click();
    const solved = await page.getByText(/^ε [\d.]+: the noise stays within ±50 actors\.$/u).textContent();
    const epsilon = Number(/^ε ([\d.]+)/u.exec(solved ?? '')?.[1]);
    // By the tail 2 q^51 / (1 + q) ≤ 0.05, q = e^(-ε/2): ε is about 0.118.
    expect(epsilon).toBeGreaterThan(0.11);
    expect(epsilon).toBeLessThan(0.125);
    await page.getByText(/finds at most [\d.]+ % of those who are/u).waitFor();
    const field = page.getByRole('textbox', { name: 'ε', exact: true });
    await field.fill('0.5');

    const { line } = journey().session;
    line.hold();
    await page.getByRole('button', { name: 'Find ε' }).click();
    await field.fill('0.25'); // typed since: it stays
    line.release();
    await page.getByText(/^ε [\d.]+: the noise stays within ±50 actors\.$/u).waitFor();
    expect(await field.inputValue()).toBe('0.25');
    await page.getByRole('textbox', { name: 'Give me ± %' }).fill('6');
    expect(await page.getByText(/the noise stays within ±50/u).count()).toBe(0); // that was another question
    await page.getByRole('textbox', { name: 'Give me ± %' }).fill('5');
    await field.fill('0.5');
  });

  test('asked, approved with a key and a typed word, and released with intervals', async () => {
    const { page } = journey().session;
    await page.getByRole('textbox', { name: 'Purpose' }).fill('How many people of each country, for the yearly report');
    await page.getByRole('button', { name: 'Ask for this release' }).click();
    await page.getByRole('heading', { name: 'Count of actors by country' }).waitFor();
    await page.getByRole('tab', { name: 'Requests · 1 open' }).waitFor();
    await journey().looksRight('request-pending');
    await page.getByRole('button', { name: 'Approve …' }).click();
    await journey().looksRight('approve');
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Spend and release' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await approve(page, journey().home);
    expect(await page.getByText('ε 2.5 left of 3').count()).toBe(1); // as soon as the dialog is gone
    await page.getByRole('heading', { name: 'Released', exact: true }).waitFor();
    await page
      .getByRole('rowheader')
      .or(page.getByRole('cell', { name: 'DE', exact: true }))
      .first()
      .waitFor();
    await journey().looksRight('released');
    await page.getByText('ε 2.5 left of 3').waitFor();
  });

  test('the same question again has the same answer and costs nothing', async () => {
    const { page } = journey().session;
    await openTab(page, 'Compose a release');
    await page.getByRole('button', { name: 'Ask for this release' }).click();
    await page.getByRole('heading', { name: 'Released', exact: true }).waitFor();
    expect(await page.getByText('ε 2.5 left of 3').count()).toBe(1);
  });

  test('the ledger has grown by one debit and is whole', async () => {
    const { page } = journey().session;
    await openTab(page, 'Ledger');
    await page.getByText(/^The ledger is whole: 5 lines/u).waitFor();
    await page.getByText(/Approved and spent by the key of Rita Reviewer/u).waitFor();
    await page.getByText('Limit set to ε 3, δ 1e-6, by the key of Rita Reviewer.').waitFor();
    await journey().looksRight('ledger');
  });

  test('a request beyond what is left says so before a key is asked for', async () => {
    const { page } = journey().session;
    await openTab(page, 'Compose a release');
    await page.getByRole('textbox', { name: 'ε', exact: true }).fill('2.8');
    const ask = page.getByRole('button', { name: 'Ask for this release' });
    await eventually(() => ask.isEnabled()).toBe(true);
    journey().session.line.hold();
    await ask.click();
    await openTab(page, 'Ledger'); // who looks at something else is led to nothing
    journey().session.line.release();
    const messages = page.getByRole('region', { name: 'Messages' });
    await messages.getByText('Asked. Nothing is spent until a reviewer approves it.').waitFor();
    expect(await page.getByRole('tab', { name: 'Ledger', selected: true }).count()).toBe(1);
    await messages.getByRole('button', { name: 'Show it' }).click();
    await page.getByRole('button', { name: 'Approve …' }).waitFor();
    await openTab(page, 'Compose a release');
    await page.getByRole('textbox', { name: 'ε', exact: true }).fill('2.9');
    await ask.click();
    await page.getByRole('tab', { name: 'Requests · 2 open' }).waitFor();
    await journey().session.goTo('/privacy'); // nobody chose the newest: decided, it stays the one that is looked at
    await refuse(page, journey().home, 'far more than is left');
    await page.getByText('Refused, nothing was spent. Reason: far more than is left').waitFor();
    await page.getByRole('navigation', { name: 'Requests' }).getByRole('button', { name: /ε 2.8/u }).click();
    await page.getByRole('button', { name: 'Approve …' }).click();
    await page.getByRole('dialog').getByText('It asks for ε 2.8, and ε 2.5 is left').waitFor();
    await page.keyboard.press('Escape');
    await refuse(page, journey().home, 'more than is left');
    await openTab(page, 'Compose a release');
    await page.getByRole('textbox', { name: 'ε', exact: true }).fill('0.5');
    await openTab(page, 'Requests');
    await page
      .getByRole('navigation', { name: 'Requests' })
      .getByRole('button', { name: /released/u })
      .click();
  });

  test('the exported file verifies, and a changed one does not', async () => {
    const { page } = journey().session;
    await openTab(page, 'Requests');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export signed JSON' }).click();
    const path = join(journey().home.directory, 'release.json');
    await (await download).saveAs(path);
    await openTab(page, 'Verify a file');
    await journey().looksRight('verify-empty');
    await chooseBy(page, 'Choose a release file', path);
    await page.getByText('The release holds together.').waitFor();
    await journey().looksRight('verified');
    const changed = readFileSync(path, 'utf8').replace('yearly report', 'daily report');
    const other = join(journey().home.directory, 'changed.json');
    writeFileSync(other, changed);
    await chooseBy(page, 'Choose a release file', other);
    await page.getByText('The release does not hold together.').waitFor();
    await page.getByText('The signature is not of this key, or the file was changed.').waitFor();
    await page.getByText('Use none of its numbers.').waitFor();
    await page.getByRole('heading', { name: 'What it says, and nobody vouches for' }).waitFor();
    await journey().looksRight('tampered');
  });

  test('a private forest is asked for, refused, asked for anew, approved, and checked as a file', async () => {
    const { page } = journey().session;
    await composeForest(page, '0.5');
    // 50 trees of 2^5 leaves; an actor is in one leaf of each: Laplace of scale 50 / 0.5.
    await page.getByText(/^Each of 1,600 counts has noise of its own \(discrete Laplace, scale 100\)/u).waitFor();
    await journey().looksRight('compose-forest');
    await page.getByRole('textbox', { name: 'Purpose' }).fill('A partner scores its own log');
    await page.getByRole('button', { name: 'Ask for this release' }).click();
    await page.getByRole('heading', { name: 'Private forest to share' }).waitFor();
    await page.getByRole('cell', { name: '0, 10, 100, 1000', exact: true }).waitFor();
    await journey().looksRight('forest-pending');
    await refuse(page, journey().home, 'The bounds are too fine for so small an ε.');
    await page.getByText('Refused, nothing was spent. Reason: The bounds are too fine for so small an ε.').waitFor();
    await page.getByText('ε 2.5 left of 3').waitFor();

    await openTab(page, 'Compose a release');
    await page.getByRole('textbox', { name: 'ε', exact: true }).fill('1');
    await page.getByText(/discrete Laplace, scale 50\)/u).waitFor();
    await page.getByRole('button', { name: 'Ask for this release' }).click();
    await page.getByText('ε\u00A01, δ\u00A00').first().waitFor();
    await approve(page, journey().home);
    await page.getByRole('heading', { name: 'Released', exact: true }).waitFor();
    await page.getByText('50 trees of depth 5, splits drawn from seed 1', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: 'Export CSV' }).count()).toBe(0);
    await page.getByText('ε 1.5 left of 3').waitFor();
    await journey().looksRight('forest-released');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export signed JSON' }).click();
    const path = join(journey().home.directory, 'forest.json');
    await (await download).saveAs(path);

    await openTab(page, 'Ledger');
    await page.getByText(/^The ledger is whole: 14 lines/u).waitFor();
    await openTab(page, 'Verify a file');
    await chooseBy(page, 'Choose a release file', path);
    await page.getByText('The release holds together.').waitFor();
    await page.getByRole('rowheader', { name: 'Splits' }).waitFor();
    await journey().looksRight('forest-verified');
    const other = join(journey().home.directory, 'other-forest.json');
    const text = readFileSync(path, 'utf8');
    // A split moved: the trees are no longer those of the settings.
    writeFileSync(other, text.replace(/"threshold":\[[\d.]+/u, '"threshold":[0.125'));
    await chooseBy(page, 'Choose a release file', other);
    await page.getByText('The release does not hold together.').waitFor();
    await page.getByText('Its trees are not those of its settings: nothing of it is shown.').waitFor();
    // A partner scores with the file, and the command line finds the same of it.
    expect(journey().home.run('release', 'verify', path)).toContain('The release holds together.');

    await openTab(page, 'Compose a release');
    await page.getByRole('button', { name: 'Start over' }).click();
    await composeCount(page);
    await page.getByRole('textbox', { name: 'Groups per actor' }).fill('2');
    await page.getByRole('textbox', { name: 'Purpose' }).fill('Once more');
    await page.getByText('5 groups, all of them released, zeros included.').waitFor();
  });

  test('with two persons demanded, who asked cannot approve, and may refuse with a reason', async () => {
    const { page } = journey().session;
    await openTab(page, 'Ledger');
    await page.getByRole('button', { name: 'Demand two persons …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Demand two persons' });
    await dialog.getByText('Still needed: a key file.').waitFor();
    await journey().looksRight('two-persons-dialog');
    await chooseBy(page, 'Choose your key file', join(journey().home.directory, KEY));
    await dialog.getByText(KEY).waitFor();
    await dialog.getByRole('button', { name: 'Demand two persons' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Two persons: who asked may not approve.').waitFor();
    await page.getByText(/^Two persons demanded, by the key of Rita Reviewer/u).waitFor();

    await openTab(page, 'Compose a release');
    await page.getByRole('textbox', { name: 'ε', exact: true }).fill('0.75');
    await page.getByRole('button', { name: 'Ask for this release' }).click();
    await page.getByText(/^This case demands two persons. You are .*, who asked/u).waitFor();
    expect(await page.getByRole('button', { name: 'Approve …' }).isDisabled()).toBe(true);
    await journey().looksRight('two-persons');

    await page.getByRole('button', { name: 'Refuse …' }).click();
    const refusal = page.getByRole('dialog', { name: /^Refuse request/u });
    await refusal.getByText('Still needed: a reason, a key file.').waitFor();
    await page.keyboard.press('Escape');
    await refuse(page, journey().home, 'Nobody else is here to approve it.');
    await page.getByText('Refused, nothing was spent. Reason: Nobody else is here to approve it.').waitFor();
    await page.getByText('ε 1.5 left of 3').waitFor();
    await journey().looksRight('refused');
  });

  test('risk is assessed by counts and shares, with suggestions', async () => {
    const { page } = journey().session;
    await openTab(page, 'Risk');
    const known = page.getByRole('group', { name: 'What an attacker may know' }).last();
    await known.locator('label').nth(0).click();
    await known.locator('label').nth(1).click();
    await journey().looksRight('risk-empty');
    await page.getByRole('button', { name: 'Assess the risk', exact: true }).click();
    await page.getByRole('heading', { name: 'Before and after' }).waitFor();
    await eventually(() => page.getByRole('table').first().innerText()).toContain('Smallest group (k)');
    await journey().looksRight('risk');
    await page.getByText('What suggestions cost detection is not measured yet', { exact: false }).waitFor();
  });

  test('an assessment is a job: it is cancelled, goes on while another tab is looked at, and what was found stays', async () => {
    const { page } = journey().session;
    await page.getByRole('textbox', { name: 'Suggestions to measure' }).fill('50');
    await page.getByRole('button', { name: 'Assess the risk', exact: true }).click();
    const job = page.getByRole('region', { name: 'Assess re-identification risk' });
    await job.getByText('Rank anew', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Assess the risk', exact: true }).isDisabled()).toBe(true);
    await journey().looksRight('risk-busy');
    await openTab(page, 'Ledger');
    await openTab(page, 'Risk');
    await job.getByRole('button', { name: 'Cancel' }).click();
    await job.getByText(/^Cancelled\. Nothing was found out/u).waitFor();
    await page.getByRole('heading', { name: 'Before and after' }).waitFor();
    await journey().looksRight('risk-cancelled');
    await job.getByRole('button', { name: 'Dismiss' }).click();
  }, 60_000);

  test('what suggestions cost detection is measured and drawn, the case as it is among them', async () => {
    const { page } = journey().session;
    await page.getByRole('textbox', { name: 'Suggestions to measure' }).fill('2');
    await page.getByRole('button', { name: 'Assess the risk', exact: true }).click();
    const plot = page.getByRole('img', { name: 'Actors at risk against ROC AUC' });
    await plot.waitFor({ timeout: 120_000 });
    const width = (await plot.boundingBox())?.width ?? 0;
    const dots = await plot.locator('circle').evaluateAll((all) => all.map((each) => Number(each.getAttribute('cx'))));
    expect(dots.length).toBe(3);
    expect(dots.every((x) => x >= 0 && x <= width)).toBe(true);
    await page.getByRole('cell', { name: 'as it is', exact: true }).waitFor();
    await page
      .getByRole('cell', { name: /^0\.9\d\d → 0\.[5-9]\d\d$/u })
      .first()
      .waitFor();
    await journey().looksRight('risk-measured');
  }, 180_000);

  test('an audit is a job: it is cancelled, goes on while another tab is looked at, and is drawn', async () => {
    const { page } = journey().session;
    await openTab(page, 'Audit');
    await journey().looksRight('audit-empty');
    await page.getByRole('textbox', { name: 'Releases of each' }).fill('20000');
    await page.getByRole('button', { name: 'Start the audit' }).click();
    const job = page.getByRole('region', { name: 'Audit the release path' });
    await job.getByRole('progressbar').first().waitFor();
    expect(await page.getByRole('button', { name: 'Start the audit' }).isDisabled()).toBe(true);
    await job.getByRole('button', { name: 'Cancel' }).click();
    await job.getByText(/^Cancelled\. An audit that did not run to its end proves nothing/u).waitFor();
    await page.getByRole('textbox', { name: 'Releases of each' }).fill('100');
    await page.getByRole('button', { name: 'Start the audit' }).click();
    await job.getByRole('progressbar').first().waitFor();
    await openTab(page, 'Ledger');
    await page.getByRole('button', { name: 'Audit the release path: done' }).waitFor({ timeout: 120_000 });
    await page.getByRole('status').filter({ hasText: 'Done: Audit the release path' }).waitFor();
    await openTab(page, 'Audit');
    // One run with 2,000 canaries proves about 0.75 of a claimed 1; an honest path is refuted once in twenty audits.
    await page.getByText(/^(?:No claim is refuted, at 95 % confidence|A claim is refuted)/u).waitFor();
    const plot = page.getByRole('img', { name: 'Lower bounds of the privacy loss beside the claims' });
    expect(await plot.locator('rect').count()).toBe(8);
    await journey().looksRight('audit');
  }, 180_000);

  test('in high contrast, the app’s own and the system’s, what is chosen and spent is still told', async () => {
    const { page } = journey().session;
    await page.emulateMedia({ forcedColors: 'active' });
    await openTab(page, 'Compose a release');
    await page.getByRole('heading', { name: 'What it costs' }).waitFor();
    const [bar, ground] = await page.evaluate<string[]>(`(() => {
      const gauge = document.querySelector('[role="img"][aria-label^="Spent before"]');
      return [gauge.lastElementChild, gauge].map((each) => getComputedStyle(each).backgroundColor);
    })()`);
    expect(bar).not.toBe(ground);
    await journey().looksRight('forced-colors');
    await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
    await eventually(() => page.locator('html').getAttribute('data-theme')).toBe('high-contrast');
    await journey().looksRight('high-contrast');
    await openTab(page, 'Requests');
    await journey().looksRight('high-contrast-requests');
    await page.emulateMedia({ contrast: 'no-preference' });
  });

  test('the page complained about nothing', async () => {
    await journey().session.end();
  });
});
