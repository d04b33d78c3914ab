import { expect, test } from 'vitest';
import { lDiversity, partitionBy, sensitiveColumn, tCloseness } from '../../../core/anonymize/risk/index.ts';

const classes = (codes: readonly number[]) =>
  partitionBy(codes.length, [{ codes: Uint32Array.from(codes), width: Math.max(...codes) + 1 }]);
const salaries = (values: readonly number[]) =>
  sensitiveColumn('salary', { kind: 'number', unit: 'number', values: Float64Array.from(values) });
const diseases = (values: readonly string[]) => {
  const names = [...new Set(values)];
  return sensitiveColumn('disease', {
    kind: 'text',
    values: names,
    codes: Float64Array.from(values, (value) => names.indexOf(value)),
  });
};

/** The 3-diverse table of Li, Li & Venkatasubramanian 2007: salaries of nine people, in thousands, in classes of three. */
test('salaries in the example of the t-closeness paper are .375 and .167 away', () => {
  const nine = [3, 4, 5, 6, 11, 8, 7, 9, 10];
  const three = [0, 0, 0, 1, 1, 1, 2, 2, 2];
  expect(tCloseness(classes(three), salaries(nine)).largest).toBeCloseTo(0.375, 12);
  // D[{6, 8, 11}, all] is the paper's other figure: with the first and last class as one class of six, of what remains.
  const only = tCloseness(classes([0, 0, 0, 1, 1, 1, 0, 0, 0]), salaries(nine));
  expect(only.largest).toBeCloseTo(1 / 6, 12);
});

test('equal distances are half the difference of shares', () => {
  // Whole table: a .5, b .25, c .25; the first class has only a, the second b, b, c, c … by hand: .5 in both.
  const t = tCloseness(classes([0, 0, 0, 0, 1, 1, 1, 1]), diseases(['a', 'a', 'a', 'a', 'b', 'b', 'c', 'c']));
  expect(t).toEqual({ largest: 0.5, mean: 0.5, distance: 'equal' });
});

test('l-diversity of classes with one, two and three values', () => {
  const l = lDiversity(classes([0, 0, 1, 1, 1, 2, 2, 2]), diseases(['a', 'a', 'a', 'a', 'b', 'a', 'b', 'c']));
  expect(l).toEqual({ distinct: 1, entropy: 1, homogeneous: 0.25 });
  const two = lDiversity(classes([0, 0, 0, 1, 1, 1]), diseases(['a', 'a', 'b', 'a', 'b', 'c']));
  expect(two.distinct).toBe(2);
  expect(two.entropy).toBeCloseTo(Math.exp((2 / 3) * Math.log(3 / 2) + (1 / 3) * Math.log(3)), 12);
  expect(two.homogeneous).toBe(0);
});

test('one value tells nothing', () => {
  expect(tCloseness(classes([0, 1, 1]), salaries([7, 7, 7]))).toMatchObject({ largest: 0, mean: 0 });
});
