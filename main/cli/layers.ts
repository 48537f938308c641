/** neuroloom layers: every layer type with its options, from the definitions themselves. */

import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import { defaultsOf, describeField } from "../../core/schema/validate.ts";
import type { Output } from "./output.ts";

export function printLayers(output: Output): void {
  for (const type of layerTypes) {
    const definition = layerDefinition(type);
    if (definition === undefined) continue;
    const { schema, texts, group, ports } = definition;
    const fields = Object.entries(schema).map(
      ([name, field]) => `    ${name.padEnd(22)} ${describeField(field).padEnd(40)} default ${JSON.stringify(field.default)}`,
    );
    output.result(
      {
        event: "layer_type",
        type,
        group,
        label: texts.en.label,
        summary: texts.en.summary,
        inputs: ports.inputs,
        outputs: ports.outputs,
        defaults: defaultsOf(schema),
        schema,
      },
      [`${type}  (${group})  ${texts.en.summary}`, ...fields].join("\n"),
    );
  }
}
