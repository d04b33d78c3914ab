import { closeSync, fstatSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { LIMITS } from '../../rules/form/limits.ts';
import { readRuleFile } from '../../rules/form/read-rule-file.ts';
import { writeRuleFile } from '../../rules/form/write-rule-file.ts';
import type { Rule } from '../../rules/schema.ts';
import { printRules } from '../../rules/text/print-rule.ts';
import { headOf } from '../../store/files.ts';
import { NightjarError } from '../errors.ts';

/** A file of rules as text, whichever form it has. */
export type RulesFile = {
  /** Without its folder. */
  readonly name: string;
  /** Of a JSON file, what `printRules` makes of it. */
  readonly text: string;
  readonly form: 'text' | 'json';
};

/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const MOST_BYTES = 3 * LIMITS.fileLength;

/**
 * Reads a file of rules: JSON where it begins with a brace, else the text form, whose errors are left to whoever parses it.
 * Errors: `input` for a file that cannot be read, is empty, too long, or no UTF-8 text, and for JSON that holds no rules
 * (with the path of the part), or rules of a newer version.
 */
export const readRulesFile = (path: string): RulesFile => {
  const name = basename(path);
  const text = decoded(bytesOf(path, name), name);
  if (text.trim() === '') throw unreadable('The file is empty.', name, 'A rule begins with: rule NAME "Title".');
  if (!text.trimStart().startsWith('{')) return { name, text, form: 'text' };
  try {
    return { name, text: printRules(readRuleFile(text).rules), form: 'json' };
  } catch (error) {
    if (!(error instanceof NightjarError)) throw error;
    const { code, message, where, next } = error;
    const place = where === undefined ? name : `${name}: ${where}`;
    throw new NightjarError(code, message, { where: place, ...(next === undefined ? {} : { next }) }, error);
  }
};

/**
 * Throws `input` where a file that holds anything but rules is there already: a slip must not cost the labels. One that begins
 * as rules do, in either form, an empty one, a device or a pipe may be written to.
 */
export const requireRulesPlace = (path: string): void => {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return;
  const head = headOf(path, HEAD_BYTES).replace(COMMENTS, '');
  if (head === '' || /^rule\s/u.test(head) || /^\{\s*"format":\s*"nightjar-rules"/u.test(head)) return;
  throw new NightjarError('input', 'A file that holds no rules is there already, and would be lost.', {
    where: path,
    next: 'Choose another name, or move that file.',
  });
};

const HEAD_BYTES = 10_000;
const COMMENTS = /^(?:\s|#.*(?:\n|$))+/u;

/** Writes rules in the form that the name asks for: JSON for `.json`, else text. Errors: `input`, as `requireRulesPlace` or where it cannot be written. */
export const writeRulesFile = (path: string, rules: readonly Rule[]): void => {
  requireRulesPlace(path);
  const text = extname(path).toLowerCase() === '.json' ? writeRuleFile(rules) : printRules(rules);
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch (error) {
    throw asWritten(error, basename(path));
  }
};

/** A failure to write, as one that says what to do. */
export const asWritten = (error: unknown, where: string): unknown => {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const full = error.code === 'ENOSPC';
  const message = full ? 'The disk is full.' : 'The file cannot be written.';
  return new NightjarError(full ? 'disk-full' : 'input', message, { where, next: 'Choose another place.' }, error);
};

const bytesOf = (path: string, name: string): Buffer => {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    if (!fstatSync(file).isFile()) throw unreadable('This is no file.', name, 'Name a file of rules.');
    if (fstatSync(file).size > MOST_BYTES) throw unreadable('The file is too long to be one of rules.', name, TOO_LONG);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof NightjarError || !(error instanceof Error) || !('code' in error)) throw error;
    const next = 'Check its path and permissions.';
    throw new NightjarError('input', 'The file of rules cannot be read.', { where: name, next }, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
};

const decoded = (bytes: Buffer, name: string): string => {
  if (bytes.includes(0)) throw unreadable('The file is no text: it holds a NUL byte.', name, 'Save it as UTF-8 text.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw unreadable('The file is no UTF-8 text.', name, 'Save it as UTF-8 text.');
  }
};

const TOO_LONG = `Rules have at most ${LIMITS.fileLength} characters: split the file.`;

const unreadable = (message: string, where: string, next: string): NightjarError =>
  new NightjarError('input', message, { where, next });
