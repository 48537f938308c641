/**
 * The searches for the other end of a connection, begun by key or menu at what is chosen. A collapsed group has the ports that are drawn on it: of
 * several, one is chosen first.
 */
import { AppError } from "../../core/errors.ts";
import type { GroupDocument } from "../../core/graph/document.ts";
import type { PortReference } from "../../core/graph/ports.ts";
import { selectedNodes, useDocument } from "../state/document.ts";
import { report, toastWanted } from "../state/toasts.ts";
import { type PortWay, useCanvas } from "./canvas-state.ts";
import { chosenGroup, outputsOf } from "./chosen.ts";
import { freePlace } from "./edits.ts";
import { portsOfGroup } from "./group-drop.ts";
import { besideLayer } from "./search-place.ts";

/** The search for a layer that is joined to the output of the chosen one. */
export const openAddBehind = (): void => openAtOutput("addBehind");

/** The search for what takes the output of the chosen layer. */
export const openConnectSearch = (): void => openAtOutput("connect");

function openAtOutput(way: PortWay): void {
  const group = foldedAndChosen();
  if (group !== null) {
    openAtGroup(group, way);
    return;
  }
  const [output, ...others] = outputsOf(useDocument.getState().design?.graph ?? { edges: [] }, selectedNodes());
  if (others.length > 0) toastWanted((t) => t("canvas.choose_one"));
  else if (output !== undefined) openAtPort(output, way);
}

/** The search for what the chosen layer takes its input from, or for the connection that it gives up. */
export function openLinkSearch(kind: "source" | "disconnect"): void {
  const group = foldedAndChosen();
  const nodes = selectedNodes().map(({ id }) => id);
  const [node] = nodes;
  if (node === undefined) return;
  if (group === null && nodes.length > 1) toastWanted((t) => t("canvas.choose_one"));
  else if (kind === "disconnect") useCanvas.setState({ search: { kind, at: besideLayer(node), nodes, name: group?.name ?? null } });
  else if (group !== null) openAtGroup(group, "source");
  else useCanvas.setState({ search: { kind, at: besideLayer(node), node, port: null } });
}

function foldedAndChosen(): GroupDocument | null {
  const group = chosenGroup();
  return group?.collapsed === true ? group : null;
}

function openAtGroup(group: GroupDocument, way: PortWay): void {
  const ports = portsOfGroup(group)[way === "source" ? "inputs" : "outputs"];
  const [first, ...others] = ports;
  if (first === undefined) report(new AppError("design.group_no_port", { group: group.name }));
  else if (others.length === 0) openAtPort(first, way);
  else useCanvas.setState({ search: { kind: "port", at: besideLayer(first.node), name: group.name, ports, way } });
}

/** The search that goes on at a port of a layer. */
export function openAtPort({ node, port }: PortReference, way: PortWay): void {
  const at = besideLayer(node);
  const from = { node, port };
  if (way === "connect") useCanvas.setState({ search: { kind: "connect", at, from } });
  else if (way === "source") useCanvas.setState({ search: { kind: "source", at, node, port } });
  else useCanvas.setState({ search: { kind: "add", at, place: freePlace(), from: { port: from, forwards: true } } });
}
