/** Files on their way to one data set: handed to the host, looked at together, and imported as the person says (JoinDialog.tsx). */
import { create } from "zustand";
import { AppError } from "../../core/errors.ts";
import { type TakenFile, takeFile } from "../host/files.ts";
import { useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { showScreen } from "../state/view.ts";
import { importTaken } from "./import-data.ts";
import { type Joining, joinedImport, type Looked, likelyJoining } from "./joining.ts";
import { formatOfDesign } from "./picture-format.ts";

interface JoinState {
  readonly open: boolean;
  readonly files: readonly TakenFile[];
  readonly looked: Looked | null;
  /** Null while nothing is a table. */
  readonly joining: Joining | null;
  /** Of those files that are not UTF-8; null: found from their bytes. */
  readonly encoding: string | null;
  readonly busy: boolean;
  readonly error: unknown;
}

/** As many as the host looks at. */
const MOST_FILES = 6;
const CLOSED: JoinState = { open: false, files: [], looked: null, joining: null, encoding: null, busy: false, error: null };

export const useJoin = create<JoinState>()(() => CLOSED);

/** Goes up with every change of the list: an answer to an older one is of no use any more. */
let turn = 0;
let sending: AbortController | null = null;

export function openJoin(files: readonly File[]): void {
  showScreen("data");
  useJoin.setState({ ...CLOSED, open: true });
  if (files.length > 0) addFiles(files);
}

export function closeJoin(): void {
  turn += 1;
  sending?.abort();
  useJoin.setState(CLOSED);
}

export function addFiles(files: readonly File[]): void {
  const controller = new AbortController();
  sending = controller;
  add(async () => {
    const taken: TakenFile[] = [];
    for (const file of files) taken.push(await takeFile(file, { signal: controller.signal }));
    return taken;
  });
}

/** A table of the library: the host writes it out as a file. */
export function addFromLibrary(id: string): void {
  add(async () => [await host().call("datasets.as_file", { id })]);
}

/** A folder of pictures, where the entry gives paths. */
export function addFolder(path: string): void {
  add(async () => [{ file: path, name: path.split(/[\\/]/).at(-1) ?? path }]);
}

export function removeFile(place: number): void {
  look(useJoin.getState().files.filter((_, other) => other !== place));
}

export function setJoining(joining: Joining): void {
  useJoin.setState({ joining });
}

/** The files are looked at again. */
export function setJoinEncoding(encoding: string | null): void {
  const { files } = useJoin.getState();
  useJoin.setState({ encoding, looked: null, joining: null });
  look(files);
}

export function confirmJoin(): void {
  const { looked, joining, files, encoding } = useJoin.getState();
  if (looked === null || joining === null) return;
  const sent = { ...joinedImport(looked, joining, files), ...(encoding === null ? {} : { encoding }) };
  closeJoin();
  importTaken(sent).catch(report);
}

function add(take: () => Promise<readonly TakenFile[]>): void {
  turn += 1;
  const own = turn;
  useJoin.setState({ busy: true, error: null });
  take().then(
    (taken) => {
      if (own === turn) look([...useJoin.getState().files, ...taken]);
    },
    (error: unknown) => {
      if (own === turn) useJoin.setState({ busy: false, error });
    },
  );
}

function look(files: readonly TakenFile[]): void {
  turn += 1;
  const own = turn;
  if (files.length > MOST_FILES) {
    useJoin.setState({ busy: false, error: new AppError("data.too_many_files", { count: files.length, most: MOST_FILES }) });
    return;
  }
  useJoin.setState({ files, busy: files.length > 0, error: null, ...(files.length === 0 ? { looked: null, joining: null } : {}) });
  if (files.length === 0) return;
  const { encoding } = useJoin.getState();
  host()
    .call("datasets.look_at_files", { files: files.map(({ file, name }) => ({ file, name })), ...(encoding === null ? {} : { encoding }) })
    .then(
      (looked) => {
        if (own !== turn) return;
        if (isPicturesWithLabels(looked)) {
          closeJoin();
          const [first, second] = files as [TakenFile, TakenFile];
          importTaken({ ...first, further: [second.file] }).catch(report);
        } else useJoin.setState({ looked, joining: likelyJoining(looked, formatOfDesign(useDocument.getState().design)), busy: false });
      },
      (error: unknown) => {
        if (own === turn) useJoin.setState({ busy: false, error });
      },
    );
}

/** The two of MNIST need no question. */
function isPicturesWithLabels({ files }: Looked): boolean {
  return files.length === 2 && files.some(({ kind }) => kind === "idx") && files.some(({ kind }) => kind === "idx_labels");
}
