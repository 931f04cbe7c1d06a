// What the page of every subject does, the same code in a jupyterwin window and in a pywebview window. It is told a task
// by name, measures with its own clock (0.1 ms fine) and hands the numbers to Python. It knows of its subject only what
// stands in `subjects`: how to call Python, how to be told, and how 10 MB of float64 cross.

const WARM_UP = 50;

const subjects = {
  jupyterwin: () => ({
    python: window.kernel,
    fetchNumbers: async () => window.kernel.numbers(),
    handOver: async (numbers) => window.kernel.take(numbers),
  }),
  // pywebview carries JSON: numbers cross as base64 of their bytes, which is the fastest it offers.
  pywebview: () => ({
    python: window.pywebview.api,
    fetchNumbers: async () => fromBase64(await window.pywebview.api.numbers()),
    handOver: async (numbers) => window.pywebview.api.take(await toBase64(numbers)),
  }),
};

const tasks = {
  /** Milliseconds of each of `count` calls, one after another. */
  async calls({ python }, { count, bytes }) {
    const text = "x".repeat(bytes);
    for (let n = 0; n < WARM_UP; n++) await python.echo(text);
    return collect(count, async () => {
      const answer = await python.echo(text);
      if (answer.length !== bytes) throw new Error("the echo is not what was sent");
    });
  },

  /** Seconds for `count` calls that are all under way at once. */
  async pipelined({ python }, { count, bytes }) {
    const text = "x".repeat(bytes);
    await Promise.all(Array.from({ length: WARM_UP }, () => python.echo(text)));
    const started = performance.now();
    await Promise.all(Array.from({ length: count }, () => python.echo(text)));
    return (performance.now() - started) / 1000;
  },

  /** Milliseconds for 10 MB of float64 from Python, until they are a Float64Array here. */
  async toPage({ fetchNumbers }, { count, length }) {
    return collect(count, async () => {
      const numbers = await fetchNumbers();
      if (!(numbers instanceof Float64Array) || numbers.length !== length) throw new Error("not the numbers sent");
      if (numbers[length - 1] !== length - 1) throw new Error("the numbers are wrong");
    });
  },

  /** Milliseconds for a Float64Array of 10 MB, until Python has it as a numpy array. */
  async toPython({ handOver }, { count, length }) {
    const numbers = Float64Array.from({ length }, (_, index) => index);
    return collect(count, async () => {
      if ((await handOver(numbers)) !== length) throw new Error("Python did not get the numbers");
    });
  },
};

async function collect(count, once) {
  const times = [];
  for (let n = 0; n < count; n++) {
    const started = performance.now();
    await once();
    times.push(performance.now() - started);
  }
  return times;
}

let ticks = 0;
let expected = 0;

/** A one-way message of Python. */
function tick() {
  if (++ticks === expected) subject().python.done({ value: ticks });
}

/** Start over with counting one-way messages, `count` of which will come. */
function expectTicks(count) {
  [ticks, expected] = [0, count];
}

/** Run a task and report to Python what it gave, or why it failed. */
async function run(name, options) {
  try {
    await subject().python.done({ value: await tasks[name](subject(), options) });
  } catch (problem) {
    await subject().python.done({ error: `${problem}` });
  }
}

function fromBase64(text) {
  if (Uint8Array.fromBase64 !== undefined) return new Float64Array(Uint8Array.fromBase64(text).buffer);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return new Float64Array(bytes.buffer);
}

async function toBase64(numbers) {
  if (Uint8Array.prototype.toBase64 !== undefined) return new Uint8Array(numbers.buffer).toBase64();
  const reader = new FileReader();
  await new Promise((resolve) => {
    reader.onload = resolve;
    reader.readAsDataURL(new Blob([numbers]));
  });
  return reader.result.slice(reader.result.indexOf(",") + 1);
}

function subject() {
  return subjects[window.kernel ? "jupyterwin" : "pywebview"]();
}

if (window.kernel) {
  window.kernel.on("run", run);
  window.kernel.on("tick", tick);
  window.kernel.on("expect-ticks", expectTicks);
  window.kernel.handle("echo", (text) => text);
}
