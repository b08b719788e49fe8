"""What tests of papers share."""

from collections.abc import Iterator

import pytest

from opprod.reports.rendering import Renderer


@pytest.fixture(scope="session")
def warm_renderer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Renderer]:
    """A renderer whose process runs for the length of the test run. Another test may have asked for the same."""
    renderer = Renderer(tmp_path_factory.mktemp("renders"))
    yield renderer
    renderer.stop()
