/**
 * The app as people meet it, in a real Chromium and (where `NIGHTJAR_ELECTRON_DIST` names a runtime) in a real window:
 * start to first painted queue on the sample, then scrolling and brushing over a large case, and what page and engine hold.
 * There is no peer that does this offline on one machine; the figures stand alone.
 * `npm run bench:app [-- --events N --repeats N]`
 */
import { join } from 'node:path';
import { launchChromium } from '../e2e/support/chromium.ts';
import { desktopQueueS } from './app/desktop.ts';
import { memoryOf } from './app/memory.ts';
import { brushing, firstQueue, pageHeapBytes, scrolling } from './app/probes.ts';
import { serve } from './app/serve.ts';
import { benchOptions } from './harness/options.ts';
import { figureOf, printFigures, writeResult, type Figure } from './harness/result.ts';
import { nightjar } from './harness/run.ts';
import { generateLog } from './harness/sample-log.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

const MIB = 2 ** 20;
const { numbers } = benchOptions({ events: 1_000_000, repeats: 20, starts: 3 });
const figures: Figure[] = [];
const note = (what: string, unit: string, values: readonly number[]): void => {
  figures.push(figureOf(what, unit, values));
  console.log(`${what}: ${figures.at(-1)?.ours} ${unit}`);
};

const browser = await launchChromium();

await inTemporaryFolder(async (folder) => {
  const starts: Record<'first' | 'again', number[]> = { first: [], again: [] };
  for (let i = 0; i < numbers.starts; i++) {
    for (const which of ['first', 'again'] as const) {
      const startedAt = performance.now();
      const app = await serve(join(folder, `home-${i}`), ['--sample']);
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(app.address);
      await firstQueue(page);
      starts[which].push((performance.now() - startedAt) / 1000);
      await page.close();
      await app.close();
    }
  }
  note('browser: command to first painted queue, sample made on the way', 's', starts.first);
  note('browser: command to first painted queue, sample there', 's', starts.again);

  const windows: number[] = [];
  for (let i = 0; i < numbers.starts; i++) {
    const seconds = await desktopQueueS(join(folder, `home-${i}`));
    if (typeof seconds === 'number') windows.push(seconds);
    else console.log(`The desktop was not measured: ${seconds}.`);
  }
  if (windows.length > 0) note('desktop: command to first painted queue, sample there', 's', windows);
});

await inTemporaryFolder(async (folder) => {
  const { log } = await generateLog(folder, numbers.events, 1);
  const directory = join(folder, 'case');
  const home = join(folder, 'home');
  const made = await nightjar(['detect', log, '--case', directory, '--top', '1'], { env: { HOME: home } });
  if (made.code !== 0) throw new Error(`The case could not be made:\n${made.stderr.slice(-1500)}`);
  const app = await serve(home, [directory]);
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const openedAt = performance.now();
  await page.goto(app.address);
  await firstQueue(page);
  const size = `${numbers.events} events`;
  note(`page open to first painted queue, ${size}`, 's', [(performance.now() - openedAt) / 1000]);
  note(`queue: jump to rows never seen, to painted, ${size}`, 'ms', await scrolling(page, numbers.repeats));
  const brushes = await brushing(page, numbers.repeats);
  note(`time brush: release to queue painted, ${size}`, 'ms', brushes.queue);
  note(`time brush: release to last change on screen, ${size}`, 'ms', brushes.settled);
  note(`page: JavaScript heap, ${size}`, 'MiB', [(await pageHeapBytes(page)) / MIB]);
  for (const { name, bytes } of await memoryOf(app.pid))
    note(`${name}: resident memory, ${size}`, 'MiB', [bytes / MIB]);
  await page.close();
  await app.close();
});

const version = browser.version();
await browser.close();
printFigures('The app', figures);
writeResult('app', { chromium: version }, figures);
