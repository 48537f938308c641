/** A group: a named frame behind its layers, or, collapsed, one box in their place that keeps their outer connections. */
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import type { GroupDocument } from "../../core/graph/document.ts";
import { type GroupPort, type GroupPorts, portRows } from "../../core/graph/group-ports.ts";
import type { Problem } from "../../core/graph/problem.ts";
import { heightForPorts, PORT_GAP, PORT_TOP, portLeft } from "../../core/layout/node-measures.ts";
import { IconButton } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { formatShape } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { type Translate, useLanguage, useText } from "../ui/texts.ts";
import { useCanvas } from "./canvas-state.ts";
import { enterGroup } from "./entered-group.ts";
import type { GroupFlowNode } from "./flow-elements.ts";
import { toggleCollapse } from "./group-edits.ts";
import { NameInput } from "./NameInput.tsx";
import { revealProblem } from "./reveal.ts";

type Side = keyof GroupPorts;

export const GroupNode = memo(function GroupNode({ id, data, selected, sourcePosition, targetPosition }: NodeProps<GroupFlowNode>) {
  const t = useText();
  const { group, frame, ports, problems } = data;
  const aimed = useCanvas((state) => (state.targets === null ? "" : state.targets.has(id) ? "can-take" : "cannot-take"));
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
        {renaming ? <NameInput id={id} name={group.name} label={t("canvas.group_new_name")} /> : <span className="clip">{group.name}</span>}
        {enter}
      </div>
    );
  const upright = targetPosition === Position.Top;
  const least = heightForPorts(Math.max(portRows(ports.inputs), portRows(ports.outputs)));
  return (
    <div
      className={["layer-node", "folded", selected ? "selected" : "", aimed].filter(Boolean).join(" ")}
      style={upright ? undefined : { minHeight: least }}
    >
      <PortHandles ports={ports.inputs} side="inputs" position={targetPosition ?? Position.Left} t={t} />
      <div className="layer-head">
        {toggle}
        {renaming ? <NameInput id={id} name={group.name} label={t("canvas.group_new_name")} /> : <b className="clip">{group.name}</b>}
        {enter}
      </div>
      <PortShapes ports={ports} />
      <div className="layer-body">{t("canvas.group_count", { count: group.node_ids.length })}</div>
      <HiddenProblems group={group} problems={problems} />
      <PortHandles ports={ports.outputs} side="outputs" position={sourcePosition ?? Position.Right} t={t} />
    </div>
  );
});

/** Each stands for the port of a layer inside. */
function PortHandles({ ports, side, position, t }: { ports: readonly GroupPort[]; side: Side; position: Position; t: Translate }) {
  const upright = position === Position.Top || position === Position.Bottom;
  const rows = portRows(ports);
  return ports.map(({ id, name, port, shape, row }) => {
    const words = t(side === "inputs" ? "canvas.input_port" : "canvas.output_port", { node: name, port });
    const whole = shape === null ? words : `${words} ${formatShape(shape)}`;
    return (
      <Handle
        key={id}
        id={id}
        type={side === "inputs" ? "target" : "source"}
        position={position}
        style={upright ? { left: portLeft(row, rows) } : { top: PORT_TOP + row * PORT_GAP }}
        role="img"
        aria-label={whole}
        title={whole}
      />
    );
  });
}

/** What comes in on the left and goes out on the right, a line each, beside the ports where these are at the sides. */
function PortShapes({ ports: { inputs, outputs } }: { ports: GroupPorts }) {
  const at = (ports: readonly GroupPort[], place: number): GroupPort | undefined => ports.find(({ row }) => row === place);
  const length = Math.max(portRows(inputs), portRows(outputs));
  const lines = Array.from({ length }, (_, row) => [at(inputs, row), at(outputs, row)] as const);
  return (
    <div className="group-ports">
      {lines.map(([input, output], index) => (
        <div key={`${input?.id ?? index} ${output?.id ?? ""}`} style={{ height: PORT_GAP }}>
          <span className="clip">{input?.shape == null ? "" : formatShape(input.shape)}</span>
          <span className="clip">{output?.shape == null ? "" : formatShape(output.shape)}</span>
        </div>
      ))}
    </div>
  );
}

/** What is wrong inside a collapsed group: how much, the worst in words, and a click that opens the group at it. */
function HiddenProblems({ group, problems }: { group: GroupDocument; problems: readonly Problem[] }) {
  const t = useText();
  const language = useLanguage();
  const [worst] = problems;
  if (worst === undefined) return null;
  const words = errorText(worst.error, language);
  const open = (): void => {
    toggleCollapse(group.id);
    // Only what is drawn can be shown: the layers come with the next frame.
    requestAnimationFrame(() => requestAnimationFrame(() => revealProblem(worst)));
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
