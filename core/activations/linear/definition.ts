import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "linear",
  texts: { en: { label: "Linear", summary: "y = x: passes values through." }, zh: { label: "线性", summary: "y = x：原样通过。" } },
  schema: {},
  op: "unary",
  saturates: false,
  gives: "values",
  pytorch: (x) => x,
  keras: "linear",
} satisfies ActivationDefinition;
