import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';

const LOOKS = 3;
const LOOK_MILLISECONDS = 50;

/** Waits until nothing that is shown is of before the last change, nor begins to be: a few looks in a row find nothing on its way. */
export const settled = async (page: Page): Promise<void> => {
  const onItsWay = page.locator('[aria-busy="true"], [data-stale="true"]');
  for (let quiet = 0; quiet < LOOKS; quiet++) {
    if ((await onItsWay.count()) > 0) {
      await onItsWay.first().waitFor({ state: 'detached' });
      quiet = 0;
    }
    await delay(LOOK_MILLISECONDS);
  }
};
