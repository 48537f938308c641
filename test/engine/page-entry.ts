/** The script of the page that library.test.ts builds: the page itself, and its workers by their names. */
import { trainedBits } from "./library-networks.ts";
import { playRole, trainInWorkers } from "./page-threads.ts";

Object.assign(globalThis, { trainedBits, trainInWorkers });
playRole(globalThis);
