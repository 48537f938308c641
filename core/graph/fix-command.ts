/** Acts on single layers, a fix or skipping them, that must not part one of several layers with the same weights from the others. */
import type { Command } from "./command.ts";
import type { DesignDocument, NodeDocument } from "./document.ts";
import type { Fix } from "./problem.ts";
import { handOnCommands, ownerOf } from "./sharing.ts";

type Graph = Pick<DesignDocument, "graph">;

/**
 * What a click on the fix does: options go to all layers that share their weights, and an owner that is skipped hands its weights on to the
 * first that used them.
 */
export function fixCommand({ graph }: Graph, { commands }: Pick<Fix, "commands">): Command {
  if (!graph.nodes.some(({ shared_with }) => shared_with !== null)) return { type: "batch", commands };
  const families = familiesOf(graph.nodes);
  const named = new Set(commands.flatMap((command) => (command.type === "set_config" ? [command.id] : [])));
  const all = commands.flatMap((command): readonly Command[] => {
    if (command.type === "set_config") {
      const others = (families.get(command.id) ?? []).filter(({ id }) => !named.has(id));
      // Of several that the fix names one speaks for the others.
      for (const { id } of others) named.add(id);
      return [command, ...others.map(({ id }) => ({ ...command, id }))];
    }
    if (command.type !== "set_bypassed" || !command.bypassed) return [command];
    const skipped = new Set(command.ids);
    return [command, ...command.ids.flatMap((id) => handOnCommands(families.get(id) ?? [], id, skipped))];
  });
  return { type: "batch", commands: all };
}

/** Skips layers, or uses them again: those that use the weights of one that is skipped go on sharing them among themselves. */
export function bypassCommand(design: Graph, ids: readonly string[], bypassed: boolean): Command {
  const act: Command = { type: "set_bypassed", ids, bypassed };
  if (bypassed) return fixCommand(design, { commands: [act] });
  const used = new Set(ids);
  const nodes = design.graph.nodes.map((node) => (used.has(node.id) ? { ...node, bypassed: false } : node));
  const skipped = [...familiesOf(nodes)].filter(([id, family]) =>
    family.some((one) => one.id === id && one.shared_with === null && one.bypassed),
  );
  return { type: "batch", commands: [act, ...skipped.flatMap(([id, family]) => handOnCommands(family, id, new Set()))] };
}

/** By each layer that shares weights, all that have the same, in the order of the document. */
function familiesOf(nodes: readonly NodeDocument[]): ReadonlyMap<string, readonly NodeDocument[]> {
  const byOwner = new Map<string, NodeDocument[]>();
  for (const node of nodes) {
    const family = byOwner.get(ownerOf(node));
    if (family === undefined) byOwner.set(ownerOf(node), [node]);
    else family.push(node);
  }
  return new Map(
    [...byOwner.values()].filter(({ length }) => length > 1).flatMap((family) => family.map(({ id }) => [id, family] as const)),
  );
}
