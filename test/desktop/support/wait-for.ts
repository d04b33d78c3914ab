/** Asks every 50 ms until there is an answer, and returns it. Throws after `ms`, with the end of what `about` says. */
export const waitFor = async <T>(
  probe: () => T | undefined | Promise<T | undefined>,
  ms: number,
  about: () => string,
): Promise<T> => {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms in vain\n${about().slice(-3000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
