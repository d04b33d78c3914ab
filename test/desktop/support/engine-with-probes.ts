// The desktop's engine, with the probes beside its own calls.
import { createParentChannel } from '../../../main/electron/parent-channel.ts';
import { runEngine } from '../../../main/engine/run-engine.ts';
import { createEngineWithProbes } from '../../main/support/engine-with-probes.ts';

runEngine(createParentChannel(process.parentPort), createEngineWithProbes);
