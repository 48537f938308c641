/** Options that name an activation, for Keras. */
import { activationDefinition, activationNames } from "../../activations/definitions.ts";
import { pythonCode } from "../code/python.ts";

/** Options that hold the name of an activation. */
const ACTIVATION_OPTIONS = new Set(["activation", "recurrent_activation"]);

/** Names of activations that mean something else in Keras, or nothing, become the code that means the same. */
export function withActivations(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      if (ACTIVATION_OPTIONS.has(name) && typeof value === "string" && (activationNames as readonly string[]).includes(value)) {
        const { keras, kerasCode } = activationDefinition(value);
        return [name, kerasCode === undefined ? keras : pythonCode(kerasCode)];
      }
      const inner = value !== null && typeof value === "object" && "config" in value ? (value.config as Record<string, unknown>) : null;
      return [name, inner === null ? value : { ...(value as object), config: withActivations(inner) }];
    }),
  );
}
