/** Whether some rows of a design's data were kept aside; a column that names the parts may name none for it, which evaluating then says. */
import type { DesignDocument } from "./document.ts";

export function hasTestPart({ data }: Pick<DesignDocument, "data">): boolean {
  return data !== null && (data.split.test_fraction !== undefined || data.split.method === "column");
}
