/** Designs of versions by their ids, each read when it is first asked for. */
import { useEffect, useState } from "react";
import type { DesignDocument } from "../../core/graph/document.ts";
import { host } from "../state/host.ts";

export interface VersionDesigns {
  readonly designs: ReadonlyMap<string, DesignDocument>;
  readonly error: unknown;
}

const NOTHING: VersionDesigns = { designs: new Map(), error: null };

export function useVersionDesigns(ids: readonly string[]): VersionDesigns {
  const [found, setFound] = useState(NOTHING);
  const missing = ids.filter((id) => !found.designs.has(id)).join(" ");
  useEffect(() => {
    if (missing === "") return undefined;
    let gone = false;
    Promise.all(missing.split(" ").map(async (id) => [id, (await host().call("versions.open", { id })).design] as const))
      .then((opened) => {
        if (!gone) setFound(({ designs }) => ({ designs: new Map([...designs, ...opened]), error: null }));
      })
      .catch((error: unknown) => !gone && setFound(({ designs }) => ({ designs, error })));
    return () => {
      gone = true;
    };
  }, [missing]);
  return found;
}
