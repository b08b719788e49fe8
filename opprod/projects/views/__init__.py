"""The pages; importing a module puts its pages on the blueprint."""

from opprod.projects.views import decisions, measures, next_steps, rounds, strands, unchanged, updates

__all__ = ["decisions", "measures", "next_steps", "rounds", "strands", "unchanged", "updates"]
