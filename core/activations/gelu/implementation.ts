/** x·Φ(x) (Hendrycks & Gimpel 2016), Φ by the error function. */
import type { ActivationImplementation } from "../activation.ts";
import { normalCumulative, normalDensity } from "./normal-distribution.ts";

export default {
  saved: "input",
  value: (x) => x * normalCumulative(x),
  derivative: (x) => normalCumulative(x) + x * normalDensity(x),
} satisfies ActivationImplementation;
