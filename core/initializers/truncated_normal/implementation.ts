/** Keras's TruncatedNormal: cut at two deviations of 0.05, and not scaled up again for what the cut takes away. */
import { type InitializerImplementation, TRUNCATED_DEVIATION, truncatedNormal } from "../initializer.ts";

export default ((c) => truncatedNormal(0.05 * TRUNCATED_DEVIATION, c)) satisfies InitializerImplementation;
