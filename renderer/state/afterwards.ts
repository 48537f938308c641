/**
 * What follows from shapes and nobody waits for: the axes on all connections, and what a row costs in a step of training. Found once the
 * frame that shows the shapes is painted, so that typing into a thousand layers does not wait for it.
 */
import { create } from "zustand";
import { axisNames } from "../../core/graph/axis-names.ts";
import { stepMultiplyAdds } from "../../core/graph/step-cost.ts";
import { useDocument } from "./document.ts";

interface Afterwards {
  /** Names of axes with commas between, "" for one without a name, by the id of the connection; none where no shape is known. */
  readonly axes: ReadonlyMap<string, string>;
  /** Multiply–adds a row, forward and backward. */
  readonly stepCost: number;
}

export const useAfterwards = create<Afterwards>()(() => ({ axes: new Map(), stepCost: 0 }));

export const axesOf = ({ axes }: Afterwards, edgeId: string): string => axes.get(edgeId) ?? "";

let waiting = false;

function find(): void {
  waiting = false;
  const { design, propagation } = useDocument.getState();
  const known = design !== null && propagation !== null;
  useAfterwards.setState({
    axes: known ? new Map([...axisNames(design, propagation)].map(([id, names]) => [id, names.join(",")])) : new Map(),
    stepCost: known ? stepMultiplyAdds(design, propagation) : 0,
  });
}

useDocument.subscribe((now, before) => {
  if (now.propagation === before.propagation || waiting) return;
  waiting = true;
  requestAnimationFrame(() => setTimeout(find));
});
