import { expect, it } from 'vitest';
import { evaluateDetectors, evaluateKinds } from '../../core/evaluate/index.ts';

const labels = Uint8Array.of(1, 1, 0, 0, 1, 0);
const kinds = ['bot', 'spam', '', '', 'bot', ''];
const detectors = [
  { name: 'up', scores: Float64Array.of(6, 1, 4, 3, 5, 2) },
  { name: 'down', scores: Float64Array.of(1, 6, 3, 4, 2, 5) },
];

it('judges every detector by the same labels', () => {
  const document = evaluateDetectors(detectors, labels);
  expect([document.n, document.positives, Object.keys(document.detectors)]).toEqual([6, 3, ['up', 'down']]);
  expect(document.detectors['up']?.rocAuc).toBeCloseTo(6 / 9, 15);
  expect(document.detectors['down']?.rocAuc).toBeCloseTo(3 / 9, 15);
});

it('judges one kind against the rest without the other kinds', () => {
  const [bot, spam] = evaluateKinds(detectors, labels, kinds);
  expect([bot?.kind, bot?.n, bot?.positives, bot?.detectors['up']?.rocAuc]).toEqual(['bot', 5, 2, 1]);
  expect([spam?.kind, spam?.n, spam?.positives, spam?.detectors['up']?.rocAuc]).toEqual(['spam', 4, 1, 0]);
});

it('passes the document through JSON unchanged', () => {
  const document = evaluateDetectors(detectors, labels);
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});
