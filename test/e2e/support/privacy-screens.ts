import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { approve, chooseBy, composeCount, composeForest, openTab, refuse, setLimit } from './privacy.ts';
import { settled } from './settled.ts';
import type { Screen } from './screens.ts';

const TABS = {
  risk: 'Risk',
  compose: 'Compose a release',
  requests: /^Requests/u,
  ledger: 'Ledger',
  verify: 'Verify a file',
  audit: 'Audit',
} as const;

/** What stands on a tab as soon as there is something to look at. */
const FIRST_WORDS = {
  risk: 'Choose what an attacker may know.',
  compose: 'What it costs',
  ledger: 'The ledger is empty.',
  verify: 'Check a release file',
  audit: 'Start the audit',
} as const;

/** The workspace of the privacy reviewer, its tabs first empty and then in use, in an order in which each can be reached. */
export const PRIVACY: readonly Screen[] = [
  {
    name: 'privacy-requests-empty',
    show: async (session) => {
      await session.page.keyboard.press('Escape'); // what was shown before may lie over it, and makes it inert
      await session.goTo('/privacy');
      await session.page.getByText('Nothing was asked for yet.').waitFor();
    },
  },
  ...(['risk', 'compose', 'ledger', 'verify', 'audit'] as const).map((tab): Screen => ({
    name: `privacy-${tab}-empty`,
    show: async ({ page }) => {
      await openTab(page, TABS[tab]);
      await page.getByRole('tabpanel').getByText(FIRST_WORDS[tab]).first().waitFor();
      await settled(page);
    },
  })),
  {
    name: 'privacy-limit',
    show: async ({ page }) => await page.getByRole('button', { name: 'Set a limit' }).first().click(),
  },
  {
    name: 'privacy-compose',
    show: async ({ page }, home) => {
      await page.keyboard.press('Escape');
      await setLimit(page, home, '3', '0.000001');
      await composeCount(page);
      await page.getByRole('textbox', { name: 'Groups per actor' }).fill('2');
      await page.getByText('5 groups, all of them released, zeros included.').waitFor();
      await settled(page);
    },
  },
  {
    name: 'privacy-requests',
    show: async ({ page }) => {
      for (const purpose of ['How many people of each country, for the yearly report', 'The same for a partner']) {
        await openTab(page, TABS.compose);
        await page.getByRole('textbox', { name: 'Purpose' }).fill(purpose);
        if (purpose.startsWith('The same')) await page.getByRole('textbox', { name: 'ε', exact: true }).fill('1');
        await page.getByText('5 groups, all of them released, zeros included.').waitFor();
        await settled(page);
        await page.getByRole('button', { name: 'Ask for this release' }).click();
        await page.getByRole('button', { name: 'Approve …' }).waitFor();
      }
      await page.getByText('5 groups, all of them released, zeros included.').waitFor();
      await settled(page);
    },
  },
  {
    name: 'privacy-approve',
    show: async ({ page }) => await page.getByRole('button', { name: 'Approve …' }).click(),
  },
  {
    name: 'privacy-refuse',
    show: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Refuse …' }).click();
      await page.getByRole('dialog', { name: /^Refuse request/u }).waitFor();
    },
  },
  {
    name: 'privacy-refused',
    show: async ({ page }, home) => {
      await page.keyboard.press('Escape');
      await refuse(page, home, 'The partner has no agreement with us yet.');
      await page.getByText(/^Refused, nothing was spent/u).waitFor();
    },
  },
  {
    name: 'privacy-released',
    show: async ({ page }, home) => {
      await page.getByRole('navigation', { name: 'Requests' }).getByText('open', { exact: true }).click();
      await approve(page, home);
      await page.getByRole('heading', { name: 'Released', exact: true }).waitFor();
      await page.getByRole('cell', { name: 'DE', exact: true }).first().waitFor();
      await settled(page);
    },
  },
  {
    name: 'privacy-ledger',
    show: async ({ page }) => {
      await openTab(page, TABS.ledger);
      await page.getByText(/^The ledger is whole/u).waitFor();
    },
  },
  {
    name: 'privacy-verified',
    show: async ({ page }, home) => {
      await openTab(page, TABS.requests);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export signed JSON' }).click();
      await (await download).saveAs(join(home.directory, 'release.json'));
      await openTab(page, TABS.verify);
      await chooseBy(page, 'Choose a release file', join(home.directory, 'release.json'));
      await page.getByText('The release holds together.').waitFor();
    },
  },
  {
    name: 'privacy-tampered',
    show: async ({ page }, home) => {
      const path = join(home.directory, 'changed.json');
      writeFileSync(path, readFileSync(join(home.directory, 'release.json'), 'utf8').replace('yearly', 'daily'));
      await chooseBy(page, 'Choose a release file', path);
      await page.getByText('The release does not hold together.').waitFor();
    },
  },
  {
    name: 'privacy-compose-forest',
    show: async ({ page }) => {
      await composeForest(page, '0.5');
      await page.getByText(/^Each of 1,600 counts has noise of its own/u).waitFor();
      await settled(page);
    },
  },
  {
    name: 'privacy-forest-request',
    show: async ({ page }) => {
      await page.getByRole('textbox', { name: 'Purpose' }).fill('A partner scores its own log');
      await page.getByRole('button', { name: 'Ask for this release' }).click();
      await page.getByRole('heading', { name: 'Private forest to share' }).waitFor();
      await page.getByText(/^Each of 1,600 counts has noise of its own/u).waitFor();
    },
  },
  {
    name: 'privacy-forest-released',
    show: async ({ page }, home) => {
      await approve(page, home);
      await page.getByRole('heading', { name: 'Released', exact: true }).waitFor();
      await page.getByText('50 trees of depth 5', { exact: false }).waitFor();
      await settled(page);
    },
  },
  {
    name: 'privacy-risk-busy',
    show: async ({ page }) => {
      await openTab(page, TABS.risk);
      const known = page.getByRole('group', { name: 'What an attacker may know' }).last();
      for (const column of ['country', 'action', 'hour']) await known.getByText(column, { exact: true }).click();
      await page.getByRole('textbox', { name: 'Suggestions to measure' }).fill('3');
      await page.getByRole('button', { name: 'Assess the risk', exact: true }).click();
      await page
        .getByRole('region', { name: 'Assess re-identification risk' })
        .getByText('Rank anew', { exact: true })
        .waitFor();
    },
  },
  {
    name: 'privacy-risk',
    show: async ({ page }) => {
      await page.getByRole('heading', { name: 'Before and after' }).waitFor({ timeout: 120_000 });
      await settled(page);
    },
  },
  {
    name: 'privacy-risk-trade-off',
    show: async ({ page }) =>
      await page.getByRole('heading', { name: 'What would help, and what it costs' }).scrollIntoViewIfNeeded(),
  },
  {
    name: 'privacy-audit-busy',
    show: async ({ page }) => {
      await openTab(page, TABS.audit);
      await page.getByRole('textbox', { name: 'Releases of each' }).fill('100');
      await page.getByRole('button', { name: 'Start the audit' }).click();
      await page.getByRole('region', { name: 'Audit the release path' }).getByRole('progressbar').first().waitFor();
    },
  },
  {
    name: 'privacy-audit',
    show: async ({ page }) => {
      await page.getByText(/^(?:No claim is refuted|A claim is refuted)/u).waitFor({ timeout: 300_000 });
      await settled(page);
    },
  },
];
