"""The pages; importing a module puts its pages on the blueprint."""

from opprod.projects.views import measures, next_steps, strands, updates

__all__ = ["measures", "next_steps", "strands", "updates"]
