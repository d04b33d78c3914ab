// The engine as a child process of the loopback server: pages' frames come over the channel to the parent.
import { createChildChannel } from './child-channel.ts';
import { runEngine } from './run-engine.ts';

runEngine(createChildChannel(process));
