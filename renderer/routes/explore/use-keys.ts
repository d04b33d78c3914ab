import type { Verdict } from '../../../core/api/contract.ts';
import { useCommands } from '../../ui/index.ts';

export type KeyActions = {
  readonly isSelected: boolean;
  /** Actors selected for what is done to many at once. */
  readonly marked: number;
  readonly move: (by: number) => void;
  readonly open: () => void;
  readonly back: () => void;
  readonly mark: () => void;
  readonly decide: (verdict: Verdict | null) => void;
  readonly note: () => void;
  readonly find: () => void;
  readonly exportQueue: () => void;
  readonly clear: () => void;
  readonly isGroups: boolean;
  readonly switchView: () => void;
  readonly makeRule: () => void;
};

/** The explore screen's keys, for the palette and the sheet of keys too. */
export const useKeys = (actions: KeyActions): void => {
  const { isSelected, marked } = actions;
  const canDecide = isSelected || marked > 0;
  const whom = marked > 0 ? 'the selected actors' : 'the actor';
  const group = 'Queue';
  useCommands([
    { id: 'queue.next', title: 'Go to the next actor', keys: 'j', group, isHidden: true, run: () => actions.move(1) },
    {
      id: 'queue.previous',
      title: 'Go to the previous actor',
      keys: 'k',
      group,
      isHidden: true,
      run: () => actions.move(-1),
    },
    {
      id: 'queue.down',
      title: 'Go to the next actor',
      keys: 'ArrowDown',
      group,
      isHidden: true,
      run: () => actions.move(1),
    },
    {
      id: 'queue.up',
      title: 'Go to the previous actor',
      keys: 'ArrowUp',
      group,
      isHidden: true,
      run: () => actions.move(-1),
    },
    {
      id: 'queue.page-next',
      title: 'Go 20 actors down',
      keys: ']',
      group,
      isHidden: true,
      run: () => actions.move(20),
    },
    {
      id: 'queue.page-previous',
      title: 'Go 20 actors up',
      keys: '[',
      group,
      isHidden: true,
      run: () => actions.move(-20),
    },
    {
      id: 'queue.open',
      title: 'Open the inspector',
      keys: 'Enter',
      group,
      isEnabled: isSelected,
      isHidden: true,
      run: actions.open,
    },
    { id: 'queue.back', title: 'Go back to the queue', keys: 'Escape', group, isHidden: true, run: actions.back },
    { id: 'queue.mark', title: 'Select the actor', keys: 'x', group, isEnabled: isSelected, run: actions.mark },
    {
      id: 'queue.abuse',
      title: `Mark ${whom} abuse`,
      keys: '1',
      group,
      isEnabled: canDecide,
      run: () => actions.decide('abuse'),
    },
    {
      id: 'queue.benign',
      title: `Mark ${whom} benign`,
      keys: '2',
      group,
      isEnabled: canDecide,
      run: () => actions.decide('benign'),
    },
    {
      id: 'queue.unsure',
      title: `Mark ${whom} unsure`,
      keys: '3',
      group,
      isEnabled: canDecide,
      run: () => actions.decide('unsure'),
    },
    {
      id: 'queue.take-back',
      title: `Take the decision about ${whom} back`,
      group,
      isEnabled: canDecide,
      run: () => actions.decide(null),
    },
    { id: 'queue.note', title: 'Write a note', keys: 'n', group, isEnabled: isSelected, run: actions.note },
    {
      id: 'queue.rule',
      title: actions.isGroups ? 'Make a rule of the group' : `Make a rule of ${whom}`,
      keys: 'r',
      group,
      isEnabled: canDecide || actions.isGroups,
      run: actions.makeRule,
    },
    { id: 'queue.find', title: 'Find a pseudonym', keys: '/', group, run: actions.find },
    {
      id: 'queue.view',
      title: actions.isGroups ? 'Show the queue' : 'Show groups of twins',
      keys: 't',
      group,
      run: actions.switchView,
    },
    { id: 'queue.clear', title: 'Clear all filters', group, run: actions.clear },
    { id: 'queue.export', title: 'Export the queue', group, run: actions.exportQueue },
  ]);
};
