import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { ROOT, type Home } from './support/app.ts';
import { describeInChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { sampleJourney } from './support/journey.ts';
import { openTab } from './support/privacy.ts';
import { beyond, widthsAtDouble } from './support/overflow.ts';
import { queueOf } from './support/queue.ts';
import { BURST, editorOf, openPart, writeRule } from './support/rules.ts';
import { visit } from './support/visit.ts';

const MOST_IN_TITLE = 200;

/** Rules that the case says were saved. */
const savesIn = (home: Home): number =>
  readFileSync(join(home.directory, 'platform', 'journal.ndjson'), 'utf8').split('"rules.save"').length - 1;

describeInChromium('a rule from finding to export', () => {
  const journey = sampleJourney('NIGHTJAR_RULES_PICTURES');
  const impactOf = () => journey().session.page.getByRole('complementary', { name: 'Impact' });

  /** Whether the page would let a reload happen without asking. */
  const mayLeave = async (): Promise<unknown> =>
    await journey().session.page.evaluate('dispatchEvent(new Event("beforeunload", { cancelable: true }))');

  test('an empty workspace says how to begin', async () => {
    const { page } = journey().session;
    await journey().session.goTo('/rules');
    await page.getByText('No rules yet.').waitFor();
    await journey().looksRight('empty');
  });

  test('a fault is shown under its words with what to do, and completion helps', async () => {
    const { page } = journey().session;
    await page.getByRole('button', { name: 'Write one' }).click();
    await writeRule(page, BURST.replace('count()', 'cuont()'));
    await page.getByRole('list', { name: 'Problems' }).getByText('count').first().waitFor();
    await page.getByText('Whom it hits is shown once the text has no errors.').waitFor();
    await journey().looksRight('faulty');
    await writeRule(page, BURST);
    await page.keyboard.press('Control+End');
    await page.keyboard.type('   and dist');
    await page.getByRole('option', { name: /^distinct/u }).waitFor();
    await journey().looksRight('completion');
    await page.keyboard.press('Escape');
    await writeRule(page, BURST);
  });

  test('what it says in words and whom it hits is shown before it is saved', async () => {
    const { page } = journey().session;
    await page.getByText(/at least 12 events/u).waitFor();
    await impactOf().getByText('Actors hit').waitFor();
    await eventually(() => impactOf().innerText()).toMatch(/Actors hit\s+25\b/u); // of this text, not of the one before
    await impactOf().getByRole('button', { name: 'Show as table' }).waitFor();
    await journey().looksRight('impact');
  });

  test('at 200 % the text and whom it hits stand below each other, as wide as the window', async () => {
    const { page } = journey().session;
    for (const width of await widthsAtDouble(page, [editorOf(page), impactOf()])) expect(width).toBeGreaterThan(400);
  });

  test('keys typed into the text do not drive the app', async () => {
    const { page } = journey().session;
    await editorOf(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# g e j k ? 1');
    expect(page.url()).toContain('/rules');
    await writeRule(page, BURST);
  });

  test('a saved rule has a version, a state and an undo', async () => {
    const { page } = journey().session;
    await page.getByRole('textbox', { name: 'What changed' }).fill('first try');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved as version 1, a draft.').waitFor();
    const list = page.getByRole('navigation', { name: 'Saved rules' });
    await list.getByText('burst_of_events').waitFor();
    await page.getByRole('button', { name: /State/u }).click();
    await page.getByRole('option', { name: /^Shadow/u }).click();
    await list.getByText('Shadow').waitFor();
    await page.getByRole('heading', { name: 'Rules', level: 1 }).click();
    await page.keyboard.press('Control+Z');
    await list.getByText('Draft').waitFor();
    await journey().looksRight('saved');
  });

  test('a change makes a second version; the two are compared line by line and by whom they hit', async () => {
    const { page } = journey().session;
    await writeRule(page, BURST.replace('>= 12', '>= 15'));
    await page.getByText('unsaved changes').first().waitFor();
    expect(await mayLeave()).toBe(false);
    await openPart(page, /^Versions/u);
    await page.getByRole('button', { name: 'Save', exact: true }).click(); // and what is looked at stays
    await page.getByText('Saved as version 2, a draft.').waitFor();
    expect(await mayLeave()).toBe(true);
    await page.getByText('From version 1 to 2').waitFor();
    await page.getByRole('list', { name: 'Lines' }).getByText('when count() >= 15').waitFor();
    await page.getByText(/no longer, /u).waitFor();
    await journey().looksRight('versions');
  });

  test('what is typed while it is saved stays, twice pressed is saved once, and a line that is cut is told', async () => {
    const { page, line } = journey().session;
    const noteField = page.getByRole('textbox', { name: 'What changed' });
    const notices = page.getByRole('region', { name: 'Many events within a minute' }).getByRole('alert');
    await openPart(page, 'Text');
    await writeRule(page, BURST.replace('>= 12', '>= 16'));
    line.hold();
    await page.keyboard.press('Control+s');
    await page.keyboard.press('Control+s');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# and on');
    await noteField.fill('of what comes next');
    line.release();
    await page.getByText('Saved as version 3, a draft.').waitFor();
    await page.getByText('unsaved changes').first().waitFor();
    expect(await noteField.inputValue()).toBe('of what comes next');
    expect(await notices.count()).toBe(0);

    line.hold();
    await page.keyboard.press('Control+s');
    await eventually(() => savesIn(journey().home)).toBe(4); // done, and nobody heard of it
    await line.cut();
    await notices.getByText('The line to Nightjar was cut before the answer came.').waitFor();
    await notices.getByText(/may have been done/u).waitFor();
    await page.getByText('Connected again.').waitFor();
    await page.getByRole('button', { name: 'Close message' }).first().click();
    await page.getByText('version 4', { exact: true }).waitFor();
    expect(await page.getByText('unsaved changes').count()).toBe(0);
    await writeRule(page, BURST.replace('>= 12', '>= 15'));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved as version 5, a draft.').waitFor();

    await editorOf(page).click();
    line.hold();
    const sent = line.sent();
    await page.keyboard.press('Control+Space'); // what could stand here: nobody answers, and nothing is complained about
    await eventually(() => line.sent() > sent).toBe(true);
    await line.cut();
    await page.getByText('Connected again.').waitFor();
    await page.getByRole('button', { name: 'Close message' }).first().click();
  });

  test('a backtest says how often it is right, by week and as another system would run it', async () => {
    const { page } = journey().session;
    await openPart(page, 'Backtest');
    await page.getByRole('button', { name: /As it would run in/u }).click();
    await page
      .getByRole('option', { name: /Splunk/iu })
      .first()
      .click();
    journey().session.line.hold();
    await page.getByRole('button', { name: 'Run the backtest' }).dblclick(); // one job
    journey().session.line.release();
    await page.getByRole('rowheader', { name: 'Precision' }).waitFor({ timeout: 60_000 });
    await page.getByRole('heading', { name: 'By week' }).waitFor();
    await page.getByText(/runs it differently/u).waitFor();
    expect((await page.getByRole('alert').allInnerTexts()).join(' ')).not.toContain('under way');
    await journey().looksRight('backtest');
  });

  test('held against a file of labels, a backtest tells those apart whom suggestions from them hold out', async () => {
    const { page } = journey().session;
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Use a file' }).click();
    await (await chooser).setFiles(join(ROOT, 'samples', 'platform.labels.csv'));
    await page.getByText('platform.labels.csv').waitFor();
    await page.getByRole('button', { name: 'Run the backtest' }).click();
    await page.getByText(/Labels from a file/u).waitFor({ timeout: 60_000 });
    await page.getByRole('columnheader', { name: 'The later 30 %' }).waitFor();
    await page.getByText(/the later 30 % say/u).waitFor();
    const row = page.getByRole('row', { name: /^Precision/u });
    expect(await row.getByRole('cell').count()).toBe(2);
    await journey().looksRight('backtest-labels');
    await page.getByRole('button', { name: 'Use verdicts' }).click();
  });

  test('rules are suggested from verdicts, measured on actors they had not seen, and used as a draft', async () => {
    const { page } = journey().session;
    await openTab(page, 'Suggestions');
    await page.getByRole('button', { name: 'Look for rules', exact: true }).click();
    const first = page.getByRole('list', { name: 'Suggestions' }).getByRole('listitem').first();
    await first.waitFor({ timeout: 120_000 });
    await first.getByRole('rowheader', { name: 'Actors it had not seen' }).waitFor();
    await journey().looksRight('suggestions');
    await page.getByRole('button', { name: /Rules that can run in/u }).click();
    await page
      .getByRole('option', { name: /Splunk/iu })
      .first()
      .click();
    await page.getByText('Nothing was looked for yet.').waitFor(); // what is found for others is no answer
    await page.getByRole('button', { name: 'Look for rules', exact: true }).click();
    await first.waitFor({ timeout: 120_000 });
    expect(await page.getByRole('list', { name: 'Suggestions' }).innerText()).not.toContain('feature(');
    await journey().looksRight('suggestions-for-target');
    await openTab(page, 'Write');
    await openTab(page, 'Suggestions');
    await first.waitFor(); // with its target
    await openTab(page, 'Write');
    await page.getByRole('button', { name: 'New rule', exact: true }).click();
    await writeRule(page, '# half a thought');
    await openTab(page, 'Suggestions');
    await first.getByRole('button', { name: 'Use it' }).click();
    const messages = page.getByRole('region', { name: 'Messages' });
    await messages.getByText('It took the place of the new rule that was not saved.').waitFor();
    await messages.getByRole('button', { name: 'Undo' }).click();
    await eventually(() => editorOf(page).innerText()).toBe('# half a thought');
    await openTab(page, 'Suggestions');
    await first.getByRole('button', { name: 'Use it' }).click();
    await impactOf().getByText('Actors hit').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved as version 1, a draft.').waitFor();
    await journey().looksRight('suggestion-saved');
  });

  test('a finding becomes a rule with two keys', async () => {
    const { page } = journey().session;
    await journey().session.goTo('/explore');
    const queue = queueOf(page);
    await queue.rows.first().click();
    await page.keyboard.press('r');
    await page.getByText(/the actor you chose/u).waitFor();
    await eventually(() => page.evaluate('document.activeElement.textContent')).toBe('Look for rules');
    await page.keyboard.press('Enter');
    await page.getByText('the actor you chose').waitFor();
    await eventually(() =>
      page.getByRole('list', { name: 'Suggestions' }).getByRole('listitem').count(),
    ).toBeGreaterThan(0);
    await journey().looksRight('of-one-actor');
  });

  test('events of an actor become a rule of events', async () => {
    const { page } = journey().session;
    await journey().session.goTo('/explore');
    await queueOf(page).rows.first().click();
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await inspector.getByRole('heading', { name: 'Events', exact: true }).waitFor();
    const make = inspector.getByRole('button', { name: 'Make a rule of these' });
    await make.scrollIntoViewIfNeeded();
    await journey().looksRight('events-of-actor');
    await make.click();
    await page.getByText(/the events of /u).waitFor();
    await journey().looksRight('of-events');
    await page.getByRole('button', { name: 'Look for rules', exact: true }).click();
    const found = page
      .getByRole('list', { name: 'Suggestions' })
      .getByRole('rowheader', { name: 'Events of this case' });
    await found.waitFor({ timeout: 120_000 });
    await journey().looksRight('suggested-of-events');
    await page.getByRole('button', { name: 'Start from verdicts instead' }).click();
    await page.getByText('the actors with the verdict abuse').waitFor();
  });

  test('two rules overlap in a matrix, and a long title keeps to its place', async () => {
    const { page, line } = journey().session;
    await openTab(page, 'Write');
    const title = 'Many events, and more words than anybody reads'.padEnd(MOST_IN_TITLE, ' on and on');
    for (const name of ['at_length', 'at_length_too']) {
      await page.getByRole('button', { name: 'New rule', exact: true }).click();
      await writeRule(page, BURST.replace('burst_of_events "Many events within a minute"', `${name} "${title}"`));
      line.hold();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await openTab(page, 'History'); // and is not led back once it is saved
      line.release();
      await page.getByRole('cell', { name, exact: true }).waitFor();
      await page.getByText('Saved as version 1, a draft.').waitFor();
      expect(await page.getByRole('tab', { name: 'History', selected: true }).count()).toBe(1);
      await openTab(page, 'Write');
      await page.getByRole('navigation', { name: 'Saved rules' }).getByText(name, { exact: true }).click();
    }
    await openTab(page, 'Overlap');
    await page.getByText('Actors that two rules both hit').first().waitFor();
    await page.getByRole('heading', { name: 'Hits per day, by rule' }).waitFor();
    const plots = page.getByRole('region', { name: 'Hits per day, by rule' }).getByRole('group');
    expect(await beyond(plots, 'h3, h3 + span')).toEqual([]);
    await journey().looksRight('overlap');
  });

  test('an export is previewed, checked for what it would give away, and written', async () => {
    const { page } = journey().session;
    await openTab(page, 'Write');
    await page.getByRole('navigation', { name: 'Saved rules' }).getByText('burst_of_events').click();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Export rules' });
    await dialog.getByRole('navigation', { name: 'Files' }).waitFor();
    await dialog.getByText('nothing in these rules gives a single actor away').waitFor();
    await journey().looksRight('export');
    expect(await beyond(dialog.getByRole('group', { name: 'Rules' }).locator('label'), 'span')).toEqual([]);
    const given = page.waitForEvent('download');
    journey().session.line.hold();
    await dialog.getByRole('button', { name: /^Export \d/u }).click();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    journey().session.line.release();
    await given;
    await page.getByText(/files written/u).waitFor();
    expect(await dialog.count()).toBe(1); // the one that was opened since
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: /^Export \d/u }).click();
    const files = unzipSync(readFileSync(await (await download).path()));
    expect(Object.keys(files).some((name) => name.endsWith('.yml'))).toBe(true);
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('cell', { name: 'Saved' }).first().waitFor();
    await journey().looksRight('history');
  });

  test('nothing was complained about', () => {
    expect(journey().session.complaints).toEqual([]);
    expect(journey().session.strangers).toEqual([]);
  });

  test('a reviewer reads what would leave, and sees nobody', async () => {
    const { home, app, browser } = journey();
    await app.close();
    const reviewing = await home.open('platform', '--role', 'reviewer');
    const session = await visit(browser, reviewing);
    const { page, goTo, end } = session;
    await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Rules' }).waitFor();
    await goTo('/rules');
    const list = page.getByRole('navigation', { name: 'Saved rules' });
    await list.getByText('burst_of_events').click();
    await page.getByLabel('Text of the rule').getByText('when count() >= 15').waitFor();
    expect(await page.getByRole('button', { name: 'New rule' }).count()).toBe(0);
    await journey().looksRight('reviewed', session);
    await goTo('/explore');
    await page.getByRole('heading', { name: 'Not for reviewers' }).waitFor();
    await end();
    await reviewing.close();
  });
});
