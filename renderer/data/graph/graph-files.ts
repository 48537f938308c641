/** Two tables on their way to one graph: handed to the host, looked into, and imported with the columns that the person says. */
import { create } from "zustand";
import { AppError } from "../../../core/errors.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { type TakenFile, takeFile } from "../../host/files.ts";
import { useDocument } from "../../state/document.ts";
import { look } from "../../state/looking.ts";
import { report } from "../../state/toasts.ts";
import { showScreen } from "../../state/view.ts";
import { importTaken } from "../import-data.ts";
import { type Looked, tablesOf } from "../joining.ts";
import { setGraph } from "./acts.ts";
import { type GraphColumns, likelyColumns, type TablePlace } from "./graph-of.ts";

export interface ChosenTable extends TakenFile {
  /** Of a workbook, or one of several tables in an archive. */
  readonly sheet?: string;
  readonly columns: MethodOutput<"datasets.look_at_files">["files"][number]["columns"];
}

interface GraphFilesState {
  readonly open: boolean;
  readonly nodes: ChosenTable | null;
  readonly edges: ChosenTable | null;
  readonly columns: GraphColumns;
  /** Of the table that is not UTF-8; null: found from the bytes. */
  readonly encoding: string | null;
  readonly busy: boolean;
  readonly error: unknown;
}

const CLOSED: GraphFilesState = {
  open: false,
  nodes: null,
  edges: null,
  columns: { id: "", source: "", target: "", weight: "", directed: false },
  encoding: null,
  busy: false,
  error: null,
};

export const useGraphFiles = create<GraphFilesState>()(() => CLOSED);

/** The last change: an answer to an older question is of no use any more, and the look that it asked for ends. */
let going = new AbortController();

function begin(): AbortSignal {
  going.abort();
  going = new AbortController();
  return going.signal;
}

export function openGraphDialog(): void {
  showScreen("data");
  useGraphFiles.setState({ ...CLOSED, open: true });
}

/** With both tables chosen already. */
export function openGraphOf(nodes: ChosenTable, edges: ChosenTable): void {
  begin();
  useGraphFiles.setState({ ...CLOSED, open: true, nodes, edges });
  const names = ({ columns }: ChosenTable): string[] => columns.map(({ name }) => name);
  setGraphColumns({ ...likelyColumns("nodes", names(nodes)), ...likelyColumns("edges", names(edges)) });
}

export function closeGraphDialog(): void {
  begin();
  useGraphFiles.setState(CLOSED);
}

export function stopGraphLook(): void {
  begin();
  useGraphFiles.setState({ busy: false });
}

export function setGraphColumns(change: Partial<GraphColumns>): void {
  useGraphFiles.setState({ columns: { ...useGraphFiles.getState().columns, ...change } });
}

export async function chooseTable(place: TablePlace, file: File): Promise<void> {
  await lookAt(async (signal) => ({ [place]: await takeFile(file, { signal }) }));
}

/** Tables that are chosen are looked at again. */
export async function setGraphEncoding(encoding: string | null): Promise<void> {
  const { nodes, edges } = useGraphFiles.getState();
  useGraphFiles.setState({ encoding });
  await lookAt(async () => ({ ...(nodes === null ? {} : { nodes }), ...(edges === null ? {} : { edges }) }));
}

type TableToRead = Omit<ChosenTable, "columns">;

async function lookAt(take: (signal: AbortSignal) => Promise<Partial<Record<TablePlace, TableToRead>>>): Promise<void> {
  const signal = begin();
  useGraphFiles.setState({ busy: true, error: null });
  try {
    for (const [place, { file, name, sheet }] of Object.entries(await take(signal)) as [TablePlace, TableToRead][]) {
      const { encoding } = useGraphFiles.getState();
      const read = { file, name, ...(sheet === undefined ? {} : { sheet }) };
      const asked = { files: [read], ...(encoding === null ? {} : { encoding }) };
      const [found] = (await look("datasets.look_at_files", asked, signal)).files;
      if (signal.aborted) return;
      if (found?.kind === "tables") throw severalTables(found);
      if (found?.kind !== "table") throw new AppError("data.graph_not_a_table", { file: name });
      useGraphFiles.setState({ [place]: { ...read, columns: found.columns } });
      setGraphColumns(
        likelyColumns(
          place,
          found.columns.map((column) => column.name),
        ),
      );
    }
    if (!signal.aborted) useGraphFiles.setState({ busy: false });
  } catch (error) {
    if (!signal.aborted) useGraphFiles.setState({ busy: false, error });
  }
}

function severalTables(found: Looked["files"][number]): AppError {
  const tables = tablesOf(found);
  return new AppError("data.archive_of_tables", { file: found.name, count: tables.length, names: tables.join(", ") });
}

export function confirmGraph(): void {
  const { nodes, edges, columns, encoding } = useGraphFiles.getState();
  if (nodes === null || edges === null) return;
  const { id, source, target, weight, directed } = columns;
  closeGraphDialog();
  const sheetOf = ({ sheet }: ChosenTable): { sheet?: string } => (sheet === undefined ? {} : { sheet });
  const asked = { file: edges.file, name: edges.name, ...sheetOf(edges), id, source, target, weight: weight === "" ? null : weight };
  const sent = { file: nodes.file, name: nodes.name, ...sheetOf(nodes), edges: asked, ...(encoding === null ? {} : { encoding }) };
  importTaken(sent, ({ graph }) => {
    const names = new Set(useDocument.getState().design?.data?.columns.map(({ name }) => name));
    if (graph !== undefined && names.has(graph.id) && names.has(graph.links)) setGraph({ kind: "links", ...graph, directed });
  }).catch(report);
}
