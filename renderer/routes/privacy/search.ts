import { z } from 'zod';

const PRIVACY_TABS = ['risk', 'compose', 'requests', 'ledger', 'verify', 'audit'] as const;
export type PrivacyTab = (typeof PRIVACY_TABS)[number];

/** What the address of Privacy holds: the tab, and the request that is looked at. */
export const privacySearch = z.object({
  tab: z.enum(PRIVACY_TABS).optional().catch(undefined),
  request: z.string().optional().catch(undefined),
});
