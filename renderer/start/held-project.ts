/**
 * Says to the host which project this window shows. Where another window shows it already, this one is told (ElsewhereDialog.tsx)
 * and offered a copy: two windows on one design would only overwrite each other.
 */
import { create } from "zustand";
import { useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";

/** The project that another window shows; null: none that is open here. */
export const useHeld = create<{ readonly elsewhere: string | null }>()(() => ({ elsewhere: null }));

/** A page that is loaded again comes before its earlier self has gone. */
const ASK_AGAIN_MS = 700;
/** Known to the host over connections that break. */
const window = crypto.randomUUID();
let asked: string | null = null;

export function holdShownProject(): void {
  hold(useDocument.getState().project?.id ?? null);
  useDocument.subscribe(({ project }) => hold(project?.id ?? null));
}

/** After the connection was lost and came back, the host knows nothing of this window. */
export function holdAgain(): void {
  asked = null;
  hold(useDocument.getState().project?.id ?? null);
}

function hold(id: string | null): void {
  if (id === asked) return;
  asked = id;
  useHeld.setState({ elsewhere: null });
  void ask(id).catch(report);
}

async function ask(id: string | null): Promise<void> {
  let { elsewhere } = await host().call("projects.hold", { id, window });
  if (elsewhere) {
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    if (asked !== id) return;
    ({ elsewhere } = await host().call("projects.hold", { id, window }));
  }
  if (elsewhere && asked === id) useHeld.setState({ elsewhere: id });
}
