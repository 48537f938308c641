/** What concerns the app as a whole: its version, its settings. */
import { availableParallelism } from "node:os";
import type { HostHandlers } from "../../core/protocol/host.ts";
import { ENGINE_VERSION } from "../../core/version.ts";
import { defaultThreads } from "../engine/default-threads.ts";
import type { Store } from "../store/store.ts";
import { readAssociation, setAssociation } from "./association/association.ts";
import type { OpenHostOptions } from "./host-interface.ts";

export const APP_VERSION = "0.1.0";

export function appHandlers(
  o: Pick<OpenHostOptions, "home" | "entry"> & {
    readonly store: Store;
    readonly quit: (checkpoint: boolean) => Promise<void>;
    readonly settingChanged: (key: string) => void;
  },
): Pick<HostHandlers, "app.info" | "app.settings" | "app.set_setting" | "app.association" | "app.associate" | "app.quit"> {
  const { store } = o;
  return {
    "app.info": async () => ({
      version: APP_VERSION,
      engine_version: ENGINE_VERSION,
      node: process.version,
      cores: availableParallelism(),
      default_threads: defaultThreads(o.entry !== "test"),
      entry: o.entry,
      home: o.home,
    }),
    "app.settings": async () => store.getSettings(),
    "app.set_setting": async ({ key, value }) => {
      store.setSetting(key, value);
      o.settingChanged(key);
      return {};
    },
    "app.association": () => readAssociation(o.home),
    "app.associate": ({ on }) => setAssociation(o.home, on),
    "app.quit": async ({ checkpoint }) => {
      await o.quit(checkpoint);
      return {};
    },
  };
}
