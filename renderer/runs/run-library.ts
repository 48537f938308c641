/**
 * All runs of the library with the names of their projects, for the run list: a first page that fills the window, then the rest, so that
 * the table opens as fast with ten thousand runs as with ten. Follows the host's events while it is shown.
 */
import { useEffect } from "react";
import { create } from "zustand";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import { host } from "../state/host.ts";
import { namedForReader, onReaderChange } from "../state/named-runs.ts";
import { paced } from "../state/paced.ts";
import type { Asked } from "../state/use-asked.ts";
import { FIRST_PAGE, NEXT_PAGES } from "./list-pages.ts";

const READ_AGAIN_MS = 2000;

interface LibraryState {
  /** Newest first; until `complete`, the newest of them. */
  readonly runs: readonly ListedRun[] | null;
  readonly complete: boolean;
  /** How many there are, whether read already or not. */
  readonly total: number;
  readonly projectNames: ReadonlyMap<string, string>;
  /** Nobody waited for them any more. */
  readonly cancelled: boolean;
  readonly error: unknown;
}

export const useLibrary = create<LibraryState>()(() => ({
  runs: null,
  complete: false,
  total: 0,
  projectNames: new Map(),
  cancelled: false,
  error: null,
}));

let loadNumber = 0;
export async function loadLibrary(): Promise<void> {
  loadNumber += 1;
  const mine = loadNumber;
  useLibrary.setState({ cancelled: false, error: null });
  try {
    const [page, { projects }] = await Promise.all([
      host().call("runs.page", { project_id: null, after: null, limit: FIRST_PAGE }),
      host().call("projects.list", {}),
    ]);
    if (mine !== loadNumber) return;
    // What is shown already stays until all is read anew.
    const first = useLibrary.getState().runs === null;
    let read = page.runs;
    const projectNames = new Map(projects.map(({ id, name }) => [id, name]));
    useLibrary.setState({ total: page.total, projectNames, ...(first ? { runs: read } : {}) });
    for (let last = read.length === FIRST_PAGE ? read.at(-1) : undefined; last !== undefined; ) {
      const { created_at, number, id } = last;
      const { runs } = await host().call("runs.page", { project_id: null, after: { created_at, number, id }, limit: NEXT_PAGES });
      if (mine !== loadNumber) return;
      read = [...read, ...runs];
      if (first) append(runs);
      last = runs.length === NEXT_PAGES ? runs.at(-1) : undefined;
    }
    useLibrary.setState(({ runs }) => ({ runs: first ? runs : read, complete: true }));
  } catch (thrown) {
    if (mine === loadNumber) useLibrary.setState({ error: thrown });
  }
}

function cancelLibrary(): void {
  loadNumber += 1;
  useLibrary.setState({ cancelled: true });
}

/** The reading of the first page, for what stands in its place. */
export function libraryRead({ runs, cancelled, error }: LibraryState): Asked<readonly ListedRun[]> {
  const pending = runs === null && error === null && !cancelled;
  return { value: runs, error, progress: null, pending, cancelled, cancel: cancelLibrary, restart: () => void loadLibrary() };
}

/** What events told of a run since the page was begun is newer than the page. */
function append(page: readonly ListedRun[]): void {
  useLibrary.setState(({ runs }) => {
    const known = new Set(runs?.map(({ id }) => id));
    return { runs: [...(runs ?? []), ...page.filter(({ id }) => !known.has(id))] };
  });
}

/** Puts a changed row in its place, or a new one first. */
export function putInLibrary(changed: readonly ListedRun[]): void {
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
    // Another window that works in a project saves it twice a second.
    const { act: again, end } = paced(() => void loadLibrary(), READ_AGAIN_MS);
    const waiting = new Map<string, ListedRun>();
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
        for (const id of ids) waiting.delete(id);
        const { runs } = useLibrary.getState();
        if (runs !== null) useLibrary.setState({ runs: runs.filter((run) => !ids.includes(run.id)) });
      }),
      host().on("projects.changed", again),
      end,
      onReaderChange((language) => {
        const { runs } = useLibrary.getState();
        if (runs !== null) useLibrary.setState(namedForReader({ runs }, language));
      }),
    ];
    return () => {
      cancelAnimationFrame(frame);
      for (const end of ends) end();
    };
  }, []);
  return library;
}
