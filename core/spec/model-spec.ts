/**
 * ModelSpec: the network as the engine needs it. Layers in topological order with every option written out, bypassed
 * nodes gone, shapes known. It is canonical: two designs that mean the same network give the same spec and hash.
 */
import type { Shape } from "../ir/tensor.ts";
import type { AnyConfig } from "../schema/fields.ts";

export interface LayerSpec {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly config: AnyConfig;
  /** The values that come in (layer-values.ts), in the order of the ports and, on one port, of the edges. */
  readonly inputs: readonly string[];
  /** The port of each input, for layers with ports that may stay empty. */
  readonly input_ports?: readonly string[];
  /** Id of the layer whose weights it uses; null for its own. */
  readonly shared_with: string | null;
  /** Shape of one sample of the output; for an output node that of what it passes through. */
  readonly shape: Shape;
  /** Its weights are not trained. Written only where it is so: hashes of before stay. */
  readonly frozen?: true;
  /** Shapes of all outputs, where there is more than one. */
  readonly shapes?: readonly Shape[];
}

export interface ModelSpec {
  readonly format_version: 1;
  readonly layers: readonly LayerSpec[];
}
