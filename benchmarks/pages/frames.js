// Counts the page's frames from now on: how many in each whole second, and the longest time between two.
const seconds = [];
let longest = 0;
let last = performance.now();
const start = last;
const tick = (now) => {
  longest = Math.max(longest, now - last);
  last = now;
  const second = Math.floor((now - start) / 1000);
  seconds[second] = (seconds[second] ?? 0) + 1;
  requestAnimationFrame(tick);
};
requestAnimationFrame(tick);
globalThis.framesCounted = () => ({ seconds: Array.from(seconds.slice(0, -1), (count) => count ?? 0), longest });
