/** Looks at files and columns that go on, by the id that whoever asked may cancel them with. */
import { AppError } from "../../../core/errors.ts";

export class Looks {
  private readonly going = new Map<string, AbortController>();

  /** @throws AppError data.look_cancelled, those of `act` */
  async within<T>(id: string | undefined, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    if (id !== undefined) this.going.set(id, controller);
    try {
      return await act(controller.signal);
    } catch (thrown) {
      throw controller.signal.aborted ? new AppError("data.look_cancelled", {}, { cause: thrown }) : thrown;
    } finally {
      if (id !== undefined) this.going.delete(id);
    }
  }

  cancel(id: string): Record<string, never> {
    this.going.get(id)?.abort();
    return {};
  }
}
