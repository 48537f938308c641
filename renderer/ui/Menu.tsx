/** Menus from a list of entries: one that drops from a button, one that opens at the pointer. */
import { ContextMenu, DropdownMenu } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import type { ShortcutName } from "../shell/shortcuts.ts";
import { Keys } from "./Button.tsx";
import { Icon } from "./Icon.tsx";

export type MenuEntry =
  | "line"
  | { readonly title: string }
  | {
      readonly label: string;
      readonly onSelect: () => void;
      /** Whose keys are shown beside it. */
      readonly act?: ShortcutName;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      /** Entries of a choice: true shows the tick. */
      readonly checked?: boolean;
    };

/** As a function they are made when the menu opens: what they say may depend on what is chosen then. */
export type Entries = readonly MenuEntry[] | (() => readonly MenuEntry[]);

/** For an act that takes the focus: a menu gives it back a moment after it has closed, and that would take it away again. */
export function afterClosing(act: () => void): () => void {
  return () => void setTimeout(() => setTimeout(act));
}

interface Parts {
  readonly Item: typeof DropdownMenu.Item | typeof ContextMenu.Item;
  readonly CheckboxItem: typeof DropdownMenu.CheckboxItem | typeof ContextMenu.CheckboxItem;
  readonly Separator: typeof DropdownMenu.Separator | typeof ContextMenu.Separator;
  readonly Label: typeof DropdownMenu.Label | typeof ContextMenu.Label;
}

interface MenuProps {
  trigger: ReactElement;
  entries: Entries;
  align?: "start" | "end";
  /** Before the entries are made. */
  onOpen?: () => void;
}

/** `modal` is off: Radix would lock scrolling with a style element, which the content security policy refuses. */
export function Menu({ trigger, entries, align = "end", onOpen }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => open && onOpen?.()}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          <MenuEntries entries={entries} parts={DropdownMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function PointerMenu({ children, entries }: { children: ReactElement; entries: Entries }) {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          <MenuEntries entries={entries} parts={ContextMenu} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function MenuEntries({ entries, parts }: { entries: Entries; parts: Parts }): ReactNode {
  return (typeof entries === "function" ? entries() : entries).map((entry, index) => renderEntry(entry, index, parts));
}

function renderEntry(entry: MenuEntry, index: number, parts: Parts): ReactNode {
  if (entry === "line") return <parts.Separator key={index} className="menu-line" />;
  if ("title" in entry)
    return (
      <parts.Label key={index} className="menu-title">
        {entry.title}
      </parts.Label>
    );
  const className = entry.danger === true ? "menu-item danger" : "menu-item";
  const disabled = entry.disabled ?? false;
  if (entry.checked !== undefined)
    return (
      <parts.CheckboxItem key={index} className={className} checked={entry.checked} disabled={disabled} onSelect={entry.onSelect}>
        <span className="tick">{entry.checked && <Icon name="check" size={12} />}</span>
        {entry.label}
        {entry.act !== undefined && <Keys act={entry.act} />}
      </parts.CheckboxItem>
    );
  return (
    <parts.Item key={index} className={className} disabled={disabled} onSelect={entry.onSelect}>
      {entry.label}
      {entry.act !== undefined && <Keys act={entry.act} />}
    </parts.Item>
  );
}
