// A map of the complex plane. Tiles come from the kernel at tiles/<level>/<column>/<row>.png; while one is computed, a
// coarser one that is there already stands in for it.

const TILE = 256;
const SPAN = 4; // the plane from -2.5-2i to 1.5+2i is one tile at level 0
const LEFT = -2.5;
const TOP = -2;
const KEPT = 500;
const DEEPEST = 40; // beyond it the numbers of a computer are too coarse

const canvas = document.querySelector("canvas");
const paper = canvas.getContext("2d");
const place = document.querySelector("#place");
const tiles = new Map();
const UNIT = 180; // pixels for one unit of the plane at zoom 1
const view = { x: -0.6, y: 0, scale: UNIT }; // the centre, and pixels for one unit
const underPointer = kernel.send.with({ policy: "latest" }); // a kernel that is slower hears the last place alone

const level = () => Math.max(0, Math.min(DEEPEST, Math.round(Math.log2((view.scale * SPAN) / TILE))));

function tile(z, column, row) {
  const name = `tiles/${z}/${column}/${row}.png`;
  let image = tiles.get(name);
  if (image) {
    tiles.delete(name); // the one used last is kept longest
  } else {
    image = new Image();
    image.onload = draw;
    image.src = name;
  }
  tiles.set(name, image);
  if (tiles.size > KEPT) tiles.delete(tiles.keys().next().value);
  return image;
}

const drawable = (image) => image?.complete && image.naturalWidth > 0;

function drawTile(z, column, row, left, top, size) {
  const exact = tile(z, column, row);
  if (drawable(exact)) return paper.drawImage(exact, left, top, size, size);
  for (let up = 1; up <= Math.min(z, 6); up++) {
    const parts = 2 ** up; // of the coarser tile, each way
    const coarse = tiles.get(`tiles/${z - up}/${Math.floor(column / parts)}/${Math.floor(row / parts)}.png`);
    if (!drawable(coarse)) continue;
    const part = TILE / parts;
    return paper.drawImage(coarse, (column % parts) * part, (row % parts) * part, part, part, left, top, size, size);
  }
}

let waiting = false;

function draw() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    const { width, height } = canvas;
    const z = level();
    const side = SPAN / 2 ** z; // of a tile, in the plane
    const size = side * view.scale * devicePixelRatio;
    const left = view.x - width / devicePixelRatio / 2 / view.scale;
    const top = view.y - height / devicePixelRatio / 2 / view.scale;
    paper.clearRect(0, 0, width, height);
    const limit = 2 ** z - 1;
    const first = [Math.floor((left - LEFT) / side), Math.floor((top - TOP) / side)];
    for (let column = Math.max(0, first[0]); column <= limit; column++) {
      const x = (LEFT + column * side - left) * view.scale * devicePixelRatio;
      if (x > width) break;
      for (let row = Math.max(0, first[1]); row <= limit; row++) {
        const y = (TOP + row * side - top) * view.scale * devicePixelRatio;
        if (y > height) break;
        drawTile(z, column, row, Math.floor(x), Math.floor(y), Math.ceil(size));
      }
    }
    const digits = Math.max(2, Math.ceil(Math.log10(view.scale)));
    const zoom = view.scale / UNIT;
    place.textContent = `${view.x < 0 ? "−" : ""}${Math.abs(view.x).toFixed(digits)} ${view.y > 0 ? "−" : "+"} ${Math.abs(view.y).toFixed(digits)}i   ×${zoom < 10 ? zoom.toFixed(1) : Math.round(zoom).toLocaleString("en")}`;
  });
}

// What is under the pointer, as a complex number: the plane's y points up.
function under(event) {
  const box = canvas.getBoundingClientRect();
  return {
    re: view.x + (event.clientX - box.left - box.width / 2) / view.scale,
    im: -(view.y + (event.clientY - box.top - box.height / 2) / view.scale),
  };
}

function zoomAt(event, factor) {
  const before = under(event);
  view.scale = Math.max(80, Math.min(view.scale * factor, (TILE * 2 ** DEEPEST) / SPAN));
  const after = under(event);
  view.x += before.re - after.re;
  view.y -= before.im - after.im;
  draw();
}

canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
canvas.addEventListener("pointermove", (event) => {
  if (event.buttons === 1) {
    view.x -= event.movementX / view.scale;
    view.y -= event.movementY / view.scale;
    draw();
  } else {
    const { re, im } = under(event);
    underPointer("under-pointer", re, im);
  }
});
canvas.addEventListener("wheel", (event) => zoomAt(event, 2 ** (-event.deltaY / 400)), { passive: true });
canvas.addEventListener("dblclick", (event) => zoomAt(event, 2));
canvas.addEventListener("keydown", (event) => {
  const step = 80 / view.scale;
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  const [dx, dy] = moves[event.key] ?? [0, 0];
  view.x += dx;
  view.y += dy;
  if (event.key === "+" || event.key === "-") view.scale *= event.key === "+" ? 1.5 : 1 / 1.5;
  if (event.key === "b") kernel.bookmark(view.x, -view.y, view.scale / UNIT);
  draw();
});

// Python may ask for another place: win.send("go", re, im, zoom).
kernel.on("go", (re, im, zoom) => {
  Object.assign(view, { x: re, y: -im, scale: UNIT * zoom });
  draw();
});
kernel.handle("view", () => ({ re: view.x, im: -view.y, zoom: view.scale / UNIT }));

new ResizeObserver(() => {
  canvas.width = canvas.clientWidth * devicePixelRatio;
  canvas.height = canvas.clientHeight * devicePixelRatio;
  draw();
}).observe(canvas);
