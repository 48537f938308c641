/** All soaks, in the order in which they run: a new one is entered here. */
import { badInput } from "./bad-input.ts";
import { editingDay } from "./editing-day.ts";
import { importLarge } from "./import-large.ts";
import { killAndResume } from "./kill-and-resume.ts";
import { libraryYear } from "./library-year.ts";
import { manyPictures } from "./many-pictures.ts";
import { picturesFromDisk } from "./pictures-from-disk.ts";
import { seriesFromDisk } from "./series-from-disk.ts";
import type { Soak } from "./soak.ts";
import { storeKill } from "./store-kill.ts";
import { textsFromDisk } from "./texts-from-disk.ts";
import { trainFromDisk } from "./train-from-disk.ts";

export const soaks: readonly Soak[] = [
  importLarge,
  manyPictures,
  badInput,
  trainFromDisk,
  picturesFromDisk,
  textsFromDisk,
  seriesFromDisk,
  killAndResume,
  storeKill,
  libraryYear,
  editingDay,
];
