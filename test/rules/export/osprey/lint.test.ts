import { describe, expect, it } from 'vitest';
import { lintSml } from '../../../../core/rules/export/osprey/index.ts';

const MODEL = {
  name: 'models/base.sml',
  text: `
# What every action has
ActionName = GetActionName()

AccountId: Entity[str] = EntityJson(
  type='Account',
  path='$.account.id',
  coerce_type=True
)

MessageText: Optional[str] = JsonData(path='$.message.text', required=False)

Followers: int = JsonData(path='$.account.followers')
Tags: List[str] = JsonData(path='$.message.tags')
HasText = MessageText != None
Minute: int = 60
Hour: int = Minute * 60
`,
};

const faults = (text: string, functions: readonly string[] = []): readonly string[] =>
  lintSml([MODEL, { name: 'rules/own.sml', text }], functions).map(
    ({ file, line, column, message }) => `${file}:${line}:${column} ${message}`,
  );

const rule = (signals: string): string => `Import(rules=['models/base.sml'])

Odd = Rule(
  when_all=[${signals}],
  description='Odd',
)
WhenRules(rules_any=[Odd], then=[LabelAdd(entity=AccountId, label='odd')])
`;

describe('SML as its documentation has it', () => {
  it.each([
    ['an empty file', ''],
    ['comments only', '# nothing here\n\n# at all'],
    [
      'signals of many kinds',
      rule(`
    # first
    MessageText == 'hello',
    ListLength(list=Tags) == 5,
    RegexMatch(target=MessageText, pattern='(bit\\\\.ly|tiny)', case_insensitive=True),
    Followers >= 3,
    MessageText != None,
    (Followers in [1, 2, 3]) or (MessageText in ['a', 'b']),
    not HasLabel(entity=AccountId, label='known'),
    HasText`),
    ],
    [
      'a rule as a signal',
      `${rule('Followers < 5')}Both = Rule(when_all=[Odd, HasText], description=f'{AccountId} is odd')\n`,
    ],
    [
      'effects with conditions and ends',
      `${rule('True')}WhenRules(
  rules_any=[
    Odd,
  ],
  then=[
    DeclareVerdict(verdict='reject'),
    LabelAdd(entity=AccountId, label='seen', expires_after=TimeDelta(days=7), apply_if=Odd),
    LabelRemove(entity=AccountId, label='new'),
  ],
)
`,
    ],
    [
      'files that are required',
      `Require(rule=f'actions/{ActionName}.sml')\nRequire(rule='a.sml', require_if=Followers > 2)\n`,
    ],
    ['local names', `_Few = Followers < 10\n${rule('_Few')}`],
    ['sums and minus', rule('Followers * 2 + 1 > -3, -Followers < 4')],
    ['texts that are joined, in all quotes', rule(`MessageText == 'a' "b" '''c\nd''', MessageText == r'\\d'`)],
    ['an attribute', rule('AccountId.type == AccountId.type').replaceAll('AccountId.type', 'MessageText')],
  ])('%s', (_, text) => {
    expect(faults(text)).toEqual([]);
  });

  it('knows functions of plug-ins that are named', () => {
    const text = rule(`TextContains(text=MessageText, phrase='x')`);
    expect(faults(text, ['TextContains'])).toEqual([]);
    expect(faults(text)).toEqual(['rules/own.sml:4:13 there is no function TextContains']);
  });
});

describe('SML that Osprey would refuse', () => {
  it.each([
    ['a bracket that is open', "A = Rule(when_all=[True], description='x'", /missing here/],
    ['a text without its end', "A = 'x", /1:5 a text without its end/],
    ['a text over two lines', "A = 'x\ny'", /1:5 a text without its end/],
    ['values without names', "A = JsonData('$.x')", /need their names/],
    ['a value by itself', "'x'", /a value by itself/],
    ['a name by itself', 'Followers', /a value by itself/],
    ['a chain of comparisons', rule('1 < Followers < 5'), /only two values/],
    ['a reserved word', 'for = 1', /word of the language/],
    ['an import of Python', 'import os', /./],
    ['a function of Python', 'def f(): pass', /./],
    ['an assignment to a list', '[A, B] = C', /./],
    ['a lambda', 'A = lambda: 1', /word of the language/],
    ['a dictionary', "A = {'a': 1}", /a value is missing/],
    ['an index', 'A = Tags[0]', /a statement must end/],
    ['bytes', "A = b'x'", /bytes/],
    ['a call in a format text', rule("MessageText == f'{Hash(x=1)}'"), /names in braces only/],
    ['a specification in a format text', rule("MessageText == f'{Followers:d}'"), /names in braces only/],
    ['two attributes', 'A = B.c.d', /one level deep/],
    ['an assignment without a value', 'A: str', /needs a value/],
    ['a strange sign', 'A = 1 ? 2', /sign that SML does not have/],
    ['bytes that are no text', rule("MessageText == b'x'"), /bytes/],
    ['a name that is not defined', rule("Unknown == 'x'"), /Unknown is not defined/],
    ['a name that is defined twice', "ActionName = 'x'", /ActionName is defined twice/],
    ['an unknown function', 'A = Eval(x=1)', /no function Eval/],
    ['a missing value', 'A = Rule(when_all=[True])', /Rule needs description/],
    ['a value too many', "A = Rule(when_all=[True], description='x', then=[])", /Rule takes no then/],
    ['a value twice', "A = Rule(when_all=[True], description='x', description='y')", /given description twice/],
    ['no list', "A = Rule(when_all=True, description='x')", /when_all of Rule is a list/],
    ['a signal that is a text', rule("'hello'"), /a boolean is missing here, this is a text/],
    ['a text against a number', rule('MessageText == 5'), /a text is compared with a number/],
    ['a number against texts', rule("Followers in ['1']"), /a number is compared with a text/],
    ['a list of two types', rule("Followers in [1, 'a']"), /different types: number, text/],
    ['not of a number', rule('not Followers'), /not takes true or false/],
    ['minus of a text', rule("-MessageText == 'a'"), /- takes a number/],
    ['an order with None', rule('Followers < None'), /does not compare with None/],
    ['a rule without a name', "Rule(when_all=[True], description='x')", /a rule needs a name/],
    ['a rule with a local name', "_A = Rule(when_all=[True], description='x')", /starts with _/],
    ['data without a type', "A = JsonData(path='$.x')", /A needs a type/],
    ['an unknown type', "A: Text = JsonData(path='$.x')", /no type Text/],
    ['braces in a plain text', "A = Rule(when_all=[True], description='of {AccountId}')", /braces in a plain text/],
    ['a path that is computed', 'A: str = JsonData(path=ActionName)', /a text as it stands/],
    [
      'a label on no entity',
      rule('True').replace('entity=AccountId', 'entity=MessageText'),
      /entity of LabelAdd is a entity/,
    ],
    [
      'an effect that is none',
      rule('True').replace("LabelAdd(entity=AccountId, label='odd')", 'Followers'),
      /a effect is missing/,
    ],
    [
      'an effect of no rule',
      rule('True').replace('rules_any=[Odd]', 'rules_any=[Followers]'),
      /a rule is missing here/,
    ],
    ['a name for what gives nothing', 'A = WhenRules(rules_any=[], then=[])', /gives no value/],
    ['a local name that is not used', '_A = 1', /_A is not used/],
  ])('%s', (_, text, message) => {
    expect(faults(text).join('\n')).toMatch(message);
  });

  it('says where', () => {
    expect(faults("\n\nA = Rule(\n  when_all=[\n    Nobody == 'x',\n  ],\n  description='x',\n)\n")).toEqual([
      'rules/own.sml:5:5 the name Nobody is not defined',
    ]);
  });

  it('does not see local names of another file', () => {
    const files = [
      { name: 'a.sml', text: "_A: str = JsonData(path='$.a')\nB = _A == 'x'\n" },
      { name: 'b.sml', text: "C = _A == 'y'\n" },
    ];
    expect(lintSml(files).map(({ file, message }) => [file, message])).toEqual([
      ['b.sml', 'the name _A is not defined'],
    ]);
  });
});
