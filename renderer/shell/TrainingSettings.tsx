/** Settings of the queue, of what a training may take, and of checkpoints: kept by the host. */
import { useState } from "react";
import { NUMBER_SETTINGS, numberSetting } from "../../core/protocol/number-settings.ts";
import { host } from "../state/host.ts";
import { useSession } from "../state/session.ts";
import { report } from "../state/toasts.ts";
import { NumberBox } from "../sweeps/DimensionRow.tsx";
import { Field } from "../ui/Field.tsx";
import { useText } from "../ui/texts.ts";

type Found = Readonly<Record<string, unknown>>;

interface Kept {
  readonly found: Found;
  readonly set: (key: string, value: number) => void;
}

/** The values as they were found, and the way to change one. */
function useKept(before: Found): Kept {
  const [found, setFound] = useState(before);
  return {
    found,
    set: (key, value) => {
      setFound({ ...found, [key]: value });
      host().call("app.set_setting", { key, value }).catch(report);
    },
  };
}

interface KeptNumberProps {
  readonly kept: Kept;
  readonly name: keyof typeof NUMBER_SETTINGS;
  readonly label: string;
  readonly help: string;
}

function KeptNumber({ kept, name, label, help }: KeptNumberProps) {
  const { least, most } = NUMBER_SETTINGS[name];
  const value = numberSetting(kept.found, name);
  return <WholeNumber label={label} help={help} least={least} value={value} onChange={(next) => kept.set(name, Math.min(most, next))} />;
}

interface WholeNumberProps {
  readonly label: string;
  readonly help: string;
  readonly least: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function WholeNumber({ label, help, least, value, onChange }: WholeNumberProps) {
  return (
    <Field label={label} help={help}>
      {() => <NumberBox whole least={least} label={label} value={value} onChange={onChange} />}
    </Field>
  );
}

export function QueueSettings({ found }: { found: Found }) {
  const t = useText();
  const info = useSession((state) => state.info);
  const kept = useKept(found);
  const threads = kept.found["threads"];
  return (
    <>
      <KeptNumber kept={kept} name="runs_at_once" label={t("queue.at_once")} help={t("queue.at_once_help")} />
      {info !== null && (
        <WholeNumber
          label={t("settings.threads")}
          help={t("settings.threads_help", { cores: info.cores })}
          least={1}
          value={typeof threads === "number" ? threads : info.default_threads}
          onChange={(next) => kept.set("threads", Math.min(info.cores, next))}
        />
      )}
      <KeptNumber kept={kept} name="memory_limit_mb" label={t("settings.network_memory")} help={t("settings.network_memory_help")} />
      <KeptNumber kept={kept} name="data_memory_mb" label={t("settings.data_memory")} help={t("settings.data_memory_help")} />
    </>
  );
}

export function CheckpointSettings({ found }: { found: Found }) {
  const t = useText();
  const kept = useKept(found);
  const count = numberSetting(kept.found, "checkpoint_keep");
  return (
    <>
      <KeptNumber kept={kept} name="checkpoint_every" label={t("queue.keep_every")} help={t("queue.keep_every_help", { count })} />
      <KeptNumber kept={kept} name="checkpoint_keep" label={t("queue.keep_count")} help={t("queue.keep_count_help")} />
      <KeptNumber kept={kept} name="checkpoint_all_mb" label={t("queue.keep_all")} help={t("queue.keep_all_help")} />
    </>
  );
}

export function SnapshotSettings({ found }: { found: Found }) {
  const t = useText();
  const kept = useKept(found);
  const all = numberSetting(kept.found, "snapshot_all_mb");
  return (
    <>
      <KeptNumber kept={kept} name="snapshot_count" label={t("snapshots.count")} help={t("snapshots.count_help")} />
      <KeptNumber kept={kept} name="snapshot_mb" label={t("snapshots.megabytes")} help={t("snapshots.megabytes_help", { all })} />
    </>
  );
}
