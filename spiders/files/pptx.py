"""PowerPoint 2007 and later: the text of the slides in their order."""

import re
from typing import Final

from db.facts import FileOutcome
from spiders.files.contents import MAX_PAGES, Contents, EndedError, Source
from spiders.files.xml import local, parsed, property_date
from spiders.files.zips import ZipSource

_SLIDE: Final = re.compile(r"ppt/slides/slide(\d{1,4})\.xml")


def read(source: Source, contents: Contents) -> None:
    """Raises EndedError as `docx.read` does."""
    container = ZipSource(source.body)
    contents.date(property_date(container))
    slides = sorted((int(found.group(1)), name) for name in container.names if (found := _SLIDE.fullmatch(name)))
    for _, name in slides[:MAX_PAGES]:
        for paragraph in parsed(container.find(name) or b"").iter():
            if local(paragraph) == "p":
                contents.say("".join(run.text or "" for run in paragraph.iter() if local(run) == "t"))
    if len(slides) > MAX_PAGES:
        raise EndedError(FileOutcome.TOO_LARGE)
    if contents.says_little and any(name.startswith("ppt/media/") for name in container.names):
        raise EndedError(FileOutcome.SCANNED)
