/** What a run takes over from the one that it continues: weights of the layers that are as they were. */
import type { ParameterInfo, StateInfo } from "../../core/spec/build.ts";
import type { Network } from "../../core/train/network.ts";
import type { StartedLayers, StartWeights, WeightShape } from "./messages.ts";

/** Layers whose weights all still fit take them; the rest keep what was drawn, each as a whole. */
export function putStartWeights(network: Network, weights: StartWeights): StartedLayers {
  const { fitting, layers } = fittingWeights(network, weights);
  for (const { kind, info, found } of fitting) network.view(kind, info.fullName).set(found.values);
  return layers;
}

/** Which layers take their weights as a whole, by the names that layers have now, and what goes where. */
export function fittingWeights<Found extends WeightShape>(
  { parameters, states }: { readonly parameters: readonly ParameterInfo[]; readonly states: readonly StateInfo[] },
  weights: readonly Found[],
) {
  const infos = [
    ...parameters.map((info) => ({ kind: "parameter" as const, info })),
    ...states.map((info) => ({ kind: "state" as const, info })),
  ].map(({ kind, info }) => {
    const found = weights.find((one) => one.kind === kind && one.nodeId === info.nodeId && one.name === info.name);
    return { kind, info, found: found?.shape.join() === info.shape.join() ? found : undefined };
  });
  const changed = new Set(infos.filter(({ found }) => found === undefined).map(({ info }) => info.nodeId));
  const fitting = infos.flatMap(({ kind, info, found }) =>
    found === undefined || changed.has(info.nodeId) ? [] : [{ kind, info, found }],
  );
  const nameOf = (fullName: string): string => fullName.slice(0, fullName.lastIndexOf("/"));
  const names = (wanted: boolean): string[] => [
    ...new Set(infos.filter(({ info }) => changed.has(info.nodeId) !== wanted).map(({ info }) => nameOf(info.fullName))),
  ];
  const layers: StartedLayers = { kept: names(true), fresh: names(false) };
  return { fitting, layers };
}
