/** How much memory the settings give to a network and to the rows of a data set. */
import { numberOr } from "./number-setting.ts";

type Settings = Readonly<Record<string, unknown>>;

const MEGABYTE = 2 ** 20;
const MEMORY_LIMIT_MEGABYTES = 4096;
/** The same everywhere: the order in which rows are trained on depends on where they lie. */
const DATA_MEGABYTES = 4096;

/** `memory_limit_mb`: what a network may take. */
export const memoryLimitBytes = (settings: Settings): number => numberOr(settings["memory_limit_mb"], MEMORY_LIMIT_MEGABYTES) * MEGABYTE;

/** `data_memory_mb`: tables whose rows would take more are prepared in pieces, and read from the disk (disk-rows.ts). */
export const dataMemoryBytes = (settings: Settings): number => numberOr(settings["data_memory_mb"], DATA_MEGABYTES) * MEGABYTE;
