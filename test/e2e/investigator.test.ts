import type { Page } from 'playwright';
import { beforeAll, expect, test } from 'vitest';
import { describeInChromium } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { sampleJourney } from './support/journey.ts';
import { queueOf } from './support/queue.ts';

const ROW_PX = 28;

describeInChromium('a day in front of the queue', () => {
  const journey = sampleJourney('NIGHTJAR_INVESTIGATOR_PICTURES', () => undefined);
  let page: Page;
  beforeAll(() => {
    ({ page } = journey().session);
  });

  const toolbar = () => page.getByRole('toolbar', { name: 'Queue' });
  const filters = () => page.getByRole('list', { name: 'Filters' });
  const inspector = () => page.getByRole('region', { name: 'Inspector' });
  const note = () => inspector().getByRole('textbox', { name: 'Note' });
  const actor = () => inspector().getByRole('heading', { level: 2 });
  const scrolled = () => queueOf(page).grid.evaluate((grid) => grid.scrollTop);
  const orderBy = async (name: string): Promise<void> => {
    await toolbar().getByRole('button', { name: /Order/u }).click();
    await page.getByRole('option', { name }).click();
  };
  const scrollTo = async (row: number): Promise<void> => {
    await queueOf(page).grid.hover();
    await page.mouse.wheel(0, row * ROW_PX);
    await eventually(() => page.url()).toContain(`row=${row}`);
  };
  const start = async (): Promise<void> => {
    await journey().session.goTo('/explore');
    await eventually(() => toolbar().innerText()).toContain('2,021 actors');
    await eventually(scrolled).toBe(0);
  };

  test('another order begins at its top; back leads to the place in the list that was left', async () => {
    await scrollTo(300);
    await orderBy('By events');
    await eventually(scrolled).toBe(0);
    await eventually(() => queueOf(page).rows.first().innerText()).not.toMatch(/^1\n/u); // the busiest actor is not the first
    await page.getByRole('button', { name: /^login/u }).click();
    await eventually(() => toolbar().innerText()).toMatch(/of 2,021/u);
    await scrollTo(100);
    await page.keyboard.press('t');
    await page.getByRole('grid', { name: 'Groups of twins' }).waitFor();
    await page.keyboard.press('t');
    await eventually(scrolled).toBe(100 * ROW_PX);

    for (let steps = 0; steps < 4; steps++) await page.goBack();
    await eventually(scrolled).toBe(300 * ROW_PX);
    await eventually(() => page.url()).toContain('row=300');
  });

  test('the way to another screen and back keeps filters, order, actor and place', async () => {
    await start();
    await page.getByRole('button', { name: /^login/u }).click();
    await orderBy('By events');
    await scrollTo(50);
    await queueOf(page).rows.nth(15).click();
    await eventually(() => page.url()).toContain('actor=');
    const address = page.url();
    await page.getByRole('link', { name: 'Decisions' }).click();
    await page.getByRole('grid', { name: 'Decisions' }).waitFor();
    await page.getByRole('link', { name: 'Explore' }).click();
    await eventually(() => page.url()).toBe(address);
    await eventually(() => filters().innerText()).toContain('did login');
    await eventually(scrolled).toBe(50 * ROW_PX);
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByRole('grid', { name: 'Decisions' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await eventually(() => page.url()).toBe(address);
  });

  test('of an actor that is alike the queue says first of which group it is, and shows its members at a click', async () => {
    await start();
    const chip = queueOf(page)
      .rows.first()
      .getByRole('button', { name: /^group/u });
    const others = Number.parseInt((await chip.locator('b').innerText()).replaceAll(',', ''), 10);
    await chip.click();
    await eventually(() => toolbar().innerText()).toContain(`${others + 1} of 2,021`);
    const group = /^\D*(\d+)/u.exec(await chip.innerText())?.[1];
    await filters().getByText(`twins of group ${group}`).waitFor();
    await queueOf(page)
      .rows.first()
      .getByRole('button', { name: /^group/u })
      .click();
    await eventually(() => toolbar().innerText()).toContain('2,021 actors');
  });

  test('three keys in a row decide about three actors', async () => {
    await start();
    await queueOf(page).rows.first().click();
    const three = await queueOf(page).rows.locator('code').allInnerTexts();
    await eventually(() => actor().textContent()).toBe(three[0]);
    for (let key = 0; key < 3; key++) await page.keyboard.press('3', { delay: 30 });
    await eventually(() => actor().textContent()).toBe(three[3]);
    for (const one of three.slice(0, 3)) await eventually(() => queueOf(page).verdictOf(one)).toContain('Unsure');
    expect(await queueOf(page).verdictOf(three[3] ?? '')).not.toContain('Unsure');
  });

  test('a note is not lost by going back, and a reload asks about it', async () => {
    await start();
    await queueOf(page).rows.nth(12).click();
    await queueOf(page).rows.nth(14).click();
    const written = (await queueOf(page).rows.nth(14).locator('code').textContent()) ?? '';
    await eventually(() => actor().textContent()).toBe(written);
    await eventually(() => note().isEditable()).toBe(true);
    await page.keyboard.press('n');
    await page.keyboard.type('two accounts, one phone');
    await page.goBack();
    await eventually(() => queueOf(page).verdictOf(written)).toContain('has a note');
    await queueOf(page).rows.nth(14).click();
    await eventually(() => note().inputValue()).toBe('two accounts, one phone');

    await note().fill('half a sent');
    const asked = page.waitForEvent('dialog');
    const reloading = page.reload({ timeout: 3000 }).catch(() => 'stayed');
    expect((await asked).type()).toBe('beforeunload');
    expect(await reloading).toBe('stayed'); // the question is answered with no
    expect(await note().inputValue()).toBe('half a sent');
    await page.keyboard.press('Escape');
    await eventually(() => page.getByRole('contentinfo', { name: 'Status' }).innerText()).toContain('All saved');
    await page.reload();
    await eventually(() => note().inputValue()).toBe('half a sent');
  });

  test('a note typed before the details of somebody decided have come is put under the one there was', async () => {
    const { line } = journey().session;
    await journey().session.goTo('/explore');
    await page.reload(); // nothing is known of anybody
    await queueOf(page).rows.nth(14).waitFor();
    line.hold();
    await queueOf(page).rows.nth(14).click();
    await page.keyboard.press('n');
    await page.keyboard.type('and a friend');
    line.release();
    await eventually(() => note().inputValue()).toBe('half a sent\nand a friend');
    await page.keyboard.press('Escape');
    await eventually(() => page.getByRole('contentinfo', { name: 'Status' }).innerText()).toContain('All saved');
    expect(await note().inputValue()).toBe('half a sent\nand a friend');

    await journey().session.goTo('/explore');
    await page.reload();
    await queueOf(page).rows.nth(14).waitFor();
    line.hold();
    await queueOf(page).rows.nth(14).click();
    await page.keyboard.press('n');
    await page.keyboard.type('who moved on');
    await queueOf(page).rows.nth(12).click();
    line.release();
    await eventually(() => page.getByRole('contentinfo', { name: 'Status' }).innerText()).toContain('All saved');
    await queueOf(page).rows.nth(14).click();
    await eventually(() => note().inputValue()).toBe('half a sent\nand a friend\nwho moved on');
    await page.keyboard.press('n');
    await page.keyboard.type('!');
    expect(await note().inputValue()).toBe('half a sent\nand a friend\nwho moved on!');
    await page.keyboard.press('Escape');

    // Details from before the note, which are being read again, do not say that there is none.
    await queueOf(page).rows.nth(16).click();
    await inspector()
      .getByRole('heading', { name: /^Detectors/u })
      .waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('a first thought');
    line.hold();
    await page.keyboard.press('Escape');
    await queueOf(page).rows.nth(12).click();
    line.release();
    await eventually(() => page.getByRole('contentinfo', { name: 'Status' }).innerText()).toContain('All saved');
    await eventually(() => queueOf(page).rows.nth(16).textContent()).toContain('has a note');
    line.hold();
    await queueOf(page).rows.nth(16).click();
    await page.keyboard.press('n');
    await page.keyboard.type('a second');
    line.release();
    await eventually(() => note().inputValue()).toBe('a first thought\na second');
    await page.keyboard.press('Escape');

    await inspector().getByRole('button', { name: 'Save as CSV' }).click();
    await page.getByText(/^\d+ events saved/u).waitFor();
    await page.getByRole('button', { name: 'Close message' }).click();
  });

  const focused = () =>
    page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.tagName');
  const press = async (button: ReturnType<Page['locator']>): Promise<void> => {
    await button.focus();
    await page.keyboard.press('Enter');
  };

  test('the focus is never lost when what had it goes away', async () => {
    await start();
    await press(page.getByRole('button', { name: /^login/u }));
    await press(page.getByRole('button', { name: /^view/u }));
    await press(page.getByRole('button', { name: 'Remove filter: did view' }));
    await eventually(focused).toBe('Filters');
    await press(page.getByRole('button', { name: 'Clear all' }));
    await eventually(focused).toBe('What is shown');

    await queueOf(page).grid.focus();
    await page.keyboard.press('x');
    await press(page.getByRole('toolbar', { name: 'Selected actors' }).getByRole('button', { name: 'Benign' }));
    await eventually(focused).toBe('Findings');
    await press(page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }));
    await page.getByText(/^Undone/u).waitFor();
    await eventually(focused).toBe('Findings');

    await press(inspector().getByRole('button', { name: /^Abuse/u })); // decide & next: another actor's buttons
    await eventually(focused).toBe('Inspector');
    await press(inspector().getByRole('button', { name: 'Close inspector' }));
    await eventually(focused).toBe('Queue of findings');
    await page.keyboard.press('t');
    await page.getByRole('grid', { name: 'Groups of twins' }).waitFor();
    await eventually(focused).toBe('MAIN');
    await press(page.getByRole('toolbar', { name: 'Group' }).getByRole('button', { name: 'Take back' })); // of all of them: it is out of use then
    await eventually(focused).toBe('Group');
  });

  test('a run without the detector that the queue was sorted by is shown by rank, never in rows of the run before', async () => {
    await start();
    await page.getByRole('button', { name: 'Queue', exact: true }).click();
    await orderBy('Lockstep');
    await eventually(() => toolbar().getByRole('button', { name: /Order/u }).innerText()).toContain('Lockstep');
    await journey().session.goTo('/run');
    const settings = page.getByRole('complementary', { name: 'Rank again' });
    const labels = await settings
      .locator('label')
      .filter({ has: page.locator('input:checked') })
      .allInnerTexts();
    expect(labels.length).toBeGreaterThan(5);
    for (const label of labels.slice(1)) await settings.getByText(label.trim(), { exact: true }).click();
    await settings.getByRole('button', { name: 'Rank again', exact: true }).click();
    await settings.getByRole('textbox', { name: 'Seed' }).fill('77'); // for the run after this one: it stays
    await page.getByRole('contentinfo', { name: 'Status' }).getByText('Rank everybody: done').waitFor();
    const detectors = page.getByRole('region', { name: 'Run', exact: true }).locator('dd').nth(2);
    await eventually(() => detectors.innerText()).not.toContain('Lockstep'); // the new run is what is shown
    expect(await settings.getByRole('textbox', { name: 'Seed' }).inputValue()).toBe('77');
    await page.goBack();
    await eventually(() => toolbar().getByRole('button', { name: /Order/u }).innerText()).toContain('By rank');
    await queueOf(page).rows.first().click();
    const [first = ''] = (await queueOf(page).rows.first().locator('code').allInnerTexts()) ?? [];
    await eventually(() => inspector().innerText()).toMatch(new RegExp(`^${first}\\s+#1 of 2,021`, 'u'));
  });

  test('beside the inspector a reason shows its value, and no message lies over the row that is decided about', async () => {
    await start();
    await queueOf(page).rows.first().click();
    await actor().waitFor();
    const values = queueOf(page).rows.locator('button > b');
    const cut = await values.evaluateAll((all) =>
      all.filter((value) => {
        const edge = value.closest('[role="gridcell"]')?.getBoundingClientRect();
        const { top, right, bottom } = value.getBoundingClientRect();
        return edge === undefined || right > edge.right || top < edge.top || bottom > edge.bottom;
      }),
    );
    expect(await values.count()).toBeGreaterThan(5);
    expect(cut).toEqual([]);

    for (let row = 0; row < 16; row++) await page.keyboard.press('j', { delay: 20 });
    await page.keyboard.press('3');
    const told = page.getByRole('region', { name: 'Messages' });
    await told
      .getByText(/marked unsure/u)
      .first()
      .waitFor();
    const below = (await queueOf(page).grid.boundingBox()) ?? { y: 0, height: Number.POSITIVE_INFINITY };
    expect((await told.boundingBox())?.y).toBeGreaterThanOrEqual(below.y + below.height);
    await page.keyboard.press('Control+z');
    await told.getByText(/^Undone/u).waitFor();
  });

  test('the palette goes with its screen', async () => {
    await start();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByRole('heading', { level: 1, name: /Decisions/u }).waitFor();
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Commands' });
    await palette.waitFor();
    await page.goBack();
    await palette.waitFor({ state: 'detached' });
    await toolbar().waitFor();
  });

  test('the palette closes at the first Esc, whatever was typed', async () => {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Commands' });
    await palette.waitFor();
    await page.keyboard.type('rank');
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
  });

  test('at 200 % nothing is reached sideways: parts stand below each other, each as wide as the window', async () => {
    await start();
    await page.setViewportSize({ width: 640, height: 400 }); // of 1280 × 800
    await queueOf(page).grid.focus();
    await page.keyboard.press('j');
    await actor().waitFor();
    const main = page.getByRole('main');
    const sideways = await main.evaluate((shown) =>
      [...shown.querySelectorAll('*')]
        .filter((part) => part.scrollWidth > part.clientWidth + 1)
        .filter((part) => part.closest('[aria-label="Inspector"] [role="grid"]') === null) // events, a table of any width
        .filter((part) => /auto|scroll/u.test(part.ownerDocument.defaultView?.getComputedStyle(part).overflowX ?? ''))
        .map((part) => part.getAttribute('aria-label') ?? part.className),
    );
    expect(sideways).toEqual([]);
    for (const name of ['Findings', 'Inspector'])
      expect((await page.getByRole('region', { name }).boundingBox())?.width).toBeGreaterThan(500);
    await page.keyboard.press('Enter');
    const top = async (): Promise<number> => (await inspector().boundingBox())?.y ?? Number.POSITIVE_INFINITY;
    await eventually(top).toBeLessThan(300);
    await page.keyboard.press('Escape'); // and back to where keys of the queue are
    await eventually(async () => (await queueOf(page).grid.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('in the system’s colours what is chosen is still told', async () => {
    await start();
    await queueOf(page).rows.first().click();
    await page.emulateMedia({ forcedColors: 'active' });
    const edgeOf = (chosen: ReturnType<Page['locator']>): Promise<string> =>
      chosen.evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).outlineStyle ?? '');
    expect(await edgeOf(page.getByRole('button', { name: 'Queue', exact: true }))).toBe('solid');
    expect(await edgeOf(page.getByRole('button', { name: /^Groups/u }))).toBe('none');
    await page.getByRole('button', { name: 'Queue', exact: true }).focus();
    expect(await edgeOf(queueOf(page).grid.getByRole('row', { selected: true }))).toBe('solid');
    await page.emulateMedia({ forcedColors: 'none' });
  });

  test('the page complained about nothing: it asked once, about a note', () => {
    expect(journey().session.complaints).toEqual(['dialog: beforeunload']);
  });
});
