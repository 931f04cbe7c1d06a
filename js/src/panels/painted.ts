// Painted: when the page has painted, or would have: a page that nobody sees does not paint.

/** Milliseconds between looks of a page that nobody sees. */
const UNSEEN = 100;

/** Frames that may be under way between this page and the screen. */
const PIPELINE = 4;

/**
 * When what is there now has come to the screen: the first of some frames has left the pipeline. A page that nobody sees has
 * none, and its timers wait a second each.
 */
export async function presented(): Promise<void> {
  for (let frame = 0; frame < PIPELINE && !document.hidden; frame++) {
    await painted();
  }
}

export function painted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) {
      setTimeout(resolve, UNSEEN);
    } else {
      requestAnimationFrame(() => resolve());
    }
  });
}
