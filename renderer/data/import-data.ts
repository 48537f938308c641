/**
 * Importing a file: sends it where needed, follows the host's progress, and makes the data set the project's own. Goes on while
 * another screen is shown. A failure or a cancel leaves everything as it was.
 */
import { create } from "zustand";
import { AppError, errorData } from "../../core/errors.ts";
import type { DatasetProfile, EventPayload, MethodInput, MethodOutput } from "../../core/protocol/methods.ts";
import { type TakenFile, takeFile } from "../host/files.ts";
import { emptyDesign } from "../start/empty-design.ts";
import { createProject, useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report, toast, toastWanted } from "../state/toasts.ts";
import { showScreen } from "../state/view.ts";
import { textNow } from "../ui/texts.ts";
import { chooseDataset } from "./acts.ts";

export interface ImportProgress {
  readonly name: string;
  readonly stage: "sending" | EventPayload<"import.progress">["stage"];
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface ReadSheet {
  readonly name: string;
  readonly all: readonly string[];
  readonly of: "workbook" | "archive";
}

export interface PictureShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

interface ImportState {
  readonly progress: ImportProgress | null;
  readonly failure: {
    readonly name: string;
    readonly error: unknown;
    /** Whether it can be read again as something else. */
    readonly again: boolean;
  } | null;
  /** The data set that was read last from a text or a workbook, and as what. */
  readonly read: {
    readonly datasetId: string;
    readonly encoding?: string;
    readonly sheet?: ReadSheet;
    /** Of pictures that can be brought to another size. */
    readonly pictures?: PictureShape;
  } | null;
}

export const useImport = create<ImportState>()(() => ({ progress: null, failure: null, read: null }));

/** Reads what was given last once more, in another encoding or size; what was chosen before is kept. */
let again: ((readAs: ReadAs) => Promise<void>) | null = null;
let cancel: (() => void) | null = null;

export function cancelImport(): void {
  cancel?.();
}

export function forgetFailure(): void {
  useImport.setState({ failure: null });
}

/**
 * Shows that the files of a folder are being listed, and lets the person cancel it.
 * @returns null when that was cancelled, or another import goes on
 */
export async function whileListing<T>(name: string, list: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  if (useImport.getState().progress !== null) {
    toastWanted((t) => t("data.import_one_at_a_time"));
    return null;
  }
  showScreen("data");
  const controller = new AbortController();
  cancel = () => controller.abort();
  useImport.setState({ failure: null, progress: { name, stage: "sending", rows: 0, bytes: 0, totalBytes: 0 } });
  try {
    return await list(controller.signal);
  } catch (thrown) {
    if (!controller.signal.aborted) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      useImport.setState({
        failure: { name, error: new AppError("data.folder_unreadable", { name, reason }, { cause: thrown }), again: false },
      });
    } else toast((t) => t("data.import_cancelled_words", { name }));
    return null;
  } finally {
    cancel = null;
    useImport.setState({ progress: null });
  }
}

export type ReadAs = Pick<MethodInput<"datasets.import">, "encoding" | "sheet" | "pictures">;

/** What was given last, in this encoding, another of its sheets or tables, or its pictures in another size. */
export function readAgain(readAs: ReadAs): void {
  again?.(readAs).catch(report);
}

/** A table from the clipboard, as CSV or TSV. */
export async function importPasted(text: string): Promise<void> {
  await importData([new File([text], textNow()("data.pasted_name"), { type: "text/csv" })]);
}

/** @param readAs the encoding is found from the bytes, and the first sheet that holds something, or the table of an archive that suits, read, when left out */
export async function importData(files: readonly File[], readAs: ReadAs = {}): Promise<void> {
  const [file] = files;
  if (file === undefined) return;
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const send = async (options: SendOptions): Promise<Sent> => {
    const taken: TakenFile[] = [];
    for (const one of files) {
      const before = files.slice(0, taken.length).reduce((sum, { size }) => sum + size, 0);
      taken.push(await takeFile(one, { ...options, onProgress: (sent) => options.onProgress(before + sent, bytes) }));
    }
    const [{ file: first, name }, ...rest] = taken as [TakenFile, ...TakenFile[]];
    return {
      file: first,
      name,
      ...(rest.length === 0 ? {} : { further: rest.map((one) => one.file) }),
      ...readAs,
    };
  };
  if (useImport.getState().progress === null) again = (other) => importData(files, { ...readAs, ...other });
  await importSent(file.name, bytes, send);
}

/** A folder of pictures, where the entry gives paths. */
export async function importFolder(path: string, readAs: ReadAs = {}): Promise<void> {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  if (useImport.getState().progress === null) again = (other) => importFolder(path, { ...readAs, ...other });
  await importSent(name, 0, async () => ({ file: path, name, ...readAs }));
}

/** Files that the host has already. @param chosen told once the data set is the project's own */
export async function importTaken(sent: Sent, chosen: (profile: Imported) => void = () => undefined): Promise<void> {
  if (useImport.getState().progress === null) again = null;
  await importSent(sent.name, 0, async () => sent, chosen);
}

interface SendOptions {
  readonly onProgress: (bytes: number, totalBytes: number) => void;
  readonly signal: AbortSignal;
}
type Sent = Omit<MethodInput<"datasets.import">, "import_id">;
type Imported = MethodOutput<"datasets.import">;

async function importSent(
  name: string,
  size: number,
  send: (options: SendOptions) => Promise<Sent>,
  chosen: (profile: Imported) => void = () => undefined,
): Promise<void> {
  if (useImport.getState().progress !== null) {
    toastWanted((t) => t("data.import_one_at_a_time"));
    return;
  }
  useImport.setState({ failure: null, progress: { name, stage: "sending", rows: 0, bytes: 0, totalBytes: size } });
  showScreen("data");
  const importId = crypto.randomUUID();
  const controller = new AbortController();
  cancel = () => {
    controller.abort();
    host().call("datasets.cancel_import", { import_id: importId }).catch(report);
  };
  const stopListening = host().on("import.progress", (event) => {
    if (event.import_id === importId)
      setProgress({ stage: event.stage, rows: event.rows, bytes: event.bytes, totalBytes: event.total_bytes });
  });
  try {
    if (useDocument.getState().project === null)
      await createProject(emptyDesign(name.replace(/(\.(csv|tsv|txt|xlsx|zip|gz))+$/i, "")), null);
    const projectId = useDocument.getState().project?.id;
    const onProgress = (bytes: number, totalBytes: number): void => setProgress({ stage: "sending", rows: 0, bytes, totalBytes });
    const sent = await send({ onProgress, signal: controller.signal });
    const profile = await host().call("datasets.import", { ...sent, import_id: importId });
    const { encoding, sheet } = profile;
    const pictures = again === null ? null : picturesRead(profile);
    const readAs = {
      ...(encoding === undefined ? {} : { encoding }),
      ...(sheet === undefined ? {} : { sheet }),
      ...(pictures === null ? {} : { pictures }),
    };
    useImport.setState({ read: again === null || Object.keys(readAs).length === 0 ? null : { datasetId: profile.dataset.id, ...readAs } });
    if (useDocument.getState().project?.id === projectId) {
      await chooseDataset(profile);
      chosen(profile);
    } else toast((t) => t("data.imported_elsewhere", { name }));
  } catch (thrown) {
    if (controller.signal.aborted || errorData(thrown).code === "data.import_cancelled")
      toast((t) => t("data.import_cancelled_words", { name }));
    else useImport.setState({ failure: { name, error: thrown, again: again !== null } });
  } finally {
    stopListening();
    cancel = null;
    useImport.setState({ progress: null });
  }
}

/** idx files are taken as they are; those of a folder or an archive have their names beside them. */
function picturesRead({ columns }: DatasetProfile): PictureShape | null {
  if (!columns.some(({ name }) => name === "file")) return null;
  const remark = columns.find(({ type }) => type === "picture")?.remarks.find((one) => one.startsWith("shape=")) ?? "";
  const [height, width, channels] = remark.slice("shape=".length).split("x").map(Number);
  return height === undefined || width === undefined || channels === undefined ? null : { height, width, channels };
}

function setProgress(change: Omit<ImportProgress, "name">): void {
  const { progress } = useImport.getState();
  if (progress !== null) useImport.setState({ progress: { ...progress, ...change } });
}
