/** One event of a mail server, before it is laid out in fields. */
export type MailServerEvent = {
  readonly action: string;
  readonly outcome: string;
  readonly actor: string | null;
  readonly ip?: string | null | undefined;
  readonly object?: string | undefined;
  readonly bytes?: string | undefined;
  readonly recipients?: string | undefined;
  readonly delaySeconds?: string | undefined;
  readonly attempts?: string | undefined;
  readonly method?: string | undefined;
};

/** SASL mechanisms of the IANA registry that mail servers offer. */
const MECHANISM =
  /^(?:PLAIN|LOGIN|CRAM-MD5|DIGEST-MD5|SCRAM-[A-Z0-9-]+|NTLM|GSSAPI|XOAUTH2|OAUTHBEARER|EXTERNAL|ANONYMOUS|APOP)$/;

/** The mechanism in capitals when it is one of the registered names, else 'other'; undefined stays undefined. */
export const mechanism = (name: string | undefined): string | undefined => {
  if (name === undefined) return undefined;
  return MECHANISM.test(name.toUpperCase()) ? name.toUpperCase() : 'other';
};
