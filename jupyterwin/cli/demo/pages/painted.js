// Ends when the page has been painted: two frames of animation later; a page out of sight has none.
() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null))))
