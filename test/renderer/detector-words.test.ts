import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectorLabel, detectorWords } from '../../renderer/plots/detector-words.ts';
import { stageName } from '../../renderer/jobs/job-words.ts';

const LIST = readFileSync(join(import.meta.dirname, '../../core/detect/detectors.ts'), 'utf8');
const NAMES = [...LIST.matchAll(/listed\((\w+)\)/gu)].map(([, name = '']) => name);

describe('every detector of the engine', () => {
  it('is found in its list', () => {
    expect(NAMES).toContain('isolationForest');
    expect(NAMES.length).toBeGreaterThan(10);
  });

  it.each(NAMES)('%s has words of its own, short enough for a column and a plot', (name) => {
    const { label, short, hint } = detectorWords(name);
    expect(hint).toMatch(/^[A-Z].*\.$/u);
    expect(short.length).toBeLessThanOrEqual(6);
    expect(label.length).toBeLessThanOrEqual(20);
    expect(stageName(name)).toBe(label);
  });

  it('has a label that no other has', () => {
    expect(new Set(NAMES.map(detectorLabel)).size).toBe(NAMES.length);
    expect(new Set(NAMES.map((name) => detectorWords(name).short)).size).toBe(NAMES.length);
  });

  it('looks for the odd, all but lockstep', () => {
    expect(NAMES.filter((name) => detectorWords(name).evidence === 'alike')).toEqual(['lockstep']);
  });
});

it('makes words of a name it does not know', () => {
  expect(detectorLabel('someNewThing')).toBe('Some new thing');
});
