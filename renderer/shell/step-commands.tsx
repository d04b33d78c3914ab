import { useNavigate } from '@tanstack/react-router';
import { chooseTheme } from '../theme/theme.ts';
import { useCommands } from '../ui/index.ts';
import { usePlaces } from './places.ts';
import { useSteps } from './steps.ts';

/** Commands that are to be had on every screen: steps and themes. */
export const StepCommands = () => {
  const navigate = useNavigate();
  const steps = useSteps();
  const placeOf = usePlaces();
  useCommands([
    ...steps.map(({ to, title, key }) => ({
      id: `go:${to}`,
      title: `Go to ${title}`,
      keys: `g ${key}`,
      group: 'Steps',
      run: () => void navigate({ to, search: placeOf(to) }),
    })),
    {
      id: 'go:/gallery',
      title: 'Go to the gallery of plots',
      group: 'Steps',
      run: () => void navigate({ to: '/gallery' }),
    },
    { id: 'theme:system', title: 'Use the theme of the system', group: 'Look', run: () => chooseTheme('system') },
    { id: 'theme:light', title: 'Use the light theme', group: 'Look', run: () => chooseTheme('light') },
    { id: 'theme:dark', title: 'Use the dark theme', group: 'Look', run: () => chooseTheme('dark') },
    { id: 'theme:contrast', title: 'Use high contrast', group: 'Look', run: () => chooseTheme('high-contrast') },
  ]);
  return null;
};
