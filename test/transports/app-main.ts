/** The main process of the Electron tests: all of main/electron, over a host of the test's. Folders come by environment. */
import { runElectron } from "../../main/electron/run.ts";
import { openTestHost } from "./test-host.ts";

const home = process.env["NEUROLOOM_HOME"] ?? "";
const host = openTestHost({ "app.settings": () => Promise.resolve({ language: "en", answer: 42 }) });
Object.assign(globalThis, { testHost: host });
process.on("exit", () => host.remove());

runElectron({
  home,
  openHost: () => Promise.resolve(host),
  rendererFolder: process.env["TEST_PAGE"] ?? "",
  preload: process.env["TEST_PRELOAD"] ?? "",
});
