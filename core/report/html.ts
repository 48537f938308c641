/** HTML that nothing from outside can break: every value is escaped where it is put in; only Html goes in as it is. */

export interface Html {
  readonly html: string;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;" };

/** Control characters have no place in HTML, whatever a name holds. */
export function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/[&<>"'`]/g, (sign) => ESCAPES[sign] ?? "");
}

type Part = string | number | Html | readonly Html[];

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = (part: Part | undefined): string => {
    if (part === undefined) return "";
    if (typeof part === "string" || typeof part === "number") return escaped(String(part));
    return "html" in part ? part.html : part.map((one) => one.html).join("");
  };
  return { html: strings.map((string, k) => string + text(parts[k])).join("") };
}

export const NOTHING: Html = { html: "" };
