import { revealed } from '../../text/hidden.ts';

/** A text as Markdown shows it, on one line: what stands in it is not taken for Markdown or HTML, and nothing is hidden. */
export const plainMarkdown = (text: string): string =>
  revealed(text.replaceAll(/\s+/g, ' ')).replaceAll(/[\\`*_<>[\]|#!~&]/g, (sign) => `\\${sign}`);

/** A block of code, in fences longer than any in it. */
export const codeBlock = (text: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text.trimEnd()}\n${fence}`;
};

/** A name in code, on one line. */
export const codeSpan = (text: string): string => {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  const body = revealed(text.replaceAll(/\s+/g, ' '));
  return longest === 0 ? `${ticks}${body}${ticks}` : `${ticks} ${body} ${ticks}`;
};

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
