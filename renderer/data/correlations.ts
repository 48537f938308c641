/**
 * How strongly columns go with the first target: asked of the host when target or types change. Each is a pass over two columns, so that of
 * a very wide table those are asked for first that stand first, and the others when they come into sight.
 */
import { useEffect, useMemo, useRef, useState } from "react";
import type { ColumnDocument } from "../../core/graph/document.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { useAnswer } from "../state/use-answer.ts";

export interface Correlation {
  /** Empty while it is not known. */
  readonly target: string;
  readonly measure: MethodOutput<"tables.correlations">["columns"][number]["measure"];
  readonly value: number | null;
}
export const NO_CORRELATION: Correlation = { target: "", measure: "r", value: null };

/** As many as the host answers at a time. */
const AT_FIRST = 500;

type Answered = MethodOutput<"tables.correlations">["columns"];

/** Null without a target; empty until the host has answered. @param inSight names of columns that are seen */
export function useCorrelations(
  id: string,
  columns: readonly ColumnDocument[],
  inSight: readonly string[],
): ReadonlyMap<string, Correlation> | null {
  const target = columns.find(({ role, type }) => role === "target" && type !== "picture")?.name;
  // Roles change nothing but which column is the target.
  const asked = useMemo(() => columns.map((column) => ({ ...column, role: "feature" as const })), [columns]);
  const first = useMemo(
    () => (target === undefined ? null : { id, target, columns: withTarget(asked, asked.slice(0, AT_FIRST), target) }),
    [id, asked, target],
  );
  const { value } = useAnswer("tables.correlations", first);
  const later = useLater(id, asked, target, inSight);
  return useMemo(
    () =>
      target === undefined ? null : new Map([...(value?.columns ?? []), ...later].map(({ name, ...rest }) => [name, { target, ...rest }])),
    [target, value, later],
  );
}

function withTarget(all: readonly ColumnDocument[], some: readonly ColumnDocument[], target: string): ColumnDocument[] {
  const own = some.some(({ name }) => name === target) ? [] : all.filter(({ name }) => name === target);
  return [...own, ...some].slice(0, AT_FIRST + 1);
}

interface Later {
  /** What they are of: data set, target and types. */
  readonly of: string;
  readonly columns: Answered;
}
const NOTHING: Answered = [];

/** Beyond the first: those in sight that are not known yet, one question at a time. */
function useLater(id: string, columns: readonly ColumnDocument[], target: string | undefined, inSight: readonly string[]): Answered {
  const wide = columns.length > AT_FIRST;
  const of = useMemo(() => (wide && target !== undefined ? JSON.stringify([id, target, columns]) : ""), [wide, id, target, columns]);
  const beyond = useMemo(() => new Map(columns.slice(AT_FIRST).map((column) => [column.name, column])), [columns]);
  const [later, setLater] = useState<Later>({ of: "", columns: NOTHING });
  const busy = useRef(false);
  useEffect(() => {
    const own = later.of === of ? later.columns : NOTHING;
    if (of === "" || target === undefined || busy.current) return;
    const known = new Set(own.map(({ name }) => name));
    const wanted = inSight.flatMap((name) => (known.has(name) || name === target ? [] : (beyond.get(name) ?? [])));
    if (wanted.length === 0) return;
    busy.current = true;
    const ask = async (): Promise<Answered> => {
      const nothing: Answered = wanted.map(({ name }) => ({ name, measure: "r", value: null }));
      try {
        const answer = await host().call("tables.correlations", { id, target, columns: withTarget(columns, wanted, target) });
        // What cannot be told is not asked for again.
        return [...answer.columns, ...nothing.filter(({ name }) => !answer.columns.some((one) => one.name === name))];
      } catch {
        return nothing;
      }
    };
    void ask().then((found) => {
      busy.current = false;
      setLater({ of, columns: [...own, ...found] });
    });
  }, [of, id, target, columns, beyond, inSight, later]);
  return later.of === of ? later.columns : NOTHING;
}
