/** Prints the Python with which recurrent layers are said where torch.nn has nothing of the kind, for keras_recurrent.py to compare. */
import { layerDefinition } from "../../../core/layers/registry.ts";
import { defaultsOf } from "../../../core/schema/validate.ts";

const definition = layerDefinition("lstm");
if (definition === undefined) throw new Error("no layer 'lstm'");
process.stdout.write(definition.pytorch?.({ config: defaultsOf(definition.schema) as never, inputs: [[4, 2]] }).support ?? "");
