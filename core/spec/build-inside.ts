/**
 * For looking inside: the part of a program that keeps every value between the layers and runs backwards from the loss, or from any
 * number that the network gives, to all of them. Built beside an evaluation, so that nothing is dropped and nothing is trained.
 */
import { appendGradients } from "../ir/autodiff.ts";
import type { Builder } from "../ir/builder.ts";
import { sizeOf, type Tensor } from "../ir/tensor.ts";
import { definitionOf } from "./model.ts";
import type { ModelSpec } from "./model-spec.ts";

/**
 * For looking inside: every value between the layers, and its gradient. What is differentiated is
 * `lossFactor · loss + Σ chosen · prediction`, so that one program answers for the loss and for any single output.
 */
export interface InsideTensors {
  /** By value name (layer-values.ts), inputs among them. */
  readonly values: Readonly<Record<string, Tensor>>;
  /** Of the values through which a weight or an input of numbers reaches the outputs. */
  readonly gradients: Readonly<Record<string, Tensor>>;
  /** Of what layers offer to look at, by node id and name: the gradient by it, where one reaches it. */
  readonly tapGradients: Readonly<Record<string, Readonly<Record<string, Tensor>>>>;
  /** Which steps count, `[1, steps]` of ones and zeros, by value name; of values that have a mask. */
  readonly masks: Readonly<Record<string, Tensor>>;
  /** [1] */
  readonly lossFactor: Tensor;
  /** By output node id, of the shape of its prediction. */
  readonly chosen: Readonly<Record<string, Tensor>>;
}

/** Whether numbers flow from an input, not indices, masks or edges. */
export function takesNumbers(spec: ModelSpec, inputId: string): boolean {
  return spec.layers.every((layer) => {
    const ports = definitionOf(layer).ports.inputs;
    return layer.inputs.every((value, place) => {
      const name = layer.input_ports?.[place];
      const port = name === undefined ? ports[Math.min(place, ports.length - 1)] : ports.find((one) => one.name === name);
      return value !== inputId || port === undefined || port.kind === "float";
    });
  });
}

/**
 * Appends the backward pass; called when the forward pass is whole.
 * @param made values and masks by value name (layer-values.ts)
 */
export function appendInside(
  builder: Builder,
  spec: ModelSpec,
  made: {
    readonly loss: Tensor;
    readonly inputs: Readonly<Record<string, Tensor>>;
    readonly predictions: Readonly<Record<string, Tensor>>;
    readonly values: ReadonlyMap<string, Tensor>;
    readonly masks: ReadonlyMap<string, Tensor>;
    readonly taps: Readonly<Record<string, Readonly<Record<string, Tensor>>>>;
  },
): InsideTensors {
  const { loss, inputs, predictions, values, masks, taps } = made;
  const lossFactor = builder.tensor([1], "input", "inside:loss_factor");
  const chosen: Record<string, Tensor> = {};
  const terms = [builder.one("multiply", [loss, lossFactor])];
  for (const [id, prediction] of Object.entries(predictions)) {
    const choice = builder.tensor(prediction.shape, "input", `inside:chosen:${id}`);
    chosen[id] = choice;
    const product = builder.reshape(builder.one("multiply", [prediction, choice]), [1, sizeOf(prediction.shape)]);
    terms.push(builder.one("sum_axis", [product], { axis: 1 }));
  }
  const numeric = Object.entries(inputs).flatMap(([id, tensor]) => (takesNumbers(spec, id) ? [tensor] : []));
  const parameters = builder.tensors.filter(({ role }) => role === "parameter");
  const found = appendGradients(builder, builder.one("add", terms), [...parameters, ...numeric]);
  const gradients: Record<string, Tensor> = {};
  for (const [name, value] of values) {
    // The gradient of an input has a place of its own, as that of a weight.
    const placed = builder.tensors.find(({ role, name: own }) => role === "gradient" && own === value.name);
    const gradient = numeric.includes(value) ? placed : found.get(value.id);
    if (gradient !== undefined) gradients[name] = gradient;
  }
  const tapGradients = Object.fromEntries(
    Object.entries(taps).map(([id, ofNode]) => [
      id,
      Object.fromEntries(
        Object.entries(ofNode).flatMap(([name, tensor]) => {
          const gradient = found.get(tensor.id);
          return gradient === undefined ? [] : [[name, gradient]];
        }),
      ),
    ]),
  );
  return { tapGradients, values: Object.fromEntries(values), gradients, masks: Object.fromEntries(masks), lossFactor, chosen };
}

/** What has to stay when the program has run. */
export function tensorsInside({ values, gradients, masks, tapGradients }: InsideTensors): Tensor[] {
  return [values, gradients, masks, ...Object.values(tapGradients)].flatMap((all) => Object.values(all));
}
