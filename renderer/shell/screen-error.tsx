import { useNavigate } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { EmptyState, Button } from '../ui/index.ts';
import { WarnIcon } from '../ui/icons.tsx';
import { Screen } from './screen.tsx';

/** In place of a screen that failed to draw: the case is not touched by that. */
export const ScreenError = ({ reset }: ErrorComponentProps) => {
  const navigate = useNavigate();
  return (
    <Screen title="Something went wrong">
      <EmptyState
        icon={WarnIcon}
        title="This screen could not be shown."
        actions={
          <>
            <Button kind="primary" onPress={reset}>
              Show it again
            </Button>
            <Button onPress={() => void navigate({ to: '/' })}>Go to Start</Button>
          </>
        }
      >
        Your case and your decisions are safe: they live in the engine, not in this window. If it happens again, reload
        the window.
      </EmptyState>
    </Screen>
  );
};

/** Where an address leads nowhere. */
export const NotFound = () => {
  const navigate = useNavigate();
  return (
    <Screen title="Not found">
      <EmptyState
        title="There is no such screen."
        actions={
          <Button kind="primary" onPress={() => void navigate({ to: '/' })}>
            Go to Start
          </Button>
        }
      >
        The address does not name a step of Nightjar.
      </EmptyState>
    </Screen>
  );
};

/** In place of a screen that shows single actors, where a reviewer has opened the app. */
export const NotForReviewers = () => {
  const navigate = useNavigate();
  return (
    <Screen title="Not for reviewers">
      <EmptyState
        title="This screen shows single actors."
        actions={
          <Button kind="primary" onPress={() => void navigate({ to: '/privacy' })}>
            Go to Privacy
          </Button>
        }
      >
        A reviewer decides what may leave, and sees nobody. An investigator opens the case without the role.
      </EmptyState>
    </Screen>
  );
};
