/** A new run of the open design that starts from the weights of an earlier one: which run, which checkpoint. */
import { useEffect, useState } from "react";
import { errorData } from "../../core/errors.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { startRun, useRuns } from "../state/runs.ts";
import { useSession } from "../state/session.ts";
import { report } from "../state/toasts.ts";
import { useAnswer } from "../state/use-answer.ts";
import { closeDialog, showDockTab } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Field, Select, SwitchField } from "../ui/Field.tsx";
import { Modal } from "../ui/Modal.tsx";
import { type Translate, useLanguage, useText } from "../ui/texts.ts";

type Checkpoint = MethodOutput<"runs.checkpoints">["checkpoints"][number];

export function ContinueDialog({ request }: { request: { readonly runId: string | null } }) {
  const t = useText();
  const runs = useRuns((state) => state.runs).filter((run) => run.has_model || run.step > 0);
  const [chosen, setChosen] = useState(request.runId ?? runs[0]?.id ?? "");
  const [checkpoints, setCheckpoints] = useState<readonly Checkpoint[]>([]);
  const [optimizer, setOptimizer] = useState(false);
  const [kind, setKind] = useState<Checkpoint["kind"]>("final");
  useEffect(() => {
    if (chosen === "") return;
    host()
      .call("runs.checkpoints", { id: chosen })
      .then(({ checkpoints: found }) => {
        const newestFirst = [...found].reverse();
        setCheckpoints(newestFirst);
        setKind(newestFirst[0]?.kind ?? "final");
      })
      .catch(report);
  }, [chosen]);
  const start = (): void => {
    closeDialog();
    startRun({ continue_from: { run_id: chosen, checkpoint: kind, optimizer: optimizer && kind !== "final" } })
      .then(() => {
        useSession.getState().setDockOpen(true);
        showDockTab("charts");
      })
      .catch(report);
  };
  const usable = runs.length > 0 && checkpoints.length > 0;
  return (
    <Modal
      title={t("continue.title")}
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>{t("common.cancel")}</Button>
          <Button look="primary" disabled={!usable} onClick={start}>
            {t("continue.start")}
          </Button>
        </>
      }
    >
      {runs.length === 0 ? (
        <p className="muted">{t("continue.none")}</p>
      ) : (
        <>
          <Field label={t("continue.run")}>
            {(control) => (
              <Select {...control} value={chosen} options={runs.map(({ id, name }) => ({ value: id, label: name }))} onChange={setChosen} />
            )}
          </Field>
          <Field label={t("continue.checkpoint")}>
            {(control) => (
              <Select
                {...control}
                value={kind}
                options={checkpoints.map((one) => ({ value: one.kind, label: checkpointName(one, t) }))}
                onChange={setKind}
              />
            )}
          </Field>
          <SwitchField
            label={t("continue.optimizer")}
            help={t("continue.optimizer_help")}
            checked={optimizer && kind !== "final"}
            disabled={kind === "final"}
            onChange={setOptimizer}
          />
          <p className="muted">{t("continue.text")}</p>
          {checkpoints.some((one) => one.kind === kind) && <LayersToKeep runId={chosen} checkpoint={kind} />}
        </>
      )}
    </Modal>
  );
}

/** Which layers of the open design go on with what they learnt, and which begin fresh. */
function LayersToKeep({ runId, checkpoint }: { runId: string; checkpoint: Checkpoint["kind"] }) {
  const t = useText();
  const language = useLanguage();
  const design = useDocument((state) => state.design);
  const { value, error } = useAnswer("runs.layers_to_keep", design === null ? null : { id: runId, checkpoint, design });
  if (error !== null) return <p className="muted">{errorText(errorData(error), language)}</p>;
  const layers = value?.layers ?? null;
  if (layers === null) return null;
  const named = (names: readonly string[]): string => (names.length === 0 ? t("runs.layers.none") : names.join(", "));
  return (
    <div aria-live="polite">
      <p>{t("continue.kept", { names: named(layers.kept) })}</p>
      <p>{t("continue.fresh", { names: named(layers.fresh) })}</p>
    </div>
  );
}

function checkpointName({ kind, epoch }: Checkpoint, t: Translate): string {
  if (kind === "final") return t("continue.final");
  const at = { epoch: epoch ?? 0 };
  return kind === "best" ? t("continue.best", at) : kind === "last" ? t("continue.last", at) : t("continue.epoch", at);
}
