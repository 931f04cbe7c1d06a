// Gate: what was changed together is drawn together: each waits until all of them are there. It knows no panel.

/** Milliseconds after which nobody waits for the slowest. */
const PATIENCE = 2000;

export class Gate {
  readonly #open: Promise<void>;
  #awaited: number;
  #release!: () => void;

  constructor(awaited: number) {
    this.#awaited = awaited;
    this.#open = new Promise((resolve) => {
      this.#release = resolve;
    });
    setTimeout(() => this.#release(), PATIENCE);
  }

  /** One more is there. Resolves when all are. */
  arrive(): Promise<void> {
    this.#awaited -= 1;
    if (this.#awaited <= 0) {
      this.#release();
    }
    return this.#open;
  }
}
