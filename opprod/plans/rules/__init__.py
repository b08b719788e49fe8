"""The rules that suggest a category: pure functions of a plan's recorded facts, in versions that never change."""
