// Abort signals across the bridge: a signal of the other world is one here that aborts together with it.

import {
  abort,
  isAborted,
  listen,
  reasonOf,
  SafeAbortController,
  SafeWeakMap,
  signalOf,
  weakGet,
  weakSet,
} from "./primordials.ts";

interface Described {
  readonly id: number;
  readonly home: boolean;
  readonly aborted: boolean;
  readonly reason: unknown;
}

/** Signals this world watches for the other, and controllers of the signals it made for the other's. */
export class Signals {
  /** Held by its signal: a controller lives as long as the signal somebody here listens to. */
  readonly #controllers = new SafeWeakMap<object, AbortController>();
  readonly #watched = new SafeWeakMap<object, true>();

  /** Describe a signal that crosses; `aborted` is told when it aborts later, once however often it crosses. */
  describe(
    signal: AbortSignal,
    reference: { readonly id: number; readonly home: boolean },
    aborted: (signal: AbortSignal, reason: unknown) => void,
  ): Described {
    const already = isAborted(signal);
    if (!already && !reference.home && weakGet(this.#watched, signal) === undefined) {
      weakSet(this.#watched, signal, true);
      listen(signal, "abort", () => aborted(signal, reasonOf(signal)), false);
    }
    return { id: reference.id, home: reference.home, aborted: already, reason: already ? reasonOf(signal) : undefined };
  }

  /** A signal of this world for one of the other. */
  make(aborted: boolean, reason: unknown): AbortSignal {
    const controller = new SafeAbortController();
    const signal = signalOf(controller);
    weakSet(this.#controllers, signal, controller);
    if (aborted) {
      abort(controller, reason);
    }
    return signal;
  }

  /** The other world's signal was aborted. */
  abort(signal: object | undefined, reason: unknown): void {
    const controller = signal && weakGet(this.#controllers, signal);
    if (controller !== undefined) {
      abort(controller, reason);
    }
  }
}
