/** The data sets that ship with the program: files beside this one, credited in CREDITS.md. */
export interface Sample {
  readonly name: string;
  readonly file: string;
  readonly texts: Readonly<Record<"en" | "zh", { readonly label: string; readonly summary: string }>>;
}

export const samples: readonly Sample[] = [
  {
    name: "iris",
    file: "iris.csv",
    texts: {
      en: { label: "Iris", summary: "150 flowers of three species, four measurements each." },
      zh: { label: "鸢尾花", summary: "三个品种的 150 朵花，每朵四个测量值。" },
    },
  },
  {
    name: "digits_8x8",
    file: "digits_8x8.csv",
    texts: {
      en: { label: "Digits 8×8", summary: "1,797 handwritten digits as 8×8 grey pixels." },
      zh: { label: "手写数字 8×8", summary: "1797 个手写数字，8×8 灰度像素。" },
    },
  },
];
