import { bytes, encode, float32, floats, integer, integers, littleEndian, message, text, texts } from './protobuf.ts';
import type { Field } from './protobuf.ts';

// Field numbers: onnx.proto of ONNX 1.15 (IR version 8).
const FLOAT = 1;
const INT64 = 7;
const DOUBLE = 11;

export type Attribute =
  | { readonly float: number }
  | { readonly integer: number }
  | { readonly text: string }
  | { readonly floats: ArrayLike<number> }
  | { readonly integers: readonly number[] }
  | { readonly texts: readonly string[] };

export type Operator = {
  readonly type: string;
  /** Empty for ONNX's own operators. */
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
};

export type Constant = {
  readonly name: string;
  readonly type: 'float' | 'double' | 'int64';
  /** Scalar when absent. */
  readonly values: readonly number[];
  readonly scalar?: boolean;
};

export type Graph = {
  readonly name: string;
  readonly doc: string;
  readonly input: { readonly name: string; readonly columns: number };
  readonly output: { readonly name: string };
  readonly operators: readonly Operator[];
  readonly constants: readonly Constant[];
  /** Free facts for the reader of the file. */
  readonly metadata: Readonly<Record<string, string>>;
};

/** The bytes of an ONNX model, rows × columns of float32 in, one float32 per row (rows × 1) out. */
export const encodeGraph = (graph: Graph): Uint8Array =>
  encode(
    integer(1, 8),
    text(2, 'nightjar'),
    message(
      7,
      ...graph.operators.map((operator) => message(1, ...nodeOf(operator))),
      text(2, graph.name),
      ...graph.constants.map((constant) => message(5, ...tensorOf(constant))),
      text(10, graph.doc),
      tensorInfo(11, graph.input.name, graph.input.columns),
      tensorInfo(12, graph.output.name, 1),
    ),
    message(8, text(1, ''), integer(2, 13)),
    message(8, text(1, 'ai.onnx.ml'), integer(2, 1)),
    ...Object.entries(graph.metadata).map(([key, value]) => message(14, text(1, key), text(2, value))),
  );

const nodeOf = ({ type, domain, inputs, output, attributes = {} }: Operator): Field[] => [
  ...inputs.map((name) => text(1, name)),
  text(2, output),
  text(4, type),
  ...Object.entries(attributes).map(([name, value]) => message(5, text(1, name), ...attributeOf(value))),
  ...(domain === undefined ? [] : [text(7, domain)]),
];

const attributeOf = (value: Attribute): Field[] => {
  if ('float' in value) return [float32(2, value.float), integer(20, 1)];
  if ('integer' in value) return [integer(3, value.integer), integer(20, 2)];
  if ('text' in value) return [text(4, value.text), integer(20, 3)];
  if ('floats' in value) return [floats(7, value.floats), integer(20, 6)];
  if ('integers' in value) return [integers(8, value.integers), integer(20, 7)];
  return [texts(9, value.texts), integer(20, 8)];
};

const tensorOf = ({ name, type, values, scalar = false }: Constant): Field[] => {
  const width = type === 'float' ? 4 : 8;
  const raw = littleEndian(width * values.length, (view) => {
    values.forEach((value, i) => {
      if (type === 'float') view.setFloat32(4 * i, value, true);
      else if (type === 'double') view.setFloat64(8 * i, value, true);
      else view.setBigInt64(8 * i, BigInt(value), true);
    });
  });
  const code = { float: FLOAT, double: DOUBLE, int64: INT64 }[type];
  return [...(scalar ? [] : [integers(1, [values.length])]), integer(2, code), text(8, name), bytes(9, raw)];
};

const tensorInfo = (field: number, name: string, columns: number): Field => {
  const shape = message(2, message(1, text(2, 'rows')), message(1, integer(1, columns)));
  return message(field, text(1, name), message(2, message(1, integer(1, FLOAT), shape)));
};
