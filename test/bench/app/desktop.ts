import { join } from 'node:path';
import { launchDesktop } from '../../desktop/support/desktop.ts';
import { NO_DESKTOP } from '../../desktop/support/runtime.ts';
import { ROOT } from '../harness/options.ts';

/** Seconds from the command to a painted queue of the sample in a real window; null, with why, where there is no desktop. */
export const desktopQueueS = async (home: string): Promise<number | string> => {
  if (NO_DESKTOP !== null) return NO_DESKTOP;
  const startedAt = performance.now();
  const desktop = await launchDesktop({
    kind: 'checkout',
    app: join(ROOT, 'dist', 'desktop'),
    home,
    args: ['--sample-case'],
    isTraced: false,
  });
  await desktop.until(`document.querySelectorAll('[role=grid] code').length > 5`, 120_000);
  await desktop.evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`);
  const seconds = (performance.now() - startedAt) / 1000;
  await desktop.quit();
  return seconds;
};
