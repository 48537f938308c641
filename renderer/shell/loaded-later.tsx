/**
 * Components whose code is fetched after the first screen is there: one after the other while the window has nothing to do, or at once
 * when one is shown. A component that is there already is drawn at once. React.lazy keeps what stands in for one for at least 300 ms, and
 * a fetch that failed for good.
 */
import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { AppError, errorData } from "../../core/errors.ts";
import { type Asked, useAsked } from "../state/use-asked.ts";
import { LongState } from "../ui/LongState.tsx";
import { Modal } from "../ui/Modal.tsx";
import { focusScreen } from "../ui/screen-focus.ts";
import { useText } from "../ui/texts.ts";

export interface Place {
  readonly kind: "screen" | "dialog" | "panel";
  /** Whoever does not want to wait is led back where he came from. */
  readonly leave: () => void;
}

const waiting: (() => Promise<unknown>)[] = [];

export function loadedLater<Props extends object>(load: () => Promise<ComponentType<Props>>, place: Place): ComponentType<Props> {
  let here: ComponentType<Props> | null = null;
  const fetchIt = async (): Promise<ComponentType<Props>> => {
    try {
      here = await load();
    } catch (thrown) {
      throw new AppError("app.part_missing", { problem: String(errorData(thrown).params["message"] ?? thrown) });
    }
    return here;
  };
  waiting.push(fetchIt);
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each slot, when the tables of slots are read
  return function Shown(props: Props) {
    const answer = useAsked(fetchIt, fetchIt, { known: here });
    const Drawn = answer.value;
    const late = Drawn !== null && place.kind === "screen";
    // The focus went with what stood in for the screen.
    useEffect(() => {
      if (late) focusScreen();
    }, [late]);
    return Drawn === null ? <Fetched answer={answer} place={place} /> : <Drawn {...props} />;
  };
}

/** What stands in for a component: nothing at first, since most are there in moments. */
function Fetched({ answer, place: { kind, leave } }: { readonly answer: Asked<unknown>; readonly place: Place }) {
  const t = useText();
  const cancel = (): void => {
    answer.cancel();
    leave();
    focusScreen();
  };
  const state = <LongState answer={{ ...answer, cancel }} what={t("common.loading")} />;
  switch (kind) {
    case "screen":
      return <main className="screen">{state}</main>;
    case "dialog":
      return <LateDialog leave={leave}>{state}</LateDialog>;
    case "panel":
      return state;
    default:
      return kind satisfies never;
  }
}

/** As in ui/states.css: an empty dialog would take the focus for nothing. */
const SLOW_MS = 300;

function LateDialog({ leave, children }: { readonly leave: () => void; readonly children: ReactNode }) {
  const t = useText();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!slow) return null;
  return (
    <Modal title={t("shell.fetching")} onClose={leave}>
      {children}
    </Modal>
  );
}

/** Fetches what is not there yet. Of what cannot be fetched whoever opens it is told. */
export function fetchWaiting(): void {
  const next = waiting.shift();
  if (next === undefined) return;
  requestIdleCallback(() => void next().then(fetchWaiting, () => undefined), { timeout: 2000 });
}
