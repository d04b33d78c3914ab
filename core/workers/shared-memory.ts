/** The values on memory that threads share: as they are, or copied once. */
export const onSharedMemory = (values: Float32Array): Float32Array => {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
};
