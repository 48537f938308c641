/** What is asked of tables beside importing them: pasted text is kept, rows and columns are looked at, and what a preparation makes of them. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import { bytesSetting } from "../../../core/protocol/number-settings.ts";
import { layoutKey } from "../../../core/train/layout-design.ts";
import type { Store } from "../../store/store.ts";
import type { HostFiles } from "../files.ts";
import { refuseForeignChoices } from "../runs/sound-design.ts";
import type { TableMethod } from "./questions.ts";
import { TableThread } from "./table-thread.ts";

type Handlers = Pick<HostHandlers, "tables.keep_text" | "datasets.cancel_layout" | TableMethod>;

export interface TablesSurroundings {
  readonly store: Store;
  readonly files: HostFiles;
  readonly newId: () => string;
  /** Of the stored table of a data set. */
  readonly tablePath: (datasetId: string) => Promise<string>;
  readonly workerUrl: URL;
  readonly closing: AbortSignal;
}

export function tableHandlers({ store, files, newId, tablePath, workerUrl, closing }: TablesSurroundings): Handlers {
  const thread = new TableThread(workerUrl, closing);
  const dataMemoryBytes = (): number => bytesSetting(store.getSettings(), "data_memory_mb");
  const ask = async <K extends TableMethod>(method: K, input: MethodInput<K>, signal?: AbortSignal): Promise<MethodOutput<K>> =>
    thread.ask({ method, path: await tablePath(input.id), input, dataMemoryBytes: dataMemoryBytes() }, signal);
  const asked =
    <K extends TableMethod>(method: K) =>
    (input: MethodInput<K>): Promise<MethodOutput<K>> =>
      ask(method, input);
  let lastLayout: { readonly key: string; readonly layout: MethodOutput<"datasets.layout"> } | null = null;
  const going = new Map<string, AbortController>();
  /** Most edits of a design change nothing of it. */
  const layout = async (input: MethodInput<"datasets.layout">, signal?: AbortSignal): Promise<MethodOutput<"datasets.layout">> => {
    const key = JSON.stringify([await tablePath(input.id), layoutKey(input.design), dataMemoryBytes()]);
    if (lastLayout?.key === key) return lastLayout.layout;
    const found = await ask("datasets.layout", input, signal);
    lastLayout = { key, layout: found };
    return found;
  };
  return {
    "tables.keep_text": async ({ text, name }) => {
      const path = join(files.uploadFolder, newId());
      await writeFile(path, text);
      return { file: files.register(path, name) };
    },
    "datasets.layout": async (input) => {
      refuseForeignChoices(input.design, store.getDataset(input.id).profile.dataset.fingerprint);
      const { task_id: taskId } = input;
      if (taskId === undefined) return layout(input);
      const controller = new AbortController();
      going.set(taskId, controller);
      try {
        return await layout(input, controller.signal);
      } finally {
        going.delete(taskId);
      }
    },
    "datasets.cancel_layout": async ({ task_id }) => {
      going.get(task_id)?.abort();
      return {};
    },
    "datasets.series": asked("datasets.series"),
    "datasets.text_words": asked("datasets.text_words"),
    "datasets.text_samples": asked("datasets.text_samples"),
    "datasets.changed_texts": asked("datasets.changed_texts"),
    "tables.view": asked("tables.view"),
    "tables.correlations": asked("tables.correlations"),
    "tables.points": asked("tables.points"),
    "tables.principal": asked("tables.principal"),
    "tables.step_effect": asked("tables.step_effect"),
  };
}
