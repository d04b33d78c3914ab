// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

vi.mock('../../renderer/unsaved.ts', () => ({ setUnsaved: (): void => undefined }));
const { SettledText } = await import('../../renderer/routes/explore/settled.tsx');

let settled: string[] = [];
let late: string[] = [];

beforeEach(() => {
  settled = [];
  late = [];
});
afterEach(cleanup);

const note = (value: string | undefined) => (
  <SettledText
    label="Note"
    value={value}
    join={(before, typed) => (before === '' ? typed : `${before}\n${typed}`)}
    placeholder=""
    onSettle={(text) => void settled.push(text)}
    onLate={(text) => void late.push(text)}
    area={null}
  />
);
const area = () => screen.getByLabelText<HTMLTextAreaElement>('Note');

it('what is typed before the note comes is put under it, and given on when the field is left', async () => {
  const { rerender } = render(note(undefined));
  await userEvent.type(area(), 'typed');
  rerender(note('was there'));
  expect(area().value).toBe('was there\ntyped');
  expect(settled).toEqual([]);
  await userEvent.type(area(), ' on');
  await userEvent.tab();
  expect(settled).toEqual(['was there\ntyped on']);
});

it('left before the note comes, it is given on once it has come, with it', async () => {
  const { rerender } = render(note(undefined));
  await userEvent.type(area(), 'typed');
  await userEvent.tab();
  expect(settled).toEqual([]); // it would take the place of a note that nobody has seen
  rerender(note('was there'));
  expect(settled).toEqual(['was there\ntyped']);
});

it('gone before the note comes, it is told apart from a whole note', async () => {
  const { unmount } = render(note(undefined));
  await userEvent.type(area(), 'typed');
  unmount();
  expect([settled, late]).toEqual([[], ['typed']]);
});

it('a note that comes again while somebody writes changes nothing', async () => {
  const { rerender } = render(note(''));
  await userEvent.type(area(), 'typed');
  rerender(note(undefined));
  rerender(note('of before'));
  expect(area().value).toBe('typed');
});
