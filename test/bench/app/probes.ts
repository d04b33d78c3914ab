import type { Page } from 'playwright';

const GRID = `document.querySelector('[role=grid][aria-label="Queue of findings"]')`;
const BRUSH = '[class*="brush"]';
const BRUSH_SPREAD = 0.6;

/** Waits until rows of the queue are painted. */
export const firstQueue = async (page: Page): Promise<void> => {
  // Not waitForFunction: the page's policy forbids what it compiles.
  await page.evaluate(`(async () => {
    while ((${GRID}?.querySelectorAll('code').length ?? 0) <= 5) await new Promise((resolve) => requestAnimationFrame(resolve));
  })()`);
  await page.evaluate(PAINTED);
};

/** Milliseconds from a jump of the scroll bar to a place not seen before until its rows are painted. */
export const scrolling = async (page: Page, repeats: number): Promise<readonly number[]> => {
  const count = await page.evaluate<number>(`Number(${GRID}.getAttribute('aria-rowcount')) - 1`);
  const taken: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const row = Math.floor((count * (i + 1)) / (repeats + 2));
    taken.push(
      await page.evaluate<number>(`(async () => {
        const grid = ${GRID};
        const startedAt = performance.now();
        grid.scrollTop = ${row} * 28;
        const isThere = () => {
          const line = grid.querySelector('[aria-rowindex="${row + 4}"]');
          return line !== null && line.querySelector('code') !== null;
        };
        while (!isThere()) await new Promise((resolve) => requestAnimationFrame(resolve));
        await ${PAINTED};
        return performance.now() - startedAt;
      })()`),
    );
  }
  await page.evaluate(`${GRID}.scrollTop = 0`);
  await page.waitForTimeout(500);
  return taken;
};

/** Milliseconds from letting go of a time brush until the queue has changed, and until nothing on screen changes any more. */
export const brushing = async (
  page: Page,
  repeats: number,
): Promise<{ readonly queue: readonly number[]; readonly settled: readonly number[] }> => {
  const queue: number[] = [];
  const settled: number[] = [];
  const box = await page.locator(BRUSH).first().boundingBox();
  if (box === null) throw new Error('There is no time brush on the page.');
  const y = box.y + box.height / 2;
  const left = box.x + box.width * 0.2;
  for (let i = 0; i < repeats; i++) {
    const x = left + (box.width * BRUSH_SPREAD * i) / repeats;
    await page.evaluate(WATCH);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 20, y);
    await page.mouse.move(x + 60 + 3 * i, y);
    await page.mouse.up();
    const times = await page.evaluate<{ readonly queue: number; readonly settled: number }>('window.measured');
    queue.push(times.queue);
    settled.push(times.settled);
    await page.mouse.click(left - box.width * 0.15, y);
    await page.keyboard.press('Escape');
    await page.evaluate(`history.back()`);
    await page.waitForTimeout(700);
  }
  return { queue, settled };
};

/** Bytes the page's own JavaScript holds, after a collection. */
export const pageHeapBytes = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
};

/** Resolves after the frame that is being made has been painted. */
const PAINTED = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))`;

/** From the next release of the pointer: when the queue's length changed, and the last change before 400 ms of quiet. */
const WATCH = `window.measured = new Promise((resolve) => {
  addEventListener('pointerup', () => {
    const startedAt = performance.now();
    const before = ${GRID}.getAttribute('aria-rowcount');
    let queue = null;
    let last = startedAt;
    const look = () => {
      requestAnimationFrame(() => setTimeout(() => {
        last = performance.now();
        if (queue === null && ${GRID}?.getAttribute('aria-rowcount') !== before) queue = last;
      }));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    const wait = setInterval(() => {
      if (performance.now() - last < 400 || (queue === null && performance.now() - startedAt < 5000)) return;
      clearInterval(wait);
      observer.disconnect();
      resolve({ queue: (queue ?? NaN) - startedAt, settled: last - startedAt });
    }, 50);
  }, { capture: true, once: true });
})`.replace(/^window\.measured = (.*)$/su, '(() => { window.measured = $1; })()');
