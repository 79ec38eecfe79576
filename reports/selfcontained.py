"""Pages that stand alone: templates that escape everything, one style and one script inside, nothing from outside."""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.links import printable

_TEMPLATES: Final = Path(__file__).parent / "templates"


def environment(styles: Sequence[str], scripts: Sequence[str]) -> Environment:
    """Templates with these files inside, and with their hashes as a Content-Security-Policy names the only style and
    script that may run. Escaping is always on, and a name that the context lacks is an error."""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(_TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    style, script = _joined(styles), _joined(scripts)
    made.globals.update(style=style, script=script, style_hash=source_hash(style), script_hash=source_hash(script))
    return made


def _joined(names: Sequence[str]) -> Markup:
    source = "\n".join((_TEMPLATES / name).read_text("utf-8") for name in names)
    return Markup(source)  # noqa: S704 - our own files, not a portal's


def source_hash(source: str) -> str:
    """A style or script as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
