/** With which layers the chosen ones share their weights, and the buttons that share them or part them. */
import { useMemo } from "react";
import type { NodeDocument } from "../../core/graph/document.ts";
import { isSharing, sharersOf } from "../../core/graph/sharing.ts";
import { toggleShared } from "../canvas/share-edits.ts";
import { useDocument } from "../state/document.ts";
import { Button } from "../ui/Button.tsx";
import { useText } from "../ui/texts.ts";

/** Nothing for one layer with weights of its own. */
export function SharedWeights({ nodes }: { nodes: readonly NodeDocument[] }) {
  const t = useText();
  const graph = useDocument((state) => state.design?.graph);
  const { sharing, names } = useMemo(() => {
    const ids = nodes.map(({ id }) => id);
    if (graph === undefined || !isSharing({ graph }, ids)) return { sharing: false, names: [] };
    const others = sharersOf({ graph }, ids[0] ?? "").filter(({ id }) => ids.length > 1 || id !== ids[0]);
    return { sharing: true, names: others.map(({ name }) => name) };
  }, [graph, nodes]);
  if (!sharing && nodes.length < 2) return null;
  return (
    <div className="shared-weights">
      <p className="muted">{sharing ? t("inspector.shared_with", { names: names.join(t("change.join")) }) : t("inspector.share_help")}</p>
      <Button small act="share" onClick={() => toggleShared(nodes)}>
        {t(sharing ? "inspector.unshare" : "inspector.share")}
      </Button>
    </div>
  );
}
