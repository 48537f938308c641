/**
 * Which window shows which project, so that a second one is told. A window that closes or dies is forgotten with its
 * connection; one that comes back on another takes its place, for the old one may be noticed later (a laptop slept).
 */
import type { Caller, HostHandlers } from "../../../core/protocol/host.ts";

export function openWindowHandlers(): Pick<HostHandlers, "projects.hold"> {
  /** The project that each window shows by its connection, the longest-shown first. */
  const shown = new Map<Caller, { readonly project: string; readonly window: string }>();
  const known = new WeakSet<Caller>();
  const isShown = (id: string | null): boolean => [...shown.values()].some(({ project }) => project === id);
  return {
    "projects.hold": async ({ id, window }, caller) => {
      if (caller === undefined) return { elsewhere: isShown(id) };
      if (!known.has(caller)) {
        known.add(caller);
        caller.onClosed(() => shown.delete(caller));
      }
      for (const [connection, held] of shown) if (connection === caller || held.window === window) shown.delete(connection);
      const elsewhere = isShown(id);
      if (id !== null && !elsewhere) shown.set(caller, { project: id, window });
      return { elsewhere };
    },
  };
}
