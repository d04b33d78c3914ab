import { isMac } from './platform.ts';
import css from './kbd.module.css';

const SHOWN: Readonly<Record<string, string>> = {
  mod: isMac ? '\u2318' : 'Ctrl',
  shift: isMac ? '\u21E7' : 'Shift',
  alt: isMac ? '\u2325' : 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  arrowup: '\u2191',
  arrowdown: '\u2193',
};

/** Keys as people see them on their keyboard: `Mod+K`, `g s`, `?`. */
export const Kbd = ({ keys }: { readonly keys: string }) => (
  <span className={css.keys}>
    {keys.split(/[+ ]/).map((key, index) => (
      <kbd key={`${index}:${key}`} className={css.key}>
        {SHOWN[key.toLowerCase()] ?? (key.length === 1 && keys.includes('+') ? key.toUpperCase() : key)}
      </kbd>
    ))}
  </span>
);
