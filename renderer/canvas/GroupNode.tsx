/** A group: a named frame behind its layers, or, collapsed, one box in their place that keeps their outer connections. */
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { IconButton } from "../ui/Button.tsx";
import { useText } from "../ui/texts.ts";
import { toggleCollapse } from "./edits.ts";
import type { GroupFlowNode } from "./flow-model.ts";

export const GroupNode = memo(function GroupNode({ data, selected }: NodeProps<GroupFlowNode>) {
  const t = useText();
  const { group, frame } = data;
  const toggle = (
    <IconButton
      small
      className="nodrag"
      icon={group.collapsed ? "chevronRight" : "chevronDown"}
      label={t(group.collapsed ? "canvas.group_open" : "canvas.group_collapse", { name: group.name })}
      onClick={() => toggleCollapse(group.id)}
    />
  );
  if (frame !== null)
    return (
      <div className="group-frame" style={frame}>
        {toggle}
        <span className="clip">{group.name}</span>
      </div>
    );
  return (
    <div className={selected ? "layer-node folded selected" : "layer-node folded"}>
      <Handle id="in" type="target" position={Position.Left} isConnectable={false} />
      <div className="layer-head">
        {toggle}
        <b className="clip">{group.name}</b>
      </div>
      <div className="layer-body">{t("canvas.group_count", { count: group.node_ids.length })}</div>
      <Handle id="out" type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
});
