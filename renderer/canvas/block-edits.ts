/**
 * Putting a block on the canvas: where it goes, what feeds it (the edge it was dropped on, else the chosen layers), and the width
 * that fits what comes in. One act, undone as one.
 */
import { blockFits, placeAt, trialAt } from "../../core/blocks/fitting.ts";
import type { InsertedBlock } from "../../core/blocks/insert.ts";
import { turnedDown } from "../../core/blocks/turned.ts";
import { AppError } from "../../core/errors.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import { isDown } from "../../core/graph/direction.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import type { LooseEnd } from "../../core/graph/fitting.ts";
import type { PortReference } from "../../core/graph/ports.ts";
import { propagate } from "../../core/graph/propagate.ts";
import { firstWorse } from "../../core/graph/repeat-selection.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import type { AnyConfig } from "../../core/schema/fields.ts";
import { defaultsOf } from "../../core/schema/validate.ts";
import type { PaletteBlock } from "../palette/palette-blocks.ts";
import { select, selectedNodes, useDocument } from "../state/document.ts";
import { actWords, blockWords } from "../ui/act-words.ts";
import { currentFlow } from "./canvas-state.ts";
import { attempt, freePlace, newId } from "./edits.ts";
import { drawnBoxes } from "./group-boxes.ts";
import { carryView, FIT } from "./keep-fitted.ts";
import { putAt } from "./snap.ts";
import { strandsOf } from "./strands.ts";

type Point = NodeDocument["position"];

interface BlockGoal {
  /** Null: wherever there is room. */
  readonly place: Point | null;
  readonly edgeId: string | null;
  /** The loose end of a connection that it is joined to, where it was asked for there. */
  readonly from?: LooseEnd;
}

/** Outputs of the chosen layers, in the order of choosing. */
function chosenOutputs(): readonly PortReference[] {
  return selectedNodes().flatMap((node) => {
    const port = layerDefinition(node.type)?.ports.outputs[0];
    return port === undefined ? [] : [{ node: node.id, port: port.name }];
  });
}

function openDesign(): DesignDocument {
  const { design } = useDocument.getState();
  if (design === null) throw new Error("A block needs an open project.");
  return design;
}

/** The defaults, with the width of what will come in where its shape is known. */
export function blockOptions(block: PaletteBlock, { edgeId, from }: Pick<BlockGoal, "edgeId" | "from">): AnyConfig {
  const { propagation } = useDocument.getState();
  const edge = edgeId === null ? undefined : openDesign().graph.edges.find(({ id }) => id === edgeId);
  const source = edge?.source ?? (from === undefined ? chosenOutputs()[0] : from.port)?.node;
  const known = source === undefined ? undefined : propagation?.nodes.get(source);
  const shape = from?.forwards === false ? known?.inputs[0] : known?.outputs?.[0];
  const width = shape?.length === 2 ? shape[1] : undefined;
  const field = block.widthField === null ? undefined : block.schema[block.widthField];
  const fits = width !== undefined && field?.kind === "int" && width >= field.min && width <= field.max;
  return { ...defaultsOf(block.schema), ...(fits && block.widthField !== null ? { [block.widthField]: width } : {}) };
}

/** Whether the block, with the options that suit best, can be joined to the end of the connection. */
export function blockFitsAt(block: PaletteBlock, from: LooseEnd): boolean {
  const { design, propagation } = useDocument.getState();
  if (design === null || propagation === null) return false;
  return blockFits(design, propagation, from, () => {
    const options = blockOptions(block, { edgeId: null, from });
    return block.insert(design, options, { position: { x: 0, y: 0 }, ...trialAt(from) }, newId);
  });
}

/** Right of the chosen layers when nothing is there, else below everything; where the drawing runs down, below and right. */
function roomFor(block: PaletteBlock, options: AnyConfig): Point {
  const boxes = drawnBoxes(openDesign());
  const down = isDown(openDesign().graph);
  const start = freePlace();
  const plain = block.draw(options).nodes;
  const drawn = (down ? turnedDown(plain) : plain).map(({ position }) => position);
  const [width, height] = [Math.max(...drawn.map(({ x }) => x)) + NODE_WIDTH, Math.max(...drawn.map(({ y }) => y)) + NODE_HEIGHT];
  const inTheWay = boxes.some(
    (box) => box.x + box.width > start.x && box.x < start.x + width && box.y + box.height > start.y && box.y < start.y + height,
  );
  if (!inTheWay) return start;
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  if (down) return { x: Math.max(...boxes.map((box) => box.x + box.width)) + NODE_WIDTH / 2, y: top };
  return { x: left, y: Math.max(...boxes.map((box) => box.y + box.height)) + NODE_HEIGHT };
}

/** Where copies of an own block in a row do not take what the one before gives: the name of the first layer that does not; else null. */
export function rowProblem(block: PaletteBlock, options: AnyConfig, { edgeId, from }: BlockGoal): string | null {
  const times = options["repeat"];
  if (block.own === null || typeof times !== "number" || times < 2) return null;
  const { design } = useDocument.getState();
  if (design === null) return null;
  try {
    const joined = from === undefined ? { sources: chosenOutputs() } : placeAt(from);
    const target = edgeId === null ? joined : { edgeId: strandsOf(edgeId) };
    const { command, nodeIds } = block.insert(design, options, { position: { x: 0, y: 0 }, ...target }, newId);
    const after = applyCommand(design, command).design;
    const size = nodeIds.length / times;
    const rows = Array.from({ length: times }, (_, row) => nodeIds.slice(row * size, (row + 1) * size));
    const worse = firstWorse(propagate(after), rows);
    return after.graph.nodes.find(({ id }) => id === worse)?.name ?? null;
  } catch (thrown) {
    // An option out of its range, or a place that went away: adding the block says so.
    if (thrown instanceof AppError) return null;
    throw thrown;
  }
}

/** @returns whether it was done; what is wrong is shown otherwise */
export function addBlock(block: PaletteBlock, options: AnyConfig, { place, edgeId, from }: BlockGoal): boolean {
  let inserted: InsertedBlock | null = null;
  const done = attempt(
    () => {
      const joined = from === undefined ? { sources: chosenOutputs() } : placeAt(from);
      const target = edgeId === null ? joined : { edgeId: strandsOf(edgeId) };
      const position = place ?? roomFor(block, options);
      inserted = block.insert(openDesign(), options, { position: putAt(position), ...target }, newId);
      return inserted.command;
    },
    actWords("act.add", { name: block.own === null ? blockWords(block.key) : block.label }),
  );
  const ids = (inserted as InsertedBlock | null)?.nodeIds ?? [];
  if (!done) return false;
  select(ids);
  requestAnimationFrame(() => {
    const flow = currentFlow();
    if (flow !== null) void carryView(flow, () => flow.fitView({ ...FIT, nodes: ids.map((id) => ({ id })) }));
  });
  return true;
}
