/**
 * AppError: the one error that people read. It carries a code and the values for its text; the words, in English and
 * 中文, are in resources/translations/errors.ts under the same code. Anything thrown that is not an AppError is a
 * fault of ours.
 */

/** Values that are put into the text of an error: `{field}` in the catalogue is replaced by `params.field`. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/** An error as it travels: in messages, in the store, in the CLI's JSON. */
export interface ErrorData {
  readonly code: string;
  readonly params: ErrorParams;
  /** The node of the canvas at fault, where there is one. */
  readonly nodeId?: string | undefined;
}

export class AppError extends Error {
  readonly code: string;
  readonly params: ErrorParams;
  readonly nodeId?: string;

  /**
   * @param code   key of the catalogue, `area.what_is_wrong`
   * @param params values for the text
   * @param where  node at fault and the error that caused this one
   */
  constructor(code: string, params: ErrorParams = {}, where: { nodeId?: string | undefined; cause?: unknown } = {}) {
    super(`${code} ${JSON.stringify(params)}`, where.cause === undefined ? undefined : { cause: where.cause });
    this.name = "AppError";
    this.code = code;
    this.params = params;
    if (where.nodeId !== undefined) this.nodeId = where.nodeId;
  }

  toData(): ErrorData {
    return this.nodeId === undefined
      ? { code: this.code, params: this.params }
      : { code: this.code, params: this.params, nodeId: this.nodeId };
  }

  static fromData(data: ErrorData): AppError {
    return new AppError(data.code, data.params, { nodeId: data.nodeId });
  }

  /** The same error, naming the node at fault unless it already names one. */
  atNode(nodeId: string): AppError {
    return this.nodeId === undefined ? new AppError(this.code, this.params, { nodeId, cause: this.cause }) : this;
  }
}

/** Any thrown value as data: an AppError keeps its code, everything else is `internal.fault` with its message. */
export function errorData(thrown: unknown): ErrorData {
  if (thrown instanceof AppError) return thrown.toData();
  return { code: "internal.fault", params: { message: thrown instanceof Error ? thrown.message : String(thrown) } };
}
