// The session, by the transcripts that pytest replays too.

import { describe, expect, test } from "vitest";
import { Overflow, PeerError } from "../../src/wire/errors.ts";
import type { Batch } from "../../src/wire/frames.gen.ts";
import { type Flushed, Session } from "../../src/wire/session.ts";
import { type Step, type Transcript, transcripts } from "../support/shared.ts";

const zeros = (lengths: readonly number[] = []) => lengths.map((length) => new Uint8Array(length));
const lengths = (buffers: readonly Uint8Array[]) => buffers.map((buffer) => buffer.byteLength);
const withBuffers = (buffers: readonly number[] = []) => (buffers.length > 0 ? { buffers } : {});
const parsed = (flushed: Flushed | null) =>
  flushed && { batch: JSON.parse(flushed.text) as Batch, ...withBuffers(lengths(flushed.buffers)) };

const ERRORS: Readonly<Record<string, new (...args: never[]) => Error>> = { overflow: Overflow, peer: PeerError };

function attempt<T>(throws: string | undefined, work: () => T): T | undefined {
  if (throws === undefined) {
    return work();
  }
  expect(work).toThrow(ERRORS[throws]);
  return undefined;
}

function replay(session: Session, step: Exclude<Step, { do: "new" }>): void {
  switch (step.do) {
    case "push":
      attempt(step.throws, () => session.push(step.frame, zeros(step.buffers), step.latest));
      break;
    case "flush":
      expect(parsed(session.flush())).toStrictEqual(step.gives);
      break;
    case "acknowledge":
      expect(parsed(session.acknowledge())).toStrictEqual(step.gives && { batch: step.gives });
      break;
    case "receive": {
      const buffers = zeros(step.buffers);
      const size = JSON.stringify(step.batch).length + lengths(buffers).reduce((sum, n) => sum + n, 0);
      const delivered = attempt(step.throws, () => session.receive(step.batch, buffers, size));
      expect(delivered?.map((d) => ({ frame: d.frame, ...withBuffers(lengths(d.buffers)) }))).toStrictEqual(step.gives);
      break;
    }
    case "check": {
      const { do: _do, ...expected } = step;
      const { queued, unacknowledged, mustAck } = session;
      expect({ queued, unacknowledged, mustAck }).toMatchObject(expected);
      break;
    }
  }
}

const options = ({ window, limit }: Transcript) => ({
  ...(window === undefined ? {} : { window }),
  ...(limit === undefined ? {} : { limit }),
});

describe("replays", () => {
  test.each(transcripts().map((t) => [t.name, t] as const))("%s", (_name, transcript) => {
    let session = new Session(options(transcript));
    transcript.steps.forEach((step, index) => {
      try {
        if (step.do === "new") {
          session = new Session(options(transcript));
        } else {
          replay(session, step);
        }
      } catch (problem) {
        (problem as Error).message = `step ${index + 2} (${step.do}): ${(problem as Error).message}`;
        throw problem;
      }
    });
  });

  test("there are transcripts", () => expect(transcripts().length).toBeGreaterThan(7));
});
