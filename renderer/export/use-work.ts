/** Something that a dialog does and waits for: busy, done with a result, or failed with an error in words. */
import { useState } from "react";

export type Work<T> =
  | { readonly state: "idle" }
  | { readonly state: "busy" }
  | { readonly state: "done"; readonly result: T }
  | { readonly state: "failed"; readonly error: unknown };

export function useWork<T>(): { readonly work: Work<T>; readonly start: (act: () => Promise<T>) => void; readonly forget: () => void } {
  const [work, setWork] = useState<Work<T>>({ state: "idle" });
  const start = (act: () => Promise<T>): void => {
    setWork({ state: "busy" });
    act()
      .then((result) => setWork({ state: "done", result }))
      .catch((error: unknown) => setWork({ state: "failed", error }));
  };
  return { work, start, forget: () => setWork({ state: "idle" }) };
}
