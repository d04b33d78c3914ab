import { Link } from '@tanstack/react-router';
import { chooseTheme, useTheme } from '../theme/theme.ts';
import type { ThemeChoice } from '../theme/theme.ts';
import { BirdIcon, KeyboardIcon, MoreIcon, ThemeIcon } from '../ui/icons.tsx';
import { IconButton, Menu, runCommand } from '../ui/index.ts';
import { usePlaces } from './places.ts';
import { useSteps } from './steps.ts';
import css from './rail.module.css';

const THEME_NAMES: readonly { readonly id: ThemeChoice; readonly label: string }[] = [
  { id: 'system', label: 'As the system' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
  { id: 'high-contrast', label: 'High contrast' },
];

/** The steps of the work, at the left of every screen. */
export const Rail = () => {
  const { choice } = useTheme();
  const steps = useSteps();
  const placeOf = usePlaces();
  return (
    <nav className={css.rail} aria-label="Steps">
      <div className={css.brand}>
        <BirdIcon size={28} />
      </div>
      <div className={css.steps}>
        {steps.map(({ to, title, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            search={placeOf(to)}
            className={css.step}
            activeOptions={{ exact: true, includeSearch: false }}
          >
            <Icon size={18} />
            {title}
          </Link>
        ))}
      </div>
      <div className={css.tools}>
        <IconButton icon={MoreIcon} label="All commands" keys="Mod+K" onPress={() => runCommand('palette')} />
        <IconButton icon={KeyboardIcon} label="Keys" keys="?" onPress={() => runCommand('keys')} />
        <Menu
          label="Theme"
          entries={THEME_NAMES.map(({ id, label }) => ({
            id,
            label,
            isChosen: choice === id,
            run: () => chooseTheme(id),
          }))}
        >
          <IconButton icon={ThemeIcon} label="Theme" />
        </Menu>
      </div>
    </nav>
  );
};
