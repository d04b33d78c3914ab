import type { DesktopBridge } from '../core/api/contract/bridge.ts';

declare global {
  interface Window {
    readonly nightjar?: DesktopBridge;
  }
}
