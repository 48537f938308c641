/** Keras's TruncatedNormal: cut at two deviations of 0.05, and not scaled up again for what the cut takes away. */
import { type InitializerImplementation, TRUNCATED_DEVIATION, truncatedNormal } from "../initializer.ts";
import definition from "./definition.ts";

export default ((c) => truncatedNormal((c.value ?? definition.value.default) * TRUNCATED_DEVIATION, c)) satisfies InitializerImplementation;
