/** What waits to be trained, in its order: forward, back, out. */
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
  return (
    <Modal title={t("queue.title")} onClose={closeDialog}>
      {waiting.length === 0 && <p className="muted">{t("queue.none")}</p>}
      <ol className="queue-list">
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
            <IconButton small icon="close" label={t("queue.cancel", { name: run.name })} onClick={() => stopRun(run.id).catch(report)} />
          </li>
        ))}
      </ol>
    </Modal>
  );
}
