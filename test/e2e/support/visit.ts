import type { Browser, BrowserContext, Page } from 'playwright';
import { expect } from 'vitest';
import type { App } from './app.ts';
import { bendLine, type Line } from './line.ts';

export type Theme = 'light' | 'dark' | 'high-contrast';
export type VisitOptions = {
  readonly theme?: Theme;
  readonly size?: { readonly width: number; readonly height: number };
  /** Where the browser's clock is; UTC where nothing is said. */
  readonly timeZone?: string;
  /** Whether `line` can be bent; else it is as it is. */
  readonly hasLine?: boolean;
};

/** A page of the app, and everything it must not do while it is open. */
export type Visit = {
  readonly page: Page;
  /** Console errors and warnings, uncaught errors, breaches of the content policy, dialogs. */
  readonly complaints: readonly string[];
  /** Addresses outside the app that were asked for. */
  readonly strangers: readonly string[];
  /** Only where it was asked for. */
  readonly line: Line;
  /** Goes to a screen, such as `/explore`. */
  readonly goTo: (screen: string) => Promise<void>;
  /** Ends the visit. The page has complained about nothing and asked nobody else. */
  readonly end: () => Promise<void>;
};

export const SMALL = { width: 1280, height: 800 } as const;
export const LARGE = { width: 1920, height: 1080 } as const;

/** Opens the app in a fresh profile. */
export const visit = async (browser: Browser, app: App, options: VisitOptions = {}): Promise<Visit> => {
  const context = await browser.newContext({
    viewport: options.size ?? SMALL,
    colorScheme: options.theme === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: options.timeZone ?? 'UTC',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const strangers: string[] = [];
  listen(page, complaints);
  await watchRequests(context, app, strangers);
  await page.addInitScript({ content: WATCH_POLICY });
  const line = options.hasLine === true ? await bendLine(page) : UNBENT;
  if (options.theme !== undefined) {
    await page.addInitScript({ content: `localStorage.setItem('nightjar:theme', '${options.theme}');` });
  }
  await page.goto(app.address);
  await page.getByRole('button', { name: 'Browser mode' }).waitFor();
  return {
    page,
    complaints,
    strangers,
    line,
    goTo: async (screen) => {
      await page.evaluate(`location.hash = ${JSON.stringify(screen)}`);
    },
    end: async () => {
      await context.close();
      expect(complaints).toEqual([]);
      expect(strangers).toEqual([]);
    },
  };
};

const notBent = (): never => {
  throw new Error('Ask for `hasLine` to bend the line.');
};
const UNBENT: Line = { hold: notBent, release: notBent, sent: notBent, cut: notBent };

const WATCH_POLICY = `addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) =>
  console.error('policy:', effectiveDirective, blockedURI, sourceFile));`;

/** The page denies itself features that not every browser has; those that lack one say so. */
const UNKNOWN_FEATURE = /Permissions-Policy header: Unrecognized feature/u;

const listen = (page: Page, complaints: string[]): void => {
  page.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning';
    if (isComplaint && !UNKNOWN_FEATURE.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.type()}`);
    void dialog.dismiss();
  });
  page.on('crash', () => complaints.push('the page crashed'));
};

const watchRequests = async (context: BrowserContext, app: App, strangers: string[]): Promise<void> => {
  const isOwn = (address: string): boolean =>
    address.startsWith(app.origin) ||
    address.startsWith(app.origin.replace('http', 'ws')) ||
    /^(?:data|blob|about):/u.test(address);
  context.on('request', (request) => {
    if (!isOwn(request.url())) strangers.push(request.url());
  });
  await context.route(
    (address) => !isOwn(address.href),
    async (route) => await route.abort(),
  );
};
