"""How a demo fails: what it shows did not work, or the kernel did not. Words for a person, no cause hidden in them."""

from __future__ import annotations


class DemoFailed(Exception):  # noqa: N818 -- read as a sentence where it is raised
    """The product did not do what the demo shows, or something it needs is missing; `trace`: a traceback, if any."""

    def __init__(self, message: str, trace: str = "") -> None:
        super().__init__(message)
        self.trace = trace


class KernelFailed(DemoFailed):
    """A cell, a question or the kernel itself failed."""
