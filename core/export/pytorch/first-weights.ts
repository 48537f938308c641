/** What weights start from, as lines of Python over the module's `state`: the same distributions as ours, not the same numbers. */
import { initializerDefinition } from "../../initializers/definitions.ts";
import { TRUNCATED_DEVIATION } from "../../initializers/initializer.ts";
import type { PyTorchWeight } from "./network.ts";

const short = (value: number): string => String(Number(value.toPrecision(6)));

const uniform = (tensor: string, limit: number): string => `nn.init.uniform_(${tensor}, -${short(limit)}, ${short(limit)})`;
/** Cut at two deviations, as Keras's. */
function truncated(tensor: string, deviation: number): string {
  const limit = short(2 * deviation);
  return `nn.init.trunc_normal_(${tensor}, std=${short(deviation)}, a=-${limit}, b=${limit})`;
}

/** Variance scaling: 1 / fan, 2 / fan, 2 / (in + out). */
const SCALES: Readonly<Record<string, (fanIn: number, fanOut: number) => number>> = {
  glorot: (fanIn, fanOut) => 2 / (fanIn + fanOut),
  he: (fanIn) => 2 / fanIn,
  lecun: (fanIn) => 1 / fanIn,
};

function startOf({ parameter, path }: PyTorchWeight): string[] {
  if (parameter === null) return [];
  const tensor = `state["${path}"]`;
  const { initializer, fanIn = 1, fanOut = 1, initializerValue } = parameter;
  const value = initializerValue ?? initializerDefinition(initializer).value?.default ?? 0;
  const [family = "", form] = initializer.split("_");
  const variance = SCALES[family]?.(fanIn, fanOut);
  if (variance !== undefined)
    return [form === "uniform" ? uniform(tensor, Math.sqrt(3 * variance)) : truncated(tensor, Math.sqrt(variance) / TRUNCATED_DEVIATION)];
  switch (initializer) {
    case "zeros":
      return [`nn.init.zeros_(${tensor})`];
    case "ones":
      return [`nn.init.ones_(${tensor})`];
    case "constant":
      return [`nn.init.constant_(${tensor}, ${value})`];
    case "random_normal":
      return [`nn.init.normal_(${tensor}, std=${value})`];
    case "random_uniform":
      return [uniform(tensor, value)];
    case "truncated_normal":
      return [truncated(tensor, value)];
    case "orthogonal":
      return [`nn.init.orthogonal_(${tensor})`];
    case "identity":
      return [`nn.init.eye_(${tensor})`];
    default:
      throw new Error(`no initializer '${initializer}' in PyTorch`);
  }
}

/** Body of `initialise(model)`; empty where nothing has weights. */
export function firstWeights(weights: readonly PyTorchWeight[]): string[] {
  return weights.flatMap((weight) => {
    const ones = weight.parameter?.ones;
    return [...startOf(weight), ...(ones === undefined ? [] : [`state["${weight.path}"][${ones[0]}:${ones[1]}] = 1`])];
  });
}
