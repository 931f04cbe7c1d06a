// Painted: when the page has painted, or would have: a page that nobody sees does not paint.

/** Milliseconds between looks of a page that nobody sees. */
const UNSEEN = 100;

export function painted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) {
      setTimeout(resolve, UNSEEN);
    } else {
      requestAnimationFrame(() => resolve());
    }
  });
}
