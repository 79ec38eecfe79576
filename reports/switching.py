"""Which page holds the same report in the other language? `stem`.html is the main one, beside it `stem`.en.html."""

from pathlib import Path

from reports.texts import Lang


def other_page(stem: str, main: Lang) -> str:
    """The name of the page in the language that is not `main`: the header of each page leads to the other."""
    return f"{stem}.{main.other.value}.html"


def drop_stale_page(out: Path, stem: str, main: Lang) -> None:
    """Remove the page that an earlier run in another main language left: it would contradict the new ones. Raises
    OSError."""
    (out / f"{stem}.{main.value}.html").unlink(missing_ok=True)
