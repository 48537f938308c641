/** Input: where the columns of the data enter the network. Several inputs may take different columns. */
import { AppError } from "../../errors.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { names, optionalShape } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "input",
  group: "io",
  icon: "in",
  schema: { columns: names({ of: "feature_columns" }), shape: optionalShape() },
  texts,
  traits: { role: "input" },
  ports: { inputs: [], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => (c.shape === null ? "" : `[${c.shape.join(", ")}]`),
  input: (c) => ({ columns: c.columns, shape: c.shape }),
  outputShapes: ({ config, data }) => {
    const found = data?.shape;
    if (config.shape === null) {
      if (found === undefined) throw new AppError("design.input_shape_unknown");
      return [found];
    }
    if (found !== undefined && sizeOf(found) !== sizeOf(config.shape))
      throw new AppError("design.input_shape_mismatch", {
        expected: `[${config.shape.join(", ")}]`,
        size: sizeOf(config.shape),
        received: sizeOf(found),
      });
    return [config.shape];
  },
  build: ({ inputs }) => inputs,
  examples: [],
});
