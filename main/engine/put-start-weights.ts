/** What a run takes over from the one that it continues: weights of the layers that are as they were. */
import type { Network } from "../../core/train/network.ts";
import type { StartWeights } from "./messages.ts";

/** Layers whose weights still fit take them; the rest keep what was drawn. */
export function putStartWeights(network: Network, weights: StartWeights): void {
  for (const kind of ["parameter", "state"] as const)
    for (const info of kind === "parameter" ? network.parameters : network.states) {
      const found = weights.find((one) => one.kind === kind && one.nodeId === info.nodeId && one.name === info.name);
      if (found !== undefined && found.shape.join() === info.shape.join()) network.view(kind, info.fullName).set(found.values);
    }
}
