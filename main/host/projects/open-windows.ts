/** Which window shows which project, so that a second one is told. A window that closes or dies is forgotten with its connection. */
import type { Caller, HostHandlers } from "../../../core/protocol/host.ts";

export function openWindowHandlers(): Pick<HostHandlers, "projects.hold"> {
  /** The project that each window shows, the longest-shown first. */
  const shown = new Map<Caller, string>();
  const known = new WeakSet<Caller>();
  return {
    "projects.hold": async ({ id }, caller) => {
      if (caller === undefined) return { elsewhere: [...shown.values()].includes(id ?? "") };
      if (!known.has(caller)) {
        known.add(caller);
        caller.onClosed(() => shown.delete(caller));
      }
      shown.delete(caller);
      const elsewhere = id !== null && [...shown.values()].includes(id);
      if (id !== null && !elsewhere) shown.set(caller, id);
      return { elsewhere };
    },
  };
}
