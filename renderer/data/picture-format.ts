/** What pictures are brought to when they are imported. */
import type { MethodInput } from "../../core/protocol/methods.ts";

export type PictureFormat = NonNullable<MethodInput<"datasets.import">["pictures"]>;
