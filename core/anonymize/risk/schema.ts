/** What a column's values become at one level of generalisation. */
export type Rule =
  | { readonly kind: 'as-is' }
  /** The commonest values stay, all others become one. */
  | { readonly kind: 'top'; readonly keep: readonly string[] }
  /** Addresses to a prefix; what is no address becomes one value. */
  | { readonly kind: 'prefix'; readonly bitsIPv4: number; readonly bitsIPv6: number }
  /** Numbers to the lower edge of their bin; edges ascend. */
  | { readonly kind: 'bins'; readonly edges: readonly number[] }
  /** One value for everybody. */
  | { readonly kind: 'all' };

/** The generalisations of one column, from its own values (level 0) to a single value (the last). Each level is a function of the one before. */
export type Hierarchy = {
  /** One name per level, such as `as it is`, `top 8 + other`, `*`. */
  readonly names: readonly string[];
  /** `maps[level][code]`: the code at that level of a code at level 0. */
  readonly maps: readonly Uint32Array[];
  /** Different codes per level. */
  readonly widths: readonly number[];
  readonly rules: readonly Rule[];
};

/** One column of the table of actors, as codes 0…width − 1 of level 0; a missing value is a value of its own. */
export type QuasiColumn = {
  readonly name: string;
  readonly codes: Uint32Array;
  readonly hierarchy: Hierarchy;
};

/** A column an attacker would want to learn. Codes of an ordered column ascend with the value. */
export type SensitiveColumn = {
  readonly name: string;
  readonly codes: Uint32Array;
  readonly width: number;
  readonly isOrdered: boolean;
};

/** A column as it was read: dictionary-coded texts, sets of texts, or numbers. All have one entry per actor. */
export type SourceColumn =
  /** `codes[i]` is a place in `values`, NaN where the actor has none. */
  | { readonly kind: 'text'; readonly codes: Float64Array; readonly values: readonly string[] }
  /** As `text`; each value is a list of places in `elements`. */
  | {
      readonly kind: 'set';
      readonly codes: Float64Array;
      readonly values: readonly (readonly number[])[];
      readonly elements: readonly string[];
    }
  | { readonly kind: 'number'; readonly values: Float64Array; readonly unit: NumberUnit };

/** `hour`: 0–23; `day`: whole days since 1970. */
export type NumberUnit = 'hour' | 'day' | 'count' | 'number';
