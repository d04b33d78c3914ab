import type { Locator, Page } from 'playwright';

/** The words of elements that reach beyond the right or lower edge of `frame`, each of those that `parts` finds in it. */
export const beyond = async (frame: Locator, parts: string): Promise<readonly string[]> =>
  await frame.evaluateAll((frames, selector) => {
    const found: string[] = [];
    for (const each of frames) {
      const edge = each.getBoundingClientRect();
      for (const part of each.querySelectorAll(selector)) {
        const { right, bottom } = part.getBoundingClientRect();
        if (right > edge.right + 1 || bottom > edge.bottom + 1) found.push(part.textContent ?? '');
      }
    }
    return found;
  }, parts);

/** How wide the parts are where the window shows half as much, as at 200 % of 1280 × 800; it is put back. */
export const widthsAtDouble = async (page: Page, parts: readonly Locator[]): Promise<readonly number[]> => {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 640, height: 400 });
  const widths = await Promise.all(parts.map(async (part) => (await part.boundingBox())?.width ?? 0));
  if (before !== null) await page.setViewportSize(before);
  return widths;
};
