/**
 * `npm start` begins here: says what to do where Node is too old, and keeps what Node makes of the source (types taken out, compiled),
 * so that the next start is quicker, of the app and of its threads too, which find the place in the environment. Plain JavaScript, because
 * it must run on the Node that it complains about.
 */
import * as modules from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

await import("./require-node.mjs");
// Where nothing can be written there is no cache, and all goes on as before.
const folder = join(dirname(fileURLToPath(import.meta.url)), "../node_modules/.cache/neuroloom");
process.env["NODE_COMPILE_CACHE"] ??= folder;
modules.enableCompileCache(process.env["NODE_COMPILE_CACHE"]);
await import("./start.ts");
