/**
 * One layer on the canvas: icon, name, headline, cost, handles, and its mistakes in words with the button that mends
 * them. Drawn again only when its own document or facts change.
 */
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, useState } from "react";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import type { Problem } from "../../core/graph/problem.ts";
import type { Language, LayerDefinition } from "../../core/layers/layer.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { heightForPorts, NODE_HEIGHT, PORT_GAP, PORT_TOP, portLeft } from "../../core/layout/node-measures.ts";
import { SignalStrip } from "../insight/SignalStrip.tsx";
import { useDocument } from "../state/document.ts";
import type { NodeFacts } from "../state/findings.ts";
import { useSignals } from "../state/signals.ts";
import { errorText } from "../ui/error-text.ts";
import { formatBytes, formatCount, formatShort } from "../ui/format.ts";
import { GroupMark } from "../ui/GroupMark.tsx";
import { Icon } from "../ui/Icon.tsx";
import { type Translate, useLanguage, useText } from "../ui/texts.ts";
import { bubbleProblem, isCrowded } from "./bubble-choice.ts";
import { useCanvas } from "./canvas-state.ts";
import type { LayerFlowNode } from "./flow-elements.ts";
import { NameInput } from "./NameInput.tsx";
import { activationOf, bodyOf, identifierOf, isLocked, stateOf, tagOf } from "./node-words.ts";
import { ProblemBubble } from "./ProblemBubble.tsx";

export const LayerNode = memo(function LayerNode(props: NodeProps<LayerFlowNode>) {
  const renaming = useCanvas((state) => state.renaming === props.id);
  const drawn = !props.data.sketch || renaming || layerDefinition(props.data.node.type) === undefined;
  return drawn ? <LayerCard {...props} renaming={renaming} /> : <LayerSketch {...props} />;
});

/** React Flow says 0 before a node was measured. */
const measuredHeight = (height: number | undefined): number => (height === undefined || height === 0 ? NODE_HEIGHT : height);

/** A box in the colour of the layer's group, as large as the card: among very many, and too small for words. */
function LayerSketch({ id, data, selected, height }: NodeProps<LayerFlowNode>) {
  const definition = layerDefinition(data.node.type);
  const fault = useSignals((state) => state.findings.get(id)?.fault);
  const worst = data.facts?.problems[0]?.severity;
  const classes = ["layer-node", "sketch", selected ? "selected" : "", worst ?? "", fault === undefined ? "" : `glow-${fault}`];
  return (
    <div
      className={[...classes, data.node.bypassed ? "bypassed" : ""].filter(Boolean).join(" ")}
      style={{ height: measuredHeight(height), background: `var(--group-${definition?.group ?? "unknown"})` }}
    />
  );
}

function LayerCard(props: NodeProps<LayerFlowNode> & { readonly renaming: boolean }) {
  const { id, data, selected, dragging, renaming, sourcePosition, targetPosition } = props;
  const t = useText();
  const language = useLanguage();
  const { node, facts } = data;
  const definition = layerDefinition(node.type);
  const aimed = useCanvas((state) => (state.targets === null ? "" : state.targets.has(id) ? "can-take" : "cannot-take"));
  const problems = facts?.problems ?? [];
  const fault = useSignals((state) => state.findings.get(id)?.fault);
  const [problem] = problems;
  const worst = problem?.severity;
  const [hidden, setHidden] = useState<string | null>(null);
  const bubble = dragging ? undefined : bubbleProblem(problems);
  const bubbleKey = bubble === undefined ? null : JSON.stringify(bubble.error);
  const crowded = useDocument((state) => isCrowded(state.facts) && !(state.selection.size === 1 && state.selection.has(id)));
  const upright = isUpright(sourcePosition ?? Position.Right);
  const showsBubble = bubble !== undefined && bubbleKey !== hidden && !crowded;
  const classes = [
    "layer-node",
    selected ? "selected" : "",
    worst ?? "",
    node.bypassed ? "bypassed" : "",
    showsBubble ? "with-bubble" : "",
    fault === undefined ? "" : `glow-${fault}`,
    aimed,
  ]
    .filter(Boolean)
    .join(" ");
  return (
    <>
      <div className={classes} style={upright ? undefined : tallEnough(definition)}>
        <Ports node={node} definition={definition} side="inputs" position={targetPosition ?? Position.Left} t={t} />
        <div className="layer-head">
          <GroupMark group={definition?.group ?? "unknown"} icon={definition?.icon ?? "?"} />
          {renaming ? <NameInput id={id} name={node.name} label={t("canvas.rename")} /> : <b className="clip">{node.name}</b>}
          {isLocked(node) && <Icon name="lock" size={12} />}
          {!renaming && <LayerTag definition={definition} node={node} />}
        </div>
        <LayerBody node={node} definition={definition} t={t} language={language} />
        <Foot facts={facts} t={t} />
        <SignalStrip nodeId={id} />
        {problem !== undefined && !showsBubble && <ProblemLine problem={problem} hangs={!upright} language={language} />}
        <Ports node={node} definition={definition} side="outputs" position={sourcePosition ?? Position.Right} t={t} />
      </div>
      {showsBubble && (
        <ProblemBubble
          nodeId={id}
          problem={bubble}
          others={problems.length - 1}
          beside={sourcePosition === Position.Bottom}
          onHide={() => setHidden(bubbleKey)}
        />
      )}
    </>
  );
}

/** In words; the identifier is its title. */
function LayerTag({ definition, node }: { definition: LayerDefinition | undefined; node: NodeDocument }) {
  const t = useText();
  const language = useLanguage();
  if (definition === undefined) return <span className="layer-tag clip">{t("canvas.unknown")}</span>;
  return (
    <span className="layer-tag clip" title={activationOf(definition, node) || undefined}>
      {tagOf(definition, node, language)}
    </span>
  );
}

interface LayerBodyProps {
  node: NodeDocument;
  definition: LayerDefinition | undefined;
  t: Translate;
  language: Language;
}

/** What it does, and beside it what is special about it: left out, kept as it is, using another's weights, there for training only. */
function LayerBody({ node, definition, t, language }: LayerBodyProps) {
  const owner = useDocument(({ design }) => ownerName(design, node));
  const state = stateOf(node, definition, owner, t);
  const body = bodyOf(definition, node, language);
  return (
    <div className="layer-body" title={identifierOf(definition, node) || undefined}>
      {state === "" ? body : <span className="clip">{body}</span>}
      {state !== "" && (
        <span className="layer-state clip" title={state}>
          {state}
        </span>
      )}
    </div>
  );
}

/** Written out it would leave no room for what stands before it. */
const LONG_COUNT = 100_000;

/** What it costs, whatever else there is to say of it. */
function Foot({ facts, t }: { facts: NodeFacts | undefined; t: Translate }) {
  const { parameters = 0, multiplyAdds = 0, activationElements = 0 } = facts?.figures ?? {};
  const known = facts?.figures.outputs != null;
  const memory = formatBytes(activationElements * FLOAT_BYTES);
  return (
    <div className="layer-foot">
      <span
        className="layer-cost clip"
        title={known ? t("canvas.cost_title", { operations: formatCount(multiplyAdds), memory }) : undefined}
      >
        {known ? t("canvas.cost", { operations: formatShort(multiplyAdds), memory }) : ""}
      </span>
      <span title={known ? t("canvas.parameters", { count: formatCount(parameters) }) : t("canvas.no_shape")}>
        {known ? (parameters < LONG_COUNT ? formatCount(parameters) : formatShort(parameters)) : "–"}
      </span>
    </div>
  );
}

/** Of the layer whose weights it uses; nothing where they are its own. */
function ownerName(design: DesignDocument | null, { shared_with: id }: NodeDocument): string {
  return id === null ? "" : (design?.graph.nodes.find((node) => node.id === id)?.name ?? id);
}

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** Below the card, which stays as high as it is; where connections leave there, inside it. */
function ProblemLine({ problem, hangs, language }: { problem: Problem; hangs: boolean; language: Language }) {
  const words = errorText(problem.error, language);
  return (
    <div className={`layer-problem ${problem.severity}${hangs ? " hangs" : ""}`} title={words}>
      <Icon name={problem.severity === "error" ? "error" : "warning"} size={12} />
      <span>{words}</span>
    </div>
  );
}

interface PortsProps {
  node: NodeDocument;
  definition: LayerDefinition | undefined;
  side: "inputs" | "outputs";
  position: Position;
  t: Translate;
}

function Ports({ node, definition, side, position, t }: PortsProps) {
  // What a layer of another version takes is not known here, but for the ports that its edges name.
  const named = useDocument((state) => (definition === undefined ? edgePorts(state.design, node.id, side) : ""));
  const names =
    definition === undefined ? named.split("\n").filter((name) => name !== "") : definition.ports[side].map((port) => port.name);
  return names.map((name, index) => (
    <Handle
      key={name}
      id={name}
      type={side === "inputs" ? "target" : "source"}
      position={position}
      style={isUpright(position) ? { left: portLeft(index, names.length) } : { top: PORT_TOP + index * PORT_GAP }}
      isConnectable={definition !== undefined}
      role="img"
      aria-label={t(side === "inputs" ? "canvas.input_port" : "canvas.output_port", { node: node.name, port: name })}
    />
  ));
}

const isUpright = (position: Position): boolean => position === Position.Top || position === Position.Bottom;

/** For layers with many ports: none hangs below the card. */
function tallEnough(definition: LayerDefinition | undefined): { minHeight: number } | undefined {
  if (definition === undefined) return undefined;
  const least = heightForPorts(Math.max(definition.ports.inputs.length, definition.ports.outputs.length));
  return least > NODE_HEIGHT ? { minHeight: least } : undefined;
}

/** One name a line: a text is the same value as long as nothing changes, a list would not be. */
function edgePorts(design: DesignDocument | null, nodeId: string, side: "inputs" | "outputs"): string {
  const edges = design?.graph.edges ?? [];
  const names =
    side === "inputs"
      ? edges.filter((edge) => edge.target === nodeId).map((edge) => edge.target_port)
      : edges.filter((edge) => edge.source === nodeId).map((edge) => edge.source_port);
  return [...new Set(names)].join("\n");
}
