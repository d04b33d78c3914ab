import './jitless.ts';
import './theme/tokens.css';
import './theme/global.css';
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { queryClient } from './client.ts';
import { followEngine } from './engine-state.ts';
import { router } from './routes/router.tsx';
import { startTheme } from './theme/theme.ts';
import { guardUnsaved } from './unsaved.ts';

startTheme();
followEngine();
guardUnsaved();

// A file that misses a drop zone must not replace the page.
for (const kind of ['dragover', 'drop']) window.addEventListener(kind, (event) => event.preventDefault());

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root.');
createRoot(root).render(
  <QueryClientProvider client={queryClient}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
);
