/** All runs of the library with the names of their projects, for the run list. Follows the host's events while it is shown. */
import { useEffect } from "react";
import { create } from "zustand";
import type { Run } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";

interface LibraryState {
  readonly runs: readonly Run[] | null;
  readonly projectNames: ReadonlyMap<string, string>;
  readonly error: unknown;
}

export const useLibrary = create<LibraryState>()(() => ({ runs: null, projectNames: new Map(), error: null }));

let loadNumber = 0;
export async function loadLibrary(): Promise<void> {
  loadNumber += 1;
  const mine = loadNumber;
  useLibrary.setState({ error: null });
  try {
    const [{ runs }, { projects }] = await Promise.all([host().call("runs.list", { project_id: null }), host().call("projects.list", {})]);
    if (mine === loadNumber) useLibrary.setState({ runs, projectNames: new Map(projects.map(({ id, name }) => [id, name])) });
  } catch (thrown) {
    if (mine === loadNumber) useLibrary.setState({ error: thrown });
  }
}

/** Puts a changed row in its place, or a new one first. */
export function putInLibrary(changed: readonly Run[]): void {
  const { runs } = useLibrary.getState();
  if (runs === null) return;
  const byId = new Map(changed.map((run) => [run.id, run]));
  const kept = runs.map((run) => {
    const newer = byId.get(run.id);
    byId.delete(run.id);
    return newer ?? run;
  });
  useLibrary.setState({ runs: [...byId.values(), ...kept] });
}

export function useFollowedLibrary(): LibraryState {
  const library = useLibrary();
  useEffect(() => {
    void loadLibrary();
    const waiting = new Map<string, Run>();
    let frame = 0;
    const ends = [
      host().on("run.changed", ({ run }) => {
        waiting.set(run.id, run);
        if (frame !== 0) return;
        frame = requestAnimationFrame(() => {
          frame = 0;
          putInLibrary([...waiting.values()]);
          waiting.clear();
        });
      }),
      host().on("run.deleted", ({ ids }) => {
        const { runs } = useLibrary.getState();
        if (runs !== null) useLibrary.setState({ runs: runs.filter((run) => !ids.includes(run.id)) });
      }),
      host().on("projects.changed", () => void loadLibrary()),
    ];
    return () => {
      cancelAnimationFrame(frame);
      for (const end of ends) end();
    };
  }, []);
  return library;
}
