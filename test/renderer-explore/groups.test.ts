// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { bySameMembers, groupPlaces, sharedHeads, sharedRows } from '../../renderer/routes/explore/group-words.ts';
import { leadOf } from '../../renderer/routes/explore/story.tsx';

describe('what members share', () => {
  it('is shares of members and others where they are alike in what they do', () => {
    const shared = [{ what: 'event_count', label: 'events', value: 1, others: 0.007 }];
    expect(sharedRows({ basis: 'features', shared })).toEqual([
      { label: 'events', value: '100 %', others: '0.7 %', bars: { value: 1, others: 0.007 } },
    ]);
  });

  it('is numbers of different things where they are alike in when they act, without bars', () => {
    const shared = [{ what: 'objects', label: 'objects within 4 hours', value: 4.5, others: 0.0702 }];
    expect(sharedRows({ basis: 'events', shared })).toEqual([
      { label: 'objects within 4 hours', value: '4.5', others: '0.07', bars: null },
    ]);
    const [never] = sharedRows({
      basis: 'events',
      shared: [{ what: 'objects', label: 'objects', value: 30, others: 6e-8 }],
    });
    expect(never?.others).toBe('none');
    expect(sharedHeads({ basis: 'events' })).not.toEqual(sharedHeads({ basis: 'features' }));
  });
});

const group = {
  run: 'this',
  basis: 'events' as const,
  size: 2,
  pValue: 0.1,
  sentence: '',
  shared: [],
  members: [],
  decided: { abuse: 0, benign: 0, unsure: 0 },
};

it('keeps the order of groups', () => {
  expect(
    groupPlaces([
      { ...group, place: 4 },
      { ...group, place: 1 },
    ]),
  ).toEqual([4, 1]);
});

it('puts groups of the same members together, in whatever order they are told', () => {
  const [events, other, features, more] = [
    { ...group, place: 0, members: ['a', 'b'] },
    { ...group, place: 1, members: ['a', 'c'] },
    { ...group, place: 2, members: ['b', 'a'] },
    { ...group, place: 3, members: ['a', 'b'], size: 900 },
  ];
  expect(bySameMembers([events, other, features, more])).toEqual([[events, features], [other], [more]]);
});

it.each([
  [3, 1, 'odd'],
  [1, 3, 'alike'],
  [null, 0.5, 'alike'],
  [0, null, 'odd'],
  [null, null, null],
] as const)('odd %s and alike %s: %s speaks louder', (odd, alike, lead) => {
  expect(leadOf({ odd, alike })).toBe(lead);
});
