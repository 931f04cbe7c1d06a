"""The comms of places: opened by the front end, one for each window it draws. It knows no frame of theirs.

Three things of a kernel's own comm would harm a window, and ours has none of them: each message runs the hooks of a cell
(figures are flushed, modules reloaded); from ipykernel 7.4 on what answers a message of a cell waits for that cell;
and a message is published as part of whichever cell runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comm import get_comm_manager
from comm.base_comm import BaseComm

from jupyterwin.wire.place import PLACE_TARGET

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.host.engines.notebook import NotebookEngine
    from jupyterwin.wire.messages import Bytes


class PlaceComm(BaseComm):
    """One place. Its messages are handled on the thread that reads them: a subshell's, where the front end has one."""

    def __init__(self, kernel: Any, comm_id: str) -> None:
        self._kernel = kernel
        self.arrived: Callable[[Any], None] = lambda _data: None
        super().__init__(target_name=PLACE_TARGET, comm_id=comm_id, primary=False)

    # Private to ipykernel 7.4, and asked for only there: None leaves each message where the front end sent it.
    _reply_subshell_for = None

    def publish(self, data: dict[str, Any], buffers: Sequence[Bytes] = ()) -> None:
        """Send, from any thread."""
        self.publish_msg("comm_msg", data, buffers=list(buffers))

    def publish_msg(
        self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **keys: Any
    ) -> None:
        """As part of no cell."""
        content = {"data": data or {}, "comm_id": self.comm_id, **keys}
        self._kernel.session.send(
            self._kernel.iopub_socket,
            msg_type,
            content,
            metadata=metadata or {},
            parent={},
            ident=self.topic,
            buffers=buffers,
        )

    def handle_msg(self, msg: Any) -> None:
        """Without the hooks of a cell."""
        self.arrived(msg["content"]["data"])


def serve(kernel: Any, engine_of: Callable[[str], NotebookEngine | None]) -> None:
    """Let front ends open places for windows; `engine_of` gives a window's by its id. Again: nothing changes."""
    manager: Any = get_comm_manager()

    def opened(comm: Any, message: Any) -> None:
        comm._closed = True  # noqa: SLF001 -- it is replaced, and must not close its other end when it is collected
        own = PlaceComm(kernel, comm.comm_id)
        manager.register_comm(own)
        window = str(message["content"]["data"].get("window", ""))
        engine = engine_of(window)
        if engine is None:
            own.close()
        else:
            own.arrived = engine.connect(window, own.publish, own.close)

    if PLACE_TARGET not in manager.targets:
        manager.register_target(PLACE_TARGET, opened)
