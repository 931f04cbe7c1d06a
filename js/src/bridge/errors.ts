// Errors made in this world for what the other one threw.

import { defineHidden, ErrorPrototype, inherits, SafeError, SafeString, STANDARD_ERRORS } from "./primordials.ts";

/** An error of this world by the name it had in the other: `instanceof TypeError` holds for a TypeError. */
export function makeError(name: string, message: string): Error {
  const text = SafeString(message);
  for (let index = 0; index < STANDARD_ERRORS.length; index++) {
    const pair = STANDARD_ERRORS[index] as (typeof STANDARD_ERRORS)[number];
    if (pair[0] === name) {
      return new pair[1](text);
    }
  }
  // The name stands on a prototype before the error is made, or its stack would begin with "Error:".
  class Named extends SafeError {}
  defineHidden(Named.prototype, "name", SafeString(name));
  return new Named(text);
}

/** What is thrown when a value cannot cross. */
export function uncloneable(): Error {
  return new SafeError("An object could not be cloned.");
}

/** Whatever was thrown, as an Error. */
export function asError(thrown: unknown): Error {
  if (typeof thrown === "object" && thrown !== null) {
    if (inherits(thrown, ErrorPrototype)) {
      return thrown as Error;
    }
    return new SafeError("an object that is no Error was thrown");
  }
  return new SafeError(typeof thrown === "function" ? "a function was thrown" : SafeString(thrown));
}
