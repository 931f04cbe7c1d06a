// Shows what the kernel sends: an image as a numpy array of height × width × 4 bytes, and the point that it belongs to.

const canvas = document.querySelector("canvas");
const paper = canvas.getContext("2d");
const point = document.querySelector("#point");

kernel.on("julia", (re, im, { data, shape: [height, width] }) => {
  canvas.width = width;
  canvas.height = height;
  paper.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  point.textContent = `z² ${re < 0 ? "−" : "+"} ${Math.abs(re).toFixed(4)} ${im < 0 ? "−" : "+"} ${Math.abs(im).toFixed(4)}i`;
});

// The kernel draws as many pixels as there are.
new ResizeObserver(() => kernel.size(canvas.clientWidth, canvas.clientHeight)).observe(canvas);
