import type { Plugin } from 'vite';

const REMOTE = '\0remote:';

/**
 * A Vite plugin that keeps a notebook off the network. Notebook Kit would load its implicit names, such as `Plot`, from
 * there at run time: only `md` is left of them, which lies in its package. What else is asked from there says what to do.
 */
export const offline = (): Plugin => ({
  name: 'offline',
  enforce: 'pre',
  resolveId: (source) => (/^https?:/u.test(source) ? REMOTE + source : null),
  load: (id) => {
    if (id.startsWith(REMOTE)) return NOT_HERE;
    if (id.endsWith('/stdlib/recommendedLibraries.js')) return IMPLICIT_NAMES;
    return id.endsWith('/stdlib/sampleDatasets.js') ? 'export {};' : null;
  },
});

const IMPLICIT_NAMES = "export const md = () => import('./md.js').then(({ md }) => md);";
const NOT_HERE =
  "throw new Error('This would be loaded from the network: import it from an installed package.'); export default null;";
