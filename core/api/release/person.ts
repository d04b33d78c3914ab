import { userInfo } from 'node:os';

/**
 * The account that this process runs as. It says who asks and who approves, as far as a machine can tell: two persons who
 * share an account look like one, and one person with two accounts like two.
 */
export const thisAccount = (): string => userInfo().username.slice(0, 200) || 'unknown';
