import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "ones",
  texts: { en: { label: "Ones", summary: "Every weight is 1." }, zh: { label: "全一", summary: "全部为 1。" } },
} satisfies InitializerDefinition;
