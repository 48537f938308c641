/**
 * React Flow proposes, the document decides: moves and selections become commands and state, connections are asked of
 * core/graph/connect before and when they are drawn, and one that cannot be says why where the pointer is.
 */

import type { Connection, Edge, EdgeChange, FinalConnectionState, NodeChange, OnConnectStartParams } from "@xyflow/react";
import { type MouseEvent as ReactMouseEvent, useCallback, useState } from "react";
import { errorData } from "../../core/errors.ts";
import { canConnect } from "../../core/graph/connect.ts";
import { isDown } from "../../core/graph/direction.ts";
import type { NodeDocument } from "../../core/graph/document.ts";
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import type { PortReference } from "../../core/graph/ports.ts";
import { Wiring } from "../../core/graph/wiring.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT, NODE_WIDTH, PORT_TOP } from "../../core/layout/node-measures.ts";
import { annotationId, isAnnotationKey } from "../state/annotation-ids.ts";
import { endMerge, select, useDocument } from "../state/document.ts";
import { endCarrying, moveThings } from "./annotation-edits.ts";
import { currentFlow, currentSketch, pointerPlace, useCanvas } from "./canvas-state.ts";
import { choiceOf } from "./chosen.ts";
import { connect, moveTo } from "./edits.ts";
import type { FlowNode } from "./flow-elements.ts";
import type { FlowModel } from "./flow-model.ts";
import { foldedGroup, portOfHandle, portsOfGroup, portUnder } from "./group-drop.ts";
import { PacedDrag } from "./paced-drag.ts";
import { goesBetween, insertDragged } from "./rewire-edits.ts";
import { strandsOf } from "./strands.ts";

/** What React Flow asks to change about nodes. */
export function useNodeChanges(model: FlowModel): { onNodesChange: (changes: NodeChange<FlowNode>[]) => void; measuredCount: number } {
  const [measuredCount, setMeasuredCount] = useState(0);
  const [paced] = useState(() => new PacedDrag(movePaced));
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const positions: Record<string, { x: number; y: number }> = {};
      const notes: Record<string, { x: number; y: number }> = {};
      let measured = false;
      // With a group or a note among them all go at once: what is dragged together is one act.
      const isPaced = useCanvas.getState().sketched && changes.every((change) => change.type !== "position" || isLayer(change.id));
      for (const change of changes) {
        if (change.type !== "select" && "id" in change && isAnnotationKey(change.id)) {
          // Resizing proposes places too, without saying that it drags: AnnotationNode.tsx takes those with the size.
          if (change.type === "position" && change.position !== undefined && change.dragging !== undefined)
            notes[annotationId(change.id)] = { x: Math.round(change.position.x), y: Math.round(change.position.y) };
        } else if (change.type === "dimensions" && change.dimensions !== undefined) {
          model.measured(change.id, change.dimensions);
          measured = true;
        } else if (change.type === "position" && change.dragging === true && isPaced) {
          paced.follow(change);
        } else if (change.type === "position" && change.position !== undefined) {
          paced.letGo(change.id);
          collectMove(change.id, change.position, positions);
        }
      }
      if (measured) setMeasuredCount((count) => count + 1);
      chooseProposed(changes, choiceOf);
      moveProposed(positions, notes);
    },
    [model, paced],
  );
  return { onNodesChange, measuredCount };
}

type Choice = NodeChange<FlowNode> | EdgeChange<Edge>;

/**
 * What is chosen goes after what is not any more, whatever order React Flow has it in: a group stands for its layers, one of which may have
 * been chosen alone.
 * @param standsFor what the selection has for something that is drawn
 */
export function chooseProposed(changes: readonly Choice[], standsFor: (id: string) => readonly string[]): void {
  const selection = new Set(useDocument.getState().selection);
  const proposed = changes.filter((change) => change.type === "select");
  for (const { id, selected } of proposed) if (!selected) for (const one of standsFor(id)) selection.delete(one);
  for (const { id, selected } of proposed) if (selected) for (const one of standsFor(id)) selection.add(one);
  select(selection);
}

const isLayer = (id: string): boolean => !id.startsWith(GROUP_PREFIX) && !isAnnotationKey(id);

function movePaced(places: ReadonlyMap<string, { readonly x: number; readonly y: number }>): void {
  const positions: Record<string, { x: number; y: number }> = {};
  for (const [id, place] of places) collectMove(id, place, positions);
  moveProposed(positions, {});
}

type Places = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

function moveProposed(layers: Places, notes: Places): void {
  const { annotations = [] } = useDocument.getState().design?.graph ?? {};
  const moved = annotations.filter(
    ({ id, position }) => notes[id] !== undefined && (notes[id].x !== position.x || notes[id].y !== position.y),
  );
  if (moved.length > 0) moveThings(layers, notes, true);
  else if (Object.keys(layers).length > 0) moveTo(layers, true);
}

/** A node dragged goes where it is dragged; a group takes its members along. */
function collectMove(id: string, position: { x: number; y: number }, positions: Record<string, { x: number; y: number }>): void {
  const rounded = { x: Math.round(position.x), y: Math.round(position.y) };
  const nodes = useDocument.getState().design?.graph.nodes ?? [];
  if (!id.startsWith(GROUP_PREFIX)) {
    const current = nodes.find((node) => node.id === id);
    if (current !== undefined && (current.position.x !== rounded.x || current.position.y !== rounded.y)) positions[id] = rounded;
    return;
  }
  const before = currentFlow()?.getNode(id)?.position;
  if (before === undefined) return;
  const dx = rounded.x - Math.round(before.x);
  const dy = rounded.y - Math.round(before.y);
  if (dx === 0 && dy === 0) return;
  const ids = new Set(choiceOf(id));
  for (const node of nodes) if (ids.has(node.id)) positions[node.id] ??= { x: node.position.x + dx, y: node.position.y + dy };
}

export function onEdgesChange(changes: EdgeChange<Edge>[]): void {
  // What is drawn as one connection is chosen as one.
  chooseProposed(changes, strandsOf);
}

function ends(connection: Connection | Edge): { from: PortReference; to: PortReference } {
  return {
    from: portOfHandle(connection.source, connection.sourceHandle, "outputs"),
    to: portOfHandle(connection.target, connection.targetHandle, "inputs"),
  };
}

function refusal(from: PortReference, to: PortReference, wiring?: Wiring) {
  const { design, propagation } = useDocument.getState();
  if (design === null || propagation === null) return null;
  return canConnect(design, propagation, from, to, { replace: true, ...(wiring === undefined ? {} : { wiring }) });
}

export function isValidConnection(connection: Connection | Edge): boolean {
  const { from, to } = ends(connection);
  return refusal(from, to) === null;
}

export function onConnect(connection: Connection): void {
  const { from, to } = ends(connection);
  tryToConnect(from, to, pointerPlace());
}

/** Connects, or says at the pointer why not. */
export function tryToConnect(from: PortReference, to: PortReference, at: { x: number; y: number } | null): void {
  sayWhyNot(() => {
    connect(from, to);
    useCanvas.setState({ refusal: null });
  }, at);
}

function sayWhyNot(act: () => void, at: { x: number; y: number } | null): void {
  try {
    act();
  } catch (thrown) {
    useCanvas.setState({ refusal: { error: errorData(thrown), at: at ?? { x: window.innerWidth / 2, y: window.innerHeight / 2 } } });
  }
}

/** Marks the nodes that can take the edge that is being drawn. */
export function onConnectStart(_event: unknown, { nodeId, handleId, handleType }: OnConnectStartParams): void {
  const { design } = useDocument.getState();
  if (design === null || nodeId === null) return;
  const forwards = handleType === "source";
  const own = portOfHandle(nodeId, handleId, forwards ? "outputs" : "inputs");
  // A thousand layers are asked at once.
  const wiring = new Wiring(design.graph);
  const targets = design.graph.nodes.filter((node) => openPort(own, node, forwards, wiring) !== null).map((node) => node.id);
  const folded = design.graph.groups.filter(({ collapsed }) => collapsed);
  const taking = folded.filter((group) =>
    portsOfGroup(group)[forwards ? "inputs" : "outputs"].some((port) => takes(own, port, forwards, wiring)),
  );
  useCanvas.setState({ targets: new Set([...targets, ...taking.map(({ id }) => `${GROUP_PREFIX}${id}`)]), refusal: null });
}

const takes = (own: PortReference, other: PortReference, forwards: boolean, wiring?: Wiring): boolean =>
  (forwards ? refusal(own, other, wiring) : refusal(other, own, wiring)) === null;

/** The first port of a node to which the connection may go. */
function openPort(own: PortReference, node: NodeDocument, forwards: boolean, wiring?: Wiring): PortReference | null {
  const ports = layerDefinition(node.type)?.ports;
  for (const port of (forwards ? ports?.inputs : ports?.outputs) ?? []) {
    const other: PortReference = { node: node.id, port: port.name };
    if (takes(own, other, forwards, wiring)) return other;
  }
  return null;
}

/** The pointer was let go: over a node or a collapsed group rather than a handle, on empty canvas, or where the connection is refused. */
export function onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
  useCanvas.setState({ targets: null });
  if (state.isValid === true || state.fromHandle === null) return;
  const touch = "changedTouches" in event ? event.changedTouches[0] : event;
  if (touch === undefined) return;
  const at = { x: touch.clientX, y: touch.clientY };
  const forwards = state.fromHandle.type === "source";
  const side = forwards ? "inputs" : "outputs";
  const own = portOfHandle(state.fromHandle.nodeId, state.fromHandle.id, forwards ? "outputs" : "inputs");
  const under = document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>(".react-flow__node")?.dataset["id"];
  const join = (other: PortReference): void => (forwards ? tryToConnect(own, other, at) : tryToConnect(other, own, at));
  const folded = under === undefined ? null : foldedGroup(under);
  if (state.toHandle !== null) join(portOfHandle(state.toHandle.nodeId, state.toHandle.id, side));
  else if (under === state.fromHandle.nodeId) return;
  else if (folded !== null) sayWhyNot(() => join(portUnder(folded, side, (port) => takes(own, port, forwards))), at);
  else if (under !== undefined && !under.startsWith(GROUP_PREFIX)) {
    const node = useDocument.getState().design?.graph.nodes.find(({ id }) => id === under);
    const other = node === undefined ? null : (openPort(own, node, forwards) ?? firstPort(node, forwards));
    if (other !== null) join(other);
  } else {
    // Within the frame of an open group there is nothing either.
    const place = currentFlow()?.screenToFlowPosition(at);
    if (place !== undefined)
      useCanvas.setState({ search: { kind: "add", at, place: cornerAt(place, forwards), from: { port: own, forwards } } });
  }
}

/** The upper left corner of a layer whose port comes to lie where the connection was let go. */
function cornerAt({ x, y }: NodeDocument["position"], forwards: boolean): NodeDocument["position"] {
  const { design } = useDocument.getState();
  if (design !== null && isDown(design.graph)) return { x: x - NODE_WIDTH / 2, y: forwards ? y : y - NODE_HEIGHT };
  return { x: forwards ? x : x - NODE_WIDTH, y: y - PORT_TOP };
}

/** Where no port is open, the first one says why. */
function firstPort(node: NodeDocument, forwards: boolean): PortReference | null {
  const ports = layerDefinition(node.type)?.ports;
  const [port] = (forwards ? ports?.inputs : ports?.outputs) ?? [];
  return port === undefined ? null : { node: node.id, port: port.name };
}

/** The edge at a place in the window, also under a node that is being dragged. @param counts whether it is one that is meant */
export function edgeAt(x: number, y: number, counts: (id: string) => boolean = () => true): string | undefined {
  const under = document.elementsFromPoint(x, y);
  const drawn = under.map((element) => element.closest<HTMLElement>(".react-flow__edge")?.dataset["id"]);
  return drawn.find((id) => id !== undefined && counts(id)) ?? sketchedEdgeAt(x, y, counts);
}

/** How far from a line of the sketch it is still meant, in pixels of the window. */
const REACH = 8;

/** Seen from afar connections are lines of one drawing, and none of them is an element. */
function sketchedEdgeAt(x: number, y: number, counts: (id: string) => boolean): string | undefined {
  const flow = currentFlow();
  return flow === null
    ? undefined
    : currentSketch()?.edgeAt(flow.screenToFlowPosition({ x, y }, { snapToGrid: false }), REACH / flow.getZoom(), counts);
}

/** The connection that what is dragged would go into where it is let go; drawn so without asking React. */
let lit: string | undefined;

export function light(edgeId: string | undefined): void {
  if (edgeId === lit) return;
  lit = edgeId;
  for (const element of document.querySelectorAll(".react-flow__edge.takes")) element.classList.remove("takes");
  if (edgeId !== undefined) document.querySelector(`.react-flow__edge[data-id="${CSS.escape(edgeId)}"]`)?.classList.add("takes");
  currentSketch()?.light(edgeId);
}

export function onDrag(event: ReactMouseEvent | MouseEvent | TouchEvent, node: FlowNode, dragged: readonly FlowNode[] = [node]): void {
  const asked = "clientX" in event && node.type === "layer" && dragged.length === 1 && goesBetween(node.id, event.altKey);
  light(asked ? otherEdgeAt(event.clientX, event.clientY, node.id) : undefined);
}

/** The edge at a place that does not belong to the layer itself: its own follow it and lie under the pointer too. */
function otherEdgeAt(x: number, y: number, nodeId: string): string | undefined {
  const edges = useDocument.getState().design?.graph.edges ?? [];
  return edgeAt(x, y, (id) => edges.some((edge) => edge.id === id && edge.source !== nodeId && edge.target !== nodeId));
}

export function onDragStop(event?: ReactMouseEvent | MouseEvent | TouchEvent, _node?: FlowNode, dragged: readonly FlowNode[] = []): void {
  light(undefined);
  const [only, ...others] = dragged;
  if (event !== undefined && "clientX" in event && only?.type === "layer" && others.length === 0) {
    const edgeId = otherEdgeAt(event.clientX, event.clientY, only.id);
    if (edgeId !== undefined) insertDragged(only.id, edgeId, event.altKey);
  }
  endMerge();
  endCarrying();
}
