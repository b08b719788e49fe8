"""Where this room's pages hang."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)
