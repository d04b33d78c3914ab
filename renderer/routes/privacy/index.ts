export { PrivacyScreen } from './privacy-screen.tsx';
export { privacySearch } from './search.ts';
