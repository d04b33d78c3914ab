import { expect, test } from 'vitest';
import { stepWords } from '../../renderer/routes/rules/step-words.ts';

test.each([
  ['save', 'save r7', ['Saved', 'r7']],
  ['save', 'rename r7 to r8', ['Renamed', 'r7 to r8']],
  ['state', 'go live with r7', ['Gone live', 'r7']],
  ['state', 'make a draft of r7', ['Made a draft', 'r7']],
  ['remove', 'remove r7', ['Removed', 'r7']],
  ['undo', 'save r7', ['Undone', 'save r7']],
  ['redo', 'retire r7', ['Done again', 'retire r7']],
  ['state', 'words of a later version', ['Changed', 'words of a later version']],
] as const)('%s: %s', (event, title, words) => {
  expect(stepWords({ event, title })).toEqual(words);
});
