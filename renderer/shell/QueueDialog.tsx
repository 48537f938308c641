/** What waits to be trained, in its order: forward, back, out. */
import { useEffect, useRef } from "react";
import { moveInQueue, useGroups, waitingRuns } from "../state/groups.ts";
import { stopRun, useRuns } from "../state/runs.ts";
import { report } from "../state/toasts.ts";
import { closeDialog } from "../state/view.ts";
import { IconButton } from "../ui/Button.tsx";
import { Modal } from "../ui/Modal.tsx";
import { useText } from "../ui/texts.ts";
import "../sweeps/sweeps.css";

export function QueueDialog() {
  const t = useText();
  const runs = useRuns((state) => state.runs);
  const groups = useGroups((state) => state.groups);
  const waiting = waitingRuns(runs);
  const list = useRef<HTMLOListElement>(null);
  const takenOut = useRef<number | null>(null);
  const count = waiting.length;
  // Of what is taken out with the keys, the next in its place is the next to be taken out.
  useEffect(() => {
    const place = takenOut.current;
    if (place === null) return;
    takenOut.current = null;
    const buttons = list.current?.querySelectorAll<HTMLButtonElement>(".queue-out");
    buttons?.[Math.min(place, count - 1)]?.focus();
  }, [count]);
  return (
    <Modal title={t("queue.title")} onClose={closeDialog}>
      {waiting.length === 0 && <p className="muted">{t("queue.none")}</p>}
      <ol className="queue-list" ref={list}>
        {waiting.map((run, place) => (
          <li key={run.id}>
            <span className="number muted">{place + 1}</span>
            <span className="clip">
              {run.name} <span className="muted">{groups.find(({ id }) => id === run.group_id)?.name ?? ""}</span>
            </span>
            <IconButton
              small
              className="upward"
              icon="chevronDown"
              label={t("queue.first", { name: run.name })}
              aria-disabled={place === 0}
              onClick={() => moveInQueue(waiting, run, true)}
            />
            <IconButton
              small
              icon="chevronDown"
              label={t("queue.later", { name: run.name })}
              aria-disabled={place === waiting.length - 1}
              onClick={() => moveInQueue(waiting, run, false)}
            />
            <IconButton
              small
              className="queue-out"
              icon="close"
              label={t("queue.cancel", { name: run.name })}
              onClick={() => {
                takenOut.current = place;
                stopRun(run.id).catch(report);
              }}
            />
          </li>
        ))}
      </ol>
    </Modal>
  );
}
