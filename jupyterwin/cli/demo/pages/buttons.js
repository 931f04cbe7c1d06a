// The middle of every button of the page, in CSS pixels from the page's corner, by its text.
Object.fromEntries(
  Array.from(document.querySelectorAll("button"), (button) => {
    const { x, y, width, height } = button.getBoundingClientRect();
    return [button.textContent, { x: x + width / 2, y: y + height / 2, scale: devicePixelRatio }];
  }),
)
