import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "random_uniform",
  texts: {
    en: { label: "Uniform", summary: "Evenly between −0.05 and 0.05, or ± the limit chosen, whatever the size of the layer." },
    zh: { label: "均匀", summary: "在 −0.05 与 0.05（或所选界限）之间均匀分布，与层的大小无关。" },
  },
  value: { default: 0.05 },
} satisfies InitializerDefinition;
