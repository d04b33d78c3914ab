// What the test runtime (Electron 22 with Node 16) lacks of the Node that Nightjar is written for. Loaded by the bundles of
// the test run only; the product's hold nothing of this.
'use strict';
const os = require('node:os');
const { promises: files } = require('node:fs');
const buffer = require('node:buffer');
const web = require('node:stream/web');
const v8 = require('node:v8');
const { randomUUID, webcrypto } = require('node:crypto');

os.availableParallelism ??= () => os.cpus().length;
// bavail and bsize are all that is asked for; the test runs on disks with room.
files.statfs ??= async () => ({ bavail: 2 ** 30, bsize: 4096 });

const given = {
  ReadableStream: web.ReadableStream,
  WritableStream: web.WritableStream,
  TransformStream: web.TransformStream,
  TextDecoderStream: web.TextDecoderStream,
  TextEncoderStream: web.TextEncoderStream,
  Blob: buffer.Blob,
  crypto: webcrypto,
  structuredClone: (value) => v8.deserialize(v8.serialize(value)),
  File: class File extends buffer.Blob {
    constructor(parts, name, options = {}) {
      super(parts, options);
      this.name = name;
      this.lastModified = options.lastModified ?? 0;
    }
  },
  FormData: class FormData {
    parts = [];
    append(name, value, filename) {
      this.parts.push({ name, value, filename: filename ?? value.name ?? 'blob' });
    }
    set(name, value, filename) {
      this.parts = this.parts.filter((part) => part.name !== name);
      this.append(name, value, filename);
    }
  },
  Headers: function Headers() {}, // these two are only asked whether something is one
  Request: function Request() {},
  Response: class Response {
    constructor(form) {
      const boundary = `nightjar-${randomUUID()}`;
      this.headers = new Map([['content-type', `multipart/form-data; boundary=${boundary}`]]);
      const pieces = form.parts.flatMap(({ name, value, filename }) =>
        typeof value === 'string'
          ? [`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`, value, '\r\n']
          : [
              `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\n`,
              `Content-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`,
              value,
              '\r\n',
            ],
      );
      this.whole = new buffer.Blob([...pieces, `--${boundary}--\r\n`]);
    }
    async blob() {
      return this.whole;
    }
  },
};
for (const [name, value] of Object.entries(given)) {
  if (globalThis[name] === undefined)
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

AbortSignal.prototype.throwIfAborted ??= function throwIfAborted() {
  if (this.aborted) throw this.reason;
};
AbortSignal.any ??= (signals) => {
  const all = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) all.abort(signal.reason);
    else signal.addEventListener('abort', () => all.abort(signal.reason), { once: true });
  }
  return all.signal;
};

const define = (type, name, value) => {
  if (!(name in type.prototype))
    Object.defineProperty(type.prototype, name, { value, writable: true, configurable: true });
};
const Typed = Object.getPrototypeOf(Uint8Array);
define(Array, 'toSorted', function toSorted(compare) {
  return [...this].sort(compare);
});
define(Array, 'toReversed', function toReversed() {
  return [...this].reverse();
});
define(Array, 'toSpliced', function toSpliced(...parts) {
  const copy = [...this];
  copy.splice(...parts);
  return copy;
});
define(Array, 'with', function withValue(index, value) {
  const copy = [...this];
  copy[index < 0 ? copy.length + index : index] = value;
  return copy;
});
define(Typed, 'toSorted', function toSorted(compare) {
  return this.slice().sort(compare);
});
define(Typed, 'toReversed', function toReversed() {
  return this.slice().reverse();
});
define(String, 'isWellFormed', function isWellFormed() {
  return !/\p{Surrogate}/u.test(this);
});
define(String, 'toWellFormed', function toWellFormed() {
  return this.replace(/\p{Surrogate}/gu, '\ufffd');
});
Object.groupBy ??= (items, keyOf) => {
  const groups = Object.create(null);
  let index = 0;
  for (const item of items) (groups[keyOf(item, index++)] ??= []).push(item);
  return groups;
};
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    if (groups.has(key)) groups.get(key).push(item);
    else groups.set(key, [item]);
  }
  return groups;
};
