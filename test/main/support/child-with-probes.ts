import { createChildChannel } from '../../../main/engine/child-channel.ts';
import { runEngine } from '../../../main/engine/run-engine.ts';
import { createEngineWithProbes } from './engine-with-probes.ts';

runEngine(createChildChannel(process), createEngineWithProbes);
