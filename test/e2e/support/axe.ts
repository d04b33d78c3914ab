import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
/** Ends when nothing changes its colour any more: where motion is reduced a colour goes down one level of the page a frame. */
const DRAWN = `(async () => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  await frame();
  for (let frames = 0; frames < 60 && (frames < 2 || document.getAnimations().length > 0); frames++) await frame();
})()`;
/** All that another theme can change. */
const COLOUR_RULES = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

type Finding = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: unknown; readonly html: string; readonly failureSummary?: string }[];
};

/** What axe-core has to say against the page as it stands, one line per element, and tables without a name; nothing is the aim. */
export const violationsOf = async (page: Page): Promise<readonly string[]> => [
  ...(await run(page, RULES)),
  ...(await page.evaluate<readonly string[]>(NAMELESS)),
];

/** Of many tables on a screen, somebody who lists them hears which is which. */
const NAMELESS = `[...document.querySelectorAll('table')]
  .filter((table) => table.caption === null && !table.ariaLabel && !table.hasAttribute('aria-labelledby'))
  .map((table) => 'a table without a name: ' + table.tHead?.innerText)`;

/** The same of its colours in the dark theme, where the page follows the system's; it is left as it was, in the light one. */
export const darkViolationsOf = async (page: Page): Promise<readonly string[]> => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(DRAWN);
  const found = await run(page, COLOUR_RULES);
  await page.emulateMedia({ colorScheme: 'light' });
  return found.map((violation) => `dark: ${violation}`);
};

const run = async (page: Page, runOnly: typeof RULES): Promise<readonly string[]> => {
  await page.evaluate(SOURCE);
  const found = await page.evaluate<readonly Finding[]>(
    `axe.run(document, {
      runOnly: ${JSON.stringify(runOnly)},
      resultTypes: ['violations'],
      // Beside an open popover all else is inert, and the library's button that closes it is in no landmark.
      rules: { region: { enabled: document.querySelector('[data-trigger="DialogTrigger"]') === null } },
    }).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${JSON.stringify(target)} ${failureSummary ?? ''}`),
  );
};
