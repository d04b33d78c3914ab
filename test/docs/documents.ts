import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const readDocument = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const markdownIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => (folder === '.' ? name : `${folder}/${name}`));

/** Every document, as a path from the root. */
export const DOCUMENTS: readonly string[] = [
  ...markdownIn('.'),
  ...markdownIn('docs'),
  ...markdownIn('docs/decisions'),
];

/** Sources under some folders, as paths from the root. */
export const sourcesIn = (folders: readonly string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );

/** A fenced block: what stands after the fence, and what is inside. */
export type Block = { readonly info: string; readonly content: string };

export const blocksOf = (file: string): Block[] =>
  [...readDocument(file).matchAll(/^( *)```([^\n`]*)\n([\s\S]*?)^\1```$/gmu)].map((match) => ({
    info: (match[2] ?? '').trim(),
    content: match[3] ?? '',
  }));

/** Runs a program of node_modules or of the project and returns what it printed. */
export const runNode = (args: readonly string[], options: { readonly cwd?: string } = {}): string =>
  execFileSync(process.execPath, [...args], { cwd: options.cwd ?? ROOT, encoding: 'utf8', stdio: 'pipe' });
