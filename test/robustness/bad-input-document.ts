import type { BadInput } from './bad-input.ts';
import { BAD_INPUTS } from './bad-inputs.ts';

const HEAD = `# Bad input

What Nightjar says and keeps when an input is broken. Every row is run by \`test/robustness/bad-input.test.ts\` through the
real command line, and this page is generated from the same table (\`npx vitest run test/robustness/bad-input -u\`).

- Exit code 0: it was read; what could not be read is in quarantine with line and reason. 1: the work failed. 2: the
  input cannot be read, or the call is wrong.
- Kept: records read = stored + quarantined. An import that fails leaves nothing.
- Messages name what happened, where, and what to do next, and never quote a value of a log. \`…\` stands for what
  differs from run to run, DIR for a directory.
`;

const cell = (text: string): string => `\`${text.trim().replaceAll('`', "'").replaceAll('|', '\\|')}\``;

const keptText = (kept: BadInput['kept']): string =>
  kept === undefined ? 'nothing' : `${kept[0]} = ${kept[1]} + ${kept[2]}`;

const row = ({ name, exit, says, kept }: BadInput): string =>
  `| ${name.replaceAll('|', '\\|')} | ${exit} | ${says.length === 0 ? '–' : says.map(cell).join('<br>')} | ${keptText(kept)} |`;

/** docs/bad-input.md. */
export const badInputDocument = (): string => {
  const groups = BAD_INPUTS.map(
    ([title, rows]) =>
      `## ${title}\n\n| input | exit | message | kept |\n| --- | --- | --- | --- |\n${rows.map(row).join('\n')}\n`,
  );
  return [HEAD, ...groups].join('\n');
};
