/** A layer of either design in the overlay: a sign for added, removed or changed, and the options that differ below its name. */
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { shownNode } from "../../../core/graph/compare-designs.ts";
import { layerDefinition } from "../../../core/layers/registry.ts";
import { bodyOf } from "../../canvas/node-words.ts";
import { GroupMark } from "../../ui/GroupMark.tsx";
import { useLanguage, useText } from "../../ui/texts.ts";
import { MOST_LINES, NODE, type OverlayFlowNode } from "./overlay-model.ts";
import { optionWords, SIGNS } from "./overlay-words.ts";

export const ComparedNodeBox = memo(function ComparedNodeBox({ data, sourcePosition, targetPosition }: NodeProps<OverlayFlowNode>) {
  const t = useText();
  const language = useLanguage();
  const { compared, ports, current } = data;
  const { state, options } = compared;
  const node = shownNode(compared);
  const definition = layerDefinition(node.type);
  const words = { t, language };
  const lines = options.slice(0, MOST_LINES).map((option) => optionWords(compared, option, words));
  return (
    <div className={`overlay-node is-${state}${current ? " current" : ""}`}>
      {ports.inputs.map((name, index) => (
        <PortHandle key={name} name={name} type="target" position={targetPosition ?? Position.Left} index={index} />
      ))}
      <div className="overlay-node-head">
        <GroupMark group={definition?.group ?? "unknown"} icon={definition?.icon ?? "?"} />
        <b className="clip">{node.name}</b>
        {state !== "same" && (
          <span className="overlay-sign" title={t(`overlay.state.${state}`)}>
            <span aria-hidden="true">{SIGNS[state]}</span>
            <span className="visually-hidden">{t(`overlay.state.${state}`)}</span>
          </span>
        )}
      </div>
      <div className="overlay-node-body clip">{bodyOf(definition, node, language)}</div>
      {lines.length > 0 && (
        <ul className="overlay-node-options">
          {lines.map(({ key, title, left, right }) => (
            <li key={key} className="clip" title={`${title}: ${left} → ${right}`}>
              <span>{title}</span> <del>{left}</del>
              <span aria-hidden="true"> → </span>
              <ins>{right}</ins>
            </li>
          ))}
          {options.length > MOST_LINES && <li>{t("overlay.more", { count: options.length - MOST_LINES })}</li>}
        </ul>
      )}
      {ports.outputs.map((name, index) => (
        <PortHandle key={name} name={name} type="source" position={sourcePosition ?? Position.Right} index={index} />
      ))}
    </div>
  );
});

interface PortProps {
  readonly name: string;
  readonly type: "source" | "target";
  readonly position: Position;
  readonly index: number;
}

/** Where edges end; there is nothing to be drawn from it. */
function PortHandle({ name, type, position, index }: PortProps) {
  const upright = position === Position.Top || position === Position.Bottom;
  const place = upright ? { left: NODE.width / 2 + index * NODE.portGap } : { top: NODE.portTop + index * NODE.portGap };
  return <Handle id={name} type={type} position={position} isConnectable={false} style={place} aria-hidden="true" />;
}
