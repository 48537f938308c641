/** A layer's sign: its icon on the colour of its group. The icon carries the meaning, the colour only helps. */
import type { LayerGroup } from "../../core/layers/layer.ts";

export function GroupMark({ group, icon }: { group: LayerGroup | "unknown"; icon: string }) {
  return (
    <span className="group-mark" aria-hidden="true" style={{ background: `var(--group-${group})` }}>
      {icon}
    </span>
  );
}
