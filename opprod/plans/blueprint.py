"""The blueprint that the pages of plans stand on."""

from flask import Blueprint

blueprint = Blueprint("plans", __name__)
