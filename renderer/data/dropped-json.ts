/** A `.json` may be a design or a model, or data: its beginning tells. */

const LOOKED_AT = 1 << 16;

/** Whether a file of JSON is a list, or has an object on each of its first lines. What cannot be read is not. */
export async function isDataJson(file: File): Promise<boolean> {
  const head = await file
    .slice(0, LOOKED_AT)
    .text()
    .catch(() => "");
  const start = head.replace(/^\uFEFF/, "").trimStart();
  if (start.startsWith("[")) return true;
  const line = start.split("\n", 1)[0] ?? "";
  return start.slice(line.length).trimStart().startsWith("{") && isObject(line);
}

function isObject(line: string): boolean {
  try {
    return line.startsWith("{") && typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
}
