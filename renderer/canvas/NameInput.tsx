/** The name of a layer or a collapsed group while it is being changed, on the canvas and in the list: Enter keeps it, Escape leaves the old one. */

import { useState } from "react";
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import { typedKey } from "../ui/typed-key.ts";
import { useCanvas } from "./canvas-state.ts";
import { rename } from "./edits.ts";
import { renameGroup } from "./entered-group.ts";

export function NameInput({ id, name, label }: { id: string; name: string; label: string }) {
  const [draft, setDraft] = useState(name);
  const end = (keep: boolean): void => {
    if (keep && id.startsWith(GROUP_PREFIX)) renameGroup(id.slice(GROUP_PREFIX.length), draft);
    else if (keep && !rename(id, draft)) return;
    useCanvas.setState({ renaming: null });
  };
  return (
    <input
      className="layer-name nodrag"
      aria-label={label}
      maxLength={128}
      value={draft}
      ref={(element) => element?.focus({ preventScroll: true })}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => {
        if (useCanvas.getState().renaming === id) end(draft.trim() !== "");
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (typedKey(event) === "Enter") end(true);
        if (typedKey(event) === "Escape") end(false);
      }}
    />
  );
}
