/** Files on their way to one data set: handed to the host, looked at together, and imported as the person says (JoinDialog.tsx). */
import { create } from "zustand";
import { AppError } from "../../core/errors.ts";
import { type TakenFile, takeFile } from "../host/files.ts";
import { useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { look } from "../state/looking.ts";
import { report } from "../state/toasts.ts";
import { showScreen } from "../state/view.ts";
import { importTaken } from "./import-data.ts";
import { type Joining, joinedImport, type Looked, likelyJoining } from "./joining.ts";
import { formatOfDesign } from "./picture-format.ts";

/** A file as the host knows it, and which of its sheets or tables. */
export interface FileToJoin extends TakenFile {
  readonly sheet?: string;
}

/** What was looked at last. */
interface Settled {
  readonly files: readonly FileToJoin[];
  readonly looked: Looked | null;
  /** Null while nothing is a table, or a table is to be chosen. */
  readonly joining: Joining | null;
  /** Of those files that are not UTF-8; null: found from their bytes. */
  readonly encoding: string | null;
}

interface JoinState extends Settled {
  readonly open: boolean;
  readonly busy: boolean;
  readonly error: unknown;
}

/** As many as the host looks at. */
const MOST_FILES = 6;
const NOTHING: Settled = { files: [], looked: null, joining: null, encoding: null };
const CLOSED: JoinState = { ...NOTHING, open: false, busy: false, error: null };

export const useJoin = create<JoinState>()(() => CLOSED);

/** The last change of the list: an answer to an older one is of no use any more, and its sending or looking ends. */
let going = new AbortController();
let settled = NOTHING;

function begin(): AbortSignal {
  going.abort();
  going = new AbortController();
  return going.signal;
}

export function openJoin(files: readonly File[]): void {
  showScreen("data");
  settled = NOTHING;
  useJoin.setState({ ...CLOSED, open: true });
  if (files.length > 0) addFiles(files);
}

export function closeJoin(): void {
  begin();
  settled = NOTHING;
  useJoin.setState(CLOSED);
}

/** Everything is as it was before. */
export function stopLooking(): void {
  begin();
  useJoin.setState({ ...settled, busy: false, error: null });
}

export function addFiles(files: readonly File[]): void {
  add(async (signal) => {
    const taken: TakenFile[] = [];
    for (const file of files) taken.push(await takeFile(file, { signal }));
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
  lookAt(useJoin.getState().files.filter((_, other) => other !== place));
}

export function setJoining(joining: Joining): void {
  settled = { ...settled, joining };
  useJoin.setState({ joining });
}

/** The files are looked at again. */
export function setJoinEncoding(encoding: string | null): void {
  const { files } = useJoin.getState();
  useJoin.setState({ encoding, looked: null, joining: null });
  lookAt(files);
}

/** Another sheet or table of one of them. */
export function setJoinSheet(place: number, sheet: string): void {
  lookAt(useJoin.getState().files.map((file, other) => (other === place ? { ...file, sheet } : file)));
}

export function confirmJoin(): void {
  const { looked, joining, files, encoding } = useJoin.getState();
  if (looked === null || joining === null) return;
  const sent = { ...joinedImport(looked, joining, files), ...(encoding === null ? {} : { encoding }) };
  closeJoin();
  importTaken(sent).catch(report);
}

function add(take: (signal: AbortSignal) => Promise<readonly TakenFile[]>): void {
  const signal = begin();
  useJoin.setState({ busy: true, error: null });
  take(signal).then(
    (taken) => {
      if (!signal.aborted) lookAt([...useJoin.getState().files, ...taken]);
    },
    (error: unknown) => {
      if (!signal.aborted) useJoin.setState({ busy: false, error });
    },
  );
}

function lookAt(files: readonly FileToJoin[]): void {
  const signal = begin();
  if (files.length > MOST_FILES) {
    useJoin.setState({ busy: false, error: new AppError("data.too_many_files", { count: files.length, most: MOST_FILES }) });
    return;
  }
  useJoin.setState({ files, busy: files.length > 0, error: null, ...(files.length === 0 ? { looked: null, joining: null } : {}) });
  const { encoding } = useJoin.getState();
  if (files.length === 0) {
    settled = { ...NOTHING, encoding };
    return;
  }
  look("datasets.look_at_files", { files: [...files], ...(encoding === null ? {} : { encoding }) }, signal).then(
    (looked) => {
      if (signal.aborted) return;
      if (isPicturesWithLabels(looked)) {
        closeJoin();
        const [first, second] = files as [TakenFile, TakenFile];
        importTaken({ ...first, further: [second.file] }).catch(report);
        return;
      }
      settled = { files, looked, joining: likelyJoining(looked, formatOfDesign(useDocument.getState().design)), encoding };
      useJoin.setState({ ...settled, busy: false });
    },
    (error: unknown) => {
      if (!signal.aborted) useJoin.setState({ busy: false, error });
    },
  );
}

/** The two of MNIST need no question. */
function isPicturesWithLabels({ files }: Looked): boolean {
  return files.length === 2 && files.some(({ kind }) => kind === "idx") && files.some(({ kind }) => kind === "idx_labels");
}
