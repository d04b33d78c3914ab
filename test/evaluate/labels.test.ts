import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinLabels, labelOf, readLabels } from '../../core/evaluate/index.ts';

describe('readLabels', () => {
  it('reads the sample format', () => {
    const labels = readLabels({
      header: ['user', 'label', 'kind', 'note'],
      rows: [
        ['ana', '1', 'scraper', ''],
        ['ben', '0', '', 'newsroom'],
      ],
    });
    expect([...labels.byActor]).toEqual([
      ['ana', { label: 1, kind: 'scraper' }],
      ['ben', { label: 0 }],
    ]);
    expect(labels).toMatchObject({ rows: 2, skipped: 0, conflicting: 0 });
  });

  it.each([
    [['id', 'isFraud'], ['a', 'true'], 1],
    [['from_domain', 'label'], ['a', 'ham'], 0],
    [['Account', 'verdict'], ['a', 'Malicious'], 1],
    [['verdict', 'who'], ['no', 'a'], 0],
  ])('finds the columns of %j', (header, row, label) => {
    expect(readLabels({ header, rows: [row] }).byActor).toEqual(new Map([['a', { label }]]));
  });

  it('takes the columns it is told', () => {
    const table = { header: ['user', 'label', 'device', 'Verdict'], rows: [['ana', '0', 'd1', 'bot']] };
    const labels = readLabels(table, { actorColumn: 'device', labelColumn: 'verdict' });
    expect(labels.byActor).toEqual(new Map([['d1', { label: 1 }]]));
  });

  it('lets the rows of an actor vote: a tie is positive, the kind is the most frequent', () => {
    const labels = readLabels({
      header: ['user', 'label', 'kind'],
      rows: [
        ['ana', '1', 'bot'],
        ['ana', '0', ''],
        ['ben', '0', ''],
        ['ben', '1', 'bot'],
        ['ben', '0', ''],
        ['eva', '1', 'bot'],
        ['eva', '1', 'spam'],
        ['eva', '1', 'spam'],
        ['', '1', 'bot'],
        ['kim', '', ''],
      ],
    });
    expect([...labels.byActor]).toEqual([
      ['ana', { label: 1, kind: 'bot' }],
      ['ben', { label: 0 }],
      ['eva', { label: 1, kind: 'spam' }],
    ]);
    expect(labels).toMatchObject({ rows: 10, skipped: 2, conflicting: 2 });
  });

  it('counts each row once', () => {
    const cell = fc.tuple(fc.constantFrom('', 'a', 'b', 'c', 'd'), fc.constantFrom('', '0', '1', 'spam', 'ham'));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 30 }), (cells) => {
        const usable = cells.filter(([actor, label]) => actor !== '' && label !== '');
        fc.pre(usable.length > 0);
        const labels = readLabels({ header: ['user', 'label'], rows: cells });
        expect(labels.skipped).toBe(cells.length - usable.length);
        expect(new Set(labels.byActor.keys())).toEqual(new Set(usable.map(([actor]) => actor)));
      }),
    );
  });

  const failing = (header: string[], rows: string[][], columns = {}): unknown => {
    try {
      return readLabels({ header, rows }, columns);
    } catch (error) {
      return error;
    }
  };

  it('says which columns there are when it cannot choose', () => {
    expect(failing(['when', 'what', 'where'], [['1', 'x', 'y']])).toMatchObject({
      code: 'input',
      message: 'It is not clear which column holds the labels.',
      next: 'Call it label, or name it with --label. There are: when, what, where.',
    });
    expect(failing(['p', 'q', 'label'], [['x', 'y', '1']])).toMatchObject({
      code: 'input',
      message: 'It is not clear which column names the actors.',
    });
    expect(failing(['user', 'label'], [['a', '1']], { labelColumn: 'fraud' })).toMatchObject({
      code: 'usage',
      where: 'fraud',
      next: 'There are: user, label.',
    });
  });

  it('does not take the first values of a table without header for its column names', () => {
    const error = failing(['ana@example.com', '17', '3'], [['ben@example.com', '17', '3']]);
    expect(error).toMatchObject({
      code: 'input',
      next: 'Call it label, or name it with --label. The first line must name the columns.',
    });
  });

  it('names unknown label words only when they are few and short', () => {
    expect(
      failing(
        ['user', 'label'],
        [
          ['a', 'maybe'],
          ['b', 'later'],
          ['c', '1'],
        ],
      ),
    ).toMatchObject({
      code: 'input',
      message: '2 labels are not understood: maybe, later.',
      where: 'label',
    });
    const varied = Array.from({ length: 9 }, (_, i) => [`u${i}`, `person${i}@example.com`]);
    expect(failing(['user', 'label'], varied)).toMatchObject({
      message: '9 labels are not understood, 9 different ones.',
    });
    expect(failing(['user', 'label'], [])).toMatchObject({ code: 'input', message: 'The labels name no actor.' });
  });
});

describe('labelOf', () => {
  it.each([
    ['1.00', 1],
    ['0.0', 0],
    ['spam', 1],
    ['ham', 0],
    [' FRAUD ', 1],
    ['legit', 0],
    ['bot', 1],
    ['human', 0],
    ['fake', 1],
    ['real', 0],
    ['attack', 1],
    ['normal', 0],
    ['abuse', 1],
    ['benign', 0],
    ['2', undefined],
  ])('%s', (word, label) => expect(labelOf(word)).toBe(label));
});

describe('joinLabels', () => {
  it('keeps the order of the actors and counts what does not meet', () => {
    const byActor = new Map([
      ['b', { label: 1, kind: 'bot' }],
      ['a', { label: 0 }],
      ['z', { label: 1 }],
    ] as const);
    expect(joinLabels(['a', 'x', 'b'], byActor)).toEqual({
      rows: Uint32Array.of(0, 2),
      labels: Uint8Array.of(0, 1),
      kinds: ['', 'bot'],
      unlabelled: 1,
      unmatched: 1,
    });
  });
});
