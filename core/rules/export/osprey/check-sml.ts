import { SML_FUNCTIONS, type SmlType } from './functions.ts';
import type { Place, SmlCall, SmlExpression, SmlStatement } from './parse-sml.ts';
import type { SmlFault } from './tokens.ts';

/** Types of names that files before this one define. */
export type SmlNames = Map<string, SmlType>;

/**
 * Faults that Osprey's validators would find in a file (`engine/ast_validator`): names that are not defined or defined twice,
 * functions it does not have, values that are missing or of another type, rules without a name, and texts that are meant as
 * formats. `functions` are those of plug-ins, which may take anything.
 */
export const checkSml = (
  statements: readonly SmlStatement[],
  names: SmlNames,
  functions: readonly string[],
): readonly SmlFault[] => {
  const faults: SmlFault[] = [];
  const fault = (message: string, { line, column }: Place): void => {
    faults.push({ message, line, column });
  };
  const own = new Map<string, Place>();
  const used = new Set<string>();

  const seen = new Map<SmlExpression, SmlType>();
  const typeOf = (value: SmlExpression): SmlType => {
    const known = seen.get(value);
    if (known !== undefined) return known;
    const type = findType(value);
    seen.set(value, type);
    return type;
  };

  const findType = (value: SmlExpression): SmlType => {
    switch (value.kind) {
      case 'name': {
        used.add(value.name);
        const type = names.get(value.name);
        if (type === undefined) fault(`the name ${value.name} is not defined`, value);
        return type ?? 'any';
      }
      case 'text':
        return 'text';
      case 'format':
        for (const name of value.names) typeOf({ kind: 'name', name, line: value.line, column: value.column });
        return 'text';
      case 'number':
        return 'number';
      case 'boolean':
        return 'boolean';
      case 'none':
        return 'any';
      case 'list': {
        const kinds = value.items.map(typeOf).map((type) => (type === 'rule' ? 'boolean' : type));
        const types = [...new Set(kinds)].filter((type) => type !== 'any');
        if (types.length > 1) fault(`a list holds different types: ${types.join(', ')}`, value);
        return 'any';
      }
      case 'call':
        return checkCall(value);
      case 'compare':
        return checkComparison(value);
      case 'calculate':
        for (const side of [value.left, value.right]) {
          const type = typeOf(side);
          if (type !== 'number' && type !== 'text' && type !== 'any')
            fault(`${value.op} does not take a ${type}`, side);
        }
        return typeOf(value.left);
      case 'and':
      case 'or':
        value.parts.forEach(typeOf);
        return 'boolean';
      case 'not': {
        const type = typeOf(value.part);
        if (!isBoolean(type)) fault(`not takes true or false, not a ${type}`, value);
        return 'boolean';
      }
      case 'minus': {
        const type = typeOf(value.part);
        if (type !== 'number' && type !== 'any') fault(`- takes a number, not a ${type}`, value);
        return 'number';
      }
    }
  };

  const checkComparison = ({ op, left, right, ...at }: Extract<SmlExpression, { kind: 'compare' }>): SmlType => {
    const leftType = typeOf(left);
    if ((op === 'in' || op === 'not in') && right.kind === 'list') {
      typeOf(right);
      for (const item of right.items) expectAlike(leftType, typeOf(item), item);
      return 'boolean';
    }
    const rightType = typeOf(right);
    if (op !== 'in' && op !== 'not in') expectAlike(leftType, rightType, at);
    if (['<', '<=', '>', '>='].includes(op) && (left.kind === 'none' || right.kind === 'none')) {
      fault(`${op} does not compare with None`, at);
    }
    return 'boolean';
  };

  const expectAlike = (left: SmlType, right: SmlType, at: Place): void => {
    const [a, b] = [left, right].map((type) => (type === 'rule' ? 'boolean' : type));
    if (a === b || [a, b].some((type) => type === 'any' || type === 'entity')) return;
    fault(`a ${left} is compared with a ${right}`, at);
  };

  const checkCall = (call: SmlCall): SmlType => {
    const known = Object.hasOwn(SML_FUNCTIONS, call.name) ? SML_FUNCTIONS[call.name] : undefined;
    const types = call.values.map(({ value }) => typeOf(value));
    const twice = call.values.find(({ name }, i) => call.values.findIndex((other) => other.name === name) !== i);
    if (twice !== undefined) fault(`${call.name} is given ${twice.name} twice`, twice.value);
    if (known === undefined) {
      if (!functions.includes(call.name)) fault(`there is no function ${call.name}`, call);
      return 'any';
    }
    for (const [name, type] of Object.entries(known.takes)) {
      if (!type.endsWith('?') && !call.values.some((value) => value.name === name))
        fault(`${call.name} needs ${name}`, call);
    }
    call.values.forEach(({ name, value }, i) => {
      const takes = known.takes[name]?.replace('?', '');
      if (takes === undefined) fault(`${call.name} takes no ${name}`, value);
      else checkValue(call, name, takes, value, types[i] ?? 'any');
    });
    return known.gives;
  };

  const checkValue = (call: SmlCall, name: string, takes: string, value: SmlExpression, type: SmlType): void => {
    if (takes.endsWith('s')) {
      if (value.kind !== 'list') fault(`${name} of ${call.name} is a list`, value);
      else for (const item of value.items) checkItem(takes.slice(0, -1), item);
      return;
    }
    if (
      takes !== 'any' &&
      type !== 'any' &&
      type !== takes &&
      !(takes === 'boolean' && isBoolean(type)) &&
      type !== 'entity'
    ) {
      fault(`${name} of ${call.name} is a ${takes}, not a ${type}`, value);
    }
    if (takes === 'entity' && type !== 'entity' && type !== 'any') return;
    const isLiteral =
      value.kind === 'text' || ((call.name === 'Require' || name === 'description') && value.kind === 'format');
    if (['path', 'label', 'type', 'description', 'rule'].includes(name) && takes === 'text' && !isLiteral) {
      fault(`${name} of ${call.name} is a text as it stands`, value);
    }
    if (name === 'description' && value.kind === 'text' && /\{[^\d\W]\w*\}/.test(value.text)) {
      fault('braces in a plain text: put an f before it, or double them in one', value);
    }
  };

  const checkItem = (takes: string, item: SmlExpression): void => {
    const type = typeOf(item);
    if (type === 'any' || type === takes || (takes === 'boolean' && isBoolean(type))) return;
    fault(`a ${takes} is missing here, this is a ${type}`, item);
  };

  for (const statement of statements) {
    if (statement.kind === 'call') {
      checkCall(statement);
      if (statement.name === 'Rule') fault('a rule needs a name: Name = Rule(…)', statement);
      continue;
    }
    const { name, value, type } = statement;
    const gives = typeOf(value);
    if (names.has(name)) fault(`the name ${name} is defined twice`, statement);
    if (value.kind === 'call') {
      if (SML_FUNCTIONS[value.name]?.isTyped === true && type === undefined)
        fault(`${name} needs a type: ${name}: str = …`, statement);
      if (value.name === 'Rule' && name.startsWith('_'))
        fault('a rule cannot have a name that starts with _', statement);
      if (gives === 'nothing') fault(`${value.name} gives no value`, value);
    }
    const said = type === undefined ? gives : typeSaid(type);
    if (said === undefined) fault(`there is no type ${type ?? ''}`, statement);
    names.set(name, said ?? 'any');
    own.set(name, statement);
  }
  for (const [name, at] of own) {
    if (name.startsWith('_') && !used.has(name)) fault(`the name ${name} is not used`, at);
    if (name.startsWith('_')) names.delete(name);
  }
  return faults;
};

const isBoolean = (type: SmlType): boolean => type === 'boolean' || type === 'rule' || type === 'any';

const typeSaid = (type: string): SmlType | undefined => {
  const optional = /^(?:Optional|Secret|ExtractSecret|ExtractLiteral)\[(.+)\]$/.exec(type)?.[1] ?? type;
  if (/^Entity\[(str|int)\]$/.test(optional)) return 'entity';
  if (/^List\[.+\]$/.test(optional)) return 'any';
  return SIMPLE_TYPES.get(optional);
};

const SIMPLE_TYPES: ReadonlyMap<string, SmlType> = new Map([
  ['str', 'text'],
  ['int', 'number'],
  ['float', 'number'],
  ['bool', 'boolean'],
  ['Any', 'any'],
  ['TimeDelta', 'duration'],
]);
