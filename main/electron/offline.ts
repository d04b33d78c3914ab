import { app, type Session, type WebContents } from 'electron';
import { isOwnAddress } from './own-address.ts';

/**
 * Every way out of the window, closed. The page's content policy forbids most of this a first time; nothing here relies on
 * it. Two calls: one before Electron is ready, one for the session.
 */
export const closeProcess = (): void => {
  const { commandLine } = app;
  if (!commandLine.hasSwitch('no-sandbox')) app.enableSandbox(); // root has none to enable, and Electron ends when asked to
  // Names and addresses lead nowhere, and what would still connect meets a proxy that is not there, loopback included.
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch('proxy-server', 'http://nowhere.invalid:9');
  commandLine.appendSwitch('proxy-bypass-list', '<-loopback>');
  // What Chromium does by itself.
  for (const habit of [
    'disable-background-networking',
    'disable-breakpad',
    'disable-client-side-phishing-detection',
    'disable-component-update',
    'disable-default-apps',
    'disable-domain-reliability',
    'disable-quic',
    'disable-sync',
    'no-pings',
    'no-first-run',
  ]) {
    commandLine.appendSwitch(habit);
  }
  commandLine.appendSwitch('dns-prefetch-disable');
  commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
  commandLine.appendSwitch('disable-features', CHROMIUM_FEATURES_OFF.join(','));
  app.on('web-contents-created', (_event, contents) => closeContents(contents));
};

const CHROMIUM_FEATURES_OFF = [
  'AsyncDns',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DnsOverHttps',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'Prerender2',
  'SpareRendererForSitePerProcess',
  'Translate',
  'WebRtcHideLocalIpsWithMdns', // announces names on the local network
];

/** Only the page's own files load; every permission is refused but putting text on the clipboard; nothing is checked online. */
export const closeSession = async (session: Session): Promise<void> => {
  session.webRequest.onBeforeRequest((details, respond) => respond({ cancel: !isOwnAddress(details.url) }));
  session.setPermissionRequestHandler((_contents, permission, respond) => respond(permission === CLIPBOARD));
  session.setPermissionCheckHandler((_contents, permission) => permission === CLIPBOARD);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerDictionaryDownloadURL('app://nightjar/none/');
  session.on('will-download', (event) => event.preventDefault()); // what is exported is written by the engine
  await session.setProxy({ proxyRules: 'http://nowhere.invalid:9', proxyBypassRules: '<-loopback>' });
  await session.closeAllConnections();
};

const CLIPBOARD = 'clipboard-sanitized-write';

/** No page but ours, no second window, no frame of another page, no direct connection to a peer. */
const closeContents = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('will-navigate', (event, url) => {
    if (!isOwnAddress(url)) event.preventDefault();
  });
  contents.on('will-redirect', (event, url) => {
    if (!isOwnAddress(url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
};
