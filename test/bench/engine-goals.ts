/** What is asked of the engine (issue 3, "Fast"): our median step over that of PyTorch with two threads in the same run. */
export interface Goal {
  /** With 256-bit code by V8's revectorizer. */
  readonly revectorized: number | null;
  /** With 128-bit code. */
  readonly plain: number | null;
}

export const goals: Readonly<Record<string, Goal>> = {
  W1: { revectorized: 0.4, plain: 0.6 },
  W2: { revectorized: 0.42, plain: 0.65 },
  W2d0: { revectorized: 0.8, plain: null },
  W3: { revectorized: 0.6, plain: 0.85 },
  W4: { revectorized: 0.5, plain: 0.7 },
  W4b: { revectorized: 0.28, plain: 0.4 },
  W5: { revectorized: 1, plain: 1.5 },
  W5d0: { revectorized: 1, plain: null },
  W6: { revectorized: 0.45, plain: 0.65 },
  W6d0: { revectorized: 1, plain: null },
  W7: { revectorized: 0.01, plain: 0.01 },
  W8: { revectorized: 1.5, plain: 2.8 },
};
/** Of TensorFlow.js's time on its wasm backend. */
export const TFJS_GOAL = 0.1;
/** Of PyTorch's time, two threads on both sides. */
export const HOTEL_GOAL = 1;
