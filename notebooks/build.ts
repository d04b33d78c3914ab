import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { observable } from '@observablehq/notebook-kit/vite';
import { build } from 'vite';
import { offline } from './offline.ts';
import { singleFile } from './single-file.ts';

const HERE = import.meta.dirname;
const KIT = join(HERE, '..', 'node_modules', '@observablehq', 'notebook-kit', 'dist', 'src');
const DATA = join(HERE, '.cache');

/**
 * Builds every notebook of this folder: runs what its `NAME.data.ts` loads through the engine, and writes `NAME.html`,
 * one file that opens from disk and connects to nothing. Returns the paths written.
 */
export const buildNotebooks = async (outDirectory: string): Promise<readonly string[]> => {
  const names = readdirSync(HERE).flatMap((file) => (file.endsWith('.data.ts') ? [file.slice(0, -8)] : []));
  for (const name of names) {
    await writeData(name);
    await buildOne(name, outDirectory);
  }
  return names.map((name) => join(outDirectory, `${name}.html`));
};

const writeData = async (name: string): Promise<void> => {
  const loader: { load: () => Promise<Readonly<Record<string, string | Uint8Array>>> } = await import(
    pathToFileURL(join(HERE, `${name}.data.ts`)).href
  );
  mkdirSync(DATA, { recursive: true });
  for (const [file, content] of Object.entries(await loader.load())) writeFileSync(join(DATA, file), content);
};

const buildOne = async (name: string, outDirectory: string): Promise<void> => {
  await build({
    base: './',
    resolve: { alias: [{ find: /^observable:(.*)$/u, replacement: join(KIT, '$1') }] },
    configFile: false,
    root: HERE,
    logLevel: 'warn',
    plugins: [offline(), observable({ template: join(HERE, 'template.html') }), singleFile()],
    build: {
      target: 'es2022',
      outDir: resolve(outDirectory),
      emptyOutDir: false,
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      chunkSizeWarningLimit: 5000,
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: { input: join(HERE, `${name}.html`), output: { codeSplitting: false } },
    },
  });
};

if (process.argv[1] === import.meta.filename) {
  const out = join(HERE, '..', 'dist', 'notebooks');
  for (const path of await buildNotebooks(out)) console.log(`${path}: open it in a browser; it needs no network.`);
}
