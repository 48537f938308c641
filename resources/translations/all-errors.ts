/** Every error's text in one catalogue, for whoever shows errors: the app, the command line and the starters. */
import { baselineTexts } from "./errors/baselines.ts";
import { checkErrors } from "./errors/checks.ts";
import { configErrors } from "./errors/config.ts";
import { dataErrors } from "./errors/data.ts";
import { dataFileErrors } from "./errors/data-files.ts";
import { dataGraphErrors } from "./errors/data-graphs.ts";
import { dataPreparationErrors } from "./errors/data-preparation.ts";
import { dataSourceErrors } from "./errors/data-sources.ts";
import { dataTableErrors } from "./errors/data-tables.ts";
import { dataVectorsErrors } from "./errors/data-vectors.ts";
import { designErrors } from "./errors/design.ts";
import { designShapeErrors } from "./errors/design-shapes.ts";
import { designerErrors } from "./errors/designer.ts";
import { engineErrors } from "./errors/engine.ts";
import { ensembleTexts } from "./errors/ensembles.ts";
import { fixTexts } from "./errors/fixes.ts";
import { groupErrors } from "./errors/groups.ts";
import { hostErrors } from "./errors/host.ts";
import { importErrors } from "./errors/import.ts";
import { insideErrors } from "./errors/inside.ts";
import { libraryErrors } from "./errors/library.ts";
import { projectFileErrors } from "./errors/project-files.ts";
import { protocolErrors } from "./errors/protocol.ts";
import { storeErrors } from "./errors/store.ts";
import { verdictTexts } from "./errors/verdicts.ts";
import type { Catalogue } from "./translate.ts";

export const allErrors: Catalogue = {
  ...baselineTexts,
  ...ensembleTexts,
  ...checkErrors,
  ...configErrors,
  ...dataErrors,
  ...dataFileErrors,
  ...dataGraphErrors,
  ...dataPreparationErrors,
  ...dataSourceErrors,
  ...dataTableErrors,
  ...dataVectorsErrors,
  ...designErrors,
  ...designShapeErrors,
  ...designerErrors,
  ...engineErrors,
  ...fixTexts,
  ...groupErrors,
  ...hostErrors,
  ...importErrors,
  ...insideErrors,
  ...libraryErrors,
  ...projectFileErrors,
  ...protocolErrors,
  ...storeErrors,
  ...verdictTexts,
};
