import { describe, expect, it } from "vitest";
import { AppError } from "../../core/errors.ts";
import type { Shape } from "../../core/ir/tensor.ts";
import type { ShapeContext } from "../../core/layers/layer.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import type { Schema } from "../../core/schema/fields.ts";
import { validateConfig } from "../../core/schema/validate.ts";

interface Mistake {
  readonly what: string;
  readonly type: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Shape[];
  readonly data?: NonNullable<ShapeContext<Schema>["data"]>;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const mistakes: readonly Mistake[] = [
  {
    what: "attention to keys and values of different lengths",
    type: "multi_head_attention",
    inputs: [
      [3, 4],
      [5, 4],
      [6, 4],
    ],
    code: "design.attention_lengths_differ",
    params: { key: "[6, 4]", value: "[5, 4]" },
  },
  {
    what: "attention by products of different widths",
    type: "attention",
    inputs: [
      [3, 4],
      [5, 6],
    ],
    code: "design.attention_widths_differ",
    params: { query: "[3, 4]", key: "[5, 6]" },
  },
  {
    what: "a mask of another length than the keys",
    type: "multi_head_attention",
    inputs: [[3, 4], [5, 4], [5, 4], [3]],
    code: "design.attention_mask_differs",
    params: { expected: "[5]", received: "[3]" },
  },
  {
    what: "attention on a vector",
    type: "attention",
    inputs: [[4], [4]],
    code: "design.rank_expected",
    params: { expected: 2, form: "[steps, channels]", received: "[4]" },
  },
  {
    what: "a sequence longer than there are places",
    type: "positional_encoding",
    config: { max_length: 4 },
    inputs: [[5, 2]],
    code: "design.sequence_too_long",
    params: { expected: 4, received: 5 },
  },
  {
    what: "dense on a single number without an axis",
    type: "dense",
    inputs: [[]],
    code: "design.rank_too_low",
    params: { expected: 1, received: 0 },
  },
  {
    what: "batch normalization without an axis",
    type: "batch_normalization",
    inputs: [[]],
    code: "design.rank_too_low",
    params: { expected: 1, received: 0 },
  },
  {
    what: "layer normalization without an axis",
    type: "layer_normalization",
    inputs: [[]],
    code: "design.rank_too_low",
    params: { expected: 1, received: 0 },
  },
  {
    what: "add of different shapes",
    type: "add",
    inputs: [[3], [3], [4]],
    code: "design.shapes_differ",
    params: { expected: "[3]", received: "[4]" },
  },
  {
    what: "add of one size in different ranks",
    type: "add",
    inputs: [[6], [2, 3]],
    code: "design.shapes_differ",
    params: { expected: "[6]", received: "[2, 3]" },
  },
  {
    what: "a recurrent layer of single rows",
    type: "lstm",
    inputs: [[4]],
    code: "design.rank_expected",
    params: { expected: 2, form: "[steps, features]", received: "[4]" },
  },
  {
    what: "gates that work on whole rows",
    type: "gru",
    config: { recurrent_activation: "softmax" },
    inputs: [[4, 2]],
    code: "design.gate_activation",
    params: { option: "recurrent_activation", activation: "softmax" },
  },
  {
    what: "a state of another size than the layer that takes it up",
    type: "lstm",
    config: { units: 3 },
    inputs: [[4, 2], [3], [5]],
    code: "design.recurrent_port",
    params: { port: "initial_cell_state", expected: "[3]", received: "[5]" },
  },
  {
    what: "a mask of another length than the sequence",
    type: "bidirectional",
    inputs: [[4, 2], [5]],
    code: "design.recurrent_port",
    params: { port: "mask", expected: "[4]", received: "[5]" },
  },
  { what: "add of one", type: "add", inputs: [[3]], code: "design.too_few_inputs", params: { expected: 2, received: 1 } },
  {
    what: "concatenate where another axis differs",
    type: "concatenate",
    inputs: [
      [2, 3],
      [4, 5],
    ],
    code: "design.shapes_differ",
    params: { expected: "[2, -1]", received: "[4, 5]" },
  },
  {
    what: "concatenate of different ranks",
    type: "concatenate",
    inputs: [[2, 3], [2]],
    code: "design.shapes_differ",
    params: { expected: "[2, -1]", received: "[2]" },
  },
  {
    what: "concatenate along an axis that is not there",
    type: "concatenate",
    config: { axis: 2 },
    inputs: [[2], [2]],
    code: "design.axis_out_of_range",
    params: { axis: 2, rank: 1 },
  },
  {
    what: "concatenate along the batch",
    type: "concatenate",
    config: { axis: 0 },
    inputs: [[2], [2]],
    code: "design.axis_out_of_range",
    params: { axis: 0, rank: 1 },
  },
  { what: "concatenate of one", type: "concatenate", inputs: [[2]], code: "design.too_few_inputs", params: { expected: 2, received: 1 } },
  {
    what: "reshape to another size",
    type: "reshape",
    config: { target_shape: [4, 2] },
    inputs: [[6]],
    code: "design.reshape_size",
    params: { expected: "[4, 2]", received: "[6]", size: 6 },
  },
  {
    what: "reshape where nothing whole is left",
    type: "reshape",
    config: { target_shape: [4, -1] },
    inputs: [[6]],
    code: "design.reshape_size",
    params: { expected: "[4, -1]", received: "[6]", size: 6 },
  },
  {
    what: "subtract of three",
    type: "subtract",
    inputs: [[3], [3], [3]],
    code: "design.too_many_inputs",
    params: { expected: 2, received: 3 },
  },
  {
    what: "dot of axes that differ",
    type: "dot",
    inputs: [[2, 3], [4]],
    code: "design.dot_axes_differ",
    params: { first: "[2, 3]", second: "[4]", expected: 3, received: 4 },
  },
  {
    what: "a permutation that names an axis twice",
    type: "permute",
    config: { dims: [1, 1] },
    inputs: [[2, 3]],
    code: "design.not_a_permutation",
    params: { rank: 2, received: "[1, 1]", shape: "[2, 3]" },
  },
  {
    what: "a slice behind the end",
    type: "slice",
    config: { start: 3, size: 2 },
    inputs: [[4]],
    code: "design.slice_out_of_range",
    params: { axis: 1, length: 4, start: 3, end: 5 },
  },
  {
    what: "cropping that leaves nothing",
    type: "cropping_1d",
    inputs: [[2, 3]],
    code: "design.nothing_left",
    params: { axis: 1, size: 2, removed: 2 },
  },
  {
    what: "a convolution over a vector",
    type: "conv_2d",
    inputs: [[9]],
    code: "design.rank_expected",
    params: { expected: 3, form: "[height, width, channels]", received: "[9]" },
  },
  {
    what: "a window larger than the picture",
    type: "conv_2d",
    inputs: [[5, 2, 1]],
    code: "design.window_too_large",
    params: { axis: "width", span: 3, length: 2 },
  },
  {
    what: "strides with dilation",
    type: "conv_1d",
    config: { strides: 2, dilation_rate: 3 },
    inputs: [[9, 1]],
    code: "design.stride_with_dilation",
    params: { strides: "2", dilation: "3" },
  },
  {
    what: "groups that do not divide the filters",
    type: "conv_2d",
    config: { groups: 4, filters: 6 },
    inputs: [[5, 5, 4]],
    code: "design.groups_do_not_divide",
    params: { option: "groups", groups: 4, count: 6, what: "filters" },
  },
  {
    what: "a pooling window wider than the picture",
    type: "max_pooling_2d",
    inputs: [[2, 1, 1]],
    code: "design.window_too_large",
    params: { axis: "width", span: 2, length: 1 },
  },
  { what: "an input without data or shape", type: "input", inputs: [], code: "design.input_shape_unknown", params: {} },
  {
    what: "an input whose shape the data do not fill",
    type: "input",
    config: { shape: [2, 2] },
    inputs: [],
    data: { shape: [5] },
    code: "design.input_shape_mismatch",
    params: { expected: "[2, 2]", size: 4, received: 5 },
  },
  {
    what: "three units for two classes",
    type: "output",
    config: { loss: "categorical_crossentropy" },
    inputs: [[3]],
    data: { classes: 2 },
    code: "design.class_count_mismatch",
    params: { classes: 2, units: 3 },
  },
  {
    what: "one unit for three classes",
    type: "output",
    config: { loss: "binary_crossentropy" },
    inputs: [[1]],
    data: { classes: 3 },
    code: "design.class_count_mismatch",
    params: { classes: 3, units: 1 },
  },
  {
    what: "a softmax of one",
    type: "output",
    config: { loss: "categorical_crossentropy" },
    inputs: [[1]],
    code: "design.one_unit_softmax",
    params: { loss: "categorical_crossentropy" },
  },
];

function shapesOf({ type, config = {}, inputs, data }: Omit<Mistake, "what" | "code" | "params">): readonly Shape[] {
  const definition = layerDefinition(type);
  if (definition === undefined) throw new Error(`no layer '${type}'`);
  return definition.outputShapes({
    config: validateConfig(definition.schema, config, type),
    inputs,
    ...(data === undefined ? {} : { data }),
  });
}

describe("mistakes of layers", () => {
  it.each(mistakes)("says what is wrong with $what", ({ code, params, ...mistake }) => {
    let found: unknown;
    try {
      shapesOf(mistake);
    } catch (thrown) {
      found = thrown;
    }
    expect(found).toBeInstanceOf(AppError);
    expect((found as AppError).toData()).toEqual({ code, params });
  });

  it.each<Omit<Mistake, "code" | "params"> & { shapes: readonly Shape[] }>([
    {
      what: "one unit for two classes, each a yes or no",
      type: "output",
      config: { loss: "binary_crossentropy" },
      inputs: [[1]],
      data: { classes: 2 },
      shapes: [],
    },
    {
      what: "a target that is an input, however many classes the data have",
      type: "output",
      config: { loss: "binary_crossentropy", target_input: "x" },
      inputs: [[5]],
      data: { classes: 3 },
      shapes: [],
    },
    {
      what: "an input shaped as a picture of the data's width",
      type: "input",
      config: { shape: [2, 2, 1] },
      inputs: [],
      data: { shape: [4] },
      shapes: [[2, 2, 1]],
    },
    {
      what: "a concatenation along the first axis",
      type: "concatenate",
      config: { axis: 1 },
      inputs: [
        [2, 3],
        [4, 3],
      ],
      shapes: [[6, 3]],
    },
    { what: "a reshape to what is left", type: "reshape", config: { target_shape: [2, -1] }, inputs: [[3, 4]], shapes: [[2, 6]] },
    { what: "dense on the last of three axes", type: "dense", config: { units: 7 }, inputs: [[4, 5, 6]], shapes: [[4, 5, 7]] },
  ])("lets pass $what", ({ shapes, ...fine }) => {
    expect(shapesOf(fine)).toEqual(shapes);
  });
});
