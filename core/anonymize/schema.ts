/** What happens to one column on its way in. */
export type ColumnPolicy =
  | { readonly kind: 'pseudonymise' }
  | { readonly kind: 'generalise'; readonly how: Generalisation }
  | { readonly kind: 'features-only' }
  /** Of each value only a keyed bucket among the actor's own: see `createBucketer`. */
  | { readonly kind: 'bucket' }
  /** `guarded`: a value that looks like an identifier is pseudonymised all the same. */
  | { readonly kind: 'keep'; readonly guarded: boolean }
  | { readonly kind: 'drop' };

export type Generalisation =
  /** IPv4 to its /24, IPv6 to its /48. */
  | { readonly to: 'network' }
  /** Crypto-PAn: addresses sharing a prefix of k bits keep sharing exactly k bits. */
  | { readonly to: 'prefix-preserving' }
  | { readonly to: 'minute' | 'hour' | 'day' }
  /** Lower edge of the bin of this width. */
  | { readonly to: 'bins'; readonly width: number }
  /** Values outside the list become `other`. */
  | { readonly to: 'categories'; readonly values: readonly string[] };

/** Policy by event column or by source field; a source field's own entry wins. */
export type Policy = Readonly<Record<string, ColumnPolicy>>;
