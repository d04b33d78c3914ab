import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { useCommandList } from '../ui/commands.ts';
import type { Command } from '../ui/commands.ts';
import { cx, Kbd, useCommands } from '../ui/index.ts';
import css from './palette.module.css';

/** Every command, found by its words: Mod+K. */
export const Palette = () => {
  const [isOpen, setOpen] = useState(false);
  const place = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => setOpen(false), [place]); // the commands are those of another screen now
  useCommands([
    { id: 'palette', title: 'Find a command', keys: 'Mod+K', group: 'Help', isHidden: true, run: () => setOpen(true) },
  ]);
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={setOpen} isDismissable className={cx(css.veil)}>
      <Modal className={cx(css.modal)}>
        <Dialog aria-label="Commands">
          <Finder onDone={() => setOpen(false)} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
};

const Finder = ({ onDone }: { readonly onDone: () => void }) => {
  const { contains } = useFilter({ sensitivity: 'base' });
  const commands = useCommandList().filter(({ isHidden }) => isHidden !== true);
  const run = (id: string): void => {
    onDone();
    commands.find((command) => command.id === id)?.run();
  };
  return (
    <Autocomplete filter={contains}>
      <SearchField aria-label="Find a command" autoFocus className={cx(css.search)}>
        <Input
          className={cx(css.input)}
          placeholder="What do you want to do?"
          onKeyDownCapture={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation(); // the field would be emptied, and a second key be needed
            onDone();
          }}
        />
      </SearchField>
      <div className={css.scroll} tabIndex={0} role="group" aria-label="Commands that fit">
        <ListBox
          aria-label="Commands"
          className={cx(css.list)}
          onAction={(key) => run(String(key))}
          renderEmptyState={() => <div className={css.none}>No command has these words.</div>}
        >
          {groupsOf(commands).map(([group, members]) => (
            <ListBoxSection key={group} id={`group:${group}`}>
              <Header className={css.group}>{group}</Header>
              {members.map((command) => (
                <ListBoxItem key={command.id} id={command.id} textValue={command.title} className={cx(css.item)}>
                  <span>{command.title}</span>
                  {command.keys === undefined ? null : <Kbd keys={command.keys} />}
                </ListBoxItem>
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </div>
    </Autocomplete>
  );
};

/** Commands by their group, in the order the groups came up. */
export const groupsOf = (commands: readonly Command[]): readonly (readonly [string, readonly Command[]])[] => {
  const groups = new Map<string, readonly Command[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups];
};
