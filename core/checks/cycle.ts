/** Layers that form a loop: the connections that lead back, seen from where data come in, are taken out. */
import type { EdgeDocument } from "../graph/document.ts";
import { designProblem, type Fix, nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, defineCheck } from "./check.ts";
import { disconnected } from "./mend.ts";

const CODE = "design.cycle";

export const cycle = defineCheck({
  code: "design.cycle",
  runDesign: (context) => {
    const found = context.propagation.problems.find(({ error }) => error.code === CODE);
    if (found === undefined) return [];
    const { params } = found.error;
    const fix = openedFix(context);
    const on = [...context.nodes.values()].filter(({ result }) => result.problems.some(({ error }) => error.code === CODE));
    return [designProblem(CODE, params, "error", fix), ...on.map(({ node }) => nodeProblem(node.id, CODE, params, "error", fix))];
  },
});

function openedFix(context: CheckedDesign): Fix | undefined {
  const back = leadingBack(context);
  const [first] = back;
  if (first === undefined) return undefined;
  const name = (id: string): string => context.nodes.get(id)?.node.name ?? id;
  if (back.length === 1) return disconnected(back, "fix.disconnect_ends", { from: name(first.source), to: name(first.target) });
  return disconnected(back, "fix.disconnect_many", { count: back.length });
}

/** Without these there is no loop: what leads to a layer that the way has come through already. */
function leadingBack({ design: { graph }, propagation }: CheckedDesign): readonly EdgeDocument[] {
  const ordered = new Set(propagation.order);
  const left = graph.nodes.filter(({ id }) => !ordered.has(id)).map(({ id }) => id);
  const among = new Set(left);
  const outgoing = new Map<string, EdgeDocument[]>(left.map((id) => [id, []]));
  const entered = new Set<string>();
  for (const edge of graph.edges) {
    if (among.has(edge.source) && among.has(edge.target)) outgoing.get(edge.source)?.push(edge);
    else if (among.has(edge.target)) entered.add(edge.target);
  }
  const back: EdgeDocument[] = [];
  const state = new Map<string, "on the way" | "done">();
  const begin = [...left.filter((id) => entered.has(id)), ...left];
  for (const start of begin) {
    if (state.has(start)) continue;
    const way = [{ id: start, next: 0 }];
    state.set(start, "on the way");
    for (let one = way.at(-1); one !== undefined; one = way.at(-1)) {
      const edge = outgoing.get(one.id)?.[one.next];
      one.next += 1;
      if (edge === undefined) {
        state.set(one.id, "done");
        way.pop();
      } else if (state.get(edge.target) === "on the way") back.push(edge);
      else if (!state.has(edge.target)) {
        state.set(edge.target, "on the way");
        way.push({ id: edge.target, next: 0 });
      }
    }
  }
  return back;
}
