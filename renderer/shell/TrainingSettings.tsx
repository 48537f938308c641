/** Settings of the queue, of what a training may take, and of checkpoints: kept by the host, so they are read when the dialog opens. */
import { useEffect, useState } from "react";
import { host } from "../state/host.ts";
import { useSession } from "../state/session.ts";
import { report } from "../state/toasts.ts";
import { NumberBox } from "../sweeps/DimensionRow.tsx";
import { Field } from "../ui/Field.tsx";
import { useText } from "../ui/texts.ts";

/** As the host keeps them when nothing is set. */
const KEPT = 5;
const MOST_AT_ONCE = 16;
const NETWORK_MEGABYTES = 4096;
const DATA_MEGABYTES = 4096;
const SNAPSHOTS = 60;
const SNAPSHOT_MEGABYTES = 16;
const ALL_SNAPSHOT_MEGABYTES = 256;
const ALL_CHECKPOINT_MEGABYTES = 2048;

export function TrainingSettings() {
  const t = useText();
  const info = useSession((state) => state.info);
  const [values, setValues] = useState<Readonly<Record<string, unknown>> | null>(null);
  useEffect(() => {
    host().call("app.settings", {}).then(setValues).catch(report);
  }, []);
  if (values === null) return null;
  const numberOf = (key: string, otherwise: number): number => (typeof values[key] === "number" ? values[key] : otherwise);
  const set = (key: string, value: number): void => {
    setValues({ ...values, [key]: value });
    host().call("app.set_setting", { key, value }).catch(report);
  };
  return (
    <>
      <Field label={t("queue.at_once")} help={t("queue.at_once_help")}>
        {() => (
          <NumberBox
            whole
            least={1}
            label={t("queue.at_once")}
            value={numberOf("runs_at_once", 1)}
            onChange={(value) => set("runs_at_once", Math.min(MOST_AT_ONCE, value))}
          />
        )}
      </Field>
      {info !== null && (
        <Field label={t("settings.threads")} help={t("settings.threads_help", { cores: info.cores })}>
          {() => (
            <NumberBox
              whole
              least={1}
              label={t("settings.threads")}
              value={numberOf("threads", info.default_threads)}
              onChange={(value) => set("threads", Math.min(info.cores, value))}
            />
          )}
        </Field>
      )}
      <Field label={t("settings.network_memory")} help={t("settings.network_memory_help")}>
        {() => (
          <NumberBox
            whole
            least={1}
            label={t("settings.network_memory")}
            value={numberOf("memory_limit_mb", NETWORK_MEGABYTES)}
            onChange={(value) => set("memory_limit_mb", value)}
          />
        )}
      </Field>
      <Field label={t("settings.data_memory")} help={t("settings.data_memory_help")}>
        {() => (
          <NumberBox
            whole
            least={1}
            label={t("settings.data_memory")}
            value={numberOf("data_memory_mb", DATA_MEGABYTES)}
            onChange={(value) => set("data_memory_mb", value)}
          />
        )}
      </Field>
      <Field label={t("queue.keep_every")} help={t("queue.keep_every_help", { count: numberOf("checkpoint_keep", KEPT) })}>
        {() => (
          <NumberBox
            whole
            least={0}
            label={t("queue.keep_every")}
            value={numberOf("checkpoint_every", 0)}
            onChange={(value) => set("checkpoint_every", value)}
          />
        )}
      </Field>
      <Field label={t("queue.keep_count")} help={t("queue.keep_count_help")}>
        {() => (
          <NumberBox
            whole
            least={1}
            label={t("queue.keep_count")}
            value={numberOf("checkpoint_keep", KEPT)}
            onChange={(value) => set("checkpoint_keep", value)}
          />
        )}
      </Field>
      <Field label={t("queue.keep_all")} help={t("queue.keep_all_help")}>
        {() => (
          <NumberBox
            whole
            least={1}
            label={t("queue.keep_all")}
            value={numberOf("checkpoint_all_mb", ALL_CHECKPOINT_MEGABYTES)}
            onChange={(value) => set("checkpoint_all_mb", value)}
          />
        )}
      </Field>
      <Field label={t("snapshots.count")} help={t("snapshots.count_help")}>
        {() => (
          <NumberBox
            whole
            least={0}
            label={t("snapshots.count")}
            value={numberOf("snapshot_count", SNAPSHOTS)}
            onChange={(value) => set("snapshot_count", value)}
          />
        )}
      </Field>
      <Field
        label={t("snapshots.megabytes")}
        help={t("snapshots.megabytes_help", { all: numberOf("snapshot_all_mb", ALL_SNAPSHOT_MEGABYTES) })}
      >
        {() => (
          <NumberBox
            whole
            least={1}
            label={t("snapshots.megabytes")}
            value={numberOf("snapshot_mb", SNAPSHOT_MEGABYTES)}
            onChange={(value) => set("snapshot_mb", value)}
          />
        )}
      </Field>
    </>
  );
}
