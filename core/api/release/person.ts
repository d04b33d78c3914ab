import { userInfo } from 'node:os';

/**
 * The account that this process runs as. It says who asks and who approves, as far as a machine can tell: two persons who
 * share an account look like one, and one person with two accounts like two.
 */
export const thisAccount = (): string => nameOfAccount().slice(0, 200) || numberOfAccount();

const nameOfAccount = (): string => {
  try {
    return userInfo().username;
  } catch (error) {
    // An account that the machine has no name for, as in a container that runs under a number.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR') return '';
    throw error;
  }
};

const numberOfAccount = (): string => `uid ${process.getuid?.() ?? 'unknown'}`;
