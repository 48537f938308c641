import type { GroupDocument } from "./document.ts";

/** Groups as a design may have them: a layer is in the first that names it, and once; a group that is left without layers goes. */
export function soundGroups(groups: readonly GroupDocument[]): GroupDocument[] {
  const placed = new Set<string>();
  return groups.flatMap((group) => {
    const node_ids = group.node_ids.filter((id) => {
      const isFirst = !placed.has(id);
      placed.add(id);
      return isFirst;
    });
    if (node_ids.length === 0) return [];
    return [node_ids.length === group.node_ids.length ? group : { ...group, node_ids }];
  });
}
