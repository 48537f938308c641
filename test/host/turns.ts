/** How long a thread is kept: by what it computes itself between two turns of its event loop, which a busy machine hardly changes. */
export const ownMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

export async function longestTurn(act: () => Promise<unknown>): Promise<number> {
  let last = ownMs();
  let longest = 0;
  const beat = (): void => {
    const now = ownMs();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(beat, 1);
  try {
    await act();
    beat();
  } finally {
    clearInterval(timer);
  }
  return longest;
}
