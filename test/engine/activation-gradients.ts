/** Gradient cases of activations with weights. */
export const learnedActivationGradientCases = {
  prelu: [
    {
      name: "rows",
      inputs: [
        { shape: [4, 3], range: "signed" },
        { shape: [3], range: "signed" },
      ],
    },
    {
      name: "rows of rows",
      inputs: [
        { shape: [2, 3, 5], range: "signed" },
        { shape: [5], range: "signed" },
      ],
    },
  ],
} as const;
