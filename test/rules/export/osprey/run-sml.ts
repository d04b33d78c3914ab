import { parseSml, type SmlExpression } from '../../../../core/rules/export/osprey/parse-sml.ts';
import type { Fields } from '../meets.ts';

type Value = string | number | boolean | null | readonly Value[];

/**
 * Rules of SML files over one action, as Osprey's executors work: what is missing is None, `==`, `!=` and `in` take None,
 * `<` and its like are false of it, and a function that is missing a value is None itself. Answers the verdicts and labels.
 */
export const runSml = (
  files: readonly { readonly name: string; readonly text: string }[],
  action: Fields,
  labels: ReadonlySet<string> = new Set(),
): { readonly verdicts: readonly string[]; readonly added: readonly string[] } => {
  const names = new Map<string, Value>();
  const verdicts: string[] = [];
  const added: string[] = [];

  const valueOf = (expression: SmlExpression): Value => {
    switch (expression.kind) {
      case 'name':
        return names.get(expression.name) ?? null;
      case 'text':
      case 'format':
        return unescape(expression.text);
      case 'boolean':
        return true;
      case 'none':
        return null;
      case 'list':
        return expression.items.map(valueOf);
      case 'and':
        return expression.parts.every((part) => valueOf(part) === true);
      case 'or':
        return expression.parts.some((part) => valueOf(part) === true);
      case 'not':
        return valueOf(expression.part) !== true;
      case 'compare':
        return compare(expression.op, valueOf(expression.left), valueOf(expression.right));
      case 'minus':
        return -Number(valueOf(expression.part));
      case 'number':
        return Number(expression.text);
      case 'calculate':
        throw new TypeError('nothing is calculated here');
      case 'call':
        return call(expression);
    }
  };

  const call = (expression: Extract<SmlExpression, { kind: 'call' }>, type = ''): Value => {
    const given = (name: string): SmlExpression => {
      const found = expression.values.find((value) => value.name === name);
      if (found === undefined) throw new TypeError(`no ${name}`);
      return found.value;
    };
    const items = (name: string): readonly SmlExpression[] => {
      const list = given(name);
      return list.kind === 'list' ? list.items : [];
    };
    switch (expression.name) {
      case 'JsonData':
      case 'EntityJson':
        return read(
          action[String(valueOf(given('path'))).replace('$.', '')] ?? null,
          type,
          expression.values.some(({ name, value }) => name === 'coerce_type' && valueOf(value) === true),
        );
      case 'Rule':
        return items('when_all').every((signal) => valueOf(signal) === true);
      case 'HasLabel':
        return labels.has(`${String(valueOf(given('entity')))} ${String(valueOf(given('label')))}`);
      case 'WhenRules':
        if (items('rules_any').some((rule) => valueOf(rule) === true)) items('then').forEach(valueOf);
        return null;
      case 'DeclareVerdict':
        verdicts.push(String(valueOf(given('verdict'))));
        return null;
      case 'LabelAdd':
        added.push(`${String(valueOf(given('entity')))} ${String(valueOf(given('label')))}`);
        return null;
      default:
        return null;
    }
  };

  for (const { text } of files) {
    for (const statement of parseSml(text)) {
      if (statement.kind === 'call') valueOf(statement);
      else if (statement.value.kind === 'call') names.set(statement.name, call(statement.value, statement.type));
      else names.set(statement.name, valueOf(statement.value));
    }
  }
  return { verdicts, added };
};

/** A value of another type than the name's fails, which reads as None, unless it may be made one (`udf/rvalue_type_checker.py`). */
const read = (value: string | number | null, type: string, mayCoerce: boolean): Value => {
  if (value === null) return null;
  const wanted = /\[float\]/.test(type) ? 'number' : 'string';
  if (typeof value === wanted) return value;
  if (!mayCoerce) return null;
  if (wanted === 'string') return String(value);
  return Number.isNaN(Number(value)) ? null : Number(value);
};

const compare = (op: string, left: Value, right: Value): boolean => {
  if (op === '==') return left === right;
  if (op === '!=') return left !== right;
  if (op === 'in') return Array.isArray(right) && right.includes(left);
  if (op === 'not in') return !(Array.isArray(right) && right.includes(left));
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  if (op === '<') return left < right;
  if (op === '<=') return left <= right;
  return op === '>' ? left > right : left >= right;
};

const unescape = (text: string): string =>
  text.replaceAll(/\\(u([0-9a-f]{4})|.)/gs, (_, all: string, code: string | undefined) =>
    code === undefined ? all : String.fromCharCode(Number.parseInt(code, 16)),
  );
