import type { Rational } from '../../math/rational.ts';

/**
 * What a mechanism, or many of them, may cost one actor. Neighbouring data sets differ in one actor with all their
 * rows, added or removed. M is
 * - pure: ε-differentially private, P(M(x) ∈ S) ≤ e^ε P(M(x′) ∈ S) for all S (Dwork, McSherry, Nissim & Smith 2006);
 * - approximate: (ε, δ)-differentially private, P(M(x) ∈ S) ≤ e^ε P(M(x′) ∈ S) + δ
 *   (Dwork, Kenthapadi, McSherry, Mironov & Naor 2006);
 * - zcdp: ρ-zero-concentrated, D_α(M(x) ‖ M(x′)) ≤ ρ α for all α > 1, with Rényi's divergence (Bun & Steinke 2016).
 */
export type PrivacyLoss =
  | { readonly kind: 'pure'; readonly epsilon: Rational }
  | { readonly kind: 'approximate'; readonly epsilon: Rational; readonly delta: Rational }
  | { readonly kind: 'zcdp'; readonly rho: Rational };
