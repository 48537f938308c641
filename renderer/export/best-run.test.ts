import { describe, expect, test } from "vitest";
import type { Run } from "../../core/protocol/methods.ts";
import { bestRun, bestRuns } from "./best-run.ts";

function run(id: string, metrics: Run["metrics"], hasModel = true, data = ""): Run {
  return {
    id,
    project_id: "p",
    number: 1,
    name: id,
    notes: "",
    tags: [],
    status: "done",
    error: null,
    created_at: 0,
    started_at: 0,
    ended_at: 0,
    seconds: 1,
    epoch: 1,
    epochs: 1,
    step: 1,
    steps_per_epoch: 1,
    seed: 0,
    spec_hash: "",
    data_fingerprint: data,
    engine_version: "",
    dataset_id: null,
    dataset_name: "",
    parameters: null,
    peak_bytes: null,
    memory: null,
    backend: null,
    threads: null,
    best_epoch: null,
    metrics,
    has_model: hasModel,
    group_id: null,
    group_index: null,
    group_options: null,
    queue_place: null,
    parent_id: null,
  };
}

describe("the run that an export offers first", () => {
  test("has the lowest validation loss", () => {
    expect(bestRun([run("a", { val_loss: 2 }), run("b", { val_loss: 1 }), run("c", { val_loss: 3 })])?.id).toBe("b");
  });

  test("has a model", () => {
    expect(bestRun([run("a", { val_loss: 1 }, false), run("b", { val_loss: 2 })])?.id).toBe("b");
    expect(bestRun([run("a", { val_loss: 1 }, false)])).toBeNull();
  });

  test("was validated, where any was", () => {
    expect(bestRun([run("a", { loss: 0.1 }), run("b", { loss: 0.5, val_loss: 0.9 })])?.id).toBe("b");
    expect(bestRun([run("a", { loss: 0.3 }), run("b", { loss: 0.2 })])?.id).toBe("b");
  });

  test("is one of the data of the newest: losses of other data are no measure of it", () => {
    const runs = [
      run("new", { val_loss: 5 }, true, "b"),
      run("better", { val_loss: 4 }, true, "b"),
      run("other", { val_loss: 1 }, true, "a"),
    ];
    expect(bestRun(runs)?.id).toBe("better");
    expect(bestRuns(runs).map(({ id }) => id)).toEqual(["better", "other"]);
    expect(bestRuns([run("untrained", { val_loss: 0 }, false, "c"), ...runs]).map(({ id }) => id)).toEqual(["better", "other"]);
  });

  test("is the newest of equals, and still one when no figure is a number", () => {
    expect(bestRun([run("newest", { val_loss: 1 }), run("older", { val_loss: 1 })])?.id).toBe("newest");
    expect(bestRun([run("a", { loss: null })])?.id).toBe("a");
  });
});
