import { build } from 'vite';
import { z } from 'zod';

const bundles = z.array(z.object({ output: z.array(z.object({ code: z.string() })).length(1) })).length(1);

/** A module and all it imports as one classic script; what it exports is in the global `name`. */
export const bundleForPage = async (entry: string, name: string): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'chrome108',
      minify: false,
      lib: { entry, name, formats: ['iife'], fileName: 'bundle' },
    },
  });
  const [bundle] = bundles.parse(built);
  return bundle?.output[0]?.code ?? '';
};
