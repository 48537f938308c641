import { type BaselineDefinition, fromInputs } from "../baseline.ts";

export default {
  name: "one_input",
  texts: {
    en: {
      label: "Repeat an input",
      summary:
        "Looks at one number of the input, for each step the one that fits best: gives it back, or the class that goes with it most often.",
    },
    zh: { label: "重复一个输入", summary: "每一步只看最合适的一个输入数：原样给出，或给出最常与之对应的类别。" },
  },
  rank: 16,
  appliesTo: (task) => task.isStep === true && fromInputs(task) && !task.words && task.window === null && task.width <= 5000,
  source:
    "numbers: the place with the least squared error; classes: OneR without intervals (Holte, 1993), a value never seen has the shares of the classes",
} satisfies BaselineDefinition;
