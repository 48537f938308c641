/** Layers that use one and the same weights: made and unmade. Such a layer is its owner once more, so its options follow the owner's. */
import { AppError } from "../errors.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { Command } from "./command.ts";
import type { DesignDocument, NodeDocument } from "./document.ts";
import { withFrozen, withVectors } from "./node-fields.ts";
import type { LayerLookup } from "./ports.ts";

type Graph = Pick<DesignDocument, "graph">;

/** The layer that holds the weights of this one. */
export const ownerOf = ({ id, shared_with }: NodeDocument): string => shared_with ?? id;

/** All layers with the weights of this one, itself among them, in the order of the document. */
export function sharersOf({ graph }: Graph, nodeId: string): readonly NodeDocument[] {
  const node = graph.nodes.find(({ id }) => id === nodeId);
  return node === undefined ? [] : graph.nodes.filter((one) => ownerOf(one) === ownerOf(node));
}

/** Whether the layers share weights among themselves, or the only one shares its weights with any other. */
export function isSharing(design: Graph, nodeIds: readonly string[]): boolean {
  const [first] = nodeIds;
  if (first === undefined) return false;
  const sharers = new Set(sharersOf(design, first).map(({ id }) => id));
  return sharers.size > 1 && nodeIds.every((id) => sharers.has(id));
}

/**
 * Layers of one type use the weights of the first of them, or of one outside whose weights one of them uses already; what used theirs
 * follows. Their options become the owner's.
 * @throws AppError design.share_needs_two where fewer than two have weights, design.share_one_type where they are of several types
 */
export function shareCommand(design: Graph, nodeIds: readonly string[], lookup: LayerLookup = layerDefinition): Command {
  const ids = new Set(nodeIds);
  const chosen = design.graph.nodes.filter((node) => ids.has(node.id) && hasWeights(node, lookup));
  const lent = new Set(design.graph.nodes.map(({ shared_with }) => shared_with));
  const [first] = chosen;
  if (first === undefined || chosen.length < 2) throw new AppError("design.share_needs_two", { received: chosen.length });
  const types = [...new Set(chosen.map(({ type }) => type))];
  if (types.length > 1) throw new AppError("design.share_one_type", { types: types.join(", ") });
  const ownerId = ownerOf(chosen.find((node) => node.shared_with !== null || lent.has(node.id)) ?? first);
  const owner = design.graph.nodes.find(({ id }) => id === ownerId) ?? first;
  const families = new Set(chosen.map(ownerOf));
  const joining = design.graph.nodes.filter((node) => node.id !== owner.id && families.has(ownerOf(node)));
  const differ = joining.filter(({ config }) => JSON.stringify(config) !== JSON.stringify(owner.config));
  const share: Command = { type: "set_shared", owners: Object.fromEntries(joining.map(({ id }) => [id, owner.id])) };
  const options = differ.map(({ id }): Command => ({ type: "set_config", id, config: owner.config, replace: true }));
  return options.length === 0 ? share : { type: "batch", commands: [share, ...options] };
}

/** Each of the layers gets weights of its own; of an owner alone all that use its weights do. */
export function unshareCommand(design: Graph, nodeIds: readonly string[]): Command {
  const ids = new Set(nodeIds);
  const users = design.graph.nodes.filter(({ id, shared_with }) => ids.has(id) && shared_with !== null);
  const parted = users.length > 0 ? users : design.graph.nodes.filter(({ shared_with }) => shared_with !== null && ids.has(shared_with));
  return { type: "set_shared", owners: Object.fromEntries(parted.map(({ id }) => [id, null])) };
}

/** Who holds the weights when their owner no longer does: the first other that is not skipped, as a skipped layer gives none. */
function heirOf(others: readonly NodeDocument[]): NodeDocument | undefined {
  return others.find(({ bypassed }) => !bypassed);
}

/** What is said of weights where they are held: the heir gets all of it, in a list of layers and by commands alike. */
type Held = Pick<NodeDocument, "frozen" | "vectors">;

const asHeir = (node: NodeDocument, { frozen, vectors }: Held): NodeDocument =>
  withVectors(withFrozen({ ...node, shared_with: null }, frozen ?? null), vectors ?? null);

const toHeir = (id: string, { frozen, vectors }: Held): readonly Command[] => [
  { type: "set_frozen", frozen: { [id]: frozen ?? null } },
  { type: "set_vectors", id, vectors: vectors ?? null },
];

/**
 * The layers without some owners of weights: one of those that used an owner's holds them from now on, with what was said of them,
 * and the others use its.
 * @param lostOwner by id, what is known of an owner that is gone; undefined where it is there
 */
export function handedOn(nodes: readonly NodeDocument[], lostOwner: (id: string) => Held | undefined): NodeDocument[] {
  const heirs = new Map<string, { readonly id: string; readonly held: Held } | null>();
  const heirBehind = (ownerId: string) => {
    const known = heirs.get(ownerId);
    if (known !== undefined) return known;
    const held = lostOwner(ownerId);
    const users = held === undefined ? [] : nodes.filter(({ shared_with }) => shared_with === ownerId);
    const heir = heirOf(users) ?? users[0];
    const found = heir === undefined || held === undefined ? null : { id: heir.id, held };
    heirs.set(ownerId, found);
    return found;
  };
  return nodes.map((node) => {
    const heir = node.shared_with === null ? null : heirBehind(node.shared_with);
    if (heir === null) return node;
    return heir.id === node.id ? asHeir(node, heir.held) : { ...node, shared_with: heir.id };
  });
}

/**
 * What goes with skipping an owner: the heir holds the weights, and the owner uses its, should it come back.
 * @param family all layers with these weights
 * @param skipped by id, what is skipped with it
 */
export function handOnCommands(family: readonly NodeDocument[], ownerId: string, skipped: ReadonlySet<string>): readonly Command[] {
  const owner = family.find(({ id, shared_with }) => id === ownerId && shared_with === null);
  const heir = heirOf(family.filter(({ id }) => id !== ownerId && !skipped.has(id)));
  if (owner === undefined || heir === undefined) return [];
  const owners = Object.fromEntries(family.map(({ id }) => [id, id === heir.id ? null : heir.id]));
  return [{ type: "set_shared", owners }, ...toHeir(heir.id, owner)];
}

function hasWeights({ type }: NodeDocument, lookup: LayerLookup): boolean {
  const definition = lookup(type);
  return definition?.parameters !== undefined || definition?.states !== undefined;
}
