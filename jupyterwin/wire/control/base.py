"""What all frames of the control comm have in common, and where that comm is. It knows no single frame."""

from __future__ import annotations

from typing import Any

import msgspec

HOST_TARGET = "jupyterwin.host"
"""Comm target of the host's control comm; the host opens it as its first message."""

HOST_COMM = "host"
"""comm_id of the control comm: there is one for each connection."""


class ControlMessage(
    msgspec.Struct, tag_field="op", rename="camel", omit_defaults=True, forbid_unknown_fields=True, frozen=True
):
    """Base of commands and events."""


class Data(msgspec.Struct, rename="camel", omit_defaults=True, forbid_unknown_fields=True, frozen=True):
    """Base of what commands and events are made of."""

    def known(self) -> dict[str, Any]:
        """The fields that are not null."""
        return {name: value for name in self.__struct_fields__ if (value := getattr(self, name)) is not None}
