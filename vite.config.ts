import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page: one set of local files for the window's own protocol and for the loopback server alike. */
export const config = defineConfig({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  base: './',
  publicDir: false,
  plugins: [react()],
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  worker: {
    format: 'es',
    // Workers lie in a folder of their own: it alone is served with a policy that lets Arquero compile expressions.
    rolldownOptions: {
      output: { entryFileNames: 'workers/[name]-[hash].js', chunkFileNames: 'workers/[name]-[hash].js' },
    },
  },
  build: {
    outDir: fileURLToPath(new URL('dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome108',
    cssTarget: 'chrome108',
    minify: true,
    sourcemap: false,
    assetsInlineLimit: 0, // the page's policy allows fonts from itself only
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
  },
});

// oxlint-disable-next-line import/no-default-export -- Vite asks for one
export default config;
