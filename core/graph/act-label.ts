/**
 * What an act is called in the list of acts: a key of the translations with its values, so that it is read in the language chosen
 * now. Acts of journals written before are texts, in the language in which they were done; those stay as they are.
 */
import { z } from "zod";

export interface ActWords {
  /** Of the app's catalogue, or with a prefix of the words of a layer, an option and so on (renderer/ui/act-words.ts). */
  readonly key: string;
  /** A value may be words that are translated too: "Add {name}" of the layer Dense. */
  readonly params?: Readonly<Record<string, string | number | ActWords>>;
}
export type ActLabel = string | ActWords;

const wordsSchema: z.ZodType<ActWords> = z.lazy(() =>
  z.object({
    key: z.string().max(200),
    params: z.record(z.string(), z.union([z.string().max(LONGEST), z.number(), wordsSchema])).optional(),
  }),
) as unknown as z.ZodType<ActWords>;

/** Characters of a text kept at most. */
const LONGEST = 2000;
export const actLabelSchema: z.ZodType<ActLabel> = z.union([z.string().max(LONGEST), wordsSchema]);

/** A label that a journal takes: long texts are cut. */
export function shortened(label: ActLabel): ActLabel {
  if (typeof label === "string") return label.slice(0, LONGEST);
  const { key, params } = label;
  if (params === undefined) return label;
  const short = Object.entries(params).map(([name, value]) => [name, typeof value === "number" ? value : shortened(value)]);
  return { key, params: Object.fromEntries(short) as NonNullable<ActWords["params"]> };
}
