/** Walking a checked design: past nodes that are skipped, to the layer whose activation or width decides. */

import type { ActivationDefinition } from "../activations/activation.ts";
import { activationDefinitions } from "../activations/definitions.ts";
import { lossDefinitions } from "../losses/definitions.ts";
import type { LossDefinition } from "../losses/loss.ts";
import type { CheckedDesign, CheckedNode } from "./check.ts";

/** The only node that feeds this one, bypassed ones skipped; null when there is none or there are several. */
export function feeder(context: CheckedDesign, checked: CheckedNode): CheckedNode | null {
  const [edge, ...others] = checked.incoming;
  if (edge === undefined || others.length > 0) return null;
  const source = context.nodes.get(edge.source) ?? null;
  return source?.node.bypassed === true ? feeder(context, source) : source;
}

/** The nodes fed by this one, bypassed ones skipped. */
export function fed(context: CheckedDesign, checked: CheckedNode): CheckedNode[] {
  return checked.outgoing.flatMap((edge) => {
    const target = context.nodes.get(edge.target);
    if (target === undefined) return [];
    return target.node.bypassed ? fed(context, target) : [target];
  });
}

/** The activation a node applies last; null when it has none or an unknown one. */
export function activationOf(checked: CheckedNode): ActivationDefinition | null {
  const field = checked.definition.traits.activationField;
  const name = field === undefined ? undefined : checked.config?.[field];
  return typeof name === "string" && Object.hasOwn(activationDefinitions, name) ? (activationDefinitions[name] ?? null) : null;
}

/** Whether the values that come out are those of the activation f(x) = x. */
export function isIdentity(activation: ActivationDefinition): boolean {
  return activation.name === "linear";
}

export interface OutputFacts {
  readonly loss: LossDefinition;
  readonly columns: readonly string[];
  readonly targetInput: string | null;
}

/** What an output node compares the prediction with; null for other nodes and invalid options. */
export function outputFacts(checked: CheckedNode): OutputFacts | null {
  if (checked.config === null) return null;
  const output = checked.definition.output?.(checked.config as never);
  const loss = output === undefined ? undefined : lossDefinitions[output.loss];
  return output === undefined || loss === undefined ? null : { loss, columns: output.columns, targetInput: output.targetInput };
}

/**
 * The nearest layer upstream that sets how its values look: one with an activation, not a layer that only passes values
 * on. Stops, with null, where several edges meet or where values are computed in a way that has no activation.
 */
export function lastActivation(context: CheckedDesign, checked: CheckedNode): CheckedNode | null {
  const source = feeder(context, checked);
  if (source === null) return null;
  if (source.definition.traits.activationField !== undefined) return source;
  return passesOn(source) ? lastActivation(context, source) : null;
}

/** The nearest layer upstream that decides the length of the last axis, if nothing between changes it. */
export function widthSource(context: CheckedDesign, checked: CheckedNode): CheckedNode | null {
  const source = feeder(context, checked);
  return source === null ? null : widthGiver(context, source);
}

/** The layer that decides the length of the last axis that comes out of this one: itself, or the nearest upstream. */
export function widthGiver(context: CheckedDesign, source: CheckedNode): CheckedNode | null {
  if (source.definition.traits.unitsField !== undefined) return source;
  const [input] = source.result.inputs;
  const [output] = source.result.outputs ?? [];
  const keeps =
    source.result.inputs.length === 1 &&
    input !== undefined &&
    output !== undefined &&
    input.length === output.length &&
    input.every((size, axis) => size === output[axis]);
  return keeps ? widthSource(context, source) : null;
}

/** Dropout and the like, and layers that only arrange the same values differently: no activation is lost in them. */
function passesOn(checked: CheckedNode): boolean {
  const { traits } = checked.definition;
  return traits.trainingOnly === true || traits.flattens === true;
}

/** The input whose values reach this node as they are, past layers that only train differently or arrange values. */
export function rawInput(context: CheckedDesign, checked: CheckedNode): CheckedNode | null {
  const source = feeder(context, checked);
  if (source === null || source.definition.traits.role === "input") return source;
  return passesOn(source) ? rawInput(context, source) : null;
}

/** Whether its weights are another layer's too: its options are then not its own to change. */
export function sharesWeights({ node, lends }: CheckedNode): boolean {
  return node.shared_with !== null || lends;
}

/** Whether a layer with weights comes behind this one. */
export function isHidden(context: CheckedDesign, checked: CheckedNode): boolean {
  const seen = new Set<string>();
  const left = fed(context, checked);
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (seen.has(one.node.id)) continue;
    seen.add(one.node.id);
    if (one.result.parameters > 0) return true;
    left.push(...fed(context, one));
  }
  return false;
}
