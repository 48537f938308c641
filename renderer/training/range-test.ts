/** A learning-rate range test as the window follows it: started, watched, cancelled. Nothing of it is kept. */
import { useEffect, useRef, useState } from "react";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { MethodOutput, RangePoint } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";

export const RANGE = { from: 1e-6, to: 1, steps: 100 } as const;

export interface RangeTestState {
  readonly points: readonly RangePoint[];
  readonly answer: MethodOutput<"training.range_test"> | null;
  readonly error: unknown;
}

const NOTHING: RangeTestState = { points: [], answer: null, error: null };

/** Runs one test while the component is shown, and again on `restart`; leaving cancels it. */
export function useRangeTest(
  design: DesignDocument,
  datasetId: string,
): RangeTestState & { readonly restart: () => void; readonly cancel: () => void } {
  const [state, setState] = useState(NOTHING);
  const [round, setRound] = useState(0);
  const current = useRef("");
  const cancel = (testId: string): void => {
    host().call("training.cancel_range_test", { test_id: testId }).catch(report);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a round is a new test of the design as it was when the dialog opened
  useEffect(() => {
    const test_id = crypto.randomUUID();
    current.current = test_id;
    let [wanted, going] = [true, true];
    setState(NOTHING);
    const stopListening = host().on("range_test.progress", (event) => {
      if (wanted && event.test_id === test_id) setState((now) => (now.answer === null ? { ...now, points: event.points } : now));
    });
    host()
      .call("training.range_test", { test_id, design, dataset_id: datasetId, ...RANGE })
      .then((answer) => wanted && setState({ points: answer.points, answer, error: null }))
      .catch((error: unknown) => wanted && setState((now) => ({ ...now, error })))
      .finally(() => {
        going = false;
        stopListening();
      });
    return () => {
      wanted = false;
      if (going) cancel(test_id);
    };
  }, [round]);
  return { ...state, restart: () => setRound(round + 1), cancel: () => cancel(current.current) };
}

/** Two digits: a rate is a matter of its size. */
export const roundedRate = (rate: number): number => Number(rate.toPrecision(2));

/** Index of the point whose rate is nearest in ratio. */
export function nearestPoint(points: readonly Pick<RangePoint, "rate">[], rate: number): number {
  let best = 0;
  points.forEach((point, index) => {
    if (Math.abs(Math.log(point.rate / rate)) < Math.abs(Math.log((points[best]?.rate ?? 1) / rate))) best = index;
  });
  return best;
}
