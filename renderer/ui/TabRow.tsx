/** Tabs: a row of names, with a count beside a name where one is due, and the panel of the one chosen. */
import { Tabs } from "radix-ui";
import type { ReactNode } from "react";

export interface TabDescription<K extends string> {
  readonly key: K;
  readonly label: string;
  readonly count?: number;
  readonly tone?: "plain" | "warn" | "bad";
  readonly content: () => ReactNode;
}

interface TabRowProps<K extends string> {
  name: string;
  tabs: readonly TabDescription<K>[];
  value: K;
  onChange: (key: K) => void;
  /** At the right end of the row. */
  extra?: ReactNode;
}

export function TabRow<K extends string>({ name, tabs, value, onChange, extra }: TabRowProps<K>) {
  const choose = (chosen: string): void => {
    const tab = tabs.find((candidate) => candidate.key === chosen);
    if (tab !== undefined) onChange(tab.key);
  };
  return (
    <Tabs.Root className="tab-root" value={value} onValueChange={choose}>
      <div className="tab-row">
        <Tabs.List className="tab-list" aria-label={name}>
          {tabs.map((tab) => (
            <Tabs.Trigger key={tab.key} className="tab" value={tab.key}>
              {tab.label}
              {tab.count !== undefined && tab.count > 0 && <span className={`count ${tab.tone ?? "plain"}`}>{tab.count}</span>}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {extra}
      </div>
      {tabs.map((tab) => (
        <Tabs.Content key={tab.key} className="tab-panel" value={tab.key} tabIndex={0}>
          {tab.content()}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
