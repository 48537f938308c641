/**
 * Texts of the program in all its languages, side by side: `key: [English, 中文]`. `{name}` is replaced by a value, `{count|run|runs}` by
 * the first word where the value is 1 and by the second where it is not.
 */
export type Language = "en" | "zh";
export type Catalogue = Readonly<Record<string, readonly [en: string, zh: string]>>;
export type TextParams = Readonly<Record<string, string | number>>;

/** From so many digits on they are grouped, in both languages alike. */
const GROUPED_FROM = 10_000;
const grouped = new Intl.NumberFormat("en-US");

/** A whole number that is counted; what is none, as a seed, is given as a text. */
const written = (value: string | number): string =>
  typeof value === "number" && Number.isInteger(value) && Math.abs(value) >= GROUPED_FROM && Math.abs(value) < 1e15
    ? grouped.format(value)
    : String(value);

/** @throws Error when a value that the text needs is not given: tests walk all uses */
export function fill(template: string, params: TextParams = {}): string {
  return template.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (asWritten, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined) return asWritten;
    if (one === undefined || many === undefined) return written(value);
    return String(value) === "1" ? one : many;
  });
}

export function translate(catalogue: Catalogue, language: Language, key: string, params?: TextParams): string {
  const entry = catalogue[key];
  return entry === undefined ? key : fill(language === "zh" ? entry[1] : entry[0], params);
}
