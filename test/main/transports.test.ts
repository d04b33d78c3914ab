import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BOUNDARY_CHECKS, tooLarge } from './support/boundary-checks.ts';
import { inProcess, overLoopback, type Transport } from './support/client.ts';
import { temporaryFolder } from './support/temporary.ts';

// The third transport, the desktop's own, is in test/desktop/transport.test.ts.
const TRANSPORTS = {
  'one process, a MessageChannel': inProcess,
  'a child process, a loopback WebSocket': overLoopback,
};

describe.each(Object.entries(TRANSPORTS))('%s', (_name, make) => {
  let transport: Transport;
  const home = temporaryFolder();
  beforeAll(async () => {
    transport = await make(home);
  });
  afterAll(() => transport.close());

  test.each(BOUNDARY_CHECKS)('$name', ({ run }) => run(transport));

  test('a line that is closed for its frame learns of it', async () => {
    const { sendRaw, closed } = await transport.connect();
    sendRaw(tooLarge());
    expect(await closed).toEqual(expect.any(Number));
  });
});
