"""Measures what of opprod the tests run, for coverage.py to report: ``python -m pytest -n 2 -p tests.measuring``.

coverage.py itself can only trace on Python 3.11, which makes everything that is traced, libraries and all, take two
thirds longer. SlipCover writes probes into opprod's own code instead. What they saw is kept as coverage.py's data,
one file a process, to be combined with what commands and servers that tests start write of themselves (``patch`` in
``pyproject.toml``).
"""

import ast
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from coverage import Coverage, CoverageData
from slipcover import FileMatcher, ImportManager, Slipcover

OPPROD = Path(__file__).parents[1] / "opprod"

Arc = tuple[int, int]

NEVER = 2**31 - 1
"""As often as no probe is passed: to take out those that were halts the process, threads and all, for a while."""


class Measurement:
    """What this process runs of opprod, from now on."""

    def __init__(self) -> None:
        self._probes = Slipcover(branch=True, source=[str(OPPROD)], d_miss_threshold=NEVER)
        ImportManager(self._probes, FileMatcher(sources=[str(OPPROD)])).__enter__()
        # Started for what it tells processes that tests start, which are traced.
        tracing = Coverage()
        tracing.start()
        tracing.stop()

    def save(self) -> None:
        """Keep what was seen as a data file of coverage.py's."""
        arcs = {}
        for name, seen in self._probes.get_coverage()["files"].items():
            path = str(Path(name).resolve())
            branches = {(start, end) for start, end in seen["executed_branches"]}
            # That a line was run is all that an arc into it from without says.
            arcs[path] = {(-1, line) for line in seen["executed_lines"]} | set(_arcs(path, branches))
        data = CoverageData(str(OPPROD.with_name(".coverage")), suffix=True)
        data.add_arcs(arcs)
        data.touch_files(arcs)  # what was never run counts too
        data.write()


def _arcs(path: str, branches: set[Arc]) -> Iterator[Arc]:
    """Branches as coverage.py knows them: of a function's end by its start, and of ``match`` from case to case."""
    nodes = list(ast.walk(ast.parse(Path(path).read_bytes())))
    starts = {line: _start(node) for node in nodes if isinstance(node, _FUNCTIONS) for line in _lines(node)}
    for node in nodes:
        if isinstance(node, ast.Match):
            yield from _arcs_of_match(node, {end for start, end in branches if start == node.lineno}, starts)
    yield from ((start, end or -starts.get(start, 1)) for start, end in branches)


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _start(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _lines(node: ast.stmt) -> Iterable[int]:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _arcs_of_match(node: ast.Match, ends: set[int], starts: dict[int, int]) -> Iterator[Arc]:
    """From each case to its body where that was run, and to the next case where a later one, or none, was taken."""
    left = set(ends)
    cases = [(case.pattern.lineno, case.body[0].lineno) for case in node.cases]
    for number, (line, body) in enumerate(cases):
        if body in left:
            left.remove(body)
            yield line, body
        if left:
            after = cases[number + 1][0] if number + 1 < len(cases) else left.pop()
            yield line, after or -starts.get(line, 1)


_measurement = Measurement() if "PYTEST_XDIST_WORKER" in os.environ else None


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Keep what the tests of this worker ran."""
    if _measurement:
        _measurement.save()
