/** Version of the engine: stored with every run and model. It goes up when the same spec and seed may give other numbers. */
export const ENGINE_VERSION = "0.1.0";
