import { expect, test } from 'vitest';
import { featuresOf } from './events.ts';

test('text: means, own repeats, and texts others send too', async () => {
  const { values } = await featuresOf('actor_id text_length text_links text_digits text_entropy text_digest', [
    ['a', 10, 1, 0.5, 2, 77n],
    ['a', 20, 0, 0.25, 3, 77n],
    ['a', 33, 2, 0, 4, -5n],
    ['a', null, null, null, null, null],
    ['b', 7, 0, 0, 1, -5n],
    ['c', null, null, null, null, null],
  ]);
  // 3 texts, 2 signatures; −5 is also b's
  expect(values['a']).toMatchObject({
    text_length_mean: 21,
    text_links_mean: 1,
    text_digits_mean: 0.25,
    text_entropy_mean: 3,
  });
  expect(values['a']?.['text_repeat_share']).toBeCloseTo(1 / 3, 12);
  expect(values['a']?.['text_copied_share']).toBeCloseTo(1 / 3, 12);
  expect(values['b']).toMatchObject({ text_repeat_share: 0, text_copied_share: 1 });
  expect(values['c']).toMatchObject({ text_length_mean: null, text_repeat_share: null });
});
