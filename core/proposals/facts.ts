/** What proposals are made from: the preparation that was proposed for a data set, and what came out of it. Figures only, never the rows. */
import type { DataDocument, DesignDocument } from "../graph/document.ts";
import { SEGMENTS_REMARK } from "../schema/column-remarks.ts";

export interface DataFacts {
  /** With its target chosen; the counts are filled in from `features` and `classCount`. */
  readonly data: DataDocument;
  readonly features: readonly { readonly column: string; readonly width: number; readonly shape?: readonly number[] | undefined }[];
  /** Of a target of lists the number of its labels; null where the target is a number. */
  readonly classCount: number | null;
  readonly trainingRows: number;
  /** Of each column, over all rows. */
  readonly columns: readonly {
    readonly name: string;
    readonly distinct: number;
    readonly missing: number;
    readonly remarks: readonly string[];
  }[];
  readonly rowCount: number;
}

export interface Proposal {
  /** Its words are `proposal.<key>` (the name) and `proposal.<key>.why` in the app's texts. */
  readonly key: ProposalKey;
  /** Figures for the sentence of reason. */
  readonly params: Readonly<Record<string, number | string>>;
  /** Ready to train. */
  readonly design: DesignDocument;
}

export const PROPOSAL_KEYS = [
  "table_plain",
  "table_hidden",
  "table_deep",
  "table_careful",
  "picture_convolution",
  "picture_pooled",
  "picture_plain",
  "text_counted",
  "text_averaged",
  "text_recurrent",
  "text_graph",
  "picture_and_question",
  "picture_and_columns",
  "picture_and_columns_large",
  "series_plain",
  "series_recurrent",
  "series_convolution",
] as const;
export type ProposalKey = (typeof PROPOSAL_KEYS)[number];

/** How the words of a column's texts are told apart. */
export const tokenizerOf = ({ columns }: DataFacts, column: string): "words" | "segments" =>
  columns.find(({ name }) => name === column)?.remarks.includes(SEGMENTS_REMARK) === true ? "segments" : "words";

export const widthOf = ({ features }: DataFacts): number => features.reduce((sum, { width }) => sum + width, 0);

/** Of the proposed steps those that prepare what is predicted: another preparation of what comes in keeps them. */
export function targetSteps({ columns, steps }: DataFacts["data"]): DataFacts["data"]["steps"] {
  const targets = new Set(columns.filter(({ role }) => role === "target").map(({ name }) => name));
  return steps.filter((step) => step.columns.every((name) => targets.has(name)));
}
