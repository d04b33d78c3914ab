/** Remembers the answers to the latest `most` questions; what failed is asked again. */
export const createRemembered = <T>(most: number): ((key: string, work: () => Promise<T>) => Promise<T>) => {
  const known = new Map<string, Promise<T>>();
  return async (key, work) => {
    const found = known.get(key) ?? work();
    known.delete(key);
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    try {
      return await found;
    } catch (error) {
      known.delete(key);
      throw error;
    }
  };
};
