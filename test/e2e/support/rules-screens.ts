import { openTab } from './privacy.ts';
import { BURST, openPart, writeRule } from './rules.ts';
import type { Screen } from './screens.ts';

/** The rules workspace: empty, written in, measured, compared, suggested, exported, in an order in which each can be reached. */
export const RULES: readonly Screen[] = [
  {
    name: 'rules-empty',
    show: async (session) => {
      await session.page.keyboard.press('Escape'); // what was shown before may lie over it, and makes it inert
      await session.goTo('/rules');
      await session.page.getByText('No rules yet.').waitFor();
    },
  },
  {
    name: 'rules-faulty',
    show: async ({ page }) => {
      await page.getByRole('button', { name: 'Write one' }).click();
      await writeRule(page, BURST.replace('count()', 'cuont()'));
      await page.getByRole('list', { name: 'Problems' }).getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'rules-write',
    show: async ({ page }) => {
      await writeRule(page, BURST);
      const impact = page.getByRole('complementary', { name: 'Impact' });
      await impact.getByText('Actors hit').waitFor();
      await page.locator('aside[aria-busy="false"]').waitFor();
      await impact.locator('svg').first().waitFor();
    },
  },
  {
    name: 'rules-versions',
    show: async ({ page }) => {
      for (const text of [BURST, BURST.replace('>= 12', '>= 15')]) {
        await writeRule(page, text);
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'detached' });
      }
      await openPart(page, /^Versions/u);
      await page.getByText(/no longer, /u).waitFor();
    },
  },
  {
    name: 'rules-backtest',
    show: async ({ page }) => {
      await openPart(page, 'Backtest');
      await page.getByRole('button', { name: 'Run the backtest' }).click();
      await page.getByRole('heading', { name: 'By week' }).waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'rules-suggestions',
    show: async ({ page }) => {
      await openTab(page, 'Suggestions');
      await page.getByRole('button', { name: 'Look for rules', exact: true }).click();
      await page
        .getByRole('tabpanel')
        .getByText(/Actors it had not seen|No rule was found/u)
        .first()
        .waitFor({ timeout: 90_000 });
    },
  },
  {
    name: 'rules-export',
    show: async ({ page }) => {
      await openTab(page, 'Write');
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByRole('dialog', { name: 'Export rules' }).getByRole('navigation', { name: 'Files' }).waitFor();
    },
  },
];
