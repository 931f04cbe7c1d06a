"""100,000 frames of a renderer that was taken over, through a real window: its neighbour and this process go on."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from support.hostile import OPS, Hostile
from support.real_app import open_ready, real_app

pytestmark = pytest.mark.long

FRAMES = 10_000
"""Of each of ten windows."""
ASKING = [*(op for op in OPS if op not in {"hello", "port-credit"}), "invoke", "invoke", "send", "port"]

FORGER = """const documents = DOCUMENTS;
const call = { type: 6, id: 1e6, object: "jupyterwin", method: "post" };
const post = (text) => qt.webChannelTransport.send(JSON.stringify({ ...call, args: [text, jupyterwinLoad] }));
const hello = { protocol: 1, first: true };
setTimeout(() => {
    documents.forEach((batches, number) => {
        const nonce = String(number).padStart(16, "F");
        post(nonce + "h" + JSON.stringify(hello));
        post(nonce + "f" + JSON.stringify({ d: { seq: 1, ack: 0, frames: [{ op: "hello", ...hello }] } }));
        for (const batch of batches) post(nonce + "f" + batch);
    });
    console.log("forged");
}, 300);"""


def documents(seed: int) -> list[list[str]]:
    """The parcels of one document after another."""
    hostile, frames, made = Hostile(seed, wrong=3), 0, []
    while frames < FRAMES:
        hostile.renew()
        seq, batches = 2, []
        while seq < 100:
            text = hostile.batch(seq, ASKING if seq > 2 else ["send"])[0].decode(errors="replace")
            buffers = json.dumps(["AAAAAAAAAAA="] * 40)
            batches.append(f'{{"d":{text},"b":{buffers}}}')
            seq += text.count('"op":')
        frames += seq - 2
        made.append(batches)
    return made


@pytest.mark.timeout(600)
def test_a_neighbour_does_not_notice_a_hundred_thousand_frames(
    display: object, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    del display
    preload = tmp_path / "forger.js"
    heard: list[object] = []
    with caplog.at_level(logging.WARNING, logger="jupyterwin"), real_app() as app:
        neighbour = open_ready(app, "neighbour", html="<script>kernel.handle('echo', x => x)</script>", expose=[print])
        pid = neighbour.pid
        for seed in range(10):
            preload.write_text(FORGER.replace("DOCUMENTS", json.dumps(documents(seed))))
            window = app.open(f"forger {seed}", preload=preload, expose={"echo": heard.append})
            while "forged" not in window.log:
                assert neighbour.invoke("echo", seed, timeout=30).result(30) == seed
            assert neighbour.invoke("echo", seed, timeout=30).result(30) == seed
            assert "was cut off" in window.log
            window.destroy().result(20)
        assert neighbour.pid == pid
        assert app.host is not None
        assert app.host.alive
    assert heard, "they get far"
    assert [record.getMessage() for record in caplog.records] == []
