/** Entry 1: the app in a window of its own. Only says where things are; run.ts does the rest. */
import { fileURLToPath } from "node:url";
import { homeFolder, makeHome } from "../host/home.ts";
import { openHost } from "../host/host.ts";
import { runElectron } from "./run.ts";

// Always built: Electron does not run TypeScript. This file is out/main/electron.js.
const home = makeHome(homeFolder());
runElectron({
  home,
  openHost: () => openHost({ home, entry: "electron", workerUrl: new URL("./trainer.worker.js", import.meta.url) }),
  rendererFolder: fileURLToPath(new URL("../renderer", import.meta.url)),
  preload: fileURLToPath(new URL("../preload/index.cjs", import.meta.url)),
});
