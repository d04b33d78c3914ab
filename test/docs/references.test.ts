import { expect, test } from 'vitest';
import { DOCUMENTS, readDocument, sourcesIn } from './documents.ts';

/** A surname, with what goes before it; a word with two capitals in a row is a method, such as TreeSHAP. */
const NAME = `(?:(?:[Vv]an (?:der )?|El |Carrasco )?(?!\\p{L}*\\p{Lu}{2})\\p{Lu}[\\p{L}’'-]+)`;
/** `Liu, Ting & Zhou 2008`, `Golub & Van Loan 2013`, `Hawkins et al. 2002`, `Wilson (1927)`. */
const CITATION = new RegExp(`(${NAME}(?:, ${NAME})*(?: & ${NAME})?(?: et al\\.)?),? \\(?((?:18|19|20)\\d\\d)\\b`, 'gu');
const STANDARD = /\b(?:RFC|ISO) ?\d{4}\b/gu;
/** Words before a year that name no author. */
const NO_AUTHOR =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|RFC|ISO|Node|Windows|UTC)$/u;

/** The text without what breaks a citation across lines of a comment or a paragraph. */
const unwrapped = (file: string): string => readDocument(file).replace(/\n\s*(?:(?:\*|\/\/)\s?)?/gu, ' ');

const citationsIn = (file: string): string[] =>
  [...unwrapped(file).matchAll(CITATION)]
    .filter((match) => !NO_AUTHOR.test(match[1] ?? ''))
    .map((match) => `${match[1]} ${match[2]}`);

const REFERENCES = 'docs/references.md';
const rows = [...readDocument(REFERENCES).matchAll(/^\| (.+?) \| (.+?) \| (.+?) \|$/gmu)];
const entries = rows.map((row) => row[1] ?? '').filter((entry) => !/^cited as$|^-+$/u.test(entry));
/** Tests that are held against literature; others hold invented names and years. */
const TESTS = ['bench', 'detect', 'evaluate', 'explain', 'feedback', 'math'].map((folder) => `test/${folder}`);
const sources = sourcesIn(['core', 'main', 'samples', ...TESTS]).filter((file) => !/\/\.venv\//u.test(file));
const documents = DOCUMENTS.filter((file) => file !== REFERENCES);

test('the pattern finds the ways we cite', () => {
  const text =
    '(Liu, Ting & Zhou 2008, eq. 1); Wilson (1927); TreeSHAP, Hawkins et al. 2002; Golub & Van Loan 2013, 4.2.1';
  const found = [...text.matchAll(CITATION)];
  expect(found.map((match) => match[1])).toEqual(['Liu, Ting & Zhou', 'Wilson', 'Hawkins et al.', 'Golub & Van Loan']);
});

test('nothing is cited in code or documents that is not in docs/references.md', () => {
  expect(sources.length).toBeGreaterThan(100);
  for (const file of [...sources, ...documents]) {
    for (const citation of citationsIn(file)) expect(entries, file).toContain(citation);
    for (const [standard] of unwrapped(file).matchAll(STANDARD)) {
      expect(entries, file).toContain(standard.replace(/^(RFC|ISO) ?/u, '$1 '));
    }
  }
});

test('every paper in docs/references.md is cited where it says, and stands there once', () => {
  expect(new Set(entries).size).toBe(entries.length);
  for (const [, entry = '', , where = ''] of rows) {
    if (!/ (?:18|19|20)\d\d$/u.test(entry) || /^(?:RFC|ISO) /u.test(entry)) continue;
    const named = [...where.matchAll(/`([^`]+)`/gu)].map((match) => match[1] ?? '');
    const files = named.flatMap((name) => (name.endsWith('/') ? sourcesIn([name.slice(0, -1)]) : [name]));
    expect(files.length, entry).toBeGreaterThan(0);
    for (const name of named) {
      const within = name.endsWith('/') ? files.filter((file) => file.startsWith(name)) : [name];
      expect(
        within.some((file) => citationsIn(file).includes(entry)),
        `${entry} in ${name}`,
      ).toBe(true);
    }
  }
});
