import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type AppServer } from '../../main/server/server.ts';
import { testSettings } from '../main/support/settings.ts';
import { buildApp, CHECKOUT_APP } from './support/build.ts';
import { attacks, departures, startListener } from './support/hostile.ts';
import { endAll, launchDesktop } from './support/desktop.ts';
import { NO_DESKTOP } from './support/runtime.ts';

const scratch = mkdtempSync(join(tmpdir(), 'nightjar-hostile-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
afterEach(endAll);

/** Long enough for whatever gets out to arrive. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1500));

beforeAll(buildApp, 300_000);

describe.skipIf(NO_DESKTOP !== null)(
  `a page that was taken over, on the desktop${NO_DESKTOP === null ? '' : ` (${NO_DESKTOP})`}`,
  () => {
    test('reaches nobody, by any way', async () => {
      const listener = await startListener();
      const desktop = await launchDesktop({
        kind: 'checkout',
        app: CHECKOUT_APP,
        home: join(scratch, 'd'),
      });
      await desktop.until("document.querySelector('main') !== null");
      await desktop.evaluate(attacks(listener));
      for (const departure of departures(listener)) await desktop.evaluate(departure);
      await settle();
      expect(await desktop.evaluate('location.href')).toMatch(/^app:\/\/nightjar\//u);
      expect(listener.arrived()).toEqual([]);
      await desktop.quit();
      // WebRTC asks the system which of its addresses it would use for these two, by a datagram socket that sends nothing.
      const questions =
        /connect\(\d+, \{sa_family=AF_INET6?, sin6?_port=htons\(53\).*"(?:8\.8\.8\.8|2001:4860:4860::8888)"/;
      expect(desktop.networkAttempts().filter((attempt) => !questions.test(attempt))).toEqual([]);
      listener.close();
    }, 120_000);
  },
);

describe('a page that was taken over, in a browser', () => {
  let server: AppServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await startServer({
      settings: testSettings(join(scratch, 'b')),
      first: null,
      pageDirectory: join(process.cwd(), 'dist', 'renderer'),
      spoolDirectory: join(scratch, 'b', 'spool'),
      say: () => undefined,
    });
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
      ],
    });
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  test('is stopped by the policy, but for what no policy stops: leaving the page, a new tab, WebRTC', async () => {
    const listener = await startListener();
    for (const expression of [attacks(listener), ...departures(listener)]) {
      const page = await browser.newPage();
      await page.goto(server.address);
      await page.waitForSelector('main');
      await page.evaluate(expression).catch(() => undefined); // the page may be gone before it answers
      await settle();
      await page.close();
    }
    expect(listener.arrived()).toEqual(BROWSER_LETS_OUT);
    listener.close();
  }, 60_000);

  test('without the policy, the same attempts do arrive: the test would see them', async () => {
    const listener = await startListener();
    for (const expression of [attacks(listener), ...departures(listener)]) {
      const page = await browser.newPage();
      await page.setContent('<body></body>');
      await page.evaluate(expression).catch(() => undefined);
      await settle();
      await page.close();
    }
    const arrived = listener.arrived();
    for (const way of ['fetch', 'xhr', 'websocket', 'beacon', 'image', 'script', 'style', 'frame', 'form']) {
      expect(arrived).toContain(`http ${way}`);
    }
    expect(arrived).toContain('webrtc');
    listener.close();
  }, 60_000);
});

/** Said in the app by `cannotPromise`, and in the threat model. */
const BROWSER_LETS_OUT = [
  'http download',
  'http link',
  'http navigation',
  'http open',
  'http refresh',
  'http replace',
  'turn over tcp',
  'webrtc',
];
