/** The name of a layer or a collapsed group while it is being changed, on the canvas and in the list: Enter keeps it, Escape leaves the old one. */

import { useState } from "react";
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import { typedKey } from "../ui/typed-key.ts";
import { useCanvas } from "./canvas-state.ts";
import { rename } from "./edits.ts";
import { renameGroup } from "./entered-group.ts";

/** The same function at each drawing: React calls a new one again, and the focus would come back from where it went. */
const takeFocus = (element: HTMLInputElement | null): void => element?.focus({ preventScroll: true });

export function NameInput({ id, name, label }: { id: string; name: string; label: string }) {
  const [draft, setDraft] = useState(name);
  const close = (): void => useCanvas.setState({ renaming: null });
  const keep = (): boolean => {
    if (!id.startsWith(GROUP_PREFIX)) return rename(id, draft);
    renameGroup(id.slice(GROUP_PREFIX.length), draft);
    return true;
  };
  return (
    <input
      className="layer-name nodrag"
      aria-label={label}
      maxLength={128}
      value={draft}
      ref={takeFocus}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => {
        if (useCanvas.getState().renaming !== id) return;
        // One that is refused is told of, and the old one stays: the focus goes elsewhere.
        if (draft.trim() !== "") keep();
        // Not before it is there: a list whose name is done with takes a focus that is nowhere.
        setTimeout(() => useCanvas.getState().renaming === id && close());
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (typedKey(event) === "Enter" && keep()) close();
        if (typedKey(event) === "Escape") close();
      }}
    />
  );
}
