/** A list of things to tick, in a popover: columns, figures, axes. */
import type { ReactNode } from "react";
import "./tick-list.css";

export interface Ticked {
  readonly key: string;
  readonly label: string;
  readonly title?: string | undefined;
  readonly ticked: boolean;
  readonly disabled?: boolean;
  /** Said behind its label. */
  readonly note?: ReactNode;
}

export function TickList({ items, onToggle }: { items: readonly Ticked[]; onToggle: (key: string) => void }) {
  return (
    <ul className="tick-list">
      {items.map(({ key, label, title, ticked, disabled = false, note }) => (
        <li key={key}>
          <label title={title}>
            <input type="checkbox" checked={ticked} disabled={disabled} onChange={() => onToggle(key)} />
            <span className="clip">{label}</span>
            {note}
          </label>
        </li>
      ))}
    </ul>
  );
}
