/** Acts that change where a layer stands among the others: dragged into a connection, or swapped with the one before or behind it. */
import type { Command } from "../../core/graph/command.ts";
import { whereItBelongs } from "../../core/graph/groups.ts";
import { type Place, reorderCommand } from "../../core/graph/reorder.ts";
import { rewireCommand } from "../../core/graph/rewire.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { selectedNodes, useDocument } from "../state/document.ts";
import { report, toastWanted } from "../state/toasts.ts";
import { actWords } from "../ui/act-words.ts";
import { attempt, DRAG, newId } from "./edits.ts";
import { withRoom } from "./insert-room.ts";
import { strandsOf } from "./strands.ts";

/** Whether a layer that is dropped on a connection goes between: one that is connected only where that is asked for. */
export function goesBetween(id: string, connectedToo: boolean): boolean {
  const node = useDocument.getState().design?.graph.nodes.find((one) => one.id === id);
  const ports = node === undefined ? undefined : layerDefinition(node.type)?.ports;
  if (ports === undefined) return false;
  return connectedToo || (!isConnected(id) && ports.inputs.length > 0 && ports.outputs.length > 0);
}

function isConnected(id: string): boolean {
  return useDocument.getState().design?.graph.edges.some(({ source, target }) => source === id || target === id) ?? false;
}

/** A layer was dragged onto an edge: in one entry with the drag it goes between, and where it was connected its neighbours are joined. */
export function insertDragged(id: string, edgeId: string, connectedToo: boolean): void {
  const { design } = useDocument.getState();
  const node = design?.graph.nodes.find((one) => one.id === id);
  if (design === null || node === undefined) return;
  const connected = isConnected(id);
  if (!goesBetween(id, connectedToo)) {
    if (connected) hintOnce();
    return;
  }
  let command: Command | null = null;
  try {
    command = rewireCommand(design, strandsOf(edgeId), id, newId);
    if (command !== null) command = whereItBelongs(design, withRoom(design, command, [id]), null, [id]);
  } catch (thrown) {
    report(thrown);
  }
  if (command !== null) attempt(() => command, actWords(connected ? "act.rewire" : "act.insert", { name: node.name }), DRAG, true);
}

let hinted = false;

/** Who drops a connected layer on a connection may have meant it: said once while the app is open. */
function hintOnce(): void {
  if (hinted) return;
  hinted = true;
  toastWanted((t) => t("canvas.rewire_hint"));
}

/** The chosen layer changes places with the one before or behind it. */
export function reorder(place: Place): void {
  const [node, ...others] = selectedNodes();
  const { design } = useDocument.getState();
  if (design === null || node === undefined) return;
  if (others.length > 0) {
    toastWanted((t) => t("canvas.reorder_one"));
    return;
  }
  const label = actWords(place === "earlier" ? "act.move_earlier" : "act.move_later", { name: node.name });
  attempt(() => reorderCommand(design, node.id, place), label);
}
