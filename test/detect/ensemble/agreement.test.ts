import { describe, expect, it } from 'vitest';
import { agreementOf } from '../../../core/detect/ensemble/agreement.ts';
import { ensembleCard } from '../../../core/detect/ensemble/card.ts';
import { DEFAULT_DETECTORS, MEMBERS, weightOf } from '../../../core/detect/ensemble/members.ts';
import { saysOf } from '../../../core/detect/ensemble/say.ts';
import { DETECTORS } from '../../../core/detect/index.ts';

const ramp = (n: number, value: (i: number) => number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => value(i));

describe('agreementOf', () => {
  const parts = [
    { name: 'up', score: ramp(1000, (i) => i) },
    { name: 'squared', score: ramp(1000, (i) => i * i) },
    { name: 'down', score: ramp(1000, (i) => -i) },
    { name: 'flat', score: ramp(1000, () => 1) },
  ];

  it('is 1 for the same order, −1 for the opposite, nothing for a constant', () => {
    const { names, rank } = agreementOf(parts, 1000);
    expect(names).toEqual(['up', 'squared', 'down', 'flat']);
    expect(rank[0]?.[1]).toBeCloseTo(1, 12);
    expect(rank[2]?.[0]).toBeCloseTo(-1, 12);
    expect(rank[0]?.[0]).toBe(1);
    expect(rank[3]?.[0]).toBeNaN();
    expect(rank[0]?.[3]).toBeNaN();
  });

  it('counts who is among the strongest of both', () => {
    const { top, topRows } = agreementOf(parts, 1000);
    expect(topRows).toBe(20);
    expect([top[0]?.[1], top[0]?.[2], top[1]?.[1]]).toEqual([1, 0, 1]);
  });

  it('looks at the first rows only', () => {
    const { top } = agreementOf(
      [
        { name: 'a', score: ramp(40, (i) => (i < 20 ? i : 100 - i)) },
        parts[0] ?? { name: '', score: ramp(40, () => 0) },
      ],
      20,
    );
    expect(top[0]?.[1]).toBe(1);
  });
});

describe('saysOf', () => {
  const odd = (name: string): { readonly name: string; readonly evidence: 'odd' } => ({ name, evidence: 'odd' });
  const up = ramp(1000, (i) => i);
  const down = ramp(1000, (i) => -i);

  it('divides a say among detectors with the same strongest rows, and leaves it whole to one that is alone', () => {
    const running = [odd('one'), odd('two'), odd('three'), odd('apart')];
    const scores = [up, up.map(Math.sqrt), up.map((value) => 7 * value), down];
    const agreement = agreementOf(
      running.map(({ name }, k) => ({ name, score: scores[k] ?? up })),
      1000,
    );
    expect(saysOf(running, agreement)).toEqual([1 / 3, 1 / 3, 1 / 3, 1]);
  });

  it('divides by how much of the strongest is shared', () => {
    // The strongest 20 of 1,000: 990–999 in both, ten more in each alone.
    const half = ramp(1000, (i) => (i >= 990 || (i >= 500 && i < 510) ? 2000 + i : i));
    const running = [odd('one'), odd('two')];
    const agreement = agreementOf(
      [
        { name: 'one', score: up },
        { name: 'two', score: half },
      ],
      1000,
    );
    expect(saysOf(running, agreement)).toEqual([1 / 1.5, 1 / 1.5]);
  });

  it('does not count those of another kind of evidence', () => {
    const running = [odd('one'), { name: 'twins', evidence: 'alike' as const }];
    const agreement = agreementOf(
      running.map(({ name }) => ({ name, score: up })),
      1000,
    );
    expect(saysOf(running, agreement)).toEqual([1, 1]);
  });

  it('starts from the weights of the members', () => {
    const agreement = agreementOf([{ name: 'knn', score: up }], 1000);
    expect(saysOf([odd('knn')], agreement)).toEqual([weightOf('knn')]);
  });
});

describe('the default ensemble', () => {
  it('names detectors that exist, once each, with weights above 0', () => {
    const known = DETECTORS.map(({ name }) => name);
    for (const { name, weight } of MEMBERS) {
      expect(known).toContain(name);
      expect(weight).toBeGreaterThan(0);
    }
    expect(new Set(DEFAULT_DETECTORS).size).toBe(MEMBERS.length);
    expect(weightOf('somebody else')).toBe(1);
  });

  it('is told on a card whose shares add to 1 per kind of evidence', () => {
    const running = DETECTORS.filter(({ name }) => DEFAULT_DETECTORS.includes(name));
    const parts = running.map(({ name }, k) => ({ name, score: ramp(100, (i) => (i * (k + 1) * 37) % 101) }));
    const agreement = agreementOf(parts, 100);
    const says = saysOf(running, agreement);
    const withSay = running.map((detector, k) => ({ ...detector, weight: says[k] ?? Number.NaN }));
    const card = ensembleCard(withSay, [], 'default', agreement);
    for (const kind of ['odd', 'alike'] as const) {
      const shares = card.members.filter(({ evidence }) => evidence === kind).map(({ share }) => share);
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    }
    expect(card.sentences.join(' ')).toContain('never averaged');
    expect(card.members.every(({ because }) => because !== 'Asked for by name.')).toBe(true);
  });
});
