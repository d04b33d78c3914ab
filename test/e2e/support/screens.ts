import { join } from 'node:path';
import type { Page } from 'playwright';
import type { Home } from './app.ts';
import { chooseFiles, mapField } from './import.ts';
import { writeDoorLog } from './logs.ts';
import { queueOf } from './queue.ts';
import { settled } from './settled.ts';
import type { Visit } from './visit.ts';

export type Screen = {
  readonly name: string;
  /** Leads there from wherever the page is, and waits until all is drawn. */
  readonly show: (session: Visit, home: Home) => Promise<void>;
};

/** Screens and their states without an open case, in an order in which each can be reached. */
export const WITHOUT_CASE: readonly Screen[] = [
  { name: 'start-empty', show: async (session) => await at(session, '/', 'heading', /logs that must not leave/u) },
  { name: 'import-empty', show: async (session) => await at(session, '/import', 'heading', 'Drop a log here') },
  { name: 'explore-without-case', show: async (session) => await at(session, '/explore', 'heading', /\w/u) },
  { name: 'decisions-without-case', show: async (session) => await at(session, '/decisions', 'heading', /\w/u) },
  { name: 'run-without-case', show: async (session) => await at(session, '/run', 'heading', /\w/u) },
  { name: 'nowhere', show: async (session) => await at(session, '/nowhere', 'heading', 'There is no such screen.') },
  {
    name: 'import-problem',
    show: async (session, home) => {
      const log = join(home.directory, 'doors.csv');
      writeDoorLog(log);
      await session.goTo('/import');
      await chooseFiles(session.page, log);
      await session.page.getByText('No column says who acted.').first().waitFor();
    },
  },
  {
    name: 'import-mapped',
    show: async ({ page }) => {
      await mapField(page, 'Ausweis', 'actor_id');
      await mapField(page, 'Tür', 'object_id');
      await mapField(page, 'Einlass', 'outcome');
      await page.getByText('No column says who acted.').first().waitFor({ state: 'detached' });
      await page.getByText('Reading it again').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'import-select-open',
    show: async ({ page }) => {
      await page.getByRole('button', { name: 'What happens to Zeitpunkt' }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'import-rows',
    show: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: /^First rows/u }).click();
    },
  },
];

/** With the ranked sample case. */
export const WITH_CASE: readonly Screen[] = [
  { name: 'start', show: async (session) => await at(session, '/', 'heading', 'Recent cases') },
  { name: 'import', show: async (session) => await at(session, '/import', 'heading', /^Add files to/u) },
  {
    name: 'import-quarantine',
    show: async ({ page }) => await page.getByRole('tab', { name: /^Quarantine/u }).click(),
  },
  { name: 'decisions-empty', show: async (session) => await at(session, '/decisions', 'heading', /\w/u) },
  { name: 'run', show: async (session) => await at(session, '/run', 'heading', /\w/u) },
  { name: 'gallery', show: async (session) => await at(session, '/gallery', 'heading', 'Gallery') },
  {
    name: 'explore-nobody',
    show: async (session) => {
      await session.goTo('/explore');
      await queueOf(session.page).rows.nth(5).waitFor();
    },
  },
  {
    name: 'explore',
    show: async ({ page }) => {
      await queueOf(page).rows.nth(1).locator('code').first().click();
      await inspected(page);
    },
  },
  {
    name: 'explore-decided',
    show: async ({ page }) => {
      const inspector = page.getByRole('region', { name: 'Inspector' });
      for (const [row, verdict, kind, note] of DECIDED) {
        await queueOf(page).rows.nth(row).locator('code').first().click();
        await inspected(page);
        await inspector.getByRole('button', { name: verdict }).click();
        await queueOf(page).rows.nth(row).getByText(verdict).waitFor();
        await queueOf(page).rows.nth(row).locator('code').first().click();
        await inspector.getByText(/^Decided/u).waitFor();
        await inspector.getByRole('combobox', { name: 'Kind' }).fill(kind);
        await inspector.getByRole('textbox', { name: 'Note' }).fill(note);
        await queueOf(page).rows.nth(row).getByText(kind).waitFor();
      }
      await queueOf(page).rows.nth(0).locator('code').first().click();
      await inspected(page);
      await closeToasts(page);
    },
  },
  {
    name: 'explore-filtered',
    show: async ({ page }) => {
      await page
        .getByRole('button', { name: /^token_request/u })
        .first()
        .click();
      await page.getByRole('list', { name: 'Filters' }).waitFor();
      await settled(page);
    },
  },
  {
    name: 'explore-none',
    show: async ({ page }) => {
      await page.getByRole('searchbox', { name: 'Find a pseudonym' }).fill('nobody-is-called-this');
      await page.getByText('Nobody matches these filters').waitFor();
    },
  },
  {
    name: 'explore-table-twin',
    show: async ({ page }) => {
      await page.getByRole('button', { name: 'Clear all filters' }).click();
      await queueOf(page).rows.nth(5).waitFor();
      await page.getByRole('button', { name: /table/iu }).first().click();
    },
  },
  { name: 'decisions', show: async (session) => await at(session, '/decisions', 'heading', /\w/u) },
  {
    name: 'reranked',
    show: async ({ page }) => {
      await page.getByRole('button', { name: 'Rank again by verdicts' }).click();
      await page.getByRole('dialog').getByRole('table').first().waitFor();
      await settled(page);
    },
  },
  {
    name: 'explore-after-verdicts',
    show: async ({ page }) => {
      await page.getByRole('button', { name: 'Show the new order' }).click();
      await queueOf(page).rows.nth(5).waitFor();
      await settled(page);
    },
  },
  {
    name: 'explore-review',
    show: async ({ page }) => {
      await page.getByRole('slider', { name: /^Ordinary actors/u }).fill('50');
      await page.getByText('Where this comes from').click();
      await settled(page);
    },
  },
  {
    name: 'groups',
    show: async ({ page }) => {
      await page.getByRole('button', { name: /^Groups/u }).click();
      await page.getByRole('heading', { name: /^Group 1:/u }).waitFor();
      await settled(page);
    },
  },
  {
    name: 'run-after-verdicts',
    show: async (session) => {
      await at(session, '/run', 'heading', 'How sure the numbers are');
      await session.page.getByRole('heading', { name: 'How sure the numbers are' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'keys',
    show: async ({ page }) => {
      await page.getByRole('button', { name: 'Keys' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'palette',
    show: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Commands' }).waitFor();
    },
  },
  {
    name: 'jobs',
    show: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('contentinfo', { name: 'Status' }).getByRole('button').first().click();
      await page.getByRole('dialog', { name: 'Jobs' }).waitFor();
    },
  },
  {
    name: 'mode',
    show: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Browser mode' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];

const DECIDED = [
  [0, 'Abuse', 'ring', 'Touches what the others of its group touch, within the hour, day after day.'],
  [1, 'Benign', 'class', 'A school class that works on the same exercise. Asked the customer.'],
  [2, 'Unsure', 'class?', 'Like the second, but nobody knows the account. Ask on Monday.'],
] as const;

const closeToasts = async (page: Page): Promise<void> => {
  const toasts = page.getByRole('button', { name: 'Close message' });
  while ((await toasts.count()) > 0) await toasts.first().click();
};

const at = async (session: Visit, screen: string, role: 'heading', name: string | RegExp): Promise<void> => {
  await session.page.keyboard.press('Escape');
  await session.goTo(screen);
  await session.page.getByRole('main').getByRole(role, { name }).first().waitFor();
};

/** The inspector with its reasons, plots and events; nothing is on its way any more. */
const inspected = async (page: Page): Promise<void> => {
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await inspector.getByRole('heading', { name: 'Events', exact: true }).waitFor();
  await inspector.getByText('explaining').waitFor({ state: 'detached' });
  await settled(page);
};
