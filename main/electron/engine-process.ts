// The engine as a utility process of the desktop.
import { runEngine } from '../engine/run-engine.ts';
import { createParentChannel } from './parent-channel.ts';

runEngine(createParentChannel(process.parentPort));
