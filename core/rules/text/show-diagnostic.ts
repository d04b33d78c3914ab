import type { Diagnostic } from '../schema.ts';
import { displayWidth } from './display-width.ts';
import { revealed } from './hidden.ts';

/**
 * The diagnostic for a terminal: `file:line:column`, what is wrong, the line, carets under the fault, the hint. Characters
 * that nobody sees are shown by their codes, so that no text can move the cursor or turn the line around.
 */
export const showDiagnostic = (text: string, diagnostic: Diagnostic, fileName: string): string => {
  const { line, column } = lineAndColumn(text, diagnostic.from);
  const { severity, message, code, hint } = diagnostic;
  const { shown, before, under } = excerpt(text, diagnostic);
  return [
    `${revealed(fileName)}:${line}:${column}: ${severity}: ${revealed(message)} [${code}]`,
    `  ${shown}`,
    `  ${' '.repeat(before)}${'^'.repeat(Math.max(1, under))}`,
    `  ${revealed(hint)}`,
    '',
  ].join('\n');
};

/** Line and column of a place, both from 1; the column counts UTF-16 units. */
export const lineAndColumn = (text: string, from: number): { readonly line: number; readonly column: number } => {
  const start = lineStart(text, from);
  const line = text.slice(0, start).match(LINE_END)?.length ?? 0;
  return { line: line + 1, column: from - start + 1 };
};

const LINE_END = /\r\n|[\r\n]/g;
/** UTF-16 units shown on each side of a fault in a long line. */
const AROUND = 80;

const lineStart = (text: string, from: number): number =>
  from === 0 ? 0 : Math.max(text.lastIndexOf('\n', from - 1), text.lastIndexOf('\r', from - 1)) + 1;

const lineEnd = (text: string, start: number): number => {
  const ends = [text.indexOf('\n', start), text.indexOf('\r', start)].filter((end) => end !== -1);
  return Math.min(text.length, ...ends);
};

/** The line around the fault, and how many cells lie before and under the fault. */
const excerpt = (text: string, { from, length }: Diagnostic) => {
  const start = lineStart(text, from);
  const end = lineEnd(text, start);
  const first = Math.max(start, from - AROUND);
  const faultEnd = Math.min(end, from + length);
  const last = Math.min(end, Math.max(from + AROUND, Math.min(faultEnd, from + 2 * AROUND)));
  const lead = first > start ? '…' : '';
  const cells = (piece: string): number => displayWidth(visible(piece));
  return {
    shown: lead + visible(text.slice(first, last)) + (last < end ? '…' : ''),
    before: cells(text.slice(first, from)) + lead.length,
    under: cells(text.slice(from, Math.min(faultEnd, last))),
  };
};

const visible = (piece: string): string => revealed(piece.replaceAll('\t', ' '));
