// How long calls to the kernel take, one after another, in milliseconds; for a page that may call `symbols`.
async () => {
  const WARM = 5, CALLS = 30, times = [];
  for (let i = 0; i < WARM + CALLS; i++) {
    const start = performance.now();
    await kernel.symbols();
    if (i >= WARM) times.push(performance.now() - start);
  }
  return times;
}
