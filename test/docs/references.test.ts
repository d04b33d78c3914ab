import { expect, test } from 'vitest';
import { DOCUMENTS, readDocument, sourcesIn } from './documents.ts';

const NAME = `\\p{Lu}[\\p{L}’'-]+`;
/** `Liu, Ting & Zhou 2008`, `Hawkins et al. 2002`, `Wilson (1927)`. */
const CITATION = new RegExp(`(${NAME}(?:, ${NAME})*(?: & ${NAME})?(?: et al\\.)?),? \\(?((?:18|19|20)\\d\\d)\\b`, 'gu');
const STANDARD = /\b(?:RFC|ISO) ?\d{4}\b/gu;
/** Words before a year that name no author. */
const NO_AUTHOR =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|RFC|ISO|Node|Windows|UTC)$/u;

/** The text without what breaks a citation across lines of a comment. */
const unwrapped = (file: string): string => readDocument(file).replace(/\n\s*(?:\*|\/\/)\s?/gu, ' ');

const citationsIn = (file: string): string[] =>
  [...unwrapped(file).matchAll(CITATION)]
    .filter((match) => !NO_AUTHOR.test(match[1] ?? ''))
    .map((match) => `${match[1]} ${match[2]}`);

const REFERENCES = 'docs/references.md';
const rows = [...readDocument(REFERENCES).matchAll(/^\| (.+?) \| (.+?) \| (.+?) \|$/gmu)];
const entries = rows.map((row) => row[1] ?? '').filter((entry) => !/^cited as$|^-+$/u.test(entry));
const sources = sourcesIn(['core', 'main', 'samples']);
const documents = DOCUMENTS.filter((file) => file !== REFERENCES);

test('the pattern finds the ways we cite', () => {
  const found = [...'(Liu, Ting & Zhou 2008, eq. 1); Wilson (1927); Hawkins et al. 2002'.matchAll(CITATION)];
  expect(found.map((match) => match[1])).toEqual(['Liu, Ting & Zhou', 'Wilson', 'Hawkins et al.']);
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
    expect(
      files.some((file) => citationsIn(file).includes(entry)),
      entry,
    ).toBe(true);
  }
});
