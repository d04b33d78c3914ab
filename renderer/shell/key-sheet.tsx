import { useState } from 'react';
import { useCommandList } from '../ui/commands.ts';
import { Dialog, Kbd, useCommands } from '../ui/index.ts';
import { groupsOf } from './palette.tsx';
import css from './key-sheet.module.css';

/** Every key that does something on this screen: `?`. */
export const KeySheet = () => {
  const [isOpen, setOpen] = useState(false);
  useCommands([{ id: 'keys', title: 'Show the keys', keys: '?', group: 'Help', run: () => setOpen(true) }]);
  const commands = useCommandList().filter(({ keys }) => keys !== undefined);
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={() => setOpen(false)} isWide>
      <p>Keys work wherever no text is being entered. Those of a list work while it has the focus.</p>
      <div className={css.columns}>
        {groupsOf(commands).map(([group, members]) => (
          <section key={group} className={css.group}>
            <h3>{group}</h3>
            <ul>
              {members.map((command) => (
                <li key={command.id} className={css.line}>
                  <span>{command.title}</span>
                  <Kbd keys={command.keys ?? ''} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
};
