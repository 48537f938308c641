/** Models of Keras and TensorFlow.js through the host: a project with a design, and with weights a run that is done. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testHome } from "./fixture.ts";

const fixture = (name: string): { file: string; name: string } => ({
  file: join(import.meta.dirname, "../imports/fixtures", name),
  name,
});

describe("models.import", () => {
  it.each(["pictures", "words", "branches", "chain"])("takes %s of TensorFlow.js with its weights as a finished run", async (name) => {
    await using home = testHome();
    const { handlers } = await home.open();
    const { project } = await handlers["models.import"]({ ...fixture(`${name}.tfjs.json`), parts: [fixture(`${name}.bin`)] });
    expect(project).toMatchObject({ name, run_count: 1 });
    const { runs } = await handlers["runs.list"]({ project_id: project.id });
    expect(runs[0]).toMatchObject({ status: "done", has_model: true, tags: ["imported"] });
    // Written again, read back and compared on the stored rows.
    const exported = await handlers["exports.model"]({ run_id: runs[0]?.id ?? "", format: "json", plain_arrays: false });
    expect(exported).toMatchObject({ largest_difference: 0 });
  });

  it("tells what it left out, in a note on the canvas that stays too, in the language of the reader", async () => {
    await using home = testHome();
    const { handlers } = await home.open();
    const text = await readFile(fixture("chain.keras3.json").file, "utf8");
    const changed = text.replace('"units": 5', '"units": 5, "lora_rank": 4');
    expect(changed).not.toBe(text);
    const file = join(home.path, "chain.json");
    await writeFile(file, changed);
    const { project, left_out } = await handlers["models.import"]({ file, name: "chain.json", language: "zh" });
    expect(left_out).toEqual(["one (Dense): lora_rank = 4"]);
    const { design } = await handlers["projects.open"]({ id: project.id });
    expect(design.graph.annotations).toMatchObject([
      { kind: "note", text: "导入时略去了 Neuroloom 没有的选项：\none (Dense): lora_rank = 4" },
    ]);
    const [note] = design.graph.annotations ?? [];
    const top = Math.min(...design.graph.nodes.map(({ position }) => position.y));
    expect((note?.position.y ?? 0) + (note?.height ?? 0)).toBeLessThan(top);
    expect((await handlers["models.import"](fixture("chain.keras3.json"))).left_out).toEqual([]);
  });

  it("says how far an import is, and leaves nothing behind when it is cancelled on the way", async () => {
    await using home = testHome();
    const there = await home.open();
    const { handlers } = there;
    const input = { ...fixture("pictures.tfjs.json"), parts: [fixture("pictures.bin")] };
    const shares: number[] = [];
    const stop = there.onEvent((event, payload) => {
      if (event === "projects.file_progress") shares.push(Reflect.get(payload as object, "done") as number);
    });
    await handlers["models.import"]({ ...input, task_id: "whole" });
    expect(shares).toEqual([0, 1, 2, 3, 4]);
    stop();
    const before = (await handlers["projects.list"]({})).projects.length;
    there.onEvent((event, payload) => {
      if (event === "projects.file_progress" && Reflect.get(payload as object, "done") === 3)
        void handlers["projects.cancel_file"]({ task_id: "broken off" });
    });
    await expect(handlers["models.import"]({ ...input, task_id: "broken off" })).rejects.toMatchObject({ code: "project_file.cancelled" });
    expect((await handlers["projects.list"]({})).projects).toHaveLength(before);
  });

  it("takes model.to_json() as a design, and exports it as code", async () => {
    await using home = testHome();
    const { handlers } = await home.open();
    const { project } = await handlers["models.import"](fixture("pictures.keras3.json"));
    expect(project.run_count).toBe(0);
    const { design } = await handlers["projects.open"]({ id: project.id });
    const { file_name, line_count } = await handlers["exports.code"]({ design, tool: "keras" });
    expect(file_name).toBe("pictures.keras.py");
    expect(line_count).toBeGreaterThan(60);
  });
});
