import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printDocuments } from '../../../../core/rules/export/sigma/print-documents.ts';

const documentOf = (value: unknown): Readonly<Record<string, unknown>> => ({
  title: 'x',
  logsource: { category: 'application' },
  detection: { selection: { field: value }, condition: 'selection' },
});

describe('YAML of Sigma', () => {
  it.each([
    ['NO', "'NO'"],
    ["it's", "'it''s'"],
    ['a\\b', "'a\\b'"],
    ['', "''"],
    ['2026-01-01', "'2026-01-01'"],
    ['line\nbreak', '"line\\nbreak"'],
    ['\u2028', '"\\u2028"'],
    ['😀', '"😀"'],
    ['gnp\u202eexe', '"gnp\\u202eexe"'],
    ['a\u{e0041}😀', '"a\\U000e0041😀"'],
    [5, '5'],
    [-2.5, '-2.5'],
    [1e-7, '1.0e-7'],
    [1.5e21, '1.5e+21'],
    [123456789012345678n, '123456789012345678'],
    [true, 'true'],
  ] as const)('writes value %# so that it is read back', (value, written) => {
    expect(printDocuments([documentOf(value)])).toContain(`field: ${written}\n`);
  });

  it('quotes keys that YAML would read as something else', () => {
    const detection = { selection: { '@timestamp|exists': true, yes: 'a', 'a b': 'c' }, condition: 'selection' };
    const text = printDocuments([{ title: 'x', logsource: { category: 'a' }, detection }]);
    expect(text).toContain("'@timestamp|exists': true");
    expect(text).toContain("'yes': 'a'");
    expect(text).toContain("'a b': 'c'");
  });

  it('reads back as it was, whatever text or number stands in it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true })),
        (value) => {
          // It throws where one of the two versions of YAML reads something else.
          expect(printDocuments([documentOf(value)])).toContain('field: ');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('writes no document that is not valid', () => {
    expect(() => printDocuments([{ title: 'x' }])).toThrow('A Sigma document is not valid');
  });
});
