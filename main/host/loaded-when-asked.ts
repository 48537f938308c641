/** Packages that most starts of the app and of its threads do without, loaded when they are first asked for. */
import { AppError } from "../../core/errors.ts";

/**
 * @param part what the package is called
 * @returns loads it, or gives what was loaded; what could not be loaded is tried again when it is asked for again
 * @throws AppError host.part_not_loaded, from what is returned
 */
export function loadedWhenAsked<T>(part: string, load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  const begin = async (): Promise<T> => {
    try {
      return await load();
    } catch (cause) {
      loading = null;
      throw new AppError("host.part_not_loaded", { part, problem: cause instanceof Error ? cause.message : String(cause) }, { cause });
    }
  };
  return () => {
    loading ??= begin();
    return loading;
  };
}
