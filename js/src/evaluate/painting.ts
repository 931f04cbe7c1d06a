// Painting: whether the page has painted itself, or has nothing to paint. Asked in the isolated world, for a picture.

const MOST = 500; // elements that are looked at

export function painted(): boolean {
  const { body } = document;
  if (body === null || performance.getEntriesByType("paint").length > 0) {
    return true;
  }
  const some = [...document.querySelectorAll("html, body, body *")].slice(0, MOST);
  return body.innerText.trim() === "" && !some.some(isDyed);
}

function isDyed(el: Element): boolean {
  const { backgroundColor, backgroundImage } = getComputedStyle(el);
  return backgroundImage !== "none" || backgroundColor !== "rgba(0, 0, 0, 0)";
}
