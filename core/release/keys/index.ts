export { canonicalText, type JsonValue } from './canonical-json.ts';
export { fingerprintOf, isPublicKey, isSignedBy, newSecret, signedText, signingKeyOf } from './signing-key.ts';
export type { PublicKey, SigningKey, SigningPurpose } from './signing-key.ts';
