/**
 * Where we are. Inside a group only its layers are shown, on the canvas or in the list, what is added belongs to it, and the way back is a
 * row of crumbs above them. Which group that is belongs to the view and not to the document; a group that goes is left, and so is every one
 * with its project.
 * What is chosen follows: a collapsed group is drawn as one box, so of its layers all are chosen or none, and of the connections between
 * them none.
 */
import type { Command } from "../../core/graph/command.ts";
import type { DesignDocument, EdgeDocument, GroupDocument } from "../../core/graph/document.ts";
import { foldedGroups } from "../../core/graph/drawn-boxes.ts";
import { changeGroupCommand, whereItBelongs } from "../../core/graph/groups.ts";
import { dispatch, select, selectedNodes, useDocument } from "../state/document.ts";
import { report } from "../state/toasts.ts";
import { actWords } from "../ui/act-words.ts";
import { useCanvas } from "./canvas-state.ts";
import { areaOf, meets } from "./group-inside.ts";

function groupIn(design: DesignDocument | null, id: string | null): GroupDocument | null {
  return id === null ? null : (design?.graph.groups.find((group) => group.id === id && group.node_ids.length > 0) ?? null);
}

/** The group that is shown alone; null for the whole design. */
export function enteredGroup(): GroupDocument | null {
  return groupIn(useDocument.getState().design, useCanvas.getState().entered);
}

export function useEnteredGroup(): GroupDocument | null {
  const entered = useCanvas((state) => state.entered);
  return useDocument((state) => groupIn(state.design, entered));
}

/**
 * Notes and frames that do not lie where the group is shown. Asked once, on the way in: what is drawn out of there stays in sight, and
 * so does what is added inside.
 */
function notesElsewhere(design: DesignDocument | null, group: GroupDocument): ReadonlySet<string> {
  if (design === null) return new Set();
  const area = areaOf(design, group);
  return new Set((design.graph.annotations ?? []).filter((one) => !meets(area, one)).map(({ id }) => id));
}

/** Goes into a group, by default the one of the first chosen layer. */
export function enterGroup(id?: string): void {
  const { design, selection } = useDocument.getState();
  const [first] = selectedNodes();
  const group = design?.graph.groups.find((one) => (id === undefined ? one.node_ids.includes(first?.id ?? "") : one.id === id));
  if (group === undefined || group.id === enteredGroup()?.id) return;
  const inside = new Set(group.node_ids);
  useCanvas.setState({ entered: group.id, elsewhere: notesElsewhere(design, group), search: null, refusal: null, renaming: null });
  select(inside.size === selection.size ? [] : [...selection].filter((one) => inside.has(one)));
}

/** Back to the whole design; the group's layers stay chosen, so that it is seen where it lies. */
export function leaveGroup(): void {
  const group = enteredGroup();
  useCanvas.setState({ entered: null, search: null, refusal: null, renaming: null });
  if (group !== null && useDocument.getState().selection.size === 0) select(group.node_ids);
}

/** Leaves the group when the layer is outside it. @returns whether the whole design has to be drawn first */
export function leaveFor(nodeId: string): boolean {
  const group = enteredGroup();
  if (group === null || group.node_ids.includes(nodeId)) return false;
  useCanvas.setState({ entered: null });
  return true;
}

/** What a command adds goes into the group that it belongs to: where its connection runs, else where we are. */
export function whereWeAre(command: Command): Command {
  const { design } = useDocument.getState();
  return design === null || !adds(command) ? command : whereItBelongs(design, command, enteredGroup()?.id ?? null);
}

function adds(command: Command): boolean {
  return command.type === "batch" ? command.commands.some(adds) : command.type === "add_nodes" && command.nodes.length > 0;
}

/** The layers that are shown: all, or those of the group. */
export function shownNodeIds(): readonly string[] {
  return enteredGroup()?.node_ids ?? useDocument.getState().design?.graph.nodes.map(({ id }) => id) ?? [];
}

export function renameGroup(id: string, name: string): void {
  const { design } = useDocument.getState();
  const group = groupIn(design, id);
  const to = name.trim().slice(0, 128);
  if (design === null || group === null || to === "" || to === group.name) return;
  try {
    dispatch(changeGroupCommand(design, id, { name: to }), { label: actWords("act.rename_group", { name: to }) });
  } catch (thrown) {
    report(thrown);
  }
}

/** Of the layers of a collapsed group all are chosen or none, and no connection between them: acts mean what is seen. */
function chooseWhole(): void {
  const { design, selection } = useDocument.getState();
  if (design === null || selection.size === 0) return;
  const folded = foldedGroups(design, useCanvas.getState().entered);
  if (folded.length === 0) return;
  const boxOf = new Map(folded.flatMap(({ id, node_ids }) => node_ids.map((node) => [node, id] as const)));
  const isHidden = ({ source, target }: EdgeDocument): boolean => boxOf.has(source) && boxOf.get(source) === boxOf.get(target);
  const hidden = new Set(design.graph.edges.filter((edge) => selection.has(edge.id) && isHidden(edge)).map(({ id }) => id));
  const whole = folded.filter(({ node_ids }) => node_ids.some((id) => selection.has(id)));
  if (hidden.size + whole.length > 0)
    select([...[...selection].filter((id) => !hidden.has(id)), ...whole.flatMap(({ node_ids }) => node_ids)]);
}

useDocument.subscribe(({ project, design, selection }, before) => {
  const { entered } = useCanvas.getState();
  const isGone = project?.id !== before.project?.id || groupIn(design, entered) === null;
  // Not asked at every move of what is dragged.
  const isSame =
    selection === before.selection &&
    design?.graph.groups === before.design?.graph.groups &&
    design?.graph.edges === before.design?.graph.edges;
  if (entered !== null && isGone) useCanvas.setState({ entered: null });
  else if (!isSame) chooseWhole();
});
useCanvas.subscribe(({ entered }, before) => {
  if (entered !== before.entered) chooseWhole();
});
