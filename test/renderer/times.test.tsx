// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { Times } from '../../renderer/routes/explore/facets.tsx';
import type { Explore } from '../../renderer/routes/explore/use-explore.ts';

afterEach(cleanup);

const patched: object[] = [];
const show = (search: Pick<Explore['search'], 'from' | 'to'>): void => {
  patched.length = 0;
  render(<Times explore={{ search, patch: (part) => void patched.push(part) }} />);
};

it('says when the end lies before the beginning', () => {
  show({ from: Date.UTC(2026, 2, 14), to: Date.UTC(2026, 2, 10) });
  expect(screen.getByRole('status').textContent).toContain('Ends before it begins');
  cleanup();
  show({ from: Date.UTC(2026, 2, 14) });
  expect(screen.getByRole('status').textContent).toBe('');
});

it('says how to write a time, and takes none that it does not understand', async () => {
  show({});
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('From'), 'yesterday{Enter}');
  expect(screen.getByText(/Write it as/u)).toBeTruthy();
  expect(patched).toEqual([]);
  await user.clear(screen.getByLabelText(/From/u));
  await user.type(screen.getByLabelText(/From/u), '2026-03-14 09:30{Enter}');
  expect(patched).toEqual([{ from: Date.UTC(2026, 2, 14, 9, 30), row: undefined }]);
});
