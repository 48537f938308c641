/** The probe looks at a network without touching it, and sees what is there: vanishing in a deep sigmoid chain, not in relu. */
import { describe, expect, it } from "vitest";
import { judgeSignals } from "../../core/insight/judge-signals.ts";
import { spreadOf } from "../../core/insight/signals.ts";
import { readTraining } from "../../core/spec/training.ts";
import { freshState } from "../../core/train/loop.ts";
import { Network } from "../../core/train/network.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import { SignalProbe } from "../../core/train/signal-probe.ts";
import { backends, nameOf } from "./backends.ts";
import { chain, node } from "./design.ts";
import { advance, bitsOf, moonsDesign, moonsRun, moonsTable, type Run } from "./moons-run.ts";

const probeOf = ({ design, training, network }: Run): SignalProbe =>
  new SignalProbe({ spec: design.spec, encodings: design.encodings, training, backend: network.backend }, design.prepared.training);

describe.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))("$name", ({ backend }) => {
  it("leaves the training as it is, to the bit", () => {
    const [watched, alone] = [moonsRun(backend), moonsRun(backend)];
    const probe = probeOf(watched);
    const state = freshState();
    for (const steps of [3, 9, 20]) {
      advance(watched, state, steps);
      probe.look(watched.network, state.step, state.epoch);
    }
    advance(alone, freshState(), 20);
    expect(bitsOf(watched)).toEqual(bitsOf(alone));
  });

  it("says of the input what the data say, and of a layer what its weights are", () => {
    const run = moonsRun(backend);
    const { layers } = probeOf(run).look(run.network, 0, 1);
    const rows = run.design.prepared.training;
    const values = rows.inputs["x"]?.values ?? new Float32Array();
    const shown = Array.from({ length: 32 }, (_, i) => Math.floor((i * rows.rowCount) / 32)).flatMap((row) => [
      ...values.subarray(2 * row, 2 * row + 2),
    ]);
    expect(layers[0]?.activations).toEqual(spreadOf(shown));
    const kernel = run.network.view("parameter", "hidden/kernel");
    const size = Math.sqrt([...kernel].reduce((sum, weight) => sum + weight ** 2, 0) / kernel.length);
    expect(layers.find(({ nodeId }) => nodeId === "hidden")?.parameters[0]?.size).toBeCloseTo(size, 6);
  });

  const deep = (activation: string): Run => {
    const layers = Array.from({ length: 10 }, (_, i) => node(`d${i}`, "dense", { units: 8, activation }));
    const graph = chain(
      node("x", "input"),
      ...layers,
      node("p", "dense", { units: 1, activation: "sigmoid" }),
      node("y", "output", { loss: "binary_crossentropy" }),
    );
    const design = prepareDesign({ ...moonsDesign(), graph }, moonsTable());
    const training = readTraining({});
    const trainingRows = design.prepared.training.rowCount;
    const network = new Network({ spec: design.spec, training, encodings: design.encodings, backend, trainingRows });
    network.initialise(0);
    return { design, training, network };
  };
  const faults = (run: Run): string[] =>
    judgeSignals(probeOf(run).look(run.network, 0, 1)).map(({ nodeId, fault }) => `${nodeId} ${fault}`);

  it("sees gradients vanish on their way back through ten sigmoids, and not through ten relus", () => {
    expect(faults(deep("sigmoid"))).toEqual(expect.arrayContaining(["d0 vanishing", "d1 vanishing", "d2 vanishing"]));
    expect(faults(deep("sigmoid"))).not.toContain("p vanishing");
    expect(faults(deep("relu")).filter((fault) => fault.endsWith("vanishing"))).toEqual([]);
  });

  it("sees units that are dead and activations that are saturated", () => {
    const run = deep("relu");
    run.network.view("parameter", "d4/bias").fill(-100);
    expect(faults(run)).toContain("d4 dead");
    const flat = deep("tanh");
    flat.network.view("parameter", "d9/bias").fill(30);
    const { layers } = probeOf(flat).look(flat.network, 0, 1);
    expect(layers.find(({ nodeId }) => nodeId === "d9")?.saturated).toBe(1);
    // The prediction itself may well be sure.
    expect(layers.find(({ nodeId }) => nodeId === "p")?.saturated).toBeNull();
  });

  /** A point again and again: an LSTM needs some steps to fill its cells. */
  const walk = (type: string, config: Readonly<Record<string, unknown>>): Run => {
    const graph = chain(
      node("x", "input"),
      node("steps", "repeat_vector", { n: 6 }),
      node("cell", type, { units: 4, ...config }),
      node("p", "dense", { units: 1, activation: "sigmoid" }),
      node("y", "output", { loss: "binary_crossentropy" }),
    );
    const design = prepareDesign({ ...moonsDesign(), graph }, moonsTable());
    const training = readTraining({});
    const trainingRows = design.prepared.training.rowCount;
    const network = new Network({ spec: design.spec, training, encodings: design.encodings, backend, trainingRows });
    network.initialise(0);
    return { design, training, network };
  };
  const flatShare = (run: Run): number | null | undefined =>
    probeOf(run)
      .look(run.network, 0, 1)
      .layers.find(({ nodeId }) => nodeId === "cell")?.saturated;

  it("sees walks along a sequence whose output stands at the ends of the cell's activation", () => {
    for (const type of ["simple_rnn", "gru", "lstm"]) {
      const run = walk(type, {});
      expect(flatShare(run), type).toBeLessThan(0.2);
      for (const { fullName } of run.network.parameters.filter(({ nodeId }) => nodeId === "cell")) {
        const weights = run.network.view("parameter", fullName);
        // Gates of 1 (GRU's update gate 0) and a candidate at its end.
        const gates = type === "gru" && fullName.endsWith("bias");
        weights.fill(fullName.endsWith("bias") ? 30 : 0);
        if (gates) for (let start = 0; start < weights.length; start += 12) weights.fill(-30, start, start + 4);
      }
      expect(flatShare(run), type).toBe(1);
    }
  });

  it("says nothing of walks whose activation has no end, whose closed gates look like one, and whose directions are added", () => {
    expect(flatShare(walk("simple_rnn", { activation: "relu" }))).toBeNull();
    expect(flatShare(walk("simple_rnn", { activation: "sigmoid" }))).not.toBeNull();
    expect(flatShare(walk("lstm", { activation: "sigmoid" }))).toBeNull();
    expect(flatShare(walk("gru", { activation: "sigmoid" }))).toBeNull();
    expect(flatShare(walk("bidirectional", {}))).not.toBeNull();
    expect(flatShare(walk("bidirectional", { merge_mode: "sum" }))).toBeNull();
  });
});
