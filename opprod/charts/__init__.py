"""Small trend charts as SVG, the same on a page and in a PDF."""

from opprod.charts.line import line_svg
from opprod.charts.model import Chart, Point

__all__ = ["Chart", "Point", "line_svg"]
