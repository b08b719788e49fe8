"""The blueprint that the pages of strands, updates, next steps and measures stand on."""

from flask import Blueprint

blueprint = Blueprint("projects", __name__)
