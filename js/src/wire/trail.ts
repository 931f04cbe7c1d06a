// Where a walk through a value stands, so that an error can name the path (`args[0].rows[3].when`) without every
// step building a string. Pure.

import { MAX_DEPTH } from "./errors.ts";

/** One step of a path: an array's index, an object's key, or text that is already a piece of a path. */
export type Step = number | string | { readonly text: string };

/** The keys from the root down to where the walk stands. */
export class Trail {
  readonly #root: string;
  readonly #steps: Step[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  /** Go one level down; false when that is deeper than values may be. Every `enter` has its `leave`. */
  enter(): boolean {
    this.#steps.push("");
    return this.#steps.length <= MAX_DEPTH;
  }

  /** Name the child that is looked at next, on the level entered last. */
  at(step: Step): void {
    this.#steps[this.#steps.length - 1] = step;
  }

  leave(): void {
    this.#steps.pop();
  }

  toString(): string {
    return this.#root + this.#steps.map(shown).join("");
  }
}

function shown(step: Step): string {
  if (typeof step === "number") {
    return `[${step}]`;
  }
  return typeof step === "string" ? `.${step}` : step.text;
}
