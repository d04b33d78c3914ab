import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildNotebooks } from '../../notebooks/build.ts';
import { describeInChromium, launchChromium } from '../e2e/support/chromium.ts';

const out = mkdtempSync(join(tmpdir(), 'nightjar-notebooks-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

let path = '';
beforeAll(async () => {
  [path = ''] = await buildNotebooks(out);
}, 180_000);

/** Addresses that identify a vocabulary and are never loaded. */
const VOCABULARY = /^http:\/\/www\.w3\.org\//u;
const addressesIn = (text: string): string[] =>
  [...text.matchAll(/https?:\/\/[\w.-]+[^\s"'`)<>]*/gu)].map(([address]) => address).filter((a) => !VOCABULARY.test(a));

test('is one file that asks nobody for anything', () => {
  const page = readFileSync(path, 'utf8');
  expect([...page.matchAll(/\b(?:src|href)="(?!data:|#)[^"]{0,80}/gu)].map(String)).toEqual([]);
  expect([...page.matchAll(/@import (?:url|["'])|\bimport\(["'`]/gu)].map(String)).toEqual([]);
  // Parquet's reader in the kit, whose module is not here, and a licence comment.
  expect(addressesIn(page).filter((address) => !/parquet_wasm_bg|valeriangalliat/u.test(address))).toEqual([]);
  expect(page.slice(0, 200)).toContain("default-src 'none'");
});

test('holds no identifier of the log', () => {
  const page = readFileSync(path, 'utf8');
  const data = [...page.matchAll(/data:[\w/.-]+;base64,([\w+/=]+)/gu)].map(([, bytes]) =>
    Buffer.from(bytes ?? '', 'base64').toString('latin1'),
  );
  const labels = readFileSync(join(import.meta.dirname, '../../samples/platform.labels.csv'), 'utf8');
  const users = labels
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');
  expect(data.length).toBeGreaterThan(2);
  expect(users.length).toBeGreaterThan(1900);
  expect(data.some((text) => text.includes('failure_streak'))).toBe(true);
  for (const text of [page, ...data]) {
    expect(users.filter((user) => text.includes(user))).toEqual([]);
    expect(/@(?:mail\.)?example\.(?:com|org|net)/u.exec(text)).toBe(null);
  }
});

describeInChromium('in Chromium', () => {
  const open = async (work: (page: Page, complaints: string[], requests: string[]) => Promise<void>): Promise<void> => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (!/^(?:data|file):/u.test(request.url())) requests.push(request.url());
      });
      await page.route(/^https?:/u, async (route) => await route.abort());
      await page.goto(pathToFileURL(path).href);
      await page.getByRole('img', { name: 'ROC AUC by kind of abuse and detector' }).waitFor();
      await work(page, complaints, requests);
    } finally {
      await browser.close();
    }
  };

  test('opens from disk, draws every cell and loads nothing', async () => {
    await open(async (page, complaints, requests) => {
      await page.locator('svg[aria-label^="Precision among"]').waitFor();
      expect(await page.locator('main svg[aria-label]').count()).toBe(5);
      expect(await page.locator('.observablehq--error').count()).toBe(0);
      expect(await page.locator('.observablehq--cell').filter({ hasText: /\S/u }).count()).toBeGreaterThan(20);
      expect(await page.locator('main').textContent()).toContain('50,000 records were read, 50,000 stored');
      expect(complaints).toEqual([]);
      expect(requests).toEqual([]);
    });
  });

  test('shows the queue, and the reasons of the actor that is chosen', async () => {
    await open(async (page) => {
      const rows = page.locator('table').nth(1).locator('tbody tr');
      expect(await rows.count()).toBe(12);
      expect(await rows.first().textContent()).toMatch(/^1[A-Za-z0-9]{12}\d\.\d\d/u);
      const reasons = page.locator('main ul').first();
      const first = await reasons.textContent();
      const second = await rows.nth(1).locator('td').nth(1).textContent();
      await page.getByRole('combobox', { name: 'Actor' }).selectOption(second);
      await expect.poll(() => reasons.textContent()).not.toBe(first);
      expect(await reasons.textContent()).toContain((await rows.nth(1).locator('td').nth(4).textContent()) ?? '-');
    });
  });
});
