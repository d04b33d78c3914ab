import { createHash } from 'node:crypto';

/** UUID of version 5 (RFC 9562, section 5.5) of a name in a namespace, which is a UUID itself. */
export const uuidV5 = (namespace: string, name: string): string => {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** RFC 9562's namespace of names in the domain name system. */
export const DNS_NAMESPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

const NAMESPACE = uuidV5(DNS_NAMESPACE, 'nightjar-rules');

/** Id of a rule in Sigma: the same rule has the same id everywhere, a changed one another. */
export const ruleUuid = (name: string): string => uuidV5(NAMESPACE, name);
