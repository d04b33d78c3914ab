#!/usr/bin/env node
// `npm run build`: everything in dist/ that is older than its sources: the engine and command line, the page, the desktop.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureDesktop, ensurePage } from './ensure-built.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
ensureBuilt(root);
ensurePage(root);
ensureDesktop(root);
