import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const slug = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[`*_[\]()]/g, '')
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (file) =>
  new Set([...readFileSync(file, 'utf8').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => slug(heading)));

/** Relative links of every committed Markdown file that lead nowhere, and npm scripts that documents name but package.json lacks. */
export const checkLinks = () => {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    encoding: 'utf8',
  });
  const files =
    listed.status === 0 ? listed.stdout.split('\n').filter((file) => file && existsSync(file)) : ['README.md'];
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const faults = [];
  for (const file of files) {
    const text = readFileSync(file, 'utf8').replace(/```[\s\S]*?```/g, (code) => code.replace(/\]\(/g, '] ('));
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/i.test(target)) continue;
      const [path, anchor] = target.split('#');
      const full = path === '' ? file : join(dirname(file), path);
      if (!existsSync(full)) faults.push(`${file}: ${target} is not there`);
      else if (anchor && statSync(full).isFile() && !anchorsOf(full).has(anchor))
        faults.push(`${file}: ${target} has no such heading`);
    }
    for (const [, script] of text.matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)) {
      if (!(script in scripts) && !script.endsWith(':')) faults.push(`${file}: npm run ${script} does not exist`);
    }
  }
  return faults;
};
