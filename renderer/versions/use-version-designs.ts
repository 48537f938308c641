/** Designs of versions by their ids, each read when it is first asked for. */
import { useRef } from "react";
import type { DesignDocument } from "../../core/graph/document.ts";
import { host } from "../state/host.ts";
import { type Asked, useAsked } from "../state/use-asked.ts";

export type VersionDesigns = ReadonlyMap<string, DesignDocument>;

export function useVersionDesigns(ids: readonly string[]): Asked<VersionDesigns> {
  const known = useRef<VersionDesigns>(new Map());
  return useAsked(ids.length === 0 ? null : ids.join(" "), async () => {
    const missing = ids.filter((id) => !known.current.has(id));
    const opened = await Promise.all(missing.map(async (id) => [id, (await host().call("versions.open", { id })).design] as const));
    known.current = new Map([...known.current, ...opened]);
    return known.current;
  });
}
