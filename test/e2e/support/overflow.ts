import type { Locator } from 'playwright';

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
