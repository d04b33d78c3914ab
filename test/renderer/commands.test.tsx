// @vitest-environment jsdom
import { cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listCommands, listenForKeys, runCommand, useCommands } from '../../renderer/ui/commands.ts';
import type { Command } from '../../renderer/ui/commands.ts';

const Holder = ({ commands }: { readonly commands: readonly Command[] }) => {
  useCommands(commands);
  return (
    <div>
      <input aria-label="text" />
      <button type="button">press</button>
      <div role="dialog" aria-label="over">
        <span data-testid="inside" />
      </div>
    </div>
  );
};

let ran: string[] = [];
const command = (id: string, keys: string, more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  keys,
  group: 'test',
  run: () => ran.push(id),
  ...more,
});
let stop = (): void => {};

beforeEach(() => {
  ran = [];
  stop = listenForKeys();
});
afterEach(() => {
  stop();
  cleanup();
});

describe('keys', () => {
  it('run the command that has them', () => {
    render(<Holder commands={[command('down', 'j'), command('palette', 'Mod+K'), command('redo', 'Shift+Mod+Z')]} />);
    fireEvent.keyDown(document.body, { key: 'j' });
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    fireEvent.keyDown(document.body, { key: 'Z', ctrlKey: true, shiftKey: true });
    fireEvent.keyDown(document.body, { key: 'x' });
    expect(ran).toEqual(['down', 'palette', 'redo']);
  });

  it('of a shifted character need no word for Shift', () => {
    render(<Holder commands={[command('sheet', '?')]} />);
    fireEvent.keyDown(document.body, { key: '?', shiftKey: true });
    expect(ran).toEqual(['sheet']);
  });

  it('are text while someone types, except with Mod; undo stays the field’s own', () => {
    const { getByLabelText } = render(
      <Holder commands={[command('down', 'j'), command('palette', 'Mod+K'), command('undo', 'Mod+Z')]} />,
    );
    const field = getByLabelText('text');
    fireEvent.keyDown(field, { key: 'j' });
    fireEvent.keyDown(field, { key: 'z', ctrlKey: true });
    expect(ran).toEqual([]);
    fireEvent.keyDown(field, { key: 'k', ctrlKey: true });
    expect(ran).toEqual(['palette']);
  });

  it('do nothing inside a dialog', () => {
    const { getByTestId } = render(<Holder commands={[command('down', 'j')]} />);
    fireEvent.keyDown(getByTestId('inside'), { key: 'j' });
    expect(ran).toEqual([]);
  });

  it('leave Enter to a button', () => {
    const { getByText } = render(<Holder commands={[command('open', 'Enter')]} />);
    fireEvent.keyDown(getByText('press'), { key: 'Enter' });
    expect(ran).toEqual([]);
    fireEvent.keyDown(document.body, { key: 'Enter' });
    expect(ran).toEqual(['open']);
  });

  it('two in a row win over the second one alone', () => {
    render(<Holder commands={[command('go start', 'g s'), command('s', 's')]} />);
    fireEvent.keyDown(document.body, { key: 'g' });
    fireEvent.keyDown(document.body, { key: 's' });
    expect(ran).toEqual(['go start']);
    fireEvent.keyDown(document.body, { key: 's' });
    expect(ran).toEqual(['go start', 's']);
  });

  it('that were used already are left alone', () => {
    render(<Holder commands={[command('down', 'j')]} />);
    const use = (event: Event): void => event.preventDefault();
    document.body.addEventListener('keydown', use);
    fireEvent.keyDown(document.body, { key: 'j' });
    document.body.removeEventListener('keydown', use);
    expect(ran).toEqual([]);
  });
});

describe('commands', () => {
  it('of a later component win, and go with it', () => {
    render(<Holder commands={[command('first', 'j')]} />);
    const later = render(<Holder commands={[command('second', 'j')]} />);
    fireEvent.keyDown(document.body, { key: 'j' });
    later.unmount();
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(ran).toEqual(['second', 'first']);
  });

  it('run what their component last rendered', () => {
    const { rerender } = render(<Holder commands={[command('x', 'x', { run: () => ran.push('old') })]} />);
    rerender(<Holder commands={[command('x', 'x', { run: () => ran.push('new') })]} />);
    runCommand('x');
    expect(ran).toEqual(['new']);
  });

  it('that are not enabled are not listed', () => {
    render(<Holder commands={[command('on', 'a'), command('off', 'b', { isEnabled: false })]} />);
    expect(listCommands().map(({ id }) => id)).toEqual(['on']);
    fireEvent.keyDown(document.body, { key: 'b' });
    expect(ran).toEqual([]);
  });
});
