/** Designs of versions by their ids, each read when it is first asked for. */
import { useEffect, useState } from "react";
import type { DesignDocument } from "../../core/graph/document.ts";
import { host } from "../state/host.ts";

export interface VersionDesigns {
  readonly designs: ReadonlyMap<string, DesignDocument>;
  /** Of those that are asked for now. */
  readonly error: unknown;
}

interface Found {
  readonly designs: ReadonlyMap<string, DesignDocument>;
  readonly failed: { readonly asked: string; readonly error: unknown } | null;
}

export function useVersionDesigns(ids: readonly string[]): VersionDesigns {
  const [{ designs, failed }, setFound] = useState<Found>({ designs: new Map(), failed: null });
  const missing = ids.filter((id) => !designs.has(id)).join(" ");
  useEffect(() => {
    if (missing === "") return undefined;
    let gone = false;
    Promise.all(missing.split(" ").map(async (id) => [id, (await host().call("versions.open", { id })).design] as const))
      .then((opened) => !gone && setFound((before) => ({ designs: new Map([...before.designs, ...opened]), failed: null })))
      .catch((error: unknown) => !gone && setFound((before) => ({ ...before, failed: { asked: missing, error } })));
    return () => {
      gone = true;
    };
  }, [missing]);
  return { designs, error: missing !== "" && failed?.asked === missing ? failed.error : null };
}
