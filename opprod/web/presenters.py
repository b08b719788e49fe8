"""Days, moments and counts as words; each is a filter in templates, by the same name."""

from datetime import date, datetime, timedelta

from flask import Flask

from opprod.core import clock


def init_app(app: Flask) -> None:
    """Make the filters known to templates."""
    for present in (day, short_day, moment, from_today, plural, file_size):
        app.add_template_filter(present)


def day(value: date) -> str:
    """``29 September 2016``; a moment gives its day in London."""
    value = _london_day(value)
    return f"{value.day} {value:%B} {value.year}"


def short_day(value: date) -> str:
    """``29 Sep 2016``; a moment gives its day in London."""
    value = _london_day(value)
    return f"{value.day} {value:%b} {value.year}"


def moment(value: datetime) -> str:
    """``26 September 2016, 2:05pm`` in London's time; raise ``ValueError`` without a time zone."""
    local = _in_london(value)
    if (local.hour, local.minute) in {(0, 0), (12, 0)}:
        return f"{day(local)}, {'midday' if local.hour else 'midnight'}"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{day(local)}, {local.hour % 12 or 12}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def from_today(value: date) -> str:
    """``today``, ``tomorrow``, ``in 3 days``, ``yesterday`` or ``3 days ago``."""
    distance = _london_day(value) - clock.today()
    if abs(distance) <= timedelta(days=1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[distance.days]
    return f"in {distance.days} days" if distance.days > 0 else f"{-distance.days} days ago"


def plural(count: int, singular: str, many: str | None = None) -> str:
    """``1 next step``, ``2 next steps``, ``1,400 users``; ``many`` is a plural that is not singular and s."""
    return f"{count:,} {singular if count == 1 else many or singular + 's'}"


def file_size(size: int) -> str:
    """``850 bytes``, ``34 KB`` or ``1.2 MB``, of a size in bytes; a megabyte is 1,048,576 of them."""
    if size < 1024:
        return plural(size, "byte")
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{size / (1024 * 1024):.1f} MB"


def _london_day(value: date) -> date:
    return _in_london(value).date() if isinstance(value, datetime) else value


def _in_london(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return value.astimezone(clock.LONDON)
