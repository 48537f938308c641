/** A group: a named frame behind its layers, or, collapsed, one box in their place that keeps their outer connections. */
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import type { GroupDocument } from "../../core/graph/document.ts";
import type { Problem } from "../../core/graph/problem.ts";
import { IconButton } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { useCanvas } from "./canvas-state.ts";
import { reveal, toggleCollapse } from "./edits.ts";
import { enterGroup } from "./entered-group.ts";
import type { GroupFlowNode } from "./flow-elements.ts";
import { NameInput } from "./NameInput.tsx";

export const GroupNode = memo(function GroupNode({ id, data, selected, sourcePosition, targetPosition }: NodeProps<GroupFlowNode>) {
  const t = useText();
  const { group, frame, problems } = data;
  const renaming = useCanvas((state) => state.renaming === id);
  const toggle = (
    <IconButton
      small
      className="nodrag"
      icon={group.collapsed ? "chevronRight" : "chevronDown"}
      label={t(group.collapsed ? "canvas.group_open" : "canvas.group_collapse", { name: group.name })}
      onClick={() => toggleCollapse(group.id)}
    />
  );
  const enter = (
    <IconButton
      small
      className="nodrag"
      icon="enter"
      act="enterGroup"
      label={t("canvas.group_enter", { name: group.name })}
      onClick={() => enterGroup(group.id)}
    />
  );
  if (frame !== null)
    return (
      <div className="group-frame" style={frame}>
        {toggle}
        <span className="clip">{group.name}</span>
        {enter}
      </div>
    );
  return (
    <div className={selected ? "layer-node folded selected" : "layer-node folded"}>
      <Handle id="in" type="target" position={targetPosition ?? Position.Left} isConnectable={false} />
      <div className="layer-head">
        {toggle}
        {renaming ? <NameInput id={id} name={group.name} label={t("canvas.group_new_name")} /> : <b className="clip">{group.name}</b>}
        {enter}
      </div>
      <div className="layer-body">{t("canvas.group_count", { count: group.node_ids.length })}</div>
      <HiddenProblems group={group} problems={problems} />
      <Handle id="out" type="source" position={sourcePosition ?? Position.Right} isConnectable={false} />
    </div>
  );
});

/** What is wrong inside a collapsed group: how much, the worst in words, and a click that opens the group at it. */
function HiddenProblems({ group, problems }: { group: GroupDocument; problems: readonly Problem[] }) {
  const t = useText();
  const language = useLanguage();
  const [worst] = problems;
  if (worst === undefined) return null;
  const words = errorText(worst.error, language);
  const open = (): void => {
    toggleCollapse(group.id);
    const { nodeId } = worst;
    // Only what is drawn can be shown: the layers come with the next frame.
    if (nodeId !== undefined) requestAnimationFrame(() => requestAnimationFrame(() => reveal(nodeId)));
  };
  return (
    <button
      type="button"
      className={`layer-foot wrong nodrag ${worst.severity}`}
      title={words}
      aria-label={t("canvas.group_problems", { name: group.name, count: problems.length, what: words })}
      onClick={open}
    >
      <Icon name={worst.severity === "error" ? "error" : "warning"} size={12} />
      {problems.length > 1 && <b>{problems.length} ×</b>}
      <span>{words}</span>
    </button>
  );
}
