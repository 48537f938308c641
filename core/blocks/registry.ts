/** All blocks, in the order of the palette. A new one is a file of this folder and a line here. */
import type { BlockDefinition } from "./block.ts";
import guidedAttention from "./guided-attention.ts";
import mcan from "./mcan.ts";
import selfAttention from "./self-attention.ts";
import selfGuidedAttention from "./self-guided-attention.ts";
import transformerDecoder from "./transformer-decoder.ts";
import transformerEncoder from "./transformer-encoder.ts";

export const blocks: readonly BlockDefinition[] = [
  transformerEncoder,
  transformerDecoder,
  selfAttention,
  guidedAttention,
  selfGuidedAttention,
  mcan,
];

export const blockNamed = (name: string): BlockDefinition | undefined => blocks.find((block) => block.name === name);
