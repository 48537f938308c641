/** How a layer's folder says what it is: its definition, and what every layer with its traits and fields gets beside it. */
import type { Schema } from "../schema/fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { withSharedOptions } from "./shared-options.ts";

export function defineLayer<const S extends Schema>(definition: LayerDefinition<S>): LayerDefinition {
  return withSharedOptions(definition as unknown as LayerDefinition);
}
