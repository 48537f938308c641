/** The graphs of the projects that are listed, to draw them small. Asked for once, and again when one of them was saved. */
import { useEffect, useRef, useState } from "react";
import type { MethodOutput, Project } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";

/** As many as the host draws at once; those further down show their name alone. */
const MOST_SKETCHES = 60;

type Graph = MethodOutput<"projects.sketches">["sketches"][number]["graph"];
export interface Sketch {
  readonly revision: number;
  readonly graph: Graph;
}
type Sketches = ReadonlyMap<string, Sketch>;

/** Of the first projects those that were saved since they were drawn, or never drawn. */
export function outdated(projects: readonly Project[], known: Sketches): readonly Project[] {
  return projects.slice(0, MOST_SKETCHES).filter(({ id, revision }) => known.get(id)?.revision !== revision);
}

export function useSketches(projects: readonly Project[]): Sketches {
  const known = useRef<Sketches>(new Map());
  const [sketches, setSketches] = useState<Sketches>(known.current);
  useEffect(() => {
    const asked = outdated(projects, known.current);
    if (asked.length === 0) return undefined;
    let wanted = true;
    host()
      .call("projects.sketches", { ids: asked.map(({ id }) => id) })
      .then((answer) => {
        // A newer list asks for them itself.
        if (!wanted) return;
        const revisions = new Map(asked.map(({ id, revision }) => [id, revision]));
        const drawn = answer.sketches.map(({ id, graph }) => [id, { graph, revision: revisions.get(id) ?? 0 }] as const);
        known.current = new Map([...known.current, ...drawn]);
        setSketches(known.current);
      })
      .catch(report);
    return () => {
      wanted = false;
    };
  }, [projects]);
  return sketches;
}
