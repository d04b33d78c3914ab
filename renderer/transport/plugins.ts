import type { ClientContext } from '@orpc/client';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { contract } from '../../core/api/contract.ts';

/** What every line does with what it carries: answers are checked against the contract. */
export const linkPlugins = (): ResponseValidationPlugin<ClientContext>[] => [new ResponseValidationPlugin(contract)];
