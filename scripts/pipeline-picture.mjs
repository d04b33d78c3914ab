// Draws the stages of core/pipeline.ts into the documents: `npx tsx scripts/pipeline-picture.mjs [--check]`.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STAGES, STORE } from '../core/pipeline.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const BEGIN = '<!-- made by scripts/pipeline-picture.mjs from core/pipeline.ts -->';
const END = '<!-- end of picture -->';

const id = (product) => product.replaceAll(' ', '_');

/** Stages as boxes, products as arrows; what comes from outside or leaves is round. */
const mermaid = () => {
  const givers = new Map(STAGES.map((stage) => [stage.gives, stage.name]));
  const taken = new Set(STAGES.flatMap((stage) => stage.takes));
  const boxes = STAGES.map((stage) => `  ${stage.name}["<b>${stage.name}</b><br/>${stage.folders.join(' + ')}"]`);
  const arrows = STAGES.flatMap((stage) => [
    ...stage.takes.map((product) =>
      givers.has(product)
        ? `  ${givers.get(product)} -->|${product}| ${stage.name}`
        : `  ${id(product)}([${product}]) --> ${stage.name}`,
    ),
    ...(taken.has(stage.gives) ? [] : [`  ${stage.name} --> ${id(stage.gives)}([${stage.gives}])`]),
  ]);
  const kept = STAGES.map((stage) => `  ${stage.name} -.- ${STORE.name}`);
  const store = `  ${STORE.name}[("<b>${STORE.name}</b><br/>${STORE.folder}")]`;
  return ['```mermaid', 'flowchart TD', ...boxes, store, ...arrows, ...kept, '```'].join('\n');
};

/** The same in plain text. */
const text = () => {
  const takes = STAGES.map((stage) => stage.takes.join(' + '));
  const width = (cells) => Math.max(...cells.map((cell) => cell.length));
  const [left, middle, right] = [takes, STAGES.map((s) => s.name), STAGES.map((s) => s.gives)].map(width);
  const lines = STAGES.map(
    (stage, i) =>
      `${takes[i].padStart(left)} → ${stage.name.padEnd(middle)} → ${stage.gives.padEnd(right)}   ${stage.folders.join(' + ')}`,
  );
  const bar = '─'.repeat(left + middle + right + 6);
  return ['```text', ...lines, bar, `${STORE.name.padEnd(bar.length)}   ${STORE.folder}`, '```'].join('\n');
};

const table = () => {
  const rows = STAGES.map(
    (stage) =>
      `| ${stage.name} | ${stage.folders.map((folder) => `\`${folder}\``).join(', ')} | ${stage.takes.join(', ')} | ${stage.gives} | ${stage.sentence} |`,
  );
  const store = `| ${STORE.name}, under all | \`${STORE.folder}\` | | | ${STORE.sentence} |`;
  return ['| stage | folder | takes | gives | what it does |', '|---|---|---|---|---|', ...rows, store].join('\n');
};

const PICTURES = { 'README.md': [mermaid], 'ARCHITECTURE.md': [mermaid, text, table] };

const check = process.argv.includes('--check');
let stale = 0;
for (const [file, parts] of Object.entries(PICTURES)) {
  const path = join(root, file);
  const document = readFileSync(path, 'utf8');
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for the picture: "${BEGIN}" … "${END}"`);
  const picture = parts.map((part) => part()).join('\n\n');
  const wanted = `${document.slice(0, from)}${BEGIN}\n\n${picture}\n\n${document.slice(to)}`;
  if (wanted === document) continue;
  stale++;
  if (check) console.error(`${file}: the picture is not the one of core/pipeline.ts.`);
  else writeFileSync(path, wanted);
}
process.exit(check && stale > 0 ? 1 : 0);
