"""The tap: what comms publish, as it is published, while somebody listens. It knows no widgets and no windows.

`publish_msg` of the comm *class* is wrapped, so that comms opened earlier are heard too. Nobody listens: the class is as
it was (or, where somebody else wrapped it after us, our wrapper looks at one empty tuple).
"""

from __future__ import annotations

import contextlib
import functools
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comm.base_comm import BaseComm


class Published(NamedTuple):
    """One message of a comm, as its kernel side gave it out: `data` and `buffers` belong to the sender."""

    comm: BaseComm
    kind: str
    """comm_open, comm_msg or comm_close."""
    data: dict[str, Any]
    metadata: dict[str, Any]
    buffers: list[Any]

    @property
    def comm_id(self) -> str:
        """Whose message it is: a widget's model id."""
        return self.comm.comm_id


class Tap:
    """One for the process. Listeners are called on the publishing thread, after the comm's own front ends were served."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Callable[[Published], None], ...] = ()
        self._wrapped: dict[type, tuple[Any, Any]] = {}
        self._here = threading.local()

    def listen(self, fn: Callable[[Published], None]) -> Callable[[], None]:
        """Call ``fn(published)`` for each message of a covered class, in order for each thread. Returns the disposer."""
        with self._lock:
            self._listeners = (*self._listeners, fn)
        for kind in _comm_classes():
            self._cover(kind)

        def dispose() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not fn)
                if not self._listeners:
                    self._uncover()

        return dispose

    def cover(self, comm: BaseComm) -> None:
        """Hear comms of this one's class too: a kernel may bring a class of its own."""
        self._cover(type(comm))

    @property
    def covered(self) -> tuple[type, ...]:
        """The classes that are wrapped now."""
        return tuple(self._wrapped)

    @contextlib.contextmanager
    def kept(self, comm: BaseComm) -> Iterator[list[Published]]:
        """What `comm` publishes on this thread meanwhile goes into the list, and nowhere else."""
        self._cover(type(comm))
        kept: list[Published] = []
        before = getattr(self._here, "kept", None)
        self._here.kept = (comm, kept)
        try:
            yield kept
        finally:
            self._here.kept = before
            with self._lock:
                if not self._listeners:
                    self._uncover()

    def _cover(self, kind: type) -> None:
        owner = next((cls for cls in kind.__mro__ if "publish_msg" in cls.__dict__), None)
        with self._lock:
            if owner is None or owner in self._wrapped:
                return
            original = owner.__dict__["publish_msg"]
            wrapper = self._wrapping(original)
            self._wrapped[owner] = (original, wrapper)
            owner.publish_msg = wrapper  # type: ignore[attr-defined]

    def _uncover(self) -> None:
        for owner, (original, wrapper) in list(self._wrapped.items()):
            if owner.__dict__.get("publish_msg") is wrapper:
                owner.publish_msg = original  # type: ignore[attr-defined]
                del self._wrapped[owner]
            # else somebody wrapped it after us: ours stays below theirs, and is found there the next time

    def _wrapping(self, original: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(original)
        def publish_msg(
            comm: BaseComm,
            msg_type: str,
            data: Any = None,
            metadata: Any = None,
            buffers: Any = None,
            **keys: Any,
        ) -> None:
            kept = getattr(self._here, "kept", None)
            if kept is not None and kept[0] is comm:
                kept[1].append(Published(comm, msg_type, data or {}, metadata or {}, list(buffers or ())))
                return
            original(comm, msg_type, data=data, metadata=metadata, buffers=buffers, **keys)
            if self._listeners:
                published = Published(comm, msg_type, data or {}, metadata or {}, list(buffers or ()))
                for listener in self._listeners:
                    listener(published)

        return publish_msg


def _comm_classes() -> list[type]:
    """The classes of the comms there are, and of those that will be opened next."""
    import sys

    import comm

    classes: dict[type, None] = {type(one): None for one in list(comm.get_comm_manager().comms.values())}
    classes[comm.DummyComm] = None
    kernel_comms = sys.modules.get("ipykernel.comm.comm")
    if kernel_comms is not None:
        classes[kernel_comms.BaseComm] = None
    return list(classes)


tap = Tap()
"""The one tap of this process."""
