/** Networks proposed for a data set: for every built-in set, and for files of every kind, each passes all checks and trains. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examine } from "../../core/checks/examine.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { PROPOSAL_KEYS, type Proposal } from "../../core/proposals/facts.ts";
import { proposeNetworks } from "../../core/proposals/propose-networks.ts";
import { laidOut } from "../../core/proposals/series.ts";
import type { DatasetProfile } from "../../core/protocol/methods.ts";
import { trainDesign } from "../../core/train/train-design.ts";
import { openBackend } from "../../main/engine/backend.ts";
import { listBuiltins } from "../../main/host/datasets/builtin.ts";
import { loadTable } from "../../main/host/datasets/load-table.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
import { proposalTexts } from "../../resources/translations/app/proposals.ts";
import { questions, redAndBlue } from "../picture-files.ts";
import { type TestHome, testHome } from "./fixture.ts";

let home: TestHome;
let host: OpenedHost;
beforeAll(async () => {
  home = testHome();
  host = await home.open();
});
afterAll(() => home[Symbol.asyncDispose]());

async function proposalsFor(profile: DatasetProfile, targets: readonly string[] = []): Promise<Proposal[]> {
  const { id } = profile.dataset;
  const { data } = await host.handlers["datasets.propose"]({ id, targets: [...targets] });
  const layout = await host.handlers["datasets.layout"]({ id, design: { ...emptyDesign("asked"), data: laidOut(data) } });
  return proposeNetworks({
    data,
    features: layout.features,
    classCount: layout.class_count,
    trainingRows: layout.training_rows,
    columns: profile.columns,
    rowCount: profile.dataset.row_count,
  });
}

/** As the data screen does: how large a graph is, is known when it was made. */
async function withGraphCounted(profile: DatasetProfile, design: DesignDocument): Promise<DesignDocument> {
  if (design.data?.graph === undefined) return design;
  const { graph } = await host.handlers["datasets.layout"]({ id: profile.dataset.id, design });
  return { ...design, data: { ...design.data, graph: { ...design.data.graph, ...graph } } };
}

/** An epoch of each, on the data themselves. */
async function train(profile: DatasetProfile, proposals: readonly Proposal[]): Promise<void> {
  for (const proposed of proposals) {
    const { key } = proposed;
    const design = await withGraphCounted(profile, proposed.design);
    const seen = examine(design);
    const problems = [...seen.problems, ...[...seen.nodes.values()].flatMap((node) => node.problems)].map(({ error }) => error.code);
    expect([key, problems]).toEqual([key, []]);
    const table = await loadTable(await host.datasets.path(profile.dataset.id), columnsToRead(design.data));
    const short = { ...design, train: { ...design.train, epochs: 1 } };
    const { epochs } = trainDesign({ design: short, table, backend: openBackend("fast"), clock: () => 0 });
    expect([key, epochs.length]).toEqual([key, 1]);
    expect(Number.isFinite(epochs[0]?.loss)).toBe(true);
    expect(Number.isFinite(epochs[0]?.valLoss)).toBe(true);
  }
}

describe("proposed networks", () => {
  it.each(listBuiltins().map(({ name, options }) => ({ name, options })))(
    "for the built-in set $name pass every check and train",
    async ({ name, options }) => {
      // Few rows, so that many sets can be tried.
      const fewer = options.some((option) => option.name === "count") ? { count: 200 } : {};
      const profile = await host.handlers["datasets.builtin"]({ name, options: fewer });
      const proposals = await proposalsFor(profile);
      expect(proposals.length).toBeGreaterThanOrEqual(2);
      expect(proposals.length).toBeLessThanOrEqual(3);
      await train(profile, proposals);
    },
    120_000,
  );

  it("for pixels in columns, texts, series and plain tables are those of their kind", async () => {
    const kinds = Object.fromEntries(
      await Promise.all(
        ["drawn_shapes", "digits_8x8", "topic_texts", "random_walk", "iris"].map(async (name) => {
          const profile = await host.handlers["datasets.builtin"]({
            name,
            options: ["iris", "digits_8x8"].includes(name) ? {} : { count: 200 },
          });
          return [name, (await proposalsFor(profile)).map(({ key }) => key.split("_")[0])] as const;
        }),
      ),
    );
    expect(kinds).toEqual({
      drawn_shapes: ["picture", "picture", "picture"],
      digits_8x8: ["picture", "picture", "picture"],
      topic_texts: ["text", "text", "text"],
      random_walk: ["series", "series", "series"],
      iris: ["table", "table", "table"],
    });
  });

  it("for a series with empty cells fill them with what was known last", async () => {
    const file = join(home.path, "daily.csv");
    const day = (row: number): string => new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
    const rows = Array.from(
      { length: 200 },
      (_, row) => `${day(row)},${row === 40 ? "" : (row % 7) + 0.5},${Math.sin(row / 5).toFixed(3)}`,
    );
    writeFileSync(file, `day,heat,price\n${rows.join("\n")}\n`);
    const profile = await host.handlers["datasets.import"]({ file, name: "daily.csv", import_id: "d" });
    const proposals = await proposalsFor(profile, ["price"]);
    expect(proposals.map(({ design }) => design.data?.window?.fill)).toEqual(Array(3).fill({ method: "previous" }));
    await train(profile, proposals);
  });

  it("for a folder of pictures are convolutions of their shape", async () => {
    const folder = join(home.path, "pictures");
    for (const [place, name] of ["dark", "light"].entries()) {
      mkdirSync(join(folder, name), { recursive: true });
      for (let k = 0; k < 12; k += 1)
        await sharp({ create: { width: 20, height: 20, channels: 3, background: { r: place * 200 + k, g: place * 200, b: 40 } } })
          .png()
          .toFile(join(folder, name, `${k}.png`));
    }
    const profile = await host.handlers["datasets.import"]({ file: folder, name: "pictures", import_id: "p" });
    const proposals = await proposalsFor(profile);
    expect(proposals.map(({ key }) => key)).toEqual(["picture_convolution", "picture_pooled", "picture_plain"]);
    await train(profile, proposals);
  });

  it("for pictures beside other columns look at each by layers of its own", async () => {
    const [file, zip] = [join(home.path, "asked.csv"), join(home.path, "shades.zip")];
    writeFileSync(file, questions["test.csv"]);
    writeFileSync(zip, await redAndBlue(6));
    const profile = await host.handlers["datasets.import"]({
      file,
      name: "asked.csv",
      import_id: "b",
      partners: [{ file: zip, name: "shades.zip", key: "image", partner_key: null }],
    });
    const proposals = await proposalsFor(profile, ["answer"]);
    expect(proposals.map(({ key }) => key)).toEqual(["picture_and_columns", "picture_and_columns_large", "table_plain"]);
    await train(profile, proposals);
  });

  it("for pictures with a sentence each, which come again, let the picture look at its words", async () => {
    const [file, zip] = [join(home.path, "sentences.csv"), join(home.path, "shades_asked.zip")];
    const asked = (row: number): string =>
      `${["what is", "tell me", "do you know"][row % 3]} the ${["main", "first", "strongest"][row % 4] ?? "only"} shade here`;
    const names = questions["test.csv"].split("\n").slice(1, 5);
    const rows = Array.from({ length: 60 }, (_, row) => {
      const [image, , answer] = (names[row % 4] as string).split(",");
      return [image, asked(row), answer].join(",");
    });
    writeFileSync(file, `image,asked,answer\n${rows.join("\n")}\n`);
    writeFileSync(zip, await redAndBlue(6));
    const profile = await host.handlers["datasets.import"]({
      file,
      name: "sentences.csv",
      import_id: "s",
      partners: [{ file: zip, name: "shades_asked.zip", key: "image", partner_key: null }],
    });
    const proposals = await proposalsFor(profile, ["answer"]);
    expect(proposals.map(({ key }) => key)).toEqual(["picture_and_question", "picture_and_columns", "picture_and_columns_large"]);
    const { data } = proposals[0]?.design ?? {};
    expect(data?.columns.find(({ name }) => name === "asked")?.type).toBe("text");
    expect(data?.steps.find(({ columns }) => columns.includes("asked"))).toMatchObject({ type: "token_sequence", length: 7 });
    const beside = proposals[1]?.design.data;
    expect(beside?.steps.find(({ columns }) => columns.includes("asked"))).toMatchObject({ type: "bag_of_words" });
    await train(profile, proposals);
  });

  it("for labelled texts of moderate number have their words as a graph", async () => {
    const profile = await host.handlers["datasets.builtin"]({ name: "topic_texts", options: { count: 400 } });
    const proposals = await proposalsFor(profile);
    expect(proposals.map(({ key }) => key)).toEqual(["text_counted", "text_graph", "text_recurrent"]);
    await train(profile, proposals);
  });

  it("for a price in the hundred thousands learn it, by their own options", async () => {
    const rows = Array.from({ length: 300 }, (_, k) => {
      const [area, rooms, age] = [40 + ((k * 37) % 160), 1 + ((k * 7) % 6), (k * 13) % 90];
      return `${area},${rooms},${age},${60_000 + 2500 * area + 11_000 * rooms - 600 * age}`;
    });
    const file = join(home.path, "prices.csv");
    writeFileSync(file, `area,rooms,age,price\n${rows.join("\n")}\n`);
    const profile = await host.handlers["datasets.import"]({ file, name: "prices.csv", import_id: "p" });
    const proposals = await proposalsFor(profile, ["price"]);
    const table = await loadTable(await host.datasets.path(profile.dataset.id), columnsToRead(proposals[0]?.design.data ?? null));
    for (const { key, design } of proposals) {
      const { epochs } = trainDesign({ design, table, backend: openBackend("fast"), clock: () => 0 });
      // Of a standardised target: the share of its variance that is left.
      const least = Math.min(...epochs.map(({ valLoss }) => valLoss ?? Number.POSITIVE_INFINITY));
      expect([key, least < 0.2, least]).toEqual([key, true, least]);
    }
  });

  it("for a target of lists have a sigmoid for each label", async () => {
    const file = join(home.path, "tags.csv");
    const tags = ["red|blue", "green", "blue|green", "red|green|blue", "red"];
    writeFileSync(file, `x,z,tags\n${Array.from({ length: 100 }, (_, k) => `${k},${(k * 7) % 13},${tags[k % 5]}`).join("\n")}\n`);
    const profile = await host.handlers["datasets.import"]({ file, name: "tags.csv", import_id: "t" });
    const proposals = await proposalsFor(profile, ["tags"]);
    const last = proposals.map(({ design }) => design.graph.nodes.slice(-2).map(({ config }) => config));
    expect(last[0]).toEqual([{ units: 3, activation: "sigmoid" }, { loss: "binary_crossentropy" }]);
    await train(profile, proposals);
  });

  it("for a file with words, dates, gaps and a number as its target pass every check and train", async () => {
    const rows = Array.from(
      { length: 120 },
      (_, k) =>
        `${k % 7},${k % 5 === 0 ? "" : k * 1.5},${["red", "green", "blue"][k % 3]},2024-01-${String((k % 28) + 1).padStart(2, "0")},${k * 3.7 + 0.25}`,
    );
    const csv = join(home.path, "mixed.csv");
    writeFileSync(csv, `few,gaps,colour,day,price\n${rows.join("\n")}\n`);
    const profile = await host.handlers["datasets.import"]({ file: csv, name: "mixed.csv", import_id: "m" });
    const proposals = await proposalsFor(profile, ["price"]);
    expect(proposals.map(({ key }) => key)).toEqual(["table_hidden", "table_careful", "table_plain"]);
    await train(profile, proposals);
  });

  it("have their name and reason in both languages", () => {
    for (const key of PROPOSAL_KEYS)
      for (const name of [`proposal.${key}`, `proposal.${key}.why`] as const)
        expect(proposalTexts[name].every((words) => words.length >= 3)).toBe(true);
  });
});
