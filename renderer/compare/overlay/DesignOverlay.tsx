/**
 * Two designs laid over each other: both drawn as one network in which what was added, removed or changed stands out, with
 * all differences listed beside it. To look at only. Whoever shows it gives the designs and what to call them.
 */
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { type KeyboardEvent, useCallback, useMemo, useState } from "react";
import { type DifferenceState, shownNode } from "../../../core/graph/compare-designs.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { laidOut } from "../../canvas/layout-thread.ts";
import { useSession } from "../../state/session.ts";
import { useAsked } from "../../state/use-asked.ts";
import { Button } from "../../ui/Button.tsx";
import { LongState } from "../../ui/LongState.tsx";
import { useText } from "../../ui/texts.ts";
import { ComparedEdgeLine } from "./ComparedEdgeLine.tsx";
import { ComparedNodeBox } from "./ComparedNodeBox.tsx";
import { DifferenceList } from "./DifferenceList.tsx";
import {
  type Difference,
  flowEdges,
  flowNodes,
  layoutTask,
  type Overlay,
  type OverlayFlowEdge,
  type OverlayFlowNode,
  overlayOf,
} from "./overlay-model.ts";
import { SIGNS } from "./overlay-words.ts";
import "@xyflow/react/dist/base.css";
import "./overlay.css";

export interface DesignOverlayProps {
  /** The earlier one: what only it has is removed. */
  readonly left: DesignDocument;
  readonly right: DesignDocument;
  readonly leftName: string;
  readonly rightName: string;
}

export function DesignOverlay(props: DesignOverlayProps) {
  return (
    <ReactFlowProvider>
      <OverlayView {...props} />
    </ReactFlowProvider>
  );
}

const nodeTypes = { compared: ComparedNodeBox };
const edgeTypes = { compared: ComparedEdgeLine };
const MANY_NODES = 100;
const FIT = { padding: 0.08, maxZoom: 1.1 } as const;
/** Text of a node can be read from this zoom on: looking at a difference goes at least so near. */
const READABLE = 0.8;

function OverlayView({ left, right, leftName, rightName }: DesignOverlayProps) {
  const t = useText();
  const flow = useReactFlow();
  const overlay = useMemo(() => overlayOf(left, right), [left, right]);
  const names = useMemo(() => new Map(overlay.nodes.map((node) => [node.key, shownNode(node).name])), [overlay]);
  const [current, setCurrent] = useState<string | null>(null);
  const { differences } = overlay;
  const place = differences.findIndex(({ key }) => key === current);
  const choose = useCallback(
    (key: string): void => {
      setCurrent(key);
      const difference = overlay.differences.find((candidate) => candidate.key === key);
      const nodes = nodesOf(difference).map((id) => ({ id }));
      const zoom = Math.max(flow.getZoom(), READABLE);
      if (nodes.length > 0) void flow.fitView({ nodes, minZoom: nodes.length === 1 ? zoom : 0.1, maxZoom: zoom, padding: 0.2 });
    },
    [overlay, flow],
  );
  const walk = (steps: number): void => {
    const from = place === -1 && steps < 0 ? 0 : place;
    const next = differences[(from + steps + differences.length) % differences.length];
    if (next !== undefined) choose(next.key);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLSelectElement) return;
    if (event.key.toLowerCase() === "n") walk(event.shiftKey ? -1 : 1);
    else if (event.key === ".") void flow.fitView(FIT);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className="design-overlay" aria-label={t("overlay.title")} onKeyDown={onKeyDown}>
      <div className="overlay-bar">
        <Legend counts={overlay.counts} leftName={leftName} rightName={rightName} />
        <span className="spacer" />
        <span className="muted number" role="status">
          {place === -1
            ? t("overlay.total", { count: differences.length })
            : t("overlay.position", { number: place + 1, count: differences.length })}
        </span>
        <Button small disabled={differences.length === 0} onClick={() => walk(-1)} title="Shift+N">
          {t("overlay.previous")}
        </Button>
        <Button small disabled={differences.length === 0} onClick={() => walk(1)} title="N">
          {t("overlay.next")}
        </Button>
        <Button small onClick={() => void flow.fitView(FIT)} title=".">
          {t("overlay.fit")}
        </Button>
      </div>
      <div className="overlay-body">
        <OverlayCanvas
          overlay={overlay}
          current={current}
          label={t("overlay.drawing", { left: leftName, right: rightName })}
          onChoose={choose}
        />
        <div className="overlay-side">
          <h3>{t("overlay.differences")}</h3>
          {differences.length === 0 ? (
            <p className="overlay-none">
              <b>{t("overlay.none")}</b>
              <br />
              <span className="muted">{t("overlay.none_text")}</span>
            </p>
          ) : (
            <DifferenceList differences={differences} names={names} current={current} onChoose={choose} />
          )}
        </div>
      </div>
    </section>
  );
}

interface CanvasProps {
  readonly overlay: Overlay;
  readonly current: string | null;
  readonly label: string;
  readonly onChoose: (key: string) => void;
}

function OverlayCanvas({ overlay, current, label, onChoose }: CanvasProps) {
  const theme = useSession((state) => state.theme);
  const t = useText();
  const answer = useAsked(overlay, (signal) => laidOut(layoutTask(overlay, roomForDrawing()), signal));
  const positions = answer.value;
  const nodes = useMemo(() => (positions === null ? [] : flowNodes(overlay, positions, current)), [overlay, positions, current]);
  const edges = useMemo(() => flowEdges(overlay, current), [overlay, current]);
  const chooseKnown = (key: string): void => {
    if (overlay.differences.some((difference) => difference.key === key)) onChoose(key);
  };
  if (positions === null) return <LongState answer={answer} what={t("overlay.arranging")} />;
  return (
    // What it shows stands in the list beside it, in words.
    <div className="overlay-canvas" role="img" aria-label={label}>
      <ReactFlow<OverlayFlowNode, OverlayFlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={theme}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        minZoom={0.05}
        maxZoom={2}
        fitView
        fitViewOptions={FIT}
        onNodeClick={(_, node) => chooseKnown(node.id)}
        onEdgeClick={(_, edge) => chooseKnown(edge.id)}
        onlyRenderVisibleElements={nodes.length > MANY_NODES}
        zIndexMode="manual"
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={1.2} color="var(--grid)" />
      </ReactFlow>
    </div>
  );
}

/** Beside the list of differences, which stands there before the drawing does. */
function roomForDrawing(): { width: number; height: number } {
  const body = document.querySelector<HTMLElement>(".overlay-body");
  const side = body?.querySelector<HTMLElement>(".overlay-side");
  const { clientWidth = 0, clientHeight = 0 } = body ?? {};
  const isBeside = side !== null && side !== undefined && side.offsetWidth < clientWidth;
  return { width: Math.max(1, clientWidth - (isBeside ? side.offsetWidth : 0)), height: Math.max(1, clientHeight) };
}

function nodesOf(difference: Difference | undefined): readonly string[] {
  if (difference?.kind === "node") return [difference.key];
  return difference?.kind === "edge" ? [difference.edge.source, difference.edge.target] : [];
}

const LEGEND = ["added", "removed", "changed", "same"] as const satisfies readonly DifferenceState[];

/** Signs, how many layers each, and which design is which. */
function Legend({ counts, leftName, rightName }: { counts: Overlay["counts"]; leftName: string; rightName: string }) {
  const t = useText();
  const only = { added: rightName, removed: leftName } as const;
  return (
    <ul className="overlay-legend">
      {LEGEND.map((state) => (
        <li
          key={state}
          className={`is-${state}`}
          {...(state in only ? { title: t("overlay.only_in", { name: only[state as keyof typeof only] }) } : {})}
        >
          <span className="overlay-sign" aria-hidden="true">
            {SIGNS[state]}
          </span>
          {t(`overlay.count.${state}`, { count: counts[state] })}
        </li>
      ))}
    </ul>
  );
}
