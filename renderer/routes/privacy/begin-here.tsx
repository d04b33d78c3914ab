import type { ReactNode } from 'react';
import type { Icon } from '../../ui/icons.tsx';
import { Button, EmptyState } from '../../ui/index.ts';

type Props = {
  readonly icon: Icon;
  readonly title: string;
  readonly action: string;
  readonly onAction: () => void;
  readonly children: ReactNode;
};

/** Nothing here yet, and the one thing that begins it. */
export const BeginHere = ({ icon, title, action, onAction, children }: Props) => (
  <EmptyState
    icon={icon}
    title={title}
    actions={
      <Button kind="primary" onPress={onAction}>
        {action}
      </Button>
    }
  >
    {children}
  </EmptyState>
);
