/**
 * Acts on the canvas as commands: add, connect, delete, move, rename, bypass, freeze. Buttons, menus, keys
 * and the pointer all come here, so that an act is the same however it was asked for.
 */

import type { ActLabel } from "../../core/graph/act-label.ts";
import type { Command } from "../../core/graph/command.ts";
import { connectCommand } from "../../core/graph/connect.ts";
import { createNode, insertOnEdge } from "../../core/graph/create.ts";
import { isDown } from "../../core/graph/direction.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import { addConnected, type LooseEnd } from "../../core/graph/fitting.ts";
import { bypassCommand, fixCommand } from "../../core/graph/fix-command.ts";
import type { PortReference } from "../../core/graph/ports.ts";
import type { Fix } from "../../core/graph/problem.ts";
import { renameCommand } from "../../core/graph/rename.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import { dispatch, select, selectedNodes, useDocument } from "../state/document.ts";
import { noteUse } from "../state/layer-shelf.ts";
import { report } from "../state/toasts.ts";
import { actWords, fixWords, layerWords } from "../ui/act-words.ts";
import { glideTime } from "../ui/motion.ts";
import { withoutChosen } from "./annotation-choice.ts";
import { currentFlow } from "./canvas-state.ts";
import { shownNodeIds, whereWeAre } from "./entered-group.ts";
import { freeShift, MISTAKE_HEIGHT } from "./free-place.ts";
import { drawnFor, drawnPlaces, shownBoxes } from "./group-boxes.ts";
import { withRoom } from "./insert-room.ts";
import { carryView, FIT, fitAll } from "./keep-fitted.ts";
import { putAt } from "./snap.ts";
import { strandsOf } from "./strands.ts";

const GAP = 60;

type Point = NodeDocument["position"];

export function newId(): string {
  return crypto.randomUUID().slice(0, 8);
}

function design(): DesignDocument {
  const open = useDocument.getState().design;
  if (open === null) throw new Error("An act on the canvas needs an open project.");
  return open;
}

/**
 * Does a command and shows what is wrong when it is refused.
 * @param held the pointer was held since the act before: it joins that one however long ago it was
 * @returns whether it was done
 */
export function attempt(make: () => Command, label: ActLabel, merge?: string, held = false): boolean {
  try {
    dispatch(whereWeAre(make()), { label, held, ...(merge === undefined ? {} : { merge }) });
    return true;
  } catch (thrown) {
    report(thrown);
    return false;
  }
}

/**
 * Where a layer goes that was added without pointing: right of the selection, else of the rightmost, else in the middle of the view;
 * below where the drawing runs down.
 */
export function freePlace(): Point {
  const { nodes: all } = design().graph;
  const down = isDown(design().graph);
  const axis = down ? "y" : "x";
  const shown = new Set(shownNodeIds());
  const nodes = all.filter(({ id }) => shown.has(id));
  const chosen = selectedNodes();
  const drawnAt = drawnPlaces(design());
  const anchors = (chosen.length > 0 ? chosen : nodes).map(drawnAt);
  const anchor = anchors.reduce<Point | undefined>((best, at) => (best === undefined || at[axis] > best[axis] ? at : best), undefined);
  if (anchor === undefined) return viewCentre();
  const { x, y } = anchor;
  let place = down ? { x, y: y + NODE_HEIGHT + GAP } : { x: x + NODE_WIDTH + GAP, y };
  const drawn = nodes.map(drawnAt);
  const taken = (at: Point): boolean => drawn.some((one) => Math.abs(one.x - at.x) < NODE_WIDTH && Math.abs(one.y - at.y) < NODE_HEIGHT);
  while (taken(place)) place = down ? { ...place, x: place.x + NODE_WIDTH + 30 } : { ...place, y: place.y + NODE_HEIGHT + 30 };
  return place;
}

function viewCentre(): Point {
  const pane = document.querySelector(".react-flow");
  const flow = currentFlow();
  if (pane === null || flow === null) return { x: 0, y: 0 };
  const box = pane.getBoundingClientRect();
  const middle = flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
  return { x: Math.round(middle.x - NODE_WIDTH / 2), y: Math.round(middle.y - NODE_HEIGHT / 2) };
}

/** Adds a layer; onto an edge it goes between, at the loose end of a connection it is joined to that, `beside` what lies there already. */
export function addLayer(
  type: string,
  place: Point,
  onto: { edgeId?: string | null; from?: LooseEnd | null; beside?: boolean } = {},
): void {
  const label = actWords("act.add", { name: layerWords(type) });
  let node: NodeDocument | null = null;
  const done = attempt(() => {
    const box = { ...place, width: NODE_WIDTH, height: NODE_HEIGHT + MISTAKE_HEIGHT };
    const { dx, dy } = onto.beside === true ? freeShift(box, shownBoxes(design())) : { dx: 0, dy: 0 };
    node = createNode(type, putAt({ x: place.x + dx, y: place.y + dy }), design(), newId);
    const { edgeId, from } = onto;
    const takesAndGives = (layerDefinition(type)?.ports.inputs.length ?? 0) > 0 && (layerDefinition(type)?.ports.outputs.length ?? 0) > 0;
    if (edgeId != null && takesAndGives) return withRoom(design(), insertOnEdge(design(), strandsOf(edgeId), node, newId));
    const { propagation } = useDocument.getState();
    if (from != null && propagation !== null) return addConnected(design(), propagation, node, from, newId());
    return { type: "add_nodes", nodes: [node], edges: [] };
  }, label);
  if (!done || node === null) return;
  select([(node as NodeDocument).id]);
  noteUse(type);
}

/** Whether a layer at the place is in view. */
function isSeen(flow: NonNullable<ReturnType<typeof currentFlow>>, pane: DOMRect, place: Point): boolean {
  const corner = flow.flowToScreenPosition({ x: place.x + NODE_WIDTH, y: place.y + NODE_HEIGHT });
  return corner.x < pane.right && corner.y < pane.bottom && corner.x > pane.left + NODE_WIDTH / 2 && corner.y > pane.top;
}

/** Brings new layers into view where some of them are not seen. */
export function showPlaces(places: readonly Point[]): void {
  const flow = currentFlow();
  const pane = document.querySelector(".react-flow")?.getBoundingClientRect();
  if (flow === null || pane === undefined || places.every((place) => isSeen(flow, pane, place))) return;
  const [first] = places;
  if (places.length > 1 || first === undefined) void fitCanvas(false, glideTime());
  else {
    const [x, y] = [first.x + NODE_WIDTH / 2, first.y + NODE_HEIGHT / 2];
    void carryView(flow, () => flow.setCenter(x, y, { zoom: flow.getZoom(), duration: glideTime() }));
  }
}

/** Adds a layer without pointing at a place, and moves the view when it would not be seen. */
export function addLayerBeside(type: string): void {
  const place = freePlace();
  addLayer(type, place);
  const flow = currentFlow();
  const pane = document.querySelector(".react-flow")?.getBoundingClientRect();
  if (flow === null || pane === undefined) return;
  const seen = isSeen(flow, pane, place);
  const to = { x: place.x + NODE_WIDTH / 2, y: place.y + NODE_HEIGHT / 2 };
  if (!seen) void carryView(flow, () => flow.setCenter(to.x, to.y, { zoom: flow.getZoom(), duration: glideTime() }));
}

/** @throws AppError design.* when the two cannot be connected */
export function connect(from: PortReference, to: PortReference): void {
  const { propagation } = useDocument.getState();
  if (propagation === null) return;
  const name = (id: string): string => design().graph.nodes.find((node) => node.id === id)?.name ?? id;
  const label = actWords("act.connect", { source: name(from.node), target: name(to.node) });
  dispatch(connectCommand(design(), propagation, from, to, newId()), { label });
}

/** @param words what the act is called, when it is not deleting */
export function deleteSelection(words?: ActLabel): void {
  const { selection } = useDocument.getState();
  const { nodes, edges } = design().graph;
  const nodeIds = nodes.filter((node) => selection.has(node.id));
  const edgeIds = edges.filter((edge) => selection.has(edge.id)).map((edge) => edge.id);
  const notes = withoutChosen();
  const count = nodeIds.length + edgeIds.length + (notes?.count ?? 0);
  if (count === 0) return;
  const remove: Command = { type: "remove", node_ids: nodeIds.map((node) => node.id), edge_ids: edgeIds };
  if (notes !== null) {
    const only = notes.count === count;
    const label = only ? notes.label : actWords("act.delete_many", { count });
    attempt(() => (only ? notes.command : { type: "batch", commands: [remove, notes.command] }), words ?? label);
    return;
  }
  const [first] = nodeIds;
  const single = first === undefined ? actWords("act.disconnect") : actWords("act.delete", { name: first.name });
  const label = count > 1 ? actWords("act.delete_many", { count }) : single;
  attempt(() => remove, words ?? label);
}

/** From where the pointer goes down to where it is let go all is one act, whatever stands still meanwhile. */
export const DRAG = "drag";

/** Moves nodes to where the pointer has them, or keys: acts of one drag (`held`) and of one burst of keys are one entry. */
export function moveTo(positions: Readonly<Record<string, Point>>, dragged = false): void {
  const ids = Object.keys(positions);
  const only = ids.length === 1 ? design().graph.nodes.find((node) => node.id === ids[0]) : undefined;
  const label = only === undefined ? actWords("act.move_many", { count: ids.length }) : actWords("act.move", { name: only.name });
  attempt(() => ({ type: "move", positions }), label, dragged ? DRAG : `move ${ids.join(" ")}`, dragged);
}

export function nudge(dx: number, dy: number): void {
  const nodes = selectedNodes();
  if (nodes.length === 0) return;
  moveTo(Object.fromEntries(nodes.map((node) => [node.id, { x: node.position.x + dx, y: node.position.y + dy }])));
}

export function rename(id: string, name: string): boolean {
  const current = design().graph.nodes.find((node) => node.id === id);
  if (current === undefined || current.name === name.trim()) return true;
  return attempt(() => renameCommand(design(), id, name.trim()), actWords("act.rename", { name: name.trim() }));
}

type Toggle = "act.bypass" | "act.unbypass" | "act.freeze" | "act.unfreeze" | "act.share" | "act.unshare";

/** What is done to a layer by its name, to several by how many they are. */
export function actOn(act: Toggle, nodes: readonly NodeDocument[]): ActLabel {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? actWords(act, { name: only.name }) : actWords(`${act}_many`, { count: nodes.length });
}

/** Bypasses the chosen layers, or uses them again when all of them are bypassed. */
export function toggleBypass(): void {
  const nodes = selectedNodes();
  if (nodes.length === 0) return;
  const bypassed = nodes.some((node) => !node.bypassed);
  const label = actOn(bypassed ? "act.bypass" : "act.unbypass", nodes);
  const ids = nodes.map((node) => node.id);
  attempt(() => bypassCommand(design(), ids, bypassed), label);
}

/** The layers among these whose weights can be frozen; for weights used at several places the layer that they belong to. */
export function freezable(nodes: readonly NodeDocument[]): readonly NodeDocument[] {
  const owners = new Set(nodes.map((node) => node.shared_with ?? node.id));
  return design().graph.nodes.filter((node) => owners.has(node.id) && hasWeights(node));
}

export function hasWeights({ type }: Pick<NodeDocument, "type">): boolean {
  const definition = layerDefinition(type);
  return definition?.parameters !== undefined || definition?.states !== undefined;
}

/** Freezes the weights of the chosen layers, or trains them again when all of them are frozen. */
export function toggleFreeze(chosen: readonly NodeDocument[] = selectedNodes()): void {
  const nodes = freezable(chosen);
  if (nodes.length === 0) return;
  const freeze = nodes.some((node) => node.frozen !== true);
  const frozen = Object.fromEntries(nodes.map((node) => [node.id, freeze ? true : null]));
  attempt(() => ({ type: "set_frozen", frozen }), actOn(freeze ? "act.freeze" : "act.unfreeze", nodes));
}

/**
 * Shows the chosen layers, or all of them; all are kept in view from then on.
 * @param duration how long the view glides there, in milliseconds
 */
export function fitCanvas(onlyChosen = true, duration = 0): Promise<boolean> {
  const flow = currentFlow();
  if (flow === null) return Promise.resolve(false);
  const ids = onlyChosen ? selectedNodes().map(({ id }) => id) : [];
  // React Flow takes what is not drawn for a point at the origin.
  const chosen = drawnFor(design(), ids).filter((id) => flow.getNode(id) !== undefined);
  return chosen.length === 0 ? fitAll(flow, duration) : flow.fitView({ ...FIT, nodes: chosen.map((id) => ({ id })) });
}

export function applyFix(fix: Fix): void {
  attempt(() => withRoom(design(), fixCommand(design(), fix)), actWords("act.fix", { what: fixWords(fix) }));
}

/** @param ids of what is drawn; of a layer in a collapsed group its box is shown */
export function bringIntoView(ids: readonly string[]): void {
  void currentFlow()?.fitView({
    nodes: drawnFor(design(), ids).map((id) => ({ id })),
    maxZoom: Math.max(1, currentFlow()?.getZoom() ?? 1),
    minZoom: 0.4,
    padding: 0.4,
    duration: glideTime(),
  });
}
