"""Pages and cells write one store in any interleaving, news and answers arrive late and in any order: all end alike."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from traitlets import Any as AnyTrait
from traitlets import Int, TraitError, validate

from jupyterwin import BadArguments, Conflict, Store
from jupyterwin.main.store.shared import SharedTraits

NAMES = "abc"


class Three(Store):
    """Of `a` not every value is taken, `b` is clamped by its validator, `c` takes anything."""

    a = Int(0, max=50)
    b = Int(0)
    c = AnyTrait(0)

    @validate("b")
    def _clamped(self, proposal: Any) -> int:
        return min(int(proposal.value), 50)


class Page:
    """The copy that js/src/store/replica.ts keeps, and what is under way to and from it."""

    def __init__(self, shared: SharedTraits) -> None:
        self.shared = shared
        self.committed: dict[str, tuple[int, Any]] = {}
        self.written: dict[str, tuple[int, Any]] = {}
        self.number = 0
        self.requests: deque[tuple[int, dict[str, Any], dict[str, int] | None]] = deque()
        self.answers: deque[tuple[int, dict[str, Any], dict[str, Any]]] = deque()
        self.news: list[dict[str, Any]] = []
        self.sent = 0

    def shown(self) -> dict[str, Any]:
        return {name: self.written.get(name, self.committed.get(name, (0, None)))[1] for name in NAMES}

    def write(self, values: dict[str, Any], only_if: int) -> None:
        self.number += 1
        expected = {name: self.committed.get(name, (0, 0))[0] for name in values} if only_if else None
        self.requests.append((self.number, values, expected))
        self.written.update({name: (self.number, value) for name, value in values.items()})

    def arrive(self) -> None:
        """The kernel takes its next request."""
        if self.requests:
            number, values, expected = self.requests.popleft()
            with suppress(TraitError, BadArguments, Conflict):
                self.shared.write(values, expected)
            self.answers.append((number, values, self.shared.state_of(values)))

    def told(self) -> None:
        """The kernel sends what is newer than what it sent last."""
        snapshot = self.shared.store.snapshot
        self.news.append(self.shared.state(snapshot, self.sent))
        self.sent = snapshot.version

    def hear(self, which: int) -> None:
        if self.news:
            self.merge(self.news.pop(which % len(self.news)))

    def answered(self) -> None:
        if self.answers:
            number, values, state = self.answers.popleft()
            self.merge(state)
            self.written = {
                name: own for name, own in self.written.items() if not (name in values and own[0] == number)
            }

    def merge(self, state: dict[str, Any]) -> None:
        for name, (version, value) in state.items():
            if version > self.committed.get(name, (0, None))[0]:
                self.committed[name] = version, value

    @property
    def quiet(self) -> bool:
        return not (self.requests or self.answers or self.news)


VALUES = st.one_of(st.integers(0, 100), st.sampled_from(["x", True, 1.0, None]))
WRITES = st.dictionaries(st.sampled_from(NAMES), VALUES, min_size=1, max_size=2)
STEP = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 2), WRITES, st.booleans()),
    st.tuples(st.just("cell"), WRITES),
    *(st.tuples(st.just(what), st.integers(0, 2)) for what in ("arrive", "told", "answered")),
    st.tuples(st.just("hear"), st.integers(0, 2), st.integers(0, 9)),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(STEP, max_size=60))
def test_all_end_where_the_kernel_is(steps: list[Any]) -> None:
    store = Three()
    pages = [Page(SharedTraits(store)) for _ in range(3)]
    for what, *given_ in steps:
        if what == "cell":
            with suppress(TraitError):
                store.set(given_[0])
        elif what == "write":
            page = pages[given_[0]]
            page.write(*given_[1:])
            assert {name: page.shown()[name] for name in given_[1]} == given_[1]
        else:
            page = pages[given_[0]]
            newest = {name: own[1] for name, own in page.written.items()}
            getattr(page, what)(*given_[1:])
            if what in {"hear", "told", "arrive"}:  # nothing comes over what the page wrote and has no answer to
                assert {name: page.shown()[name] for name in newest} == newest
    while not all(page.quiet for page in pages):
        for page in pages:
            page.arrive()
            page.answered()
            page.hear(1)
    for page in pages:
        page.told()
        page.hear(0)
    there = dict(store.snapshot)
    for page in pages:
        assert page.written == {}
        assert {name: (type(value), value) for name, value in page.shown().items()} == {
            name: (type(value), value) for name, value in there.items()
        }
