import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';
import { describe } from 'vitest';

const PLACES = [
  process.env['NIGHTJAR_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const FOUND = PLACES.find((place) => place !== '' && existsSync(place));

/** Tests that need a browser of the machine; skipped, and named so, where there is none. */
export const describeInChromium = (name: string, tests: () => void): void => {
  describe.skipIf(FOUND === undefined)(
    FOUND === undefined ? `${name} (needs Chromium: install it or set NIGHTJAR_CHROMIUM)` : name,
    tests,
  );
};

/** A browser that asks nobody for anything by itself. */
export const launchChromium = async (): Promise<Browser> =>
  await chromium.launch({
    ...(FOUND === undefined ? {} : { executablePath: FOUND }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--force-color-profile=srgb',
    ],
  });
