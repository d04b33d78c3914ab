import { useNavigate } from '@tanstack/react-router';
import { Screen } from '../shell/screen.tsx';
import { DatabaseIcon } from '../ui/icons.tsx';
import { Button, EmptyState } from '../ui/index.ts';

/** In place of a screen that needs a case, where none is open. */
export const NoCase = ({ title }: { readonly title: string }) => {
  const navigate = useNavigate();
  return (
    <Screen title={title}>
      <EmptyState
        icon={DatabaseIcon}
        title="No case is open."
        actions={
          <>
            <Button kind="primary" onPress={() => void navigate({ to: '/' })}>
              Open a case
            </Button>
            <Button onPress={() => void navigate({ to: '/import' })}>Import a log</Button>
          </>
        }
      >
        Open a case from before or the sample, or begin one with a log of your own.
      </EmptyState>
    </Screen>
  );
};
