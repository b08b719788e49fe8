class QuantityError(ValueError):
    """A value that cannot be read, kept or added. Its message is fit to show a person."""


class UnlikeUnits(QuantityError):
    """Quantities in different units were added."""


class UnboundedTotal(QuantityError):
    """A total open at both ends, such as over 5 and under 3 together: nothing can be said of it."""
