"""The pages of plans."""

from opprod.plans.views import access

__all__ = ["access"]
