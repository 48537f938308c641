/** A quantity to be predicted is standardised whatever it is predicted from: other steps of what comes in leave its own. */
import { expect, it } from "vitest";
import { proposeData } from "../data/propose.ts";
import { picturesOf } from "./pictures.ts";
import { textProposals } from "./texts.ts";

const SOURCE = { kind: "file", name: "a.csv" } as const;
const column = (name: string, type: "numeric" | "text") => ({ name, type, remarks: [], missing: 0, distinct: 400 });
const factsOf = (columns: readonly ReturnType<typeof column>[]) => ({
  data: proposeData(SOURCE, columns, ["price"]),
  features: [{ column: columns[0]?.name ?? "", width: 64 }],
  classCount: null,
  trainingRows: 400,
  columns,
  rowCount: 500,
});
const ofPrice = (steps: readonly { readonly type: string; readonly columns: readonly string[] }[] | undefined): string[] =>
  (steps ?? []).filter(({ columns }) => columns.includes("price")).map(({ type }) => type);

it("from columns of pixels", () => {
  const pixels = Array.from({ length: 64 }, (_, k) => column(`p${k}`, "numeric"));
  expect(ofPrice(picturesOf(factsOf([...pixels, column("price", "numeric")]))?.data.steps)).toEqual(["standardise"]);
});

it("from texts, counted or read in order", () => {
  const proposals = textProposals(factsOf([column("review", "text"), column("price", "numeric")]), "review");
  expect(proposals.map(({ key, design }) => [key, ...ofPrice(design.data?.steps)])).toEqual([
    ["text_counted", "standardise"],
    ["text_averaged", "standardise"],
    ["text_recurrent", "standardise"],
  ]);
});
