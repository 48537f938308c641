/** One group with its members and the design they were made from. Follows the host's events, at most once a frame. */
import { useEffect, useState } from "react";
import type { MethodOutput, Run } from "../../core/protocol/methods.ts";
import { useGroups } from "../state/groups.ts";
import { host } from "../state/host.ts";

export type OpenGroup = MethodOutput<"groups.get">;

export function useGroup(id: string | null): { readonly open: OpenGroup | null; readonly error: unknown; readonly restart: () => void } {
  const [state, setState] = useState<{ open: OpenGroup | null; error: unknown }>({ open: null, error: null });
  const [round, setRound] = useState(0);
  // Its name and status come with the list.
  const row = useGroups(({ groups }) => groups.find((group) => group.id === id));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    setState({ open: null, error: null });
    host()
      .call("groups.get", { id })
      .then((open) => wanted && setState({ open, error: null }))
      .catch((error: unknown) => wanted && setState({ open: null, error }));
    const changed = new Map<string, Run>();
    let frame = 0;
    const stop = host().on("run.changed", ({ run }) => {
      if (run.group_id !== id) return;
      changed.set(run.id, run);
      if (frame === 0)
        frame = requestAnimationFrame(() => {
          frame = 0;
          // A map of its own: React may look at it only after this one was emptied.
          const newer = new Map(changed);
          changed.clear();
          setState((now) => (now.open === null ? now : { ...now, open: { ...now.open, runs: merged(now.open.runs, newer) } }));
        });
    });
    return () => {
      wanted = false;
      cancelAnimationFrame(frame);
      stop();
    };
  }, [id, round]);
  const { open, error } = state;
  return { open: open === null || row === undefined ? open : { ...open, group: row }, error, restart: () => setRound(round + 1) };
}

function merged(runs: readonly Run[], changed: ReadonlyMap<string, Run>): Run[] {
  const kept = runs.map((run) => changed.get(run.id) ?? run);
  const known = new Set(runs.map(({ id }) => id));
  const added = [...changed.values()].filter(({ id }) => !known.has(id));
  return [...kept, ...added].sort((a, b) => (a.group_index ?? 0) - (b.group_index ?? 0));
}
