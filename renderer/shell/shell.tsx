import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { RerankDialog } from '../decisions/rerank-dialog.tsx';
import { UndoCommands } from '../decisions/undo-commands.tsx';
import { listenForKeys } from '../ui/commands.ts';
import { keepFocus } from '../ui/keep-focus.ts';
import { ToastRegion } from '../ui/index.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { DropAnywhere } from './drop-anywhere.tsx';
import { FirstScreen } from './first-screen.tsx';
import { IntakeDialog } from './intake-dialog.tsx';
import { KeySheet } from './key-sheet.tsx';
import { Palette } from './palette.tsx';
import { useKeepPlaces } from './places.ts';
import { Rail } from './rail.tsx';
import { NotForReviewers } from './screen-error.tsx';
import { StatusBar } from './status-bar.tsx';
import { StepCommands } from './step-commands.tsx';
import { useMayGo } from './steps.ts';
import css from './shell.module.css';

/** What stands around every screen. */
export const Shell = () => {
  useEffect(() => listenForKeys(), []);
  useEffect(() => keepFocus(), []);
  useKeepPlaces();
  const mayGo = useMayGo(useRouterState({ select: ({ location }) => location.pathname }));
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main" onClick={skipToMain}>
        Skip to the content
      </a>
      <Rail />
      <div className={css.banner}>
        <ConnectionBanner />
      </div>
      <main id="main" className={css.main} tabIndex={-1}>
        {mayGo ? <Outlet /> : <NotForReviewers />}
      </main>
      <StatusBar />
      <FirstScreen />
      <StepCommands />
      <UndoCommands />
      <RerankDialog />
      <DropAnywhere />
      <IntakeDialog />
      <Palette />
      <KeySheet />
      <ToastRegion />
    </div>
  );
};

// The address holds the route: a jump inside the page must not replace it.
const skipToMain = (event: { preventDefault: () => void }): void => {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
};
