import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import { cx } from './cx.ts';
import css from './tabs.module.css';

export type TabsProps<T extends string> = {
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly title: ReactNode; readonly panel: ReactNode }[];
  readonly selected: T;
  readonly onSelect: (id: T) => void;
  readonly className?: string;
};

/** Several panels, one at a time. */
export const Tabs = <T extends string>({ label, tabs, selected, onSelect, className }: TabsProps<T>) => (
  <AriaTabs
    className={cx(css.tabs, className)}
    selectedKey={selected}
    onSelectionChange={(key) => {
      const chosen = tabs.find((tab) => tab.id === key);
      if (chosen !== undefined && chosen.id !== selected) onSelect(chosen.id);
    }}
  >
    <TabList aria-label={label} className={cx(css.list)}>
      {tabs.map((tab) => (
        <Tab key={tab.id} id={tab.id} className={cx(css.tab)}>
          {tab.title}
        </Tab>
      ))}
    </TabList>
    {tabs.map((tab) => (
      <TabPanel key={tab.id} id={tab.id} className={cx(css.panel)}>
        {tab.panel}
      </TabPanel>
    ))}
  </AriaTabs>
);
