/** Models of Keras and TensorFlow.js through the host: a project with a design, and with weights a run that is done. */
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
