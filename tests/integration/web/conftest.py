"""The application with the gallery of components added."""

import pytest
from flask import Flask

from tests.builders.gallery import add_gallery
from tests.client import Client


@pytest.fixture
def gallery(app: Flask) -> Client:
    """A browser on an application that has the gallery."""
    add_gallery(app)
    return app.test_client()  # type: ignore[return-value]
