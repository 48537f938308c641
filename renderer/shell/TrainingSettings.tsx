/** Settings of the queue, of what a training may take, and of checkpoints: kept by the host. */
import { useState } from "react";
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

type Found = Readonly<Record<string, unknown>>;

interface Kept {
  readonly numberOf: (key: string, otherwise: number) => number;
  readonly set: (key: string, value: number) => void;
}

/** The values as they were found, and the way to change one. */
function useKept(found: Found): Kept {
  const [values, setValues] = useState(found);
  return {
    numberOf: (key, otherwise) => (typeof values[key] === "number" ? values[key] : otherwise),
    set: (key, value) => {
      setValues({ ...values, [key]: value });
      host().call("app.set_setting", { key, value }).catch(report);
    },
  };
}

interface KeptNumberProps {
  kept: Kept;
  /** Of the host's settings. */
  name: string;
  otherwise: number;
  label: string;
  help: string;
  least?: number;
  most?: number;
}

function KeptNumber({ kept, name, otherwise, label, help, least = 1, most = Number.POSITIVE_INFINITY }: KeptNumberProps) {
  return (
    <Field label={label} help={help}>
      {() => (
        <NumberBox
          whole
          least={least}
          label={label}
          value={kept.numberOf(name, otherwise)}
          onChange={(value) => kept.set(name, Math.min(most, value))}
        />
      )}
    </Field>
  );
}

export function QueueSettings({ found }: { found: Found }) {
  const t = useText();
  const info = useSession((state) => state.info);
  const kept = useKept(found);
  return (
    <>
      <KeptNumber
        kept={kept}
        name="runs_at_once"
        otherwise={1}
        most={MOST_AT_ONCE}
        label={t("queue.at_once")}
        help={t("queue.at_once_help")}
      />
      {info !== null && (
        <KeptNumber
          kept={kept}
          name="threads"
          otherwise={info.default_threads}
          most={info.cores}
          label={t("settings.threads")}
          help={t("settings.threads_help", { cores: info.cores })}
        />
      )}
      <KeptNumber
        kept={kept}
        name="memory_limit_mb"
        otherwise={NETWORK_MEGABYTES}
        label={t("settings.network_memory")}
        help={t("settings.network_memory_help")}
      />
      <KeptNumber
        kept={kept}
        name="data_memory_mb"
        otherwise={DATA_MEGABYTES}
        label={t("settings.data_memory")}
        help={t("settings.data_memory_help")}
      />
    </>
  );
}

export function CheckpointSettings({ found }: { found: Found }) {
  const t = useText();
  const kept = useKept(found);
  return (
    <>
      <KeptNumber
        kept={kept}
        name="checkpoint_every"
        otherwise={0}
        least={0}
        label={t("queue.keep_every")}
        help={t("queue.keep_every_help", { count: kept.numberOf("checkpoint_keep", KEPT) })}
      />
      <KeptNumber kept={kept} name="checkpoint_keep" otherwise={KEPT} label={t("queue.keep_count")} help={t("queue.keep_count_help")} />
      <KeptNumber
        kept={kept}
        name="checkpoint_all_mb"
        otherwise={ALL_CHECKPOINT_MEGABYTES}
        label={t("queue.keep_all")}
        help={t("queue.keep_all_help")}
      />
    </>
  );
}

export function SnapshotSettings({ found }: { found: Found }) {
  const t = useText();
  const kept = useKept(found);
  return (
    <>
      <KeptNumber
        kept={kept}
        name="snapshot_count"
        otherwise={SNAPSHOTS}
        least={0}
        label={t("snapshots.count")}
        help={t("snapshots.count_help")}
      />
      <KeptNumber
        kept={kept}
        name="snapshot_mb"
        otherwise={SNAPSHOT_MEGABYTES}
        label={t("snapshots.megabytes")}
        help={t("snapshots.megabytes_help", { all: kept.numberOf("snapshot_all_mb", ALL_SNAPSHOT_MEGABYTES) })}
      />
    </>
  );
}
