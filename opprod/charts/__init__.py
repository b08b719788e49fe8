"""Small charts as SVG, the same on a page and in a PDF."""

from opprod.charts.line import line_svg
from opprod.charts.model import Chart, Mark, Point, Scatter, Tick
from opprod.charts.scatter import scatter_svg

__all__ = ["Chart", "Mark", "Point", "Scatter", "Tick", "line_svg", "scatter_svg"]
