/** An opened store in a folder of its own, for the tests that look at what it keeps. */
import type { Project } from "../../../core/protocol/methods.ts";
import { openStore } from "../sqlite/open.ts";
import type { Store } from "../store.ts";
import { countedSources, sampleDesign, temporaryFolder } from "./store-fixture.ts";

/** Opens a store in a folder of its own; `reopen` closes it and opens the same file again. */
export async function newStore() {
  const folder = temporaryFolder();
  const sources = countedSources();
  const path = folder.file("library.sqlite");
  let store = await openStore({ path, ...sources });
  return {
    folder,
    path,
    get store(): Store {
      return store;
    },
    async reopen(): Promise<Store> {
      store.close();
      store = await openStore({ path, ...sources });
      return store;
    },
    [Symbol.dispose]() {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

export const newProject = (store: Store, datasetId: string | null = null): Project =>
  store.createProject({ name: "iris", design: sampleDesign("any"), datasetId });
