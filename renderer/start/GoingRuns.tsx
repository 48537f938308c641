/** What waits or trains now, of any project: a page that is opened in the middle of a training tells of it before a project is open. */
import { useEffect } from "react";
import { create } from "zustand";
import type { Run } from "../../core/protocol/methods.ts";
import { statusWord } from "../runs/run-status.ts";
import { host } from "../state/host.ts";
import { isGoing, liveRunOf } from "../state/runs.ts";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { useText } from "../ui/texts.ts";

const useGoing = create<{ readonly runs: readonly Run[] }>()(() => ({ runs: [] }));

/** @param read those that were going when the screen was read */
export function useFollowedRuns(read: readonly Run[]): void {
  useEffect(() => useGoing.setState({ runs: read }), [read]);
  useEffect(() => {
    const changed = new Map<string, Run>();
    const gone = new Set<string>();
    let frame = 0;
    const schedule = (): void => {
      if (frame !== 0) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        const others = useGoing.getState().runs.filter(({ id }) => !changed.has(id));
        useGoing.setState({ runs: [...others, ...changed.values()].filter((run) => isGoing(run) && !gone.has(run.id)) });
        changed.clear();
        gone.clear();
      });
    };
    const ends = [
      host().on("run.changed", ({ run }) => {
        changed.set(run.id, run);
        schedule();
      }),
      host().on("run.deleted", ({ ids }) => {
        for (const id of ids) gone.add(id);
        schedule();
      }),
    ];
    return () => {
      cancelAnimationFrame(frame);
      for (const end of ends) end();
    };
  }, []);
}

/** What trains of a project and how many of its runs wait; nothing where none does. */
export function GoingRuns({ projectId }: { projectId: string }) {
  const t = useText();
  const run = useGoing(({ runs }) => liveRunOf(runs.filter((one) => one.project_id === projectId)));
  const waiting = useGoing(({ runs }) => runs.filter((one) => one.project_id === projectId && one.queue_place !== null).length);
  if (run === undefined) return null;
  return (
    <span className="project-going number">
      <span className="live-mark">
        <Icon name={run.status === "paused" ? "pause" : "play"} size={12} />
        {t("shell.run_status", { status: statusWord(run, t), number: run.number })}
      </span>
      {run.epochs > 0 && <span>{t("start.run_at", { epoch: formatCount(run.epoch), epochs: formatCount(run.epochs) })}</span>}
      {waiting > 0 && <span>{t("queue.waiting", { count: formatCount(waiting) })}</span>}
    </span>
  );
}
