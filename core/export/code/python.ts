/** Python text: names that Python takes, literals, comments and indentation. */
import type { LayerSpec } from "../../spec/model-spec.ts";

const KEYWORDS =
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield print".split(
    " ",
  );

/** A name of letters, digits and underscores: `Dense 1` is `dense_1`. */
function identifierOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9_]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
  return /^[a-z]/.test(plain) ? plain : `layer_${plain}`.replace(/_$/, "");
}

/** Names in Python: one for each layer, and those of what is made beside it. No two the same, no keyword, none that the script uses itself. */
export class PythonNames {
  private readonly used: Set<string>;
  private readonly own: ReadonlyMap<string, string>;
  private readonly beside = new Map<string, string>();

  /** @param taken names that the script uses */
  constructor(layers: readonly Pick<LayerSpec, "id" | "name">[], taken: readonly string[]) {
    this.used = new Set([...KEYWORDS, ...taken]);
    this.own = new Map(layers.map(({ id, name }) => [id, this.free(identifierOf(name))]));
  }

  of(id: string): string {
    const name = this.own.get(id);
    if (name === undefined) throw new Error(`no name for ${id}`);
    return name;
  }

  /** `dense_1_mask`: of the layer's mask, state …; the same each time. No layer is called so. */
  besideOf(id: string, suffix: string): string {
    const wanted = `${this.of(id)}_${suffix}`;
    const key = `${id} ${suffix}`;
    const name = this.beside.get(key) ?? this.free(wanted);
    this.beside.set(key, name);
    return name;
  }

  private free(wanted: string): string {
    let free = wanted;
    for (let number = 2; this.used.has(free); number++) free = `${wanted}_${number}`;
    this.used.add(free);
    return free;
  }
}

type Values = Readonly<Record<string, unknown>>;

/** An initializer, a constraint, a layer … as Keras serialises it. */
interface KerasObject {
  readonly module: string;
  readonly class_name: string;
  readonly config: Values;
}
const isKerasObject = (value: unknown): value is KerasObject =>
  typeof value === "object" && value !== null && "class_name" in value && "module" in value;

/** Stands in the script as it is. */
interface PythonCode {
  readonly python: string;
}
export const pythonCode = (python: string): PythonCode => ({ python });
const isPythonCode = (value: unknown): value is PythonCode => typeof value === "object" && value !== null && "python" in value;

/** `units=3, activation="relu"` */
export const pythonArguments = (config: Values): string =>
  Object.entries(config)
    .map(([name, value]) => `${name}=${pythonLiteral(value)}`)
    .join(", ");

/** A value of JSON; lists become tuples, serialised objects of Keras become the calls that make them. */
export function pythonLiteral(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (Number.isNaN(value)) return 'float("nan")';
    return Number.isFinite(value) ? String(value) : `float("${value > 0 ? "inf" : "-inf"}")`;
  }
  if (Array.isArray(value)) return `(${value.map(pythonLiteral).join(", ")}${value.length === 1 ? "," : ""})`;
  if (isPythonCode(value)) return value.python;
  if (isKerasObject(value)) return `${value.module}.${value.class_name}(${pythonArguments(value.config)})`;
  return `{${Object.entries(value as Values)
    .map(([name, one]) => `${JSON.stringify(name)}: ${pythonLiteral(one)}`)
    .join(", ")}}`;
}

export const indented = (lines: readonly string[], steps = 1): string[] =>
  lines.map((line) => (line === "" ? "" : "    ".repeat(steps) + line));

/** One line of a comment, whatever the text holds. */
export const comment = (text: string): string => `# ${text.replace(/[\r\n\u2028\u2029]+/g, " ")}`;

/** Text for a docstring: without what would end it. */
export const docstring = (text: string): string =>
  text
    .replace(/\\/g, "/")
    .replace(/"""/g, "'''")
    .replace(/[\r\u2028\u2029]/g, "");
