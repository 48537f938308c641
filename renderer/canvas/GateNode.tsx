/** At the edge of a group that is shown from inside: the layer outside that a connection leads to. A click goes there. */
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { Icon } from "../ui/Icon.tsx";
import { useText } from "../ui/texts.ts";
import type { GateFlowNode } from "./flow-elements.ts";
import { reveal } from "./reveal.ts";

export const GateNode = memo(function GateNode({ data: { node, side }, sourcePosition, targetPosition }: NodeProps<GateFlowNode>) {
  const t = useText();
  const isSource = side === "from";
  return (
    <>
      {!isSource && <Handle id="in" type="target" position={targetPosition ?? Position.Left} isConnectable={false} />}
      <button
        type="button"
        className="gate-node nodrag"
        aria-label={t(isSource ? "canvas.gate_from" : "canvas.gate_to", { name: node.name })}
        onClick={() => reveal(node.id)}
      >
        <Icon name="chevronRight" size={12} />
        <span className="clip">{node.name}</span>
      </button>
      {isSource && <Handle id="out" type="source" position={sourcePosition ?? Position.Right} isConnectable={false} />}
    </>
  );
});
