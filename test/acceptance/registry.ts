/** Every acceptance run; a new one is a file beside this and a line here. */
import type { AcceptanceRun } from "./acceptance.ts";
import easyVqa from "./easy_vqa.ts";
import housePrices from "./house_prices.ts";
import mnist from "./mnist.ts";
import smsSpam from "./sms_spam.ts";
import templates from "./templates.ts";
import textR8 from "./text_r8.ts";
import timeSeries from "./time_series.ts";
import titanic from "./titanic.ts";

export const acceptanceRuns: readonly AcceptanceRun[] = [easyVqa, housePrices, mnist, smsSpam, templates, textR8, timeSeries, titanic];
