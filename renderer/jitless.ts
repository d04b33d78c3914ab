import { z } from 'zod';

// The page's policy forbids code made at run time: zod must not even try. It asks once, where a schema is made, so that this
// comes before the contract.
z.config({ jitless: true });
