"""The gallery of components, served."""

import pytest
from flask import Flask

from tests.builders.gallery import add_gallery


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application with the gallery added."""
    add_gallery(app)
    return app
