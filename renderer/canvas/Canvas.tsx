/** The canvas: React Flow drawing the document. What it proposes goes through use-flow-changes.ts, keys through use-canvas-keys.ts. */

import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useKeyPress,
  useReactFlow,
  useStore,
  useStoreApi,
  type Viewport,
} from "@xyflow/react";
import {
  type MouseEvent,
  memo,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { AnnotationDocument, DesignDocument } from "../../core/graph/document.ts";
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import { endMerge, select, useDocument } from "../state/document.ts";
import { setPanning } from "../state/runs.ts";
import { useSession } from "../state/session.ts";
import { useSignals } from "../state/signals.ts";
import { showInspectorTab } from "../state/view.ts";
import { PointerMenu } from "../ui/Menu.tsx";
import { useText } from "../ui/texts.ts";
import { AnnotationNode, annotationName } from "./AnnotationNode.tsx";
import { endCarrying } from "./annotation-edits.ts";
import { Breadcrumbs } from "./Breadcrumbs.tsx";
import { CanvasControls } from "./CanvasControls.tsx";
import { CanvasSearch, Refusal } from "./CanvasSearch.tsx";
import { provideFlow, setMenuPlace, setPointer, useCanvas } from "./canvas-state.ts";
import { choiceOf } from "./chosen.ts";
import { EmptyCanvas } from "./EmptyCanvas.tsx";
import { enterGroup, useEnteredGroup } from "./entered-group.ts";
import type { FlowNode, ShapeFlowEdge } from "./flow-elements.ts";
import { FlowModel } from "./flow-model.ts";
import { GateNode } from "./GateNode.tsx";
import { GroupNode } from "./GroupNode.tsx";
import { gatesOf, insideOf } from "./group-inside.ts";
import { FIT, fitAll, MIN_ZOOM, MINI_MAP, useKeepFitted, useNeedsMiniMap } from "./keep-fitted.ts";
import { LargeMiniMap } from "./LargeMiniMap.tsx";
import { LayerNode } from "./LayerNode.tsx";
import { menuEntries } from "./menu-entries.ts";
import { allowDrop, onDragLeave, onDrop } from "./palette-drops.ts";
import { ShapeEdge } from "./ShapeEdge.tsx";
import { SketchEdges } from "./SketchEdges.tsx";
import { GRID } from "./snap.ts";
import { openAddSearch, useCanvasKeys } from "./use-canvas-keys.ts";
import {
  isValidConnection,
  onConnect,
  onConnectEnd,
  onConnectStart,
  onDrag,
  onDragStop,
  onEdgesChange,
  useNodeChanges,
} from "./use-flow-changes.ts";
import "@xyflow/react/dist/base.css";
import "./canvas.css";
import "./layer-node.css";
import "./connections.css";
import "./problem-bubble.css";
import "./groups.css";
import "./far.css";

const nodeTypes = { layer: LayerNode, frame: GroupNode, annotation: AnnotationNode, gate: GateNode };
const edgeTypes = { shape: ShapeEdge };
/** Left and middle button pan; Shift with the left one draws a box. */
const PAN_BUTTONS = [0, 1];
const PAN_KEY = "Space";
const SNAP_GRID: [number, number] = [GRID, GRID];
const MANY_NODES = 100;
/** More nodes than this, drawn smaller than this, are sketches: one box each, and all connections in one drawing. */
const SKETCHED_NODES = 300;
const SKETCH_ZOOM = 0.25;
/** Below this zoom text cannot be read: what is costly to draw is left out. */
const FAR_ZOOM = 0.35;
const PRO_OPTIONS = { hideAttribution: true };
const NO_EDGES: ShapeFlowEdge[] = [];
const MINI_MAP_SIZE = { width: MINI_MAP.width, height: MINI_MAP.height };

/** The view of each project while the app is open: coming back from another screen finds the canvas as it was. */
const viewports = new Map<string, Viewport>();

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Frame />
    </ReactFlowProvider>
  );
}

/** What stands around the drawing and is not drawn again with every move of a layer: the menu at the pointer, crumbs, controls, searches. */
function Frame() {
  const t = useText();
  const connecting = useCanvas((state) => state.targets !== null);
  const far = useCanvas((state) => state.far);
  const sketched = useCanvas((state) => state.sketched);
  const empty = useDocument((state) => state.design?.graph.nodes.length === 0);
  const section = useRef<HTMLElement>(null);
  // With one of these keys held what is clicked is chosen too. Asked when it matters: as keys of React Flow, every Ctrl of a Ctrl+Z would
  // ask all nodes and edges again.
  const store = useStoreApi();
  const chooseMore = ({ ctrlKey, metaKey, shiftKey }: PointerEvent): void => {
    const multiSelectionActive = ctrlKey || metaKey || shiftKey;
    if (store.getState().multiSelectionActive !== multiSelectionActive) store.setState({ multiSelectionActive });
  };
  return (
    <section
      ref={section}
      className={["canvas", connecting ? "connecting" : "", far ? "far" : "", sketched ? "sketched" : ""].join(" ")}
      aria-label={t("canvas.title")}
    >
      <PointerMenu entries={() => menuEntries(t)}>
        <div className="canvas-flow" onPointerDownCapture={chooseMore} onContextMenuCapture={rememberMenu}>
          <Flow section={section} />
        </div>
      </PointerMenu>
      {empty && <EmptyCanvas />}
      <Breadcrumbs />
      <CanvasControls />
      <CanvasSearch />
      <Refusal />
    </section>
  );
}

const Flow = memo(function Flow({ section }: { readonly section: RefObject<HTMLElement | null> }) {
  const t = useText();
  const theme = useSession((state) => state.theme);
  const snap = useSession((state) => state.snap);
  const projectId = useDocument((state) => state.project?.id ?? "");
  const design = useDocument((state) => state.design);
  const facts = useDocument((state) => state.facts);
  const propagation = useDocument((state) => state.propagation);
  const problems = useDocument((state) => state.problems);
  const selection = useDocument((state) => state.selection);
  const far = useStore((state) => state.transform[2] < FAR_ZOOM);
  const [startsTiny] = useState(() => firstZoom(design, viewports.get(`${projectId} `)) < SKETCH_ZOOM);
  // Before the first view is there, React Flow's is one of full size: a thousand cards would be drawn for nothing.
  const tiny = useStore((state) => (state.width === 0 || state.fitViewQueued ? startsTiny : state.transform[2] < SKETCH_ZOOM));
  const [model] = useState(() => new FlowModel());
  const { onNodesChange, measuredCount } = useNodeChanges(model);
  useCanvasKeys();
  useEffect(() => () => provideFlow(null), []);

  const group = useEnteredGroup();
  const elsewhere = useCanvas((state) => state.elsewhere);
  const part = useMemo(() => (design === null || group === null ? design : insideOf(design, group, elsewhere)), [design, group, elsewhere]);
  const gates = useMemo(
    () => (design === null || group === null ? null : gatesOf(design, group, propagation, selection)),
    [design, group, propagation, selection],
  );

  const sketch = tiny && (part?.graph.nodes.length ?? 0) > SKETCHED_NODES;
  useLayoutEffect(() => useCanvas.setState({ far, sketched: sketch }), [far, sketch]);
  const nameOfNote = useCallback((note: AnnotationDocument) => annotationName(note, t), [t]);
  // measuredCount stands for the sizes inside the model: a node measured is a node to be built again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const nodes = useMemo(
    (): FlowNode[] =>
      part === null ? [] : [...model.flowNodes(part, facts, problems, selection, nameOfNote, sketch), ...(gates?.nodes ?? [])],
    [part, gates, facts, problems, selection, model, measuredCount, nameOfNote, sketch],
  );
  const own = useMemo(
    () => (part === null ? NO_EDGES : model.flowEdges(part, propagation, selection)),
    [part, propagation, selection, model],
  );
  const edges = useMemo(() => (gates === null ? own : [...own, ...gates.edges]), [own, gates]);
  const viewKey = `${projectId} ${group?.id ?? ""}`;
  const viewport = viewports.get(viewKey);
  useViewOf(viewKey);
  // An empty canvas is not fitted later: the first layer stays where it was dropped.
  const [fitAtStart] = useState(() => viewport === undefined && nodes.length > 0);
  useKeepFitted(fitAtStart);
  const needsMiniMap = useNeedsMiniMap();
  // React Flow takes the nodes over after it has drawn: those of before still count then (a paste of thousands that is undone).
  const many = useStore((state) => state.nodes.length > MANY_NODES) || nodes.length > MANY_NODES;
  // With Space held a drag moves the view wherever it begins, on a layer too.
  const hand = useKeyPress(PAN_KEY);
  // React Flow asks all of its nodes and edges again for every function that it gets anew: these stay the same.
  const onMoveStart = useCallback(
    (event: unknown) => {
      const byHand = event instanceof Event && event.type !== "wheel";
      section.current?.classList.toggle("panning", byHand);
      setPanning(byHand);
    },
    [section],
  );
  const onMoveEnd = useCallback(
    (_event: unknown, moved: Viewport) => {
      section.current?.classList.remove("panning");
      setPanning(false);
      viewports.set(viewKey, moved);
    },
    [viewKey, section],
  );

  return (
    <ReactFlow<FlowNode, ShapeFlowEdge>
      nodes={nodes}
      edges={sketch ? NO_EDGES : edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      colorMode={theme}
      onInit={onInit}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onConnect={onConnect}
      onConnectStart={onConnectStart}
      onConnectEnd={onConnectEnd}
      isValidConnection={isValidConnection}
      onNodeClick={onNodeClick}
      onNodeDragStart={onDragStart}
      onNodeDrag={onDrag}
      onNodeDragStop={onDragStop}
      onSelectionDragStart={endCarrying}
      onSelectionDragStop={endMerge}
      snapToGrid={snap}
      snapGrid={SNAP_GRID}
      onNodeDoubleClick={onNodeDoubleClick}
      onNodeContextMenu={onContextMenu}
      onEdgeContextMenu={onContextMenu}
      onMoveStart={onMoveStart}
      onMoveEnd={onMoveEnd}
      onPaneMouseMove={rememberPointer}
      onNodeMouseMove={rememberPointer}
      onPaneMouseLeave={forgetPointer}
      onDoubleClick={onDoubleClick}
      onDragOver={allowDrop}
      onDragLeave={onDragLeave}
      onDrop={onDrop}
      deleteKeyCode={null}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={null}
      zoomActivationKeyCode={null}
      panActivationKeyCode={PAN_KEY}
      nodesDraggable={!hand}
      panOnDrag={PAN_BUTTONS}
      zoomOnDoubleClick={false}
      disableKeyboardA11y
      connectionRadius={26}
      minZoom={MIN_ZOOM}
      maxZoom={4}
      fitView={fitAtStart}
      fitViewOptions={FIT}
      {...(viewport === undefined ? {} : { defaultViewport: viewport })}
      onlyRenderVisibleElements={many}
      zIndexMode="manual"
      proOptions={PRO_OPTIONS}
    >
      <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.2} color="var(--grid)" />
      {sketch && <SketchEdges nodes={nodes} edges={edges} />}
      {needsMiniMap && nodes.length > SKETCHED_NODES && <LargeMiniMap nodes={nodes} colourOf={miniMapColor} label={t("canvas.mini_map")} />}
      {needsMiniMap && nodes.length > 0 && nodes.length <= SKETCHED_NODES && (
        <MiniMap
          pannable
          zoomable
          ariaLabel={t("canvas.mini_map")}
          style={MINI_MAP_SIZE}
          maskStrokeColor="var(--accent)"
          maskStrokeWidth={2}
          nodeColor={miniMapColor}
          nodeBorderRadius={14}
          position="top-right"
        />
      )}
    </ReactFlow>
  );
});

/** About the zoom with which a design is shown first: as it was left, or fitted, in no more room than the window's. */
function firstZoom(design: DesignDocument | null, left: Viewport | undefined): number {
  if (left !== undefined) return left.zoom;
  const places = design?.graph.nodes.map(({ position }) => position) ?? [];
  if (places.length === 0) return 1;
  const span = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  const width = span(places.map(({ x }) => x)) + NODE_WIDTH;
  const height = span(places.map(({ y }) => y)) + NODE_HEIGHT;
  return Math.min(window.innerWidth / width, window.innerHeight / height);
}

function miniMapColor(node: FlowNode): string {
  if (node.type === "annotation") return node.data.annotation.kind === "frame" ? "transparent" : "var(--series-5)";
  if (node.type === "gate") return "var(--line-strong)";
  if (node.type === "frame") return node.data.frame === null ? "var(--ink3)" : "transparent";
  if (node.data.facts?.problems[0]?.severity === "error") return "var(--bad)";
  return `var(--group-${layerDefinition(node.data.node.type)?.group ?? "unknown"})`;
}

/** A group that is entered or left is shown as it was left the last time, or whole. */
function useViewOf(viewKey: string): void {
  const flow = useReactFlow();
  const before = useRef(viewKey);
  useEffect(() => {
    if (before.current === viewKey) return;
    before.current = viewKey;
    const known = viewports.get(viewKey);
    // The layers come with the next frame, and their sizes with the one after it.
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => void (known === undefined ? fitAll(flow) : flow.setViewport(known))),
    );
    return () => cancelAnimationFrame(frame);
  }, [viewKey, flow]);
}

function onInit(instance: unknown): void {
  provideFlow(instance as never);
}

function onDragStart(): void {
  endMerge();
  endCarrying();
}

/** The menu is for what is pointed at, and for all that is chosen where that is among it. */
function onContextMenu(_event: MouseEvent, { id }: FlowNode | ShapeFlowEdge): void {
  const ids = choiceOf(id);
  const { selection } = useDocument.getState();
  if (ids.length === 0 || !ids.every((one) => selection.has(one))) select(ids);
}

function rememberMenu(event: MouseEvent): void {
  setMenuPlace({ x: event.clientX, y: event.clientY });
}

function forgetPointer(): void {
  setPointer(null);
}

/**
 * A plain click on one of several that are chosen leaves that one; React Flow would keep them all, so that they can be dragged. On a layer
 * that glows the words and the mend stand with the layer: they are what somebody wants who clicks it, whatever tab was open.
 */
function onNodeClick({ ctrlKey, metaKey, shiftKey }: MouseEvent, { type, id }: FlowNode): void {
  const { selection } = useDocument.getState();
  const plain = !(ctrlKey || metaKey || shiftKey);
  if (plain && type !== "frame" && selection.size > 1 && selection.has(id)) select([id]);
  if (type === "layer" && useSignals.getState().findings.has(id)) showInspectorTab("layer");
}

function onNodeDoubleClick(_event: MouseEvent, { type, id }: FlowNode): void {
  if (type === "layer" || type === "annotation") useCanvas.setState({ renaming: id });
  else if (type === "frame") enterGroup(id.slice(GROUP_PREFIX.length));
}

function rememberPointer(event: MouseEvent): void {
  setPointer({ x: event.clientX, y: event.clientY });
}

function onDoubleClick(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest(".react-flow__node, .react-flow__edge, .react-flow__panel") === null)
    openAddSearch({ x: event.clientX, y: event.clientY });
}
