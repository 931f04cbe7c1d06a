"""The benchmark: ``python benchmarks/run.py [--json FILE] [--only NAME] [--quick]``. It measures; it passes no judgement.

Each measurement runs in a process of its own, ours and the peers' in turn, several times over. One that fails is told
with its reason, and the others go on.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from measuring.machine import facts
from measuring.screen import screen
from measuring.stats import summary
from plan import PLAN, Measurement
from reporting.rows import GROUPS, OURS, PEERS, SUBJECTS, ratio
from reporting.tables import about, as_text

HERE = Path(__file__).parent
DEADLINE = 150
"""Seconds for one measurement."""


class Run:
    """What was measured so far."""

    def __init__(self, repeat: int, count: int) -> None:
        self.repeat = repeat
        self.count = count
        self.values: dict[str, dict[str, list[list[float]]]] = defaultdict(lambda: defaultdict(list))
        self.facts: dict[str, dict[str, object]] = {subject: {} for subject in SUBJECTS}
        self.failed: dict[tuple[str, str], dict] = {}

    def measure(self, measurement: Measurement, subject: str) -> None:
        """One run of one measurement; a failure is noted."""
        try:
            found = _in_process(subject, measurement.name, self.count)
        except RuntimeError as problem:
            metrics = measurement.metrics + (measurement.ours_alone if subject == OURS else ())
            failure = {"subject": subject, "name": measurement.name, "metrics": metrics, "times": 0}
            failure = self.failed.setdefault((subject, measurement.name), failure)
            failure |= {"times": failure["times"] + 1, "reason": str(problem)}
            return
        for metric, values in found["metrics"].items():
            self.values[subject][metric].append(values)
        self.facts[subject] |= found["facts"]

    def result(self, machine: dict[str, object]) -> dict:
        """All of it, as it is written to JSON."""
        results = {
            subject: {metric: summary(runs) for metric, runs in metrics.items()}
            for subject, metrics in self.values.items()
        }
        ours = results.get(OURS, {})
        ratios: dict[str, dict[str, float | None]] = {}
        for peer in PEERS:
            theirs = results.get(peer, {})
            rows = [row for _, rows in GROUPS.values() for row in rows if row.metric in ours and row.metric in theirs]
            ratios[peer] = {row.metric: ratio(row, ours[row.metric], theirs[row.metric]) for row in rows}
        return {
            "machine": machine,
            "repeat": self.repeat,
            "count": self.count,
            "facts": self.facts,
            "results": results,
            "ratios": ratios,
            "failed": list(self.failed.values()),
        }


def _in_process(subject: str, name: str, count: int) -> dict:
    """Run `measure.py`; raises `RuntimeError` with the reason when it gives no result."""
    command = [sys.executable, str(HERE / "measure.py"), subject, name, str(count)]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_environment()
    )
    try:
        said, complained = process.communicate(timeout=DEADLINE)
    except subprocess.TimeoutExpired:
        process.terminate()  # it shuts its kernel down on the way out
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        raise RuntimeError(f"no result within {DEADLINE} s") from None
    except BaseException:
        process.terminate()
        process.wait(20)
        raise
    if process.returncode or not said:
        lines = [line for line in complained.splitlines() if line.strip()]
        raise RuntimeError(f"exit code {process.returncode}: {lines[-1] if lines else 'no word'}")
    return json.loads(said.splitlines()[-1])


def _environment() -> dict[str, str]:
    """The package of this checkout is measured, installed or not; what a desktop would decide stays out."""
    path = os.pathsep.join(filter(None, [str(HERE.parent), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, "PYTHONWARNINGS": "ignore"}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there")
    parser.add_argument(
        "--only", metavar="NAME", action="append", help="measurements whose name begins so (repeatable)"
    )
    parser.add_argument("--quick", action="store_true", help="one run with fewer calls: to see that it works")
    parser.add_argument("--repeat", type=int, help="runs of each measurement (3, with --quick 1)")
    chosen = parser.parse_args()
    plan = [m for m in PLAN if not chosen.only or m.name.startswith(tuple(chosen.only))]
    if not plan:
        parser.error(f"--only: there are {', '.join(m.name for m in PLAN)}")
    run = Run(repeat=chosen.repeat or (1 if chosen.quick else 3), count=100 if chosen.quick else 500)
    # Ended politely (by a job's timeout, say), it takes along what it started, as it does on Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with screen() as shown:
        machine = facts(shown)
        for turn in range(run.repeat):
            for measurement in plan:
                for subject in measurement.subjects:
                    label = f"[{turn + 1}/{run.repeat}] {measurement.name} of {SUBJECTS[subject]}"
                    print(label, file=sys.stderr, flush=True)
                    run.measure(measurement, subject)
    result = run.result(machine)
    print("\n".join(about(result)), end="\n\n")
    print("Medians; × is how many times better jupyterwin is by the medians, below 1 the other one is ahead.\n")
    print(as_text(result))
    if chosen.json:
        chosen.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
