import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Finding = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: unknown; readonly html: string; readonly failureSummary?: string }[];
};

/** What axe-core has to say against the page as it stands, one line per element; nothing is the aim. */
export const violationsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(SOURCE);
  const found = await page.evaluate<readonly Finding[]>(
    `axe.run(document, {
      runOnly: { type: 'tag', values: ${JSON.stringify(RULES)} },
      resultTypes: ['violations'],
      // Beside an open popover all else is inert, and the library's button that closes it is in no landmark.
      rules: { region: { enabled: document.querySelector('[data-trigger="DialogTrigger"]') === null } },
    }).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${JSON.stringify(target)} ${failureSummary ?? ''}`),
  );
};
