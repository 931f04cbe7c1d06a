"""What a window shows: its content, its document, its renderer. It decides what its page may load and who hears it.

It knows the engine only by its protocol, the kernel only as a stream of messages, and nothing of the native window.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from jupyterwin.errors import Overflow, PeerError, SandboxUnavailable
from jupyterwin.host import budget, crash, documents, parcels, proc, scripts
from jupyterwin.host.documents import Document
from jupyterwin.host.engines import LoadProblem
from jupyterwin.host.evaluation import Evaluation
from jupyterwin.host.loading import Loading
from jupyterwin.host.questions import Questions
from jupyterwin.host.resources import Resources
from jupyterwin.security.policy import NOTHING, OF_CONTENT, Policy
from jupyterwin.security.sandbox import at_least
from jupyterwin.wire.control import Console, Content, Happened, Loaded, Refused, RendererGone, RendererReady, Undrawn
from jupyterwin.wire.frames import ErrorRecord
from jupyterwin.wire.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.errors import JupyterWinError
    from jupyterwin.host.engines import GoneReason, Level, Request, Window, World
    from jupyterwin.host.evaluation import Done as EvaluationDone
    from jupyterwin.host.host import Host
    from jupyterwin.host.loading import Outcome
    from jupyterwin.wire.control import CreateWindow, LoadContent, Preload
    from jupyterwin.wire.frames import Boot

BACKLOG = 256 * 1024 * 1024
"""Bytes waiting for the kernel beyond which no page may add more. Honest preloads wait for credit long before."""

PATIENCE = 3.0
"""Seconds that a picture waits for the document that is being loaded."""

REFUSALS = "jupyterwin:"
"""Source of a console line in which the host says what it refused."""


class HostContents:
    """The contents of a window of the kernel's. It serves its page, and listens to it."""

    native: Window

    def __init__(self, host: Host, command: CreateWindow) -> None:
        self.id = command.window
        self._host = host
        self._document: Document | None = None
        self._renderer = 0
        self._left = False
        """Its window is closed: nothing more is told of it, or asked of the engine."""
        self._evaluations: list[Evaluation] = []
        self._loading = Loading()
        self._lines = budget.Budget(budget.LINES_PER_SECOND)
        self._hellos = budget.Budget(budget.DOCUMENTS_PER_SECOND)
        self._content: CreateWindow | LoadContent = command
        self._policy = NOTHING
        self._resources = Resources(self.id, command.origin, host.files, host.network)
        self.questions = Questions(self.id, host.link.report, command.asks)

    def load(self, command: CreateWindow | LoadContent, outcome: Outcome | None = None) -> None:
        """Show this content from now on. `outcome` is told once what became of it."""
        self._content = command
        self.reload(command.preloads, outcome)

    def reload(self, preloads: Sequence[Preload], outcome: Outcome | None = None, boot: Boot | None = None) -> None:
        """Load the content again, as a new document with these preloads, and `boot` if that is another than it came with."""
        self.release()
        self._loading.begin(outcome)
        content = self._content.content
        self._resources.show(content)
        self.obey(self._policy)
        path = content.entry if content.kind == "path" and content.entry != "index.html" else ""
        self.native.load(path, scripts.for_document(boot or self._content.boot, preloads, self._host.engine.runtimes))

    def obey(self, policy: Policy) -> None:
        """Allow this from now on, and what the content cannot do without."""
        self._policy = policy
        self.native.obey(policy.and_also(OF_CONTENT.get(self._content.content.kind, NOTHING)))

    def show_crash(self, why: str) -> None:
        """Say in the window that its page has crashed: a page without scripts, without preload, without a document."""
        self._resources.show(Content("html", crash.page(why)))
        self.native.load("", ())

    def release(self) -> None:
        """A page that stands still goes on: what comes next cannot wait for it."""
        if self._document is not None:
            self._document.release()

    def evaluate(self, source: str, world: World, timeout: int, done: EvaluationDone) -> None:
        """Run JavaScript in the top frame; `done` is called once, at the latest after `timeout` milliseconds."""
        evaluation = Evaluation(self.native, source, world, done)
        self._loading.when_there(lambda: self._start_evaluation(evaluation))
        late = f"the script had no result within {timeout / 1000:g} s"
        self._host.engine.later(timeout / 1000, lambda: self._end_evaluation(evaluation, "deadline", late))

    def _start_evaluation(self, evaluation: Evaluation) -> None:
        if evaluation.ended:
            return  # its deadline came first
        if self._loading.problem:
            why = self._loading.problem.message
            evaluation.end("cancelled", f"there is no page to run the script in: {why}")
            return
        self._evaluations.append(evaluation)
        evaluation.start()

    def when_there(self, call: Callable[[], None]) -> None:
        """Call once, now or when what is being loaded is there."""
        self._loading.when_there(call)

    def when_drawn(self, call: Callable[[], None]) -> None:
        """The same, but as things are then if it takes too long."""
        called = False

        def once() -> None:
            nonlocal called
            if not called and not self._left:
                called = True
                call()

        self._loading.when_there(once)
        self._host.engine.later(PATIENCE, once)

    def _end_evaluation(self, evaluation: Evaluation, code: str, message: str) -> None:
        evaluation.end(code, message)
        self._evaluations = [other for other in self._evaluations if other is not evaluation]

    # ------------------------------------------------------------ the page tells

    def posted(self, text: str) -> None:
        """A parcel of the page's preload. A malformed one is refused, and costs only its sender."""
        try:
            parcel = parcels.parse(text)
            if self._host.link.waiting > BACKLOG:
                self._end()
                raise PeerError("the page sends faster than the kernel reads: its document was cut off")
            if parcel.kind == "h":
                documents.read_hello(parcel)
                if not self._hellos.take(time.monotonic()):
                    self._end()
                    raise PeerError("the page begins more documents than an engine can load: the last one was cut off")
                self._begin(parcel.nonce)
            elif self._document is None or parcel.nonce != self._document.nonce:
                pass  # the last words of a document that is gone
            elif parcel.kind == "r":
                self._host.link.report(Happened(self.id, "dom-ready"))
            else:
                self._document.from_page(parcel)
        except PeerError as problem:
            self.refuse(str(problem))
        except Overflow as problem:  # it is lost, so what follows it makes no sense any more
            self._end()
            self.refuse(f"the document was cut off: {problem}")

    def requested(self, request: Request) -> None:
        self._resources.serve(request, self._document)

    def gone(self, reason: GoneReason, exit_code: int) -> None:
        self._end()
        self._renderer = 0
        self._loading.lost()
        self._host.link.report(RendererGone(self.id, reason, exit_code))

    def undrawn(self, error: JupyterWinError) -> None:
        self._end()
        self._loading.ended(LoadProblem(str(error), "ERR_FAILED", -2))
        self._host.link.report(Undrawn(self.id, ErrorRecord(error.code, str(error), type(error).__name__)))

    def loaded(self, url: str, problem: LoadProblem | None) -> None:
        self._look_at_renderer()
        self._loading.ended(problem)
        if problem is None:
            self._host.link.report(Loaded(self.id, ok=True, url=url))
        else:
            told = Loaded(
                self.id, ok=False, url=url, message=problem.message, error=problem.error, number=problem.number
            )
            self._host.link.report(told)

    def may_navigate(self, url: str) -> bool:
        if not self.questions.wanted("will-navigate"):
            return True
        self.questions.ask("will-navigate", {"url": url}, lambda: self.native.navigate(url))
        return False

    def console(self, level: Level, message: str, source: str, line: int) -> None:
        if self._left:
            return
        if any(evaluation.hears(message) for evaluation in self._evaluations):
            self._evaluations = [evaluation for evaluation in self._evaluations if not evaluation.ended]
            return
        if not self._lines.take(time.monotonic()):
            return
        if dropped := self._lines.dropped():
            self._host.link.report(Console(self.id, "warning", f"{dropped} console lines were dropped", REFUSALS))
        self._host.link.report(Console(self.id, level, cut(message, budget.LINE_LENGTH), source, line))

    def refused(self, switch: str, url: str, detail: str) -> None:
        if self._lines.take(time.monotonic()):
            cut_off = (cut(text, budget.LINE_LENGTH) for text in (url, detail))
            self._host.link.report(Refused(self.id, switch, *cut_off))

    def leave(self) -> None:
        """The window is closed."""
        self._left = True
        self._end()
        self._loading.drop()  # the commands behind them are answered with the window's end
        self._resources.show(None)

    # ------------------------------------------------------------ its document

    def refuse(self, message: str) -> None:
        """Say in the window's log what was refused."""
        self.console("error", message, REFUSALS, 0)

    def _begin(self, nonce: str) -> None:
        self._end()
        if not self._look_at_renderer():
            return
        self._loading.said_hello()
        self._host.link.report(Happened(self.id, "did-navigate", [self.native.address()]))
        document = Document(
            self.id, nonce, post=self.native.post, send=self._host.link.send, later=self._host.engine.later
        )
        self._document = self._host.documents[document.comm_id] = document

    def _look_at_renderer(self) -> bool:
        """Report a renderer that is new; false when it is sandboxed less than was asked for, and the host leaves.

        Done when its page has spoken: a process that is still starting has not put on its filters.
        """
        pid = self.native.renderer_pid()
        if not pid or pid == self._renderer:
            return True
        self._renderer = pid
        state = proc.sandbox_of(pid)
        self._host.link.report(RendererReady(self.id, pid, state))
        minimum = self._host.min_sandbox
        if at_least(state.effective, minimum):
            return True
        message = f"a renderer here is sandboxed as {state.effective!r}, less than min_sandbox={minimum!r}"
        self._host.fail(SandboxUnavailable.code, message)
        return False

    def _end(self) -> None:
        for evaluation in self._evaluations:
            evaluation.end("cancelled", "the page was left before the script had a result")
        self._evaluations = []
        if self._document is not None:
            self._host.documents.pop(self._document.comm_id, None)
            self._document.end()
            self._document = None
