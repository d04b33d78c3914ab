// Fills the README's worked result from a real run on the sample: `node test/docs/readme-result.mjs`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const work = mkdtempSync(join(tmpdir(), 'nightjar-readme-'));
const nightjar = (...args) =>
  execFileSync(process.execPath, [join(root, 'bin', 'nightjar.mjs'), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, XDG_CONFIG_HOME: work, APPDATA: work },
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const put = (document, mark, end, content) => {
  const begin = document.indexOf(mark);
  const to = document.indexOf(end);
  if (begin < 0 || to < begin) throw new Error(`README.md has no place for "${mark}"`);
  return `${document.slice(0, begin)}${mark}\n\n${content}\n\n${document.slice(to)}`;
};

try {
  const kept = join(work, 'case');
  const queue = nightjar('detect', 'samples/platform.csv.gz', '--case', kept, '--top', '3');
  const report = JSON.parse(
    nightjar('evaluate', '--case', kept, '--labels', 'samples/platform.labels.csv', '--format', 'json'),
  );
  const { precisionAt } = report.detectors.ensemble;
  const hits = (k) => Math.round(precisionAt[k] * k);
  const counts = `The labels of the sample tell how good this is: of ${report.n.toLocaleString('en')} ranked actors, ${report.positives} were made to
misbehave; ${hits(10)} of the first 10 and ${hits(50)} of the first 50 are among them.`;
  const roc = (kind, name) => kind.detectors[name].rocAuc.toFixed(2);
  const columns = [
    ['isolationForest', 'isolation forest'],
    ['knn', 'neighbours'],
    ['autoencoder', 'autoencoder'],
    ['lockstep', 'lockstep'],
    ['ensemble', 'the queue'],
  ];
  const rowOf = (title, part) => `| ${[title, ...columns.map(([name]) => roc(part, name))].join(' | ')} |`;
  const kinds = [
    `| planted kind in the sample (actors) | ${columns.map(([, title]) => title).join(' | ')} |`,
    `|---|${'---|'.repeat(columns.length)}`,
    ...report.kinds.map((kind) => rowOf(`${kind.kind.replaceAll('_', ' ')} (${kind.positives})`, kind)),
    rowOf(`all (${report.positives})`, report),
  ].join('\n');
  const path = join(root, 'README.md');
  const mark = 'made by test/docs/readme-result.mjs';
  let document = readFileSync(path, 'utf8');
  document = put(document, `<!-- ${mark} -->`, '<!-- end of result -->', `\`\`\`text\n${queue.trimEnd()}\n\`\`\``);
  document = put(document, `<!-- ${mark}: counts -->`, '<!-- end of counts -->', counts);
  document = put(document, `<!-- ${mark}: kinds -->`, '<!-- end of kinds -->', kinds);
  writeFileSync(path, document);
} finally {
  rmSync(work, { recursive: true, force: true });
}
