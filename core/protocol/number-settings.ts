/**
 * Settings of the host that are whole numbers: what holds where nothing is set, and between what they lie. The page offers them
 * (TrainingSettings.tsx), the host goes by them. `threads` is not among them: what holds of it depends on the machine.
 */
interface NumberSetting {
  readonly otherwise: number;
  readonly least: number;
  readonly most: number;
}

const at = (otherwise: number, least = 1, most = Number.MAX_SAFE_INTEGER): NumberSetting => ({ otherwise, least, most });

export const NUMBER_SETTINGS = {
  /** Runs that train side by side. */
  runs_at_once: at(1, 1, 16),
  /** Megabytes that a network may take. */
  memory_limit_mb: at(4096),
  /** Megabytes of rows; of more they come from the disk. The same everywhere: in what order rows are trained on depends on where they lie. */
  data_memory_mb: at(4096, 0),
  /** Epochs from one kept checkpoint to the next; 0: none but the best and the last. */
  checkpoint_every: at(0, 0),
  /** Of those, of one run. */
  checkpoint_keep: at(5),
  /** Megabytes of all checkpoints; the oldest runs that have ended lose theirs first, and keep their models. */
  checkpoint_all_mb: at(2048, 0),
  /** Epochs whose weights are kept to look back at; 0: none. */
  snapshot_count: at(60, 0),
  /** Megabytes of those, of one run: half a million weights, eight times. Larger networks have none unless more is given. */
  snapshot_mb: at(16, 0),
  /** Megabytes of those, of all runs; the oldest runs lose theirs first. */
  snapshot_all_mb: at(256, 0),
} as const satisfies Readonly<Record<string, NumberSetting>>;

type NumberSettingName = keyof typeof NUMBER_SETTINGS;
const MEGABYTE = 2 ** 20;

/** What holds: the setting within its bounds; what is no number counts as not set. */
export function numberSetting(settings: Readonly<Record<string, unknown>>, name: NumberSettingName): number {
  const { otherwise, least, most } = NUMBER_SETTINGS[name];
  const value = settings[name];
  return typeof value === "number" && Number.isFinite(value) ? Math.min(most, Math.max(least, Math.floor(value))) : otherwise;
}

/** A setting of megabytes, in bytes. */
export const bytesSetting = (settings: Readonly<Record<string, unknown>>, name: Extract<NumberSettingName, `${string}_mb`>): number =>
  numberSetting(settings, name) * MEGABYTE;
