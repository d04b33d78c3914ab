import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { systemRandom, type SecureRandom } from '../../../core/random/index.ts';
import { parseQuery, planRelease, runRelease, type KeyColumn } from '../../../core/release/index.ts';
import { newSecret, signingKeyOf, type JsonValue } from '../../../core/release/keys/index.ts';
import {
  lossOfBudget,
  parseRelease,
  signRelease,
  verifyRelease,
  type ReleaseBody,
  type ReleaseFile,
} from '../../../core/release/release-file/index.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';
import { signedRelease } from '../support/signed-release.ts';

const key = signingKeyOf(newSecret());

/** 300 rows of 100 actors: countries by turns, a value, and hours. */
const ROWS = 300;
const texts = (levels: readonly string[]): KeyColumn => ({
  codes: Int32Array.from({ length: ROWS }, (_, i) => i % levels.length),
  levels,
});

const released = async (
  query: JsonValue,
  keys: readonly KeyColumn[],
  {
    epsilon = '1',
    delta = '0',
    value,
    random = systemRandom,
  }: { epsilon?: string; delta?: string; value?: Float64Array; random?: SecureRandom } = {},
): Promise<ReleaseFile> => {
  const plan = planRelease(parseQuery(query), lossOfBudget(epsilon, delta));
  const actor = Uint32Array.from({ length: ROWS }, (_, i) => i % 100);
  const source = createNoiseSource(random);
  const release = await runRelease(plan, { actor, actors: 100, keys, value }, source, () => Promise.resolve());
  source.close();
  return signedRelease(release, { query, epsilon, delta }, key);
};

const BOUNDS = { groupsPerActor: 2, rowsPerGroup: 3 };
const KNOWN = [{ column: 'country', keys: ['DE', 'FR', 'IT'] }];
const TOTALS = { column: 'country', keys: ['DE', 'FR', 'IT'], totals: ['all'] };
/** So many keys of one actor that two are chosen one after the other. */
const CHOSEN = {
  top: 2,
  of: 'actors',
  by: [{ column: 'country', keys: ['DE', 'FR', 'IT', 'AT', 'CH', 'PL'] }],
  bounds: { groupsPerActor: 6 },
};
const value = Float64Array.from({ length: ROWS }, (_, i) => (i % 17) / 2);

const CASES: readonly (readonly [string, () => Promise<ReleaseFile>])[] = [
  ['a count of events', () => released({ count: 'events', by: KNOWN, bounds: BOUNDS }, [texts(['FR', 'XX', 'DE'])])],
  [
    'a count of actors, without groups',
    () => released({ count: 'actors', bounds: { groupsPerActor: 1, rowsPerGroup: 1 } }, []),
  ],
  [
    'a count with Gaussian noise',
    () =>
      released({ count: 'events', by: KNOWN, bounds: { groupsPerActor: 3, rowsPerGroup: 1 } }, [texts(['FR', 'DE'])], {
        epsilon: '0.5',
        delta: '1e-6',
      }),
  ],
  [
    'a sum',
    () =>
      released(
        { sum: 'amount', by: KNOWN, bounds: { ...BOUNDS, value: [0, 10], step: '0.25' } },
        [texts(['FR', 'DE'])],
        {
          value,
        },
      ),
  ],
  [
    'a mean by declared bins',
    () =>
      released(
        {
          mean: 'amount',
          by: [{ column: 'amount', bins: [0, 4, 8] }],
          bounds: { ...BOUNDS, value: [0, 10], step: '0.5' },
        },
        [value],
        { value, epsilon: '1.5' },
      ),
  ],
  [
    'a count of unknown keys',
    () =>
      released(
        { count: 'events', by: [{ column: 'country', keys: 'unknown' }], bounds: BOUNDS },
        [texts(['FR', 'DE'])],
        {
          epsilon: '4',
          delta: '1e-3',
        },
      ),
  ],
  [
    'a count over two dimensions',
    () =>
      released({ count: 'events', by: [...KNOWN, { column: 'action', keys: ['view', 'buy'] }], bounds: BOUNDS }, [
        texts(['FR', 'DE']),
        texts(['buy', 'view', 'post']),
      ]),
  ],
  [
    'quantiles',
    () => {
      const bounds = { groupsPerActor: 2, rowsPerGroup: 1, value: [0, 10], step: '0.5' };
      return released({ quantiles: 'amount', probabilities: [0.5, 0.9], by: KNOWN, bounds }, [texts(['FR', 'DE'])], {
        value,
      });
    },
  ],
  [
    'quantiles with intervals',
    () => {
      const bounds = { groupsPerActor: 1, rowsPerGroup: 2, value: [0, 10], step: '0.5' };
      const query = { quantiles: 'amount', probabilities: [0.1, 0.5], intervals: true, by: KNOWN, bounds };
      return released(query, [texts(['FR', 'DE'])], { value, epsilon: '4' });
    },
  ],
  [
    'a variance',
    () => {
      const bounds = { ...BOUNDS, value: [0, 10], step: '0.5' };
      return released({ variance: 'amount', by: KNOWN, bounds }, [texts(['FR', 'DE'])], { value });
    },
  ],
  [
    'the most frequent keys',
    () => released({ top: 1, of: 'events', by: KNOWN, bounds: BOUNDS }, [texts(['FR', 'DE'])]),
  ],
  ['keys that were chosen one after the other', () => released(CHOSEN, [texts(['FR', 'DE', 'IT', 'AT'])])],
  [
    'keys that were chosen among unknown ones',
    () =>
      released(
        { top: 3, of: 'actors', by: [{ column: 'country', keys: 'unknown' }], bounds: { groupsPerActor: 4 } },
        [texts(['FR', 'DE', 'IT', 'AT'])],
        { epsilon: '4', delta: '1e-3' },
      ),
  ],
  ['a count with totals', () => released({ count: 'events', by: [TOTALS], bounds: BOUNDS }, [texts(['FR', 'DE'])])],
  [
    'a search for bounds',
    () => {
      const bounds = { rowsPerGroup: 3, value: [0, 10], step: '0.5' };
      return released({ findBounds: 'amount', beyond: 5, bounds }, [], { value });
    },
  ],
  [
    'a search for contributions',
    () => released({ findContributions: 'rows', beyond: 5, bounds: { rowsPerGroup: 64 } }, []),
  ],
];

/** The file with its body changed and signed anew, by whoever wants to deceive. */
const forged = (file: ReleaseFile, change: (body: Record<string, JsonValue>) => void): ReleaseFile => {
  const body: Record<string, JsonValue> = JSON.parse(JSON.stringify(file.release));
  change(body);
  return parseRelease(signRelease(body as unknown as ReleaseBody, key).toString());
};

const faultsOf = (file: ReleaseFile): string[] =>
  verifyRelease(file).checks.flatMap(({ what, faults }) => (faults.length > 0 ? [what] : []));

describe('a release file', () => {
  test.each(CASES)('of %s holds together', async (_, make) => {
    const file = await make();
    const verdict = verifyRelease(file, [key.fingerprint]);
    expect(verdict.checks.flatMap(({ faults }) => faults)).toEqual([]);
    expect(verdict).toMatchObject({
      ok: true,
      signer: { name: 'Reviewer', fingerprint: key.fingerprint, isTrusted: true },
    });
  });

  test.each(CASES)(
    'of %s does not hold together without its noised integers, or with one list too many',
    async (_, make) => {
      const file = await make();
      expect(faultsOf(forged(file, (b) => (b['noised'] = [])))).toContain('numbers');
      const more = forged(file, (b) => (b['noised'] = [...file.release.noised, ...file.release.noised.slice(0, 1)]));
      expect(faultsOf(more)).toContain('numbers');
    },
  );

  test.each(CASES)('of %s says nothing but what its noised integers lead to', async (_, make) => {
    const file = await make();
    const { columns } = file.release;
    const [first, ...rest] = columns;
    if (first === undefined) throw new Error('There are no columns.');
    const moved = {
      ...first,
      value: first.value.map((x) => (x ?? 0) + 0.5),
      high: first.high.map((x) => (x === null ? null : x + 1)),
    };
    expect(faultsOf(forged(file, (b) => (b['columns'] = [moved, ...rest])))).toEqual(['numbers']);
    if (rest.length > 0 || file.release.keys.length > 0) {
      expect(faultsOf(forged(file, (b) => (b['columns'] = columns.slice(0, -1))))).toEqual(['numbers']);
    }
  });

  test('is refused by who trusts other keys only', async () => {
    const file = await CASES[0]?.[1]();
    if (file === undefined) throw new Error('There is no case.');
    expect(verifyRelease(file, ['0'.repeat(64)])).toMatchObject({ ok: false, signer: { isTrusted: false } });
    expect(verifyRelease(file).signer.isTrusted).toBe(undefined);
  });
});

describe('quantiles and chosen keys', () => {
  const quantiles = async (intervals: boolean): Promise<ReleaseFile> => {
    const bounds = { groupsPerActor: 1, rowsPerGroup: 2, value: [0, 10], step: '0.5' };
    const query = { quantiles: 'amount', probabilities: [0.4, 0.9], intervals, by: KNOWN, bounds };
    const random = seededSecureRandom(`intervals ${intervals}`); // an end may lie on the value it belongs to
    return released(query, [texts(['FR', 'DE'])], { value, epsilon: '4', random });
  };
  const numbersOf = (file: ReleaseFile): readonly string[] =>
    verifyRelease(file).checks.find(({ what }) => what === 'numbers')?.faults ?? [];
  const withNoised = (file: ReleaseFile, noised: readonly (readonly number[])[]): ReleaseFile =>
    forged(file, (body) => (body['noised'] = noised.map((each) => [...each])));

  test.each([true, false])('a quantile is the cell that was chosen, with intervals: %s', async (intervals) => {
    const file = await quantiles(intervals);
    const { columns, noised } = file.release;
    expect(noised).toHaveLength(intervals ? 6 : 2);
    expect(columns[0]?.value).toEqual(noised[0]?.map((cell) => cell / 2));
    for (const [list, cells] of noised.entries()) {
      // Another cell on the grid, up or down.
      const other = cells.map((cell) => (cell < 10 ? 20 : 0));
      expect(numbersOf(withNoised(file, noised.with(list, other))).join()).toContain('does not follow');
    }
  });

  test('cells outside the declared bounds, and quantiles that descend, cannot have been chosen', async () => {
    const file = await quantiles(false);
    const [low = [], high = []] = file.release.noised;
    expect(numbersOf(withNoised(file, [low, high.map(() => 21)])).join()).toContain('outside the declared bounds');
    const swapped = withNoised(file, [high.map(() => 20), low.map(() => 0)]);
    expect(numbersOf(swapped).join()).toContain('do not ascend');
  });

  test('ranks are those that were chosen, each once, and as many as were asked for', async () => {
    const file = await released(CHOSEN, [texts(['FR', 'DE', 'IT', 'AT'])]);
    const { noised, columns } = file.release;
    expect(noised[1]?.toSorted()).toEqual([1, 2]);
    expect(columns[0]).toMatchObject({ name: 'rank', value: noised[1] });
    const [counts = [], ranks = []] = noised;
    expect(numbersOf(withNoised(file, [counts, ranks.toReversed()])).join()).toContain('"rank" does not follow');
    expect(numbersOf(withNoised(file, [counts, [1, 1]])).join()).toContain('each once');
    const one = forged(file, (body) => {
      const first = (of: readonly JsonValue[]): JsonValue[] => of.slice(0, 1);
      body['keys'] = file.release.keys.map(({ column, of }) => ({ column, of: first(of) }));
      body['columns'] = columns.map(({ name, ...of }) => ({
        name,
        value: [1, ...first(of.value)].slice(name === 'rank' ? 0 : 1, name === 'rank' ? 1 : 2),
        low: first(of.low),
        high: first(of.high),
      }));
      body['noised'] = [first(counts), [1]];
    });
    expect(numbersOf(one)).toEqual(['There are more keys, or fewer, than the query shows.']);
  });

  test('where all counts are noised, ranks follow from them', async () => {
    const query = { top: 2, of: 'events', by: KNOWN, bounds: { groupsPerActor: 1, rowsPerGroup: 3 } };
    const file = await released(query, [texts(['FR', 'DE', 'IT'])]);
    const [counts = []] = file.release.noised;
    const order = counts.map((_, i) => i).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
    expect(file.release.columns[0]?.value).toEqual(counts.map((_, i) => order.indexOf(i) + 1));
    const swapped = forged(file, (body) => {
      const [rank, ...rest] = file.release.columns;
      body['columns'] = [{ ...rank, value: rank?.value.toReversed() ?? [] }, ...rest] as unknown as JsonValue;
    });
    expect(numbersOf(swapped).join()).toContain('"rank" does not follow');
  });

  test('a file of version 1 verifies as before, and says what it does not hold', async () => {
    const older = ({ release }: ReleaseFile, change: Partial<ReleaseBody>): ReleaseFile => {
      const body = { ...release, ...change };
      const signature = { algorithm: 'ed25519', publicKey: key.publicKey, value: key.sign('release 1', body) };
      const text = JSON.stringify({ format: 'nightjar-release', version: 1, release: body, signature });
      return parseRelease(`${text}\n`);
    };
    const top = await released(CHOSEN, [texts(['FR', 'DE', 'IT', 'AT'])]);
    const counts = top.release.noised.slice(0, 1);
    const verdict = verifyRelease(older(top, { noised: counts }));
    expect(verdict).toMatchObject({ ok: true, gaps: [expect.stringContaining('ranks are taken as they are written')] });
    // The newer file cannot be passed off as an older one, nor the other way round.
    expect(verifyRelease({ ...top, version: 1 }).ok).toBe(false);
    expect(verifyRelease({ ...older(top, { noised: counts }), version: 2 }).ok).toBe(false);
    const signatureOf = (file: ReleaseFile): readonly string[] =>
      verifyRelease(file).checks.find(({ what }) => what === 'signature')?.faults ?? [];
    expect(signatureOf({ ...top, version: 1 })).toHaveLength(1);
    expect(signatureOf({ ...older(top, {}), version: 2 })).toHaveLength(1);
    expect(signatureOf(older(top, {}))).toEqual([]);
    const old = older(await quantiles(false), {});
    expect(verifyRelease(old)).toMatchObject({ ok: true, gaps: [] });
    expect(numbersOf(older(old, { noised: old.release.noised.map((cells) => cells.map(() => 20)) }))).not.toEqual([]);
  });
});

describe('a release file that was changed', () => {
  let file: ReleaseFile;
  beforeAll(async () => {
    file = await released({ count: 'events', by: KNOWN, bounds: BOUNDS }, [texts(['FR', 'DE'])]);
  });

  test('in any character of it is no longer signed, or no longer a release file', () => {
    const text = JSON.stringify(file);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('0', '1', '7', 'a', 'Z', ' ', '"'), (at, other) => {
        fc.pre(text[at] !== other);
        const changed = `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
        let ok = false;
        try {
          ({ ok } = verifyRelease(parseRelease(changed)));
        } catch (error) {
          expect(error).toMatchObject({ code: 'input' });
        }
        expect(ok).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });

  test.each<[string, (body: Record<string, JsonValue>) => void, string[]]>([
    ['a smaller epsilon is claimed', (b) => (b['epsilon'] = '0.5'), ['privacy loss', 'mechanisms', 'numbers']],
    ['a larger epsilon is claimed', (b) => (b['epsilon'] = '2'), ['mechanisms', 'numbers']],
    ['a run of a mechanism is left out', (b) => (b['losses'] = [{ kind: 'pure', epsilon: '0.1' }]), ['mechanisms']],
    [
      'noise is half as wide as the loss allows',
      (b) => (b['statistics'] = JSON.parse(JSON.stringify(b['statistics']).replace(/"scale":"\d+"/u, '"scale":"3"'))),
      ['mechanisms'],
    ],
    [
      'a bound is smaller than the noise was made for',
      (b) => (b['query'] = { count: 'events', by: KNOWN, bounds: { groupsPerActor: 1, rowsPerGroup: 3 } }),
      ['mechanisms', 'numbers'],
    ],
    ['a bound is missing', (b) => (b['query'] = { count: 'events', by: KNOWN, bounds: {} }), ['mechanisms', 'groups']],
    ['the level is another', (b) => (b['level'] = 0.99), ['mechanisms']],
    ['a group was not declared', (b) => (b['keys'] = [{ column: 'country', of: ['DE', 'FR', 'US'] }]), ['groups']],
    [
      'a declared group is kept back',
      (b) => {
        b['keys'] = [{ column: 'country', of: ['DE', 'FR'] }];
        b['columns'] = [{ name: 'events', value: [1, 2], low: [0, 1], high: [2, 3] }];
      },
      ['groups', 'numbers'],
    ],
    [
      'a value is another',
      (b) => (b['columns'] = [{ name: 'events', value: [1, 2, 3], low: [0, 1, 2], high: [2, 3, 4] }]),
      ['numbers'],
    ],
  ])('and signed anew is found: %s', (_, change, what) => {
    expect(faultsOf(forged(file, change))).toEqual(what);
  });

  test.each(['-1', '1/0', '1e3', 'a'])('claims no cost of %s', (epsilon) => {
    expect(() => forged(file, (b) => (b['epsilon'] = epsilon))).toThrow(expect.objectContaining({ code: 'input' }));
  });

  test('with a cost too long to read is wrong, and says so', () => {
    const long = forged(file, (b) => (b['delta'] = `0.${'0'.repeat(100_000)}1`));
    expect(faultsOf(long)).toContain('privacy loss');
    expect(faultsOf(long)).not.toContain('signature');
  });

  test('is refused where it is none, or of a newer format', () => {
    expect(() => parseRelease('{')).toThrow(expect.objectContaining({ code: 'input' }));
    expect(() => parseRelease('{"format":"nightjar-release","version":3}')).toThrow('newer format');
    const text = JSON.stringify(file);
    const others = [
      JSON.stringify({ ...file, more: 1 }),
      JSON.stringify(file, null, 2),
      text.replace('"release":', '"release":{"epsilon":"0.1"},"release":'),
    ];
    for (const other of others) expect(() => parseRelease(other)).toThrow('no release file');
    expect(parseRelease(text)).toEqual(file);
  });
});
