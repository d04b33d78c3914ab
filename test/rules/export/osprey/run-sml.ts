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

  const call = (expression: Extract<SmlExpression, { kind: 'call' }>): Value => {
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
        return action[String(valueOf(given('path'))).replace('$.', '')] ?? null;
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
      if (statement.kind === 'assign') names.set(statement.name, valueOf(statement.value));
      else valueOf(statement);
    }
  }
  return { verdicts, added };
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
